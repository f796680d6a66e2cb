//! It acts faster than people do.
//!
//! # What it finds
//!
//! A run of ten or more acts (messages, payments) of one account or wallet within five minutes.
//!
//! # When it is wrong
//!
//! Quick chatters send a thought in ten lines; forwarded albums and batched payments carry one moment many times.
//!
//! # What to do
//!
//! Look at the spacing: equal steps speak for a program, uneven ones for a person.

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "rapid-activity",
    factor: Factor::BehaviouralPatterns,
    switch: |rules| &rules.rapid_activity,
    looks_at_neighbours: false,
    innocent: "Quick chatters write a thought in ten lines; forwarded albums and batched payments share one moment.",
    recommendation: "Look at the spacing of the acts: equal steps speak for a program, uneven ones for a person.",
    find,
};

const RUN: usize = 10;
const WITHIN_MS: i64 = 5 * 60 * 1_000;

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let acts = subject.acts();
    let mut actors: Vec<_> = acts.iter().map(|act| act.actor).collect();
    actors.sort();
    actors.dedup();
    actors
        .into_iter()
        .filter_map(|actor| {
            let own: Vec<_> = acts.iter().filter(|act| act.actor == actor).collect();
            let runs = own.windows(RUN).filter(|run| match (run.first(), run.last()) {
                (Some(first), Some(last)) => last.moment.0 - first.moment.0 <= WITHIN_MS,
                _ => false,
            });
            let statements: Vec<_> = runs.flatten().map(|act| act.statement).collect();
            let text = format!(
                "{} acted {RUN} or more times within five minutes",
                subject.label_of(actor)
            );
            (!statements.is_empty()).then(|| Hit::new(text, statements))
        })
        .collect()
}
