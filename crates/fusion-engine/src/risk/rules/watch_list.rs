//! It stands on the watch list.
//!
//! # What it finds
//!
//! A name, user name, account, e-mail address, phone, wallet or number of the entity that is exactly an entry of the
//! `watch_list`, compared after cleaning both the same way.
//!
//! # When it is wrong
//!
//! Names are shared by thousands. An entry may be there to be protected rather than pursued.
//!
//! # What to do
//!
//! Ask who put the entry there and why; a name alone needs a second identifier.

use fusion_model::{CleanContext, Property};

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "watch-list",
    factor: Factor::KnownIndicators,
    switch: |rules| &rules.watch_list,
    looks_at_neighbours: false,
    innocent: "Names are shared by thousands, and an entry may be there to be protected.",
    recommendation: "Ask who put the entry there and why; a name alone needs a second identifier.",
    find,
};

const WATCHED: &[Property] = &[
    Property::Name,
    Property::Alias,
    Property::Handle,
    Property::Account,
    Property::Email,
    Property::Phone,
    Property::Wallet,
    Property::Iban,
    Property::Domain,
    Property::Ip,
    Property::OfficialNumber,
    Property::CompanyNumber,
];

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let entries = &subject.rules().risk.indicators.watch_list;
    if entries.is_empty() {
        return Vec::new();
    }
    let facts = subject
        .facts()
        .into_iter()
        .filter(|(fact, _)| WATCHED.contains(&fact.property));
    facts
        .filter(|(fact, _)| {
            entries
                .iter()
                .any(|entry| is_entry(fact.property, &fact.canonical, &fact.value, entry))
        })
        .map(|(fact, statements)| {
            Hit::new(
                format!("{} {} stands on the watch list", fact.property.id(), fact.value),
                statements,
            )
        })
        .collect()
}

fn is_entry(property: Property, canonical: &str, shown: &str, entry: &str) -> bool {
    let entry = entry.trim();
    let cleaned = property.clean(entry, "", &CleanContext::default());
    cleaned.is_ok_and(|value| value.canonical == canonical) || entry == canonical || entry.eq_ignore_ascii_case(shown)
}
