//! Co-located: at the same place at about the same time.
//!
//! Rules with `within_metres` compare dated coordinates said of two entities. Distances are integers: latitude and
//! longitude in millionths of a degree, longitude shrunk by the cosine of the latitude (Bhaskara's rational formula,
//! right to 0.2 %), compared as squares of centimetres. Each meeting on another day adds a chance of its own.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind, Property, Score, TimeSpan, Timestamp};

use super::Ground;
use super::merge::{Support, Ties, either};
use super::shared::strongest;
use crate::rules::RelationshipRule;

/// Centimetres in a millionth of a degree of latitude, in thousandths.
const CM_PER_MICRODEGREE_MILLI: i128 = 11_132;
/// Comparisons one rule may make before it stops, with a notice.
const COMPARISONS: usize = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sighting {
    latitude: i64,
    longitude: i64,
    moment: Timestamp,
    entity: EntityId,
    at: usize,
}

/// Draws meetings for every rule that asks for nearness in space.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    for rule in ground
        .rules
        .correlation
        .relationship_rules
        .iter()
        .filter(|rule| rule.enabled && rule.within_metres > 0)
    {
        let (Some(kind), Some(between)) = (
            RelationKind::from_id(&rule.relation),
            EntityKind::from_id(&rule.between),
        ) else {
            continue;
        };
        let found = meetings(ground, ties, rule, &sightings(ground, between));
        for ((left, right), (score, (positions, days))) in strongest(ground, ties, &rule.name, found) {
            let spans: Vec<TimeSpan> = positions.iter().filter_map(|at| moment_span(ground, *at)).collect();
            let on = if days == 1 {
                "on one day".to_owned()
            } else {
                format!("on {days} days")
            };
            let why = format!(
                "within {} metres and {} days of each other {on} ({})",
                rule.within_metres,
                rule.within_days.max(1),
                rule.name
            );
            let support = Support::derived(ground, score, why, positions)
                .dated(spans)
                .at_least(rule.min_score);
            ties.add(left, right, kind, support);
        }
    }
}

/// Returns dated coordinates of entities of one kind, by latitude.
fn sightings(ground: &Ground<'_>, between: EntityKind) -> Vec<Sighting> {
    let mut sightings: Vec<Sighting> = Vec::new();
    for (canonical, holders) in ground.values.of(Property::Coordinates) {
        let Some((latitude, longitude)) = microdegrees(canonical) else {
            continue;
        };
        for (entity, positions) in holders
            .iter()
            .filter(|(entity, _)| ground.lookup.kind_of(**entity) == Some(between))
        {
            for at in positions {
                let Some(statement) = ground
                    .lookup
                    .statement(*at)
                    .filter(|statement| ground.lookup.is_dated(statement))
                else {
                    continue;
                };
                sightings.push(Sighting {
                    latitude,
                    longitude,
                    moment: ground.lookup.as_of(statement),
                    entity: *entity,
                    at: *at,
                });
            }
        }
    }
    sightings.sort();
    sightings
}

type Meetings = BTreeMap<(EntityId, EntityId), (Score, (BTreeSet<usize>, usize))>;

