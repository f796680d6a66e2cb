//! Part five: what contradicts it.
//!
//! Some things a person or thing has once: a birth date, a number from one issuer, a day of creation. Two values that
//! cannot both hold are rivals, and each rival takes the penalty of the rules away. Dates of different precision
//! that overlap agree ("1984" and "3 May 1984"). Several e-mails or names are no conflict.

use fusion_model::{Property, Score, TimeSpan};

use super::{Part, counted, points};
use crate::entity::Groups;
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Rates one value against the other values of the same entity.
pub(super) fn of_value(
    lookup: &Lookup<'_>,
    rules: &Rules,
    property: Property,
    positions: &[usize],
    groups: &Groups,
) -> Part {
    if !is_single(property) {
        return free("several values can hold at once");
    }
    let rivals: Vec<usize> = groups
        .iter()
        .filter(|((other, _), others)| *other == property && contradict(lookup, property, positions, others))
        .filter_map(|(_, others)| others.first().copied())
        .collect();
    match rivals.len() {
        0 => free("nothing contradicts it"),
        count => Part {
            score: after_penalty(rules, count),
            why: format!("{} contradicts it", counted(count, "other value")),
            rests_on: rivals,
        },
    }
}

/// Rates an entity by the pairs of its values that cannot both hold.
pub(super) fn of_entity(lookup: &Lookup<'_>, rules: &Rules, groups: &Groups) -> Part {
    let single: Vec<_> = groups
        .iter()
        .filter(|((property, _), _)| is_single(*property))
        .collect();
    let mut rests_on = Vec::new();
    let mut torn = Vec::new();
    let mut count = 0;
    for (index, ((property, _), positions)) in single.iter().enumerate() {
        for ((other, _), others) in single.iter().skip(index + 1) {
            if property == other && contradict(lookup, *property, positions, others) {
                count += 1;
                rests_on.extend(positions.first().into_iter().chain(others.first()).copied());
                torn.push(property.id());
            }
        }
    }
    torn.dedup();
    match count {
        0 => free("no two values contradict each other"),
        _ => Part {
            score: after_penalty(rules, count),
            why: format!("{} in {}", counted(count, "contradiction"), torn.join(", ")),
            rests_on,
        },
    }
}

/// Rates a relation by what speaks against it.
pub(super) fn of_rivals(rules: &Rules, rivals: &[String]) -> Part {
    match rivals {
        [] => free("nothing contradicts it"),
        _ => Part {
            score: after_penalty(rules, rivals.len()),
            why: rivals.join("; "),
            rests_on: Vec::new(),
        },
    }
}

fn free(why: &str) -> Part {
    Part {
        score: Score::ONE,
        why: why.to_owned(),
        rests_on: Vec::new(),
    }
}

fn after_penalty(rules: &Rules, rivals: usize) -> Score {
    let lost = (rivals as u64).saturating_mul(points(rules.confidence.conflict_penalty));
    Score::from_basis_points(10_000u64.saturating_sub(lost))
}

/// Tells whether a thing has only one value of `property` (numbers: one per issuer).
fn is_single(property: Property) -> bool {
    matches!(
        property,
        Property::BirthDate
            | Property::OfficialNumber
            | Property::CompanyNumber
            | Property::CreatedAt
            | Property::BreachDate
    )
}

fn contradict(lookup: &Lookup<'_>, property: Property, left: &[usize], right: &[usize]) -> bool {
    let first = |positions: &[usize]| lookup.statements(positions).next();
    let (Some(a), Some(b)) = (first(left), first(right)) else {
        return false;
    };
    let (Ok(one), Ok(two)) = (&a.value, &b.value) else {
        return false;
    };
    if one.canonical == two.canonical {
        return false;
    }
    match (one.span, two.span) {
        (Some(one), Some(two)) => !overlap(one, two),
        _ => property == Property::BirthDate || a.qualifier == b.qualifier,
    }
}

fn overlap(one: TimeSpan, two: TimeSpan) -> bool {
    one.start < two.end && two.start < one.end
}
