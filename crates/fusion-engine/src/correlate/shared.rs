//! Relations drawn from shared values by the relationship rules: household, employer, phone, secret, user name.
//!
//! The rules are data: kind of both ends, properties of which one must be shared, properties that must be shared as
//! well, nearness in time, score. A first shared value counts by the rule's score and its rarity, each further one by
//! `attribute_overlap`; values that were true further apart than the time window count by `temporal_proximity`.
//! Common values are left out and announced; so is what goes beyond the cap per entity.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind, Property, Score, ValueType};

use super::Ground;
use super::merge::{Support, Ties, either};
use super::rarity::{holder_limit, weight};
use crate::rules::RelationshipRule;

type Pair = (EntityId, EntityId);

/// Holds one value that a pair shares.
struct SharedValue {
    property: Property,
    score: Score,
    holders: usize,
    positions: BTreeSet<usize>,
}

/// Draws the relations of every rule that asks for shared values.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    for rule in ground
        .rules
        .correlation
        .relationship_rules
        .iter()
        .filter(|rule| rule.enabled && rule.within_metres == 0)
    {
        let (Some(kind), Some(between)) = (
            RelationKind::from_id(&rule.relation),
            EntityKind::from_id(&rule.between),
        ) else {
            continue;
        };
        let found = shared_pairs(ground, ties, rule, between);
        for ((left, right), (score, values)) in strongest(ground, ties, &rule.name, found) {
            let positions: Vec<usize> = values
                .iter()
                .flat_map(|value| value.positions.iter().copied())
                .collect();
            let support = Support::derived(ground, score, words(rule, &values), positions).at_least(rule.min_score);
            ties.add(left, right, kind, support);
        }
    }
}

fn shared_pairs(
    ground: &Ground<'_>,
    ties: &mut Ties,
    rule: &RelationshipRule,
    between: EntityKind,
) -> BTreeMap<Pair, (Score, Vec<SharedValue>)> {
    let mut pairs: BTreeMap<Pair, Vec<SharedValue>> = BTreeMap::new();
    for property in properties(&rule.shared) {
        let limit = holder_limit(ground.rules, property);
        for (canonical, holders) in ground.values.of(property) {
            let held: Vec<_> = holders
                .iter()
                .filter(|(entity, _)| ground.lookup.kind_of(**entity) == Some(between))
                .collect();
            if held.len() < 2 {
                continue;
            }
            if held.len() > limit {
                ties.note(common(&rule.name, property, canonical, held.len(), limit));
                continue;
            }
            let rarity = weight(ground.lookup, ground.rules, held.len());
            for (index, (left, left_said)) in held.iter().enumerate() {
                for (right, right_said) in held.iter().skip(index + 1) {
                    let pair = (**left, **right);
                    if ground.pairs.in_review(pair.0, pair.1) || is_one_owners(ground, between, pair) {
                        continue;
                    }
                    let Some(near) = nearness(ground, rule, left_said, right_said) else {
                        continue;
                    };
                    let positions = left_said.union(right_said).copied().collect();
                    let score = rule.score.times(rarity).times(near);
                    pairs.entry(pair).or_default().push(SharedValue {
                        property,
                        score,
                        holders: held.len(),
                        positions,
                    });
                }
            }
        }
    }
    let also: Vec<_> = properties(&rule.also)
        .map(|property| ground.values.by_holder(property))
        .collect();
    let agree =
        |held: &BTreeMap<EntityId, BTreeSet<&str>>, (left, right): &Pair| match (held.get(left), held.get(right)) {
            (Some(left), Some(right)) => !left.is_disjoint(right),
            _ => false,
        };
    pairs
        .into_iter()
        .filter(|(pair, _)| also.iter().all(|held| agree(held, pair)))
        .map(|(pair, mut values)| {
            values.sort_by_key(|value| (Reverse(value.score), value.property));
            (pair, (combine(ground, &values), values))
        })
        .collect()
}

