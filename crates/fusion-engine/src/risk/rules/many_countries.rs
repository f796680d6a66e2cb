//! It is tied to many countries.
//!
//! # What it finds
//!
//! At least `many_countries_from` distinct countries and nationalities, said of the entity or of what it owns.
//!
//! # When it is wrong
//!
//! Travellers, migrants and families have several; relays and rented servers place people where they never were.
//!
//! # What to do
//!
//! Put the ties on the timeline: countries one after another are a move, at once they are a question.

use std::collections::BTreeMap;

use fusion_model::{Property, Score, StatementId};

use super::{Factor, Hit, RiskRule, Subject, listed};

pub(super) static RULE: RiskRule = RiskRule {
    id: "many-countries",
    factor: Factor::Geographic,
    switch: |rules| &rules.many_countries,
    looks_at_neighbours: false,
    innocent: "Travellers, migrants and families have several; relays place people where they never were.",
    recommendation: "Put the ties on the timeline: one after another they are a move, at once they are a question.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut countries: BTreeMap<String, (String, Vec<StatementId>)> = BTreeMap::new();
    for value in subject.values(&[Property::Country, Property::Nationality]) {
        let (_, said) = countries
            .entry(value.canonical)
            .or_insert_with(|| (value.value, Vec::new()));
        said.extend(value.statements);
    }
    let least = subject.rules().risk.many_countries_from as usize;
    if countries.len() < least {
        return Vec::new();
    }
    let text = format!(
        "is tied to {} countries: {}",
        countries.len(),
        listed(countries.values().map(|(name, _)| name.clone()))
    );
    let strength = Score::ratio(countries.len() as u64, least as u64 * 2).max(Score::from_basis_points(5_000));
    vec![Hit::new(text, countries.into_values().flat_map(|(_, said)| said)).of_strength(strength)]
}
