//! It uses anonymising services.
//!
//! # What it finds
//!
//! E-mail addresses, domains and web addresses under a name of the `anonymiser_domains` list.
//!
//! # When it is wrong
//!
//! Journalists, dissidents, lawyers and anybody who values privacy use these services; most mail there is ordinary.
//!
//! # What to do
//!
//! Treat it as context. It means something only beside other findings.

use fusion_model::Property;

use super::{Factor, Hit, RiskRule, Subject, domain_in, is_under};

pub(super) static RULE: RiskRule = RiskRule {
    id: "anonymiser",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.anonymiser,
    looks_at_neighbours: false,
    innocent: "Anybody who values privacy uses such services; most of what happens there is ordinary.",
    recommendation: "Treat it as context that means something only beside other findings.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let names = &subject.rules().risk.indicators.anonymiser_domains;
    let values = subject.values(&[Property::Email, Property::Domain, Property::Url]);
    let used = values
        .into_iter()
        .filter(|value| names.iter().any(|name| is_under(domain_in(&value.canonical), name)));
    used.map(|value| {
        Hit::new(
            format!("uses the anonymising service behind {}", value.value),
            value.statements,
        )
    })
    .collect()
}
