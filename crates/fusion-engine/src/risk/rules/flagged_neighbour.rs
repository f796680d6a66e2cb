//! It is linked to an entity that is itself flagged.
//!
//! # What it finds
//!
//! Paths of up to `max_graph_depth` relations to an entity whose own score reaches `flagged_from` or that has a finding
//! graded HIGH. Each step lets only a part through, by the score of its relation.
//!
//! # When it is wrong
//!
//! Knowing, paying or writing to somebody is not doing what they did. Victims are linked to offenders by nature.
//!
//! # What to do
//!
//! Walk the path and judge each relation; ask which side started it.

use super::{Factor, Hit, RiskRule, Subject};

pub(super) static RULE: RiskRule = RiskRule {
    id: "flagged-neighbour",
    factor: Factor::Network,
    switch: |rules| &rules.flagged_neighbour,
    looks_at_neighbours: true,
    innocent: "Knowing or paying somebody is not doing what they did; victims are linked to offenders by nature.",
    recommendation: "Walk the path, judge each relation, and ask which side started it.",
    find,
};

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let exposures = subject.exposures();
    exposures
        .into_iter()
        .map(|exposure| {
            let steps: Vec<String> = exposure.path.iter().map(|entity| subject.label_of(*entity)).collect();
            let rules = subject.flags_of(exposure.to).join(", ");
            let text = match steps.as_slice() {
                [only] => format!("is linked to {only}, which is flagged ({rules})"),
                _ => format!(
                    "is linked by {} steps to {}, which is flagged ({rules}): {}",
                    steps.len(),
                    subject.label_of(exposure.to),
                    steps.join(" → ")
                ),
            };
            Hit::new(text, exposure.statements).of_strength(exposure.strength)
        })
        .collect()
}
