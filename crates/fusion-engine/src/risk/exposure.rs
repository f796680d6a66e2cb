//! Exposure: how the risk of a flagged entity spreads along relations.
//!
//! From every flagged entity the strongest path to each entity within `max_graph_depth` steps is followed; each step
//! lets `exposure_decay` of the strength through, times the score of its relation. Things that everybody touches
//! carry nothing: a breach, a link in a text, a place.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Relation, RelationKind};
use fusion_model::{EntityId, Level, Score, StatementId};

use super::scene::{Exposure, Flag, Scene};
use super::{Weighed, level};

/// Flagged entities kept per exposed entity.
const KEPT: usize = 5;
/// Statements kept per path.
const STATEMENTS: usize = 24;
/// Strength in basis points below which a path is not followed any further.
const FAINT: u16 = 100;
/// Relations of an entity above which paths end at it instead of running through it.
const CROWD: usize = 200;

/// Returns what counts as flagged: a whole score from `flagged_from` on, or a single finding graded HIGH or above.
pub(super) fn flagged(found: &BTreeMap<EntityId, Vec<Weighed>>, scene: &Scene<'_>) -> BTreeMap<EntityId, Flag> {
    let rules = &scene.rules.risk;
    let mut flagged = BTreeMap::new();
    for (entity, weighed) in found {
        let grave: Vec<&Weighed> = weighed
            .iter()
            .filter(|found| level::of(&rules.thresholds, found.adds) >= Level::High)
            .collect();
        let whole = level::whole(super::Factor::ALL.iter().map(|factor| {
            let of_factor = weighed.iter().filter(|found| found.rule.factor == *factor);
            (
                level::capped_sum(of_factor.map(|found| found.adds)),
                factor.weight(&rules.weights),
            )
        }));
        if grave.is_empty() && whole < rules.flagged_from {
            continue;
        }
        let gravest = grave.iter().map(|found| found.adds).max().unwrap_or(whole);
        let carried: Vec<&Weighed> = if grave.is_empty() {
            weighed.iter().collect()
        } else {
            grave
        };
        let statements: BTreeSet<StatementId> = carried
            .iter()
            .flat_map(|found| found.hit.statements.iter().copied())
            .take(STATEMENTS)
            .collect();
        flagged.insert(
            *entity,
            Flag {
                score: gravest.max(whole),
                rules: carried.iter().map(|found| found.rule.id).collect(),
                statements,
            },
        );
    }
    flagged
}

/// Returns, per entity, the flagged entities that reach it, strongest first.
pub(super) fn spread(scene: &Scene<'_>) -> BTreeMap<EntityId, Vec<Exposure>> {
    let mut exposed: BTreeMap<EntityId, Vec<Exposure>> = BTreeMap::new();
    for (source, flag) in &scene.flagged {
        for (reached, (strength, path)) in strongest_paths(scene, *source, flag.score) {
            if reached == *source || strength == Score::ZERO {
                continue;
            }
            let on_path = path.iter().flat_map(|relation| relation.statements.iter().copied());
            let statements = on_path
                .chain(flag.statements.iter().copied())
                .take(STATEMENTS)
                .collect();
            let exposure = Exposure {
                to: *source,
                strength,
                path: walk(reached, &path),
                statements,
            };
            exposed.entry(reached).or_default().push(exposure);
        }
    }
    for exposures in exposed.values_mut() {
        exposures.sort_by(|left, right| (right.strength, left.to).cmp(&(left.strength, right.to)));
        exposures.truncate(KEPT);
    }
    exposed
}

type Reached<'a> = BTreeMap<EntityId, (Score, Vec<&'a Relation>)>;

/// Follows the strongest path to everything within reach; paths are read from the reached end.
fn strongest_paths<'a>(scene: &Scene<'a>, source: EntityId, start: Score) -> Reached<'a> {
    let mut best: Reached<'a> = BTreeMap::from([(source, (start, Vec::new()))]);
    let mut front: BTreeSet<EntityId> = BTreeSet::from([source]);
    for _ in 0..scene.rules.correlation.max_graph_depth {
        let before = best.clone();
        let mut next = BTreeSet::new();
        for entity in &front {
            let Some((strength, path)) = before.get(entity) else {
                continue;
            };
            if *entity != source && scene.relations_at(*entity).len() > CROWD {
                continue;
            }
            for relation in scene
                .relations_at(*entity)
                .iter()
                .filter(|relation| carries(relation.kind))
            {
                let other = if relation.from == *entity {
                    relation.to
                } else {
                    relation.from
                };
                let passed = strength.times(relation.score).times(scene.rules.risk.exposure_decay);
                let known = best.get(&other).map(|(known, _)| *known).unwrap_or_default();
                if passed > known && passed.basis_points() >= FAINT {
                    let path = [*relation].into_iter().chain(path.iter().copied()).collect();
                    best.insert(other, (passed, path));
                    next.insert(other);
                }
            }
        }
        front = next;
    }
    best
}

/// Turns the relations of a path into the entities after `start`.
fn walk(start: EntityId, path: &[&Relation]) -> Vec<EntityId> {
    let mut at = start;
    path.iter()
        .map(|relation| {
            at = if relation.from == at {
                relation.to
            } else {
                relation.from
            };
            at
        })
        .collect()
}

fn carries(kind: RelationKind) -> bool {
    !matches!(
        kind,
        RelationKind::ExposedIn | RelationKind::LinksTo | RelationKind::LocatedAt | RelationKind::Mentions
    )
}
