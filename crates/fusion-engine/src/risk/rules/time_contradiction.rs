//! Statements of it contradict each other in time.
//!
//! # What it finds
//!
//! Two birth dates that cannot both hold; an account that is older than its owner; an act of an account or wallet
//! before the day it came into being.
//!
//! # When it is wrong
//!
//! Sites ask for no true birth date, clocks and zones are off, and "created" may mean the last rename or migration.
//!
//! # What to do
//!
//! Compare the two statements at their sources; a contradiction often shows that two people were merged.

use fusion_model::{Property, StatementId, TimeSpan};

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "time-contradiction",
    factor: Factor::Temporal,
    switch: |rules| &rules.time_contradiction,
    looks_at_neighbours: false,
    innocent: "Sites ask for no true birth date, clocks are off, and “created” may mean the last migration.",
    recommendation: "Compare the two statements at their sources; two people may have been merged.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let births = dated(subject, Property::BirthDate);
    let mut hits = Vec::new();
    for (index, (one, one_said)) in births.iter().enumerate() {
        for (two, two_said) in births.iter().skip(index + 1) {
            if one.end <= two.start || two.end <= one.start {
                hits.push(Hit::new(
                    "has two birth dates that cannot both hold",
                    one_said.iter().chain(two_said).copied(),
                ));
            }
        }
    }
    let acts = subject.acts();
    for linked in subject.owned() {
        for (fact, statements) in subject.facts_of(linked.other) {
            let (Property::CreatedAt, Some(span)) = (fact.property, fact.span) else {
                continue;
            };
            let name = subject.label_of(linked.other);
            for (_, said) in births.iter().filter(|(birth, _)| span.end <= birth.start) {
                hits.push(Hit::new(
                    format!("{name} is older than its owner"),
                    said.iter().chain(&statements).copied(),
                ));
            }
            if let Some(early) = acts
                .iter()
                .find(|act| act.actor == linked.other && act.moment < span.start)
            {
                hits.push(Hit::new(
                    format!("{name} acted before it came into being"),
                    statements.iter().copied().chain([early.statement]),
                ));
            }
        }
    }
    hits
}

fn dated(subject: &Subject<'_>, property: Property) -> Vec<(TimeSpan, Vec<StatementId>)> {
    let facts = subject
        .facts()
        .into_iter()
        .filter(|(fact, _)| fact.property == property);
    facts
        .filter_map(|(fact, statements)| Some((fact.span?, statements)))
        .collect()
}
