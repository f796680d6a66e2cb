//! Many of its accounts were made within days.
//!
//! # What it finds
//!
//! At least `spree_events` accounts, wallets or domains of one owner that came into being within `spree_days`.
//!
//! # When it is wrong
//!
//! A new job, a new firm or a move to a new name brings a handful of accounts at once.
//!
//! # What to do
//!
//! Compare the sites and what was posted first; sock puppets rarely have an ordinary first week.

use fusion_model::{Precision, Property, StatementId};

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "creation-spree",
    factor: Factor::Temporal,
    switch: |rules| &rules.creation_spree,
    looks_at_neighbours: false,
    innocent: "A new job, firm or name brings a handful of accounts at once.",
    recommendation: "Compare the sites and what was posted first in each.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let mut made: Vec<(i64, String, Vec<StatementId>)> = Vec::new();
    for linked in subject.owned() {
        for (fact, mut statements) in subject.facts_of(linked.other) {
            let Some(span) = fact.span.filter(|span| span.precision >= Precision::Day) else {
                continue;
            };
            if fact.property == Property::CreatedAt {
                statements.extend(&linked.statements);
                made.push((span.start.days(), subject.label_of(linked.other), statements));
                break;
            }
        }
    }
    made.sort();
    let least = subject.rules().timeline.spree_events as usize;
    let within = i64::from(subject.rules().timeline.spree_days);
    let sprees = (0..made.len()).map(|start| {
        let from = made[start].0;
        let end = made
            .iter()
            .skip(start)
            .take_while(|(day, _, _)| day - from < within)
            .count();
        &made[start..start + end]
    });
    let Some(spree) = sprees.max_by(|left, right| left.len().cmp(&right.len()).then(right.cmp(left))) else {
        return Vec::new();
    };
    if spree.len() < least {
        return Vec::new();
    }
    let names = super::listed(spree.iter().map(|(_, name, _)| name.clone()));
    let text = format!(
        "{} things of its own came into being within {within} days: {names}",
        spree.len()
    );
    vec![Hit::new(
        text,
        spree.iter().flat_map(|(_, _, statements)| statements.iter().copied()),
    )]
}
