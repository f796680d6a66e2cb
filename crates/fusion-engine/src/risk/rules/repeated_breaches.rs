//! It appears in breach after breach.
//!
//! # What it finds
//!
//! Exposure in at least `repeated_breaches_from` distinct breaches. The more there are, the stronger.
//!
//! # When it is wrong
//!
//! An old address collects breaches by age alone, and compilations repeat older leaks under new names.
//!
//! # What to do
//!
//! Compare the dates and the leaked secrets: an address still in use with the same password is the real trouble.

use fusion_model::Score;
use fusion_model::derived::RelationKind;

use super::{Factor, Hit, RiskRule, Subject, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "repeated-breaches",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.repeated_breaches,
    looks_at_neighbours: false,
    innocent: "An address that is many years old collects breaches by age alone; compilations repeat older leaks.",
    recommendation: "Check whether the breaches are independent, and whether the same secret leaked more than once.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut breaches = subject.linked(&[RelationKind::ExposedIn]);
    breaches.retain(|linked| linked.relation.from == subject.id());
    let least = subject.rules().risk.repeated_breaches_from as usize;
    if breaches.len() < least {
        return Vec::new();
    }
    let names = listed(breaches.iter().map(|linked| subject.label_of(linked.other)));
    let text = format!("appears in {} breaches: {names}", breaches.len());
    let strength = Score::ratio(breaches.len() as u64, least as u64 * 2).max(Score::from_basis_points(5_000));
    vec![Hit::new(text, breaches.into_iter().flat_map(|linked| linked.statements)).of_strength(strength)]
}
