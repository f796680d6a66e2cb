//! Data of the entity appears in a breach.
//!
//! # What it finds
//!
//! Each breach that the entity is exposed in is a finding of its own. A recent breach counts more than an old one
//! (half of that part is gone after three years), and so does one that leaked passwords, money or identity documents.
//!
//! # When it is wrong
//!
//! Being in a breach says that somebody was a customer, not that they did anything. Corpora are padded with invented
//! and recycled rows, and an address may have been entered by somebody else.
//!
//! # What to do
//!
//! Check the breach's own date and whether the leaked row carries more than the address; grade the corpus.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, Property, Score, StatementId, Timestamp};

use super::{Factor, Hit, RiskRule, Subject, counted};
use crate::confidence::left_after;

pub(super) static RULE: RiskRule = RiskRule {
    id: "breach-exposure",
    factor: Factor::BreachExposure,
    switch: |rules| &rules.breach_exposure,
    looks_at_neighbours: false,
    innocent: "Customers end up in breaches through no act of their own; corpora hold recycled and invented rows.",
    recommendation: "Open the leaked row, check its date and what else it carries, and grade the corpus.",
    find,
};

/// Days after which half of the part for recency is gone.
const RECENCY_HALF_LIFE_DAYS: u64 = 1_095;
const ALWAYS: u64 = 5_000;
const RECENT: u64 = 2_500;
const GRAVE: u64 = 2_500;

/// Parts of the names of data classes that do lasting harm, folded.
const GRAVE_CLASSES: &[&str] = &[
    "password",
    "credit card",
    "bank",
    "payment",
    "passport",
    "social security",
    "government",
    "security question",
    "private message",
    "token",
];

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let exposed = subject.linked(&[RelationKind::ExposedIn]);
    exposed
        .into_iter()
        .filter(|linked| linked.relation.from == subject.id())
        .map(|linked| {
            let breach = breach(subject, linked.other);
            let mut strength = ALWAYS;
            let mut words = format!("exposed in the breach {}", subject.label_of(linked.other));
            if let Some(date) = breach.date {
                let age = subject.now().days().saturating_sub(date.days()).max(0) as u64;
                strength += RECENT * u64::from(left_after(age, RECENCY_HALF_LIFE_DAYS).basis_points()) / 10_000;
                words.push_str(&format!(", {} ago", counted((age / 365) as usize, "year")));
            }
            if !breach.grave.is_empty() {
                strength += GRAVE;
                words.push_str(&format!("; it leaked {}", super::listed(breach.grave)));
            }
            let statements = linked.statements.iter().copied().chain(breach.statements);
            Hit::new(words, statements).of_strength(Score::from_basis_points(strength))
        })
        .collect()
}

#[derive(Default)]
struct Breach {
    date: Option<Timestamp>,
    grave: BTreeSet<String>,
    statements: Vec<StatementId>,
}

/// Reads what is known of a breach itself.
fn breach(subject: &Subject<'_>, id: EntityId) -> Breach {
    let mut breach = Breach::default();
    for (fact, statements) in subject.facts_of(id) {
        match (fact.property, fact.span) {
            (Property::BreachDate, Some(span)) if breach.date.is_none_or(|date| span.start < date) => {
                breach.date = Some(span.start);
            }
            (Property::DataClass, _) => {
                let class = fact.value.to_ascii_lowercase();
                if GRAVE_CLASSES.iter().any(|grave| class.contains(grave)) {
                    breach.grave.insert(class);
                    breach.statements.extend(statements);
                }
            }
            _ => {}
        }
    }
    breach
}
