//! Part four: how much of what belongs to it is known.
//!
//! A value is complete when it could be cleaned and hides nothing; a date is as complete as its precision. A
//! relation is complete when it carries what its kind should (a payment its date, amount and transaction). An entity
//! is complete when it has the properties that the rules expect of its kind.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Precision, Property, Score, Statement, ValueType};

use super::Part;
use crate::entity::Groups;
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Rates one value by its best statement.
pub(super) fn of_value(lookup: &Lookup<'_>, property: Property, positions: &[usize]) -> Part {
    let best = positions
        .iter()
        .filter_map(|at| lookup.statement(*at).map(|statement| (rate(property, statement), *at)))
        .max_by(|left, right| (left.0.0, right.1).cmp(&(right.0.0, left.1)));
    match best {
        Some(((score, why), at)) => Part {
            score,
            why: why.to_owned(),
            rests_on: vec![at],
        },
        None => Part {
            score: Score::ZERO,
            why: "nothing says it".to_owned(),
            rests_on: Vec::new(),
        },
    }
}

fn rate(property: Property, statement: &Statement) -> (Score, &'static str) {
    let Ok(value) = &statement.value else {
        return (
            Score::from_basis_points(2_500),
            "could not be cleaned; kept as it stands",
        );
    };
    if property.value_type() == ValueType::Mask {
        return (Score::from_basis_points(5_000), "partly hidden");
    }
    match value.span.map(|span| span.precision) {
        Some(Precision::Year) => (Score::from_basis_points(4_000), "only the year is known"),
        Some(Precision::Month) => (Score::from_basis_points(6_000), "only year and month are known"),
        _ => (Score::ONE, "the value is complete"),
    }
}

/// Rates a relation by what its kind should carry.
pub(super) fn of_relation(lookup: &Lookup<'_>, kind: RelationKind, positions: &[usize]) -> Part {
    let expected: &[Property] = match kind {
        RelationKind::Paid => &[Property::HappenedAt, Property::Amount, Property::TransactionHash],
        RelationKind::Messaged => &[Property::HappenedAt, Property::Text],
        _ => &[],
    };
    let known: BTreeSet<Property> = lookup
        .statements(positions)
        .map(|statement| statement.property)
        .collect();
    share(expected, |property| known.contains(&property), "a link of this kind")
}

/// Rates an entity by the properties that the rules expect of its kind.
pub(super) fn of_kind(rules: &Rules, kind: EntityKind, groups: &Groups) -> Part {
    let lists = &rules.confidence.completeness;
    let names = match kind {
        EntityKind::Person => &lists.person,
        EntityKind::Organization => &lists.organization,
        EntityKind::Account => &lists.account,
        EntityKind::Wallet => &lists.wallet,
        _ => &lists.other,
    };
    let expected: Vec<Property> = names.iter().filter_map(|name| Property::from_id(name)).collect();
    let known: BTreeSet<Property> = groups.keys().map(|(property, _)| *property).collect();
    share(
        &expected,
        |property| stand_ins(property).iter().any(|other| known.contains(other)),
        kind.label(),
    )
}

/// Returns the properties that answer the same question.
fn stand_ins(property: Property) -> Vec<Property> {
    match property {
        Property::Location | Property::Address => {
            vec![
                Property::Location,
                Property::Address,
                Property::City,
                Property::Country,
                Property::Coordinates,
            ]
        }
        Property::Account => vec![Property::Account, Property::Handle],
        Property::Name => vec![Property::Name, Property::Alias],
        other => vec![other],
    }
}

fn share(expected: &[Property], known: impl Fn(Property) -> bool, of: &str) -> Part {
    let missing: Vec<&str> = expected
        .iter()
        .filter(|property| !known(**property))
        .map(|property| property.id())
        .collect();
    let (total, found) = (expected.len(), expected.len() - missing.len());
    if total == 0 {
        return Part {
            score: Score::ONE,
            why: "nothing more is expected of it".to_owned(),
            rests_on: Vec::new(),
        };
    }
    let why = match missing.is_empty() {
        true => format!("all {total} properties expected of {of} are known"),
        false => format!(
            "{found} of {total} properties expected of {of} are known; missing: {}",
            missing.join(", ")
        ),
    };
    Part {
        score: Score::ratio(found as u64, total as u64),
        why,
        rests_on: Vec::new(),
    }
}
