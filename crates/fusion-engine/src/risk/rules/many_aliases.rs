//! It goes by many names.
//!
//! # What it finds
//!
//! At least `many_aliases_from` distinct names, other names and user names of one person or organisation.
//!
//! # When it is wrong
//!
//! Married names, transliterations, nicknames and ordinary user names add up quickly; a wrong merge adds strangers'.
//!
//! # What to do
//!
//! Read which source claims which name; a name that only one doubtful source claims may belong to somebody else.

use fusion_model::{EntityKind, Property, Score};

use super::{Factor, Hit, RiskRule, Subject, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "many-aliases",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.many_aliases,
    looks_at_neighbours: false,
    innocent: "Married names, transliterations, nicknames and ordinary user names add up quickly.",
    recommendation: "Read which source claims which name, and judge the merges that brought doubtful ones in.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    if !matches!(subject.kind(), EntityKind::Person | EntityKind::Organization) {
        return Vec::new();
    }
    let naming = [Property::Name, Property::Alias, Property::Handle];
    let mut names = std::collections::BTreeMap::new();
    for (fact, statements) in subject
        .facts()
        .into_iter()
        .filter(|(fact, _)| naming.contains(&fact.property))
    {
        let (_, said) = names
            .entry(fact.canonical.as_str())
            .or_insert_with(|| (fact.value.clone(), Vec::new()));
        said.extend(statements);
    }
    let least = subject.rules().risk.many_aliases_from as usize;
    if names.len() < least {
        return Vec::new();
    }
    let text = format!(
        "goes by {} names: {}",
        names.len(),
        listed(names.values().map(|(name, _)| name.clone()))
    );
    let strength = Score::ratio(names.len() as u64, least as u64 * 2).max(Score::from_basis_points(5_000));
    vec![Hit::new(text, names.into_values().flat_map(|(_, said)| said)).of_strength(strength)]
}
