//! It owns many wallets.
//!
//! # What it finds
//!
//! At least `many_wallets_from` wallets that sources say the entity owns, doubtful links left out.
//!
//! # When it is wrong
//!
//! One wallet program makes a new address for every payment; traders and shops hold many by trade.
//!
//! # What to do
//!
//! Cluster the addresses by their transfers before counting them as separate purses.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Score};

use super::{Factor, Hit, RiskRule, Subject, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "many-wallets",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.many_wallets,
    looks_at_neighbours: false,
    innocent: "One wallet program makes a new address for every payment; traders hold many by trade.",
    recommendation: "Group the addresses by their transfers before counting them as separate purses.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut wallets = subject.owned();
    wallets.retain(|linked| {
        linked.relation.kind == RelationKind::Owns && subject.kind_of(linked.other) == Some(EntityKind::Wallet)
    });
    let least = subject.rules().risk.many_wallets_from as usize;
    if wallets.len() < least {
        return Vec::new();
    }
    let text = format!(
        "owns {} wallets: {}",
        wallets.len(),
        listed(wallets.iter().map(|linked| subject.label_of(linked.other)))
    );
    let strength = Score::ratio(wallets.len() as u64, least as u64 * 2).max(Score::from_basis_points(5_000));
    vec![Hit::new(text, wallets.into_iter().flat_map(|linked| linked.statements)).of_strength(strength)]
}