fn meetings(ground: &Ground<'_>, ties: &mut Ties, rule: &RelationshipRule, sightings: &[Sighting]) -> Meetings {
    let reach = i64::from(rule.within_metres) * 100_000 / 11_132 + 1;
    let apart_ms = u64::from(rule.within_days.max(1)) * Timestamp::DAY_MS as u64;
    let mut found: BTreeMap<(EntityId, EntityId), (BTreeSet<usize>, BTreeSet<i64>)> = BTreeMap::new();
    let mut compared = 0;
    'all: for (index, here) in sightings.iter().enumerate() {
        for there in sightings
            .iter()
            .skip(index + 1)
            .take_while(|there| there.latitude - here.latitude <= reach)
        {
            compared += 1;
            if compared > COMPARISONS {
                ties.note(format!(
                    "Rule {} stopped after {COMPARISONS} comparisons of places.",
                    rule.name
                ));
                break 'all;
            }
            let pair = super::rarity::ordered(here.entity, there.entity);
            let timely = here.moment.0.abs_diff(there.moment.0) <= apart_ms;
            if pair.0 == pair.1
                || !timely
                || !is_near(here, there, rule.within_metres)
                || ground.pairs.in_review(pair.0, pair.1)
            {
                continue;
            }
            let (positions, days) = found.entry(pair).or_default();
            positions.extend([here.at, there.at]);
            days.insert(here.moment.min(there.moment).days());
        }
    }
    found
        .into_iter()
        .map(|(pair, (positions, days))| {
            let score = (1..days.len()).fold(rule.score, |sum, _| {
                either(sum, ground.rules.correlation.weights.temporal_proximity)
            });
            (pair, (score, (positions, days.len())))
        })
        .collect()
}

fn is_near(here: &Sighting, there: &Sighting, metres: u32) -> bool {
    let north = i128::from(there.latitude - here.latitude) * CM_PER_MICRODEGREE_MILLI / 1_000;
    let turn = (there.longitude - here.longitude).rem_euclid(360_000_000);
    let turn = i128::from(turn.min(360_000_000 - turn));
    let (part, whole) = cosine(here.latitude);
    let east = turn * CM_PER_MICRODEGREE_MILLI / 1_000 * part / whole;
    let limit = i128::from(metres) * 100;
    north * north + east * east <= limit * limit
}

/// Returns the cosine of a latitude in microdegrees as a fraction: `cos x ≈ (32400 − 4x²) / (32400 + x²)`, x in degrees.
fn cosine(latitude: i64) -> (i128, i128) {
    let square = i128::from(latitude) * i128::from(latitude);
    let right_angle = 32_400i128 * 1_000_000 * 1_000_000;
    ((right_angle - 4 * square).max(0), right_angle + square)
}

/// Reads `latitude,longitude` in decimal degrees as integer millionths.
fn microdegrees(canonical: &str) -> Option<(i64, i64)> {
    let (latitude, longitude) = canonical.split_once(',')?;
    Some((millionths(latitude.trim())?, millionths(longitude.trim())?))
}

fn millionths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = part.parse().ok()?;
    Some(sign * (whole.checked_mul(1_000_000)? + part))
}

fn moment_span(ground: &Ground<'_>, at: usize) -> Option<TimeSpan> {
    let observation = ground.lookup.statement(at)?.observation;
    ground.lookup.in_observation(observation).iter().find_map(|near| {
        let statement = ground.lookup.statement(*near)?;
        let tells = matches!(statement.property, Property::HappenedAt | Property::LastSeenAt);
        statement.value.as_ref().ok()?.span.filter(|_| tells)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(text: &str) -> Sighting {
        let (latitude, longitude) = microdegrees(text).unwrap();
        Sighting {
            latitude,
            longitude,
            moment: Timestamp(0),
            entity: EntityId([0; 16]),
            at: 0,
        }
    }

    #[test]
    fn distances_hold_at_every_latitude() {
        let rows = [
            ("51.922500,4.479170", "51.922500,4.479170", 1, true),
            ("51.9225,4.47917", "51.9245,4.47917", 250, true),
            ("51.9225,4.47917", "51.9255,4.47917", 250, false),
            ("60.0,10.0", "60.0,10.004", 250, true),
            ("0.0,10.0", "0.0,10.004", 250, false),
            ("0.0,179.9995", "0.0,-179.9995", 250, true),
            ("-33.9,18.4", "-33.9,18.4001", 20, true),
        ];
        for (left, right, metres, near) in rows {
            assert_eq!(
                is_near(&at(left), &at(right), metres),
                near,
                "{left} to {right} within {metres} m"
            );
        }
        assert_eq!(microdegrees("north,4"), None);
    }
}
