//! It moved value to or from a sanctioned wallet, or owns one.
//!
//! # What it finds
//!
//! Addresses of the `wallets` list that the entity is, owns, paid or was paid by (itself or through a wallet it owns).
//!
//! # When it is wrong
//!
//! Anybody can be paid without consent. Lists carry errors and addresses change hands.
//!
//! # What to do
//!
//! Check the list's date and entry, then the direction of the transfer, and take legal advice before acting.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{CleanContext, EntityId, EntityKind, Property};

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "sanctioned-wallet",
    factor: Factor::Network,
    switch: |rules| &rules.sanctioned_wallet,
    looks_at_neighbours: false,
    innocent: "Anybody can be paid without consent; lists carry errors and addresses change hands.",
    recommendation: "Check the list's entry and the direction of the transfer, and take legal advice before acting.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    payments_with(subject, &subject.rules().risk.indicators.wallets, "sanctioned wallet")
}

/// Returns the hits for being, owning, paying or being paid by a listed address.
pub(super) fn payments_with(subject: &Subject<'_>, list: &[String], what: &str) -> Vec<Hit> {
    if list.is_empty() {
        return Vec::new();
    }
    let is_listed = |entity: EntityId| {
        subject.kind_of(entity) == Some(EntityKind::Wallet)
            && subject
                .identity_of(entity)
                .is_some_and(|address| list.iter().any(|listed| is_same_address(address, listed)))
    };
    let mut hits = Vec::new();
    if is_listed(subject.id()) {
        let said = subject.facts().into_iter().flat_map(|(_, statements)| statements);
        hits.push(Hit::new(format!("is a {what} by the list of the rules"), said));
    }
    let mut own: BTreeSet<EntityId> = BTreeSet::from([subject.id()]);
    for linked in subject
        .owned()
        .into_iter()
        .filter(|linked| subject.kind_of(linked.other) == Some(EntityKind::Wallet))
    {
        if is_listed(linked.other) {
            hits.push(Hit::new(
                format!("owns the {what} {}", subject.label_of(linked.other)),
                linked.statements.iter().copied(),
            ));
        }
        own.insert(linked.other);
    }
    for holder in &own {
        for linked in subject.linked_at(*holder, &[RelationKind::Paid]) {
            if !is_listed(linked.other) || own.contains(&linked.other) {
                continue;
            }
            let (verb, amounts) = (
                if linked.relation.from == *holder {
                    "paid"
                } else {
                    "was paid by"
                },
                linked.relation.amounts.join(", "),
            );
            let moved = if amounts.is_empty() {
                String::new()
            } else {
                format!(" ({amounts})")
            };
            let text = format!(
                "{} {verb} the {what} {}{moved}",
                subject.label_of(*holder),
                subject.label_of(linked.other)
            );
            hits.push(Hit::new(text, linked.statements));
        }
    }
    hits
}

/// Compares an address with a listed one: cleaned the same way, or letter by letter where it cannot be cleaned.
fn is_same_address(canonical: &str, listed: &str) -> bool {
    let listed = listed.trim();
    let cleaned = Property::Wallet.clean(listed, "", &CleanContext::default());
    let bare = canonical.split_once(':').map_or(canonical, |(_, address)| address);
    cleaned.is_ok_and(|value| value.canonical == canonical)
        || listed == canonical
        || listed == bare
        || (listed.starts_with("0x") && listed.eq_ignore_ascii_case(bare))
}
