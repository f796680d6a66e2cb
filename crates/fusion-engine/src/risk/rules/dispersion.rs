//! It is present on many platforms.
//!
//! # What it finds
//!
//! Accounts on at least `dispersion_from` distinct sites, doubtful search hits left out.
//!
//! # When it is wrong
//!
//! A username hunt finds every stranger who chose the same user name; public people and marketers are everywhere.
//!
//! # What to do
//!
//! Confirm the accounts one by one: same picture, same links, same times of activity.

use std::collections::BTreeMap;

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Score, StatementId};

use super::{Factor, Hit, RiskRule, Subject, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "dispersion",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.dispersion,
    looks_at_neighbours: false,
    innocent: "A username hunt finds strangers with the same user name; public people are on every platform.",
    recommendation: "Confirm the accounts one by one by picture, links and hours of activity.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut sites: BTreeMap<String, Vec<StatementId>> = BTreeMap::new();
    for linked in subject.owned() {
        if linked.relation.kind != RelationKind::Owns || subject.kind_of(linked.other) != Some(EntityKind::Account) {
            continue;
        }
        let Some((site, _)) = subject
            .identity_of(linked.other)
            .and_then(|account| account.split_once('/'))
        else {
            continue;
        };
        // `telegram.org#id` is the site's own numbering of the same site.
        let site = site.split('#').next().unwrap_or(site);
        sites.entry(site.to_owned()).or_default().extend(linked.statements);
    }
    let least = subject.rules().risk.dispersion_from as usize;
    if sites.len() < least {
        return Vec::new();
    }
    let text = format!(
        "has accounts on {} sites: {}",
        sites.len(),
        listed(sites.keys().cloned())
    );
    let strength = Score::ratio(sites.len() as u64, least as u64 * 2).max(Score::from_basis_points(5_000));
    vec![Hit::new(text, sites.into_values().flatten()).of_strength(strength)]
}
