//! It is tied to a country on the list.
//!
//! # What it finds
//!
//! A country or nationality, said of the entity or of what it owns, that stands on the `countries` list.
//!
//! # When it is wrong
//!
//! Millions live in, come from or travel through these countries; profiles jest about where they are.
//!
//! # What to do
//!
//! Never act on it alone. Ask what the tie is: residence, birth, an address, an exit node.

use fusion_model::Property;

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "listed-country",
    factor: Factor::Geographic,
    switch: |rules| &rules.listed_country,
    looks_at_neighbours: false,
    innocent: "Millions live in or come from these countries; profiles jest about where they are.",
    recommendation: "Never act on it alone; ask whether it is residence, birth, an address or an exit node.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let listed = &subject.rules().risk.indicators.countries;
    let values = subject.values(&[Property::Country, Property::Nationality]);
    let tied = values.into_iter().filter(|value| {
        listed
            .iter()
            .any(|country| country.trim().eq_ignore_ascii_case(&value.canonical))
    });
    tied.map(|value| {
        Hit::new(
            format!("{} {} is on the list of the rules", value.property.id(), value.value),
            value.statements,
        )
    })
    .collect()
}
