//! It was silent for long and woke up.
//!
//! # What it finds
//!
//! A silence of at least `dormancy_days` between two acts of the entity or of what it owns, with acts on both sides.
//!
//! # When it is wrong
//!
//! A gap in the evidence looks like a gap in the life; people change phones, fall ill, lose interest and come back.
//!
//! # What to do
//!
//! Check which sources cover the silence, and whether the one who woke up writes like the one who fell silent.

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "dormancy",
    factor: Factor::Temporal,
    switch: |rules| &rules.dormancy,
    looks_at_neighbours: false,
    innocent: "A gap in the evidence looks like a gap in the life; people change phones, fall ill and come back.",
    recommendation: "Check which sources cover the silence, and whether the holder before and after is the same.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let acts = subject.acts();
    let least = i64::from(subject.rules().timeline.dormancy_days);
    let silences = acts.windows(2).filter_map(|pair| match pair {
        [before, after] => {
            let days = after.moment.days() - before.moment.days();
            (days >= least).then_some((days, before, after))
        }
        _ => None,
    });
    let longest = silences.max_by_key(|(days, before, _)| (*days, std::cmp::Reverse(before.moment)));
    longest
        .map(|(days, before, after)| {
            Hit::new(
                format!("woke up after {days} silent days"),
                [before.statement, after.statement],
            )
        })
        .into_iter()
        .collect()
}