fn properties(names: &[String]) -> impl Iterator<Item = Property> + '_ {
    names.iter().filter_map(|name| Property::from_id(name))
}

/// Things of one owner share what the owner has; that relates nothing. People are owners, not things.
fn is_one_owners(ground: &Ground<'_>, between: EntityKind, (left, right): Pair) -> bool {
    between.identity().is_some() && ground.pairs.of_one_owner(left, right)
}

fn combine(ground: &Ground<'_>, values: &[SharedValue]) -> Score {
    let overlap = ground.rules.correlation.weights.attribute_overlap;
    let first = values.first().map(|value| value.score).unwrap_or_default();
    values
        .iter()
        .skip(1)
        .fold(first, |sum, value| either(sum, value.score.times(overlap)))
}

/// Returns the factor for nearness in time; `None` when the rule asks for more nearness than there is.
fn nearness(
    ground: &Ground<'_>,
    rule: &RelationshipRule,
    left: &BTreeSet<usize>,
    right: &BTreeSet<usize>,
) -> Option<Score> {
    let days = |positions: &BTreeSet<usize>| -> Vec<i64> {
        let statements = positions.iter().filter_map(|at| ground.lookup.statement(*at));
        statements
            .filter(|statement| ground.lookup.is_dated(statement))
            .map(|statement| ground.lookup.as_of(statement).days())
            .collect()
    };
    let (left, right) = (days(left), days(right));
    let apart = left
        .iter()
        .flat_map(|a| right.iter().map(move |b| a.abs_diff(*b)))
        .min();
    match (apart, rule.within_days) {
        (None, 0) => Some(Score::ONE),
        (None, _) => None,
        (Some(apart), within) if within > 0 && apart > u64::from(within) => None,
        (Some(apart), _) if apart > u64::from(ground.rules.correlation.time_window_days) => {
            Some(ground.rules.correlation.weights.temporal_proximity)
        }
        (Some(_), _) => Some(Score::ONE),
    }
}

/// Keeps the strongest relations of each entity and announces what is left out.
pub(super) fn strongest<V>(
    ground: &Ground<'_>,
    ties: &mut Ties,
    rule: &str,
    found: BTreeMap<Pair, (Score, V)>,
) -> Vec<(Pair, (Score, V))> {
    let cap = ground.rules.correlation.relations_per_entity as usize;
    let mut ranked: Vec<(Pair, (Score, V))> = found.into_iter().collect();
    ranked.sort_by_key(|(pair, (score, _))| (Reverse(*score), *pair));
    let mut used: BTreeMap<EntityId, usize> = BTreeMap::new();
    let total = ranked.len();
    let kept: Vec<_> = ranked
        .into_iter()
        .filter(|((left, right), _)| {
            let full = [left, right]
                .into_iter()
                .any(|entity| used.get(entity).copied().unwrap_or_default() >= cap);
            if !full {
                for entity in [left, right] {
                    *used.entry(*entity).or_default() += 1;
                }
            }
            !full
        })
        .collect();
    if kept.len() < total {
        ties.note(format!(
            "Rule {rule} found {total} relations; {} beyond {cap} for one entity were left out.",
            total - kept.len()
        ));
    }
    kept
}

fn common(rule: &str, property: Property, canonical: &str, holders: usize, limit: usize) -> String {
    let value = match property.value_type() {
        ValueType::Secret => canonical.to_owned(),
        _ => format!("“{canonical}”"),
    };
    format!(
        "Rule {rule} leaves out the {} {value}: {holders} share it, more than {limit}.",
        property.id()
    )
}

fn words(rule: &RelationshipRule, values: &[SharedValue]) -> String {
    let shared: Vec<String> = values
        .iter()
        .map(|value| match value.holders {
            2 => format!("the same {}, which nobody else has", value.property.id()),
            holders => format!("the same {}, which {holders} have", value.property.id()),
        })
        .collect();
    format!("{} ({})", shared.join(" and "), rule.name)
}
