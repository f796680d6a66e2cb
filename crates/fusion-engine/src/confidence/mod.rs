//! How sure a value, a relation or an entity is: five weighed parts, each with its reason in words.
//!
//! `source-reliability` (who says it), `freshness` (how old it is for what it claims), `corroboration` (independent
//! origins that agree), `completeness` (how much of what belongs to it is known), `conflict` (what contradicts it).
//! The whole is the weighed mean; the interval around it narrows with the number of independent origins.
//!
//! All arithmetic is in integers. The module must not know a clock (age is measured against the `now` it is given)
//! nor who shows the number. It cannot fail: without statements the parts are zero and the interval is wide.

mod completeness;
mod conflict;
mod corroboration;
mod decay;
mod freshness;
mod interval;
mod reliability;

pub(crate) use decay::left_after;
pub(crate) use reliability::credibility;

use fusion_model::derived::{Confidence, ConfidencePart, RelationKind};
use fusion_model::{EntityKind, Grade, Property, Score, Timestamp};

use crate::entity::Groups;
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Supporting statements named by one part at most; the strongest come first.
const NAMED_STATEMENTS: usize = 16;

/// Holds one part before it is weighed.
struct Part {
    score: Score,
    why: String,
    /// Positions of the statements it rests on.
    rests_on: Vec<usize>,
}

/// Rates one fact: `positions` say it, `groups` are all values said of the same entity.
pub(crate) fn of_fact(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    property: Property,
    positions: &[usize],
    groups: &Groups,
) -> Confidence {
    let said: Vec<(usize, Option<Grade>)> = positions.iter().map(|at| (*at, None)).collect();
    let parts = [
        reliability::best(lookup, rules, &said),
        freshness::of_property(lookup, rules, now, property, positions),
        corroboration::of(lookup, rules, positions),
        completeness::of_value(lookup, property, positions),
        conflict::of_value(lookup, rules, property, positions, groups),
    ];
    whole(lookup, rules, parts, lookup.origins(positions).len())
}

/// Rates one entity by all that is said of it.
pub(crate) fn of_entity(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    kind: EntityKind,
    own: &[usize],
    groups: &Groups,
) -> Confidence {
    let parts = [
        reliability::across_origins(lookup, rules, own),
        freshness::newest(lookup, rules, now, own),
        corroboration::of(lookup, rules, own),
        completeness::of_kind(rules, kind, groups),
        conflict::of_entity(lookup, rules, groups),
    ];
    whole(lookup, rules, parts, lookup.origins(own).len())
}

/// Says what a relation rests on.
pub(crate) struct RelationSupport<'s> {
    /// What sort of link.
    pub(crate) kind: RelationKind,
    /// Positions of the supporting statements, ascending, each with the grade of the link it makes.
    pub(crate) said: &'s [(usize, Option<Grade>)],
    /// Whether other relations contradict it, in words, one each.
    pub(crate) rivals: &'s [String],
    /// Properties whose half-life the relation shares; the most lasting counts.
    pub(crate) claims: &'s [Property],
}

/// Rates one relation.
pub(crate) fn of_relation(
    lookup: &Lookup<'_>,
    rules: &Rules,
    now: Timestamp,
    support: &RelationSupport<'_>,
) -> Confidence {
    let positions: Vec<usize> = support.said.iter().map(|(at, _)| *at).collect();
    let parts = [
        reliability::best(lookup, rules, support.said),
        freshness::of_claims(lookup, rules, now, support.claims, &positions),
        corroboration::of(lookup, rules, &positions),
        completeness::of_relation(lookup, support.kind, &positions),
        conflict::of_rivals(rules, support.rivals),
    ];
    whole(lookup, rules, parts, lookup.origins(&positions).len())
}

fn whole(lookup: &Lookup<'_>, rules: &Rules, parts: [Part; 5], origins: usize) -> Confidence {
    let weights = &rules.confidence.weights;
    let names = [
        ("source-reliability", weights.source_reliability),
        ("freshness", weights.freshness),
        ("corroboration", weights.corroboration),
        ("completeness", weights.completeness),
        ("conflict", weights.conflict),
    ];
    let parts: Vec<ConfidencePart> = names
        .into_iter()
        .zip(parts)
        .map(|((name, weight), mut part)| {
            part.rests_on.truncate(NAMED_STATEMENTS);
            ConfidencePart {
                name: name.to_owned(),
                score: part.score,
                weight,
                why: part.why,
                statements: lookup.ids(&part.rests_on),
            }
        })
        .collect();
    let sum: u64 = parts.iter().map(|part| points(part.score) * points(part.weight)).sum();
    let weight: u64 = parts.iter().map(|part| points(part.weight)).sum();
    let score = Score::ratio(sum, weight * 10_000);
    let (low, high) = interval::around(score, origins);
    Confidence {
        score,
        low,
        high,
        parts,
    }
}

fn points(score: Score) -> u64 {
    score.basis_points().into()
}

/// Returns `count` with its noun, in the plural unless it is one.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests;
