//! It uses a listed domain.
//!
//! # What it finds
//!
//! E-mail addresses, domains and web addresses under a name of the `domains` list, said of the entity or of what it owns.
//!
//! # When it is wrong
//!
//! Domains change owners, shared hosts carry thousands of sites, and a link may warn of what it points to.
//!
//! # What to do
//!
//! Check who held the domain on the day of the statement.

use fusion_model::Property;

use super::{Factor, Hit, RiskRule, Subject, domain_in, is_under};

pub(super) static RULE: RiskRule = RiskRule {
    id: "listed-domain",
    factor: Factor::KnownIndicators,
    switch: |rules| &rules.listed_domain,
    looks_at_neighbours: false,
    innocent: "Domains change owners, shared hosts carry thousands of sites, and a link may warn of what it points to.",
    recommendation: "Check who held the domain on the day of the statement.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let names = &subject.rules().risk.indicators.domains;
    let values = subject.values(&[Property::Email, Property::Domain, Property::Url]);
    let listed = values
        .into_iter()
        .filter(|value| names.iter().any(|name| is_under(domain_in(&value.canonical), name)));
    listed
        .map(|value| Hit::new(format!("{} lies under a listed domain", value.value), value.statements))
        .collect()
}
