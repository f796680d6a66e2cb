//! It moved value through a mixer.
//!
//! # What it finds
//!
//! Payments between the entity, or a wallet it owns, and an address of the `mixers` list; and the mixer itself.
//!
//! # When it is wrong
//!
//! Dust is sent to strangers to taint them, exchanges pay out from shared addresses, and some use mixers for privacy.
//!
//! # What to do
//!
//! Look at direction, amount and what came next; incoming dust is no act of the holder.

use super::sanctioned_wallet::payments_with;
use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "mixer",
    factor: Factor::Network,
    switch: |rules| &rules.mixer,
    looks_at_neighbours: false,
    innocent: "Dust is sent to strangers to taint them, and some use mixers for plain privacy.",
    recommendation: "Look at direction, amount and what came next; incoming dust is no act of the holder.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    payments_with(subject, &subject.rules().risk.indicators.mixers, "mixer")
}
