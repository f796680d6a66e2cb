//! Mentioned with: two things named in the same message, post or page.
//!
//! Each observation that names both counts by `shared_source`; if it is dated, the two also stand at one moment and
//! `temporal_proximity` joins in. One undated co-mention is below the usual minimum, two are above it. A text that
//! names very many things is a list and relates none of them; that is announced.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, ObservationId, Score, TimeSpan};

use super::Ground;
use super::merge::{Support, Ties, either};
use super::rarity::ordered;

/// Things that one text may name before it is a list.
const LIST_FROM: usize = 12;

#[derive(Default)]
struct Together {
    /// Best chance per independent origin and observation.
    chances: BTreeMap<ObservationId, Score>,
    positions: BTreeSet<usize>,
    spans: Vec<TimeSpan>,
}

/// Draws co-mentions.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let mut texts: BTreeMap<ObservationId, BTreeMap<EntityId, BTreeSet<usize>>> = BTreeMap::new();
    for link in ground
        .lookup
        .cleaned
        .links
        .iter()
        .filter(|link| link.kind == RelationKind::Mentions)
    {
        let Some(named) = ground.lookup.entity_of(link.to) else {
            continue;
        };
        let held = texts.entry(link.observation).or_default().entry(named).or_default();
        held.extend(super::stated::support(ground, link));
    }
    let weights = &ground.rules.correlation.weights;
    let mut lists = 0;
    let mut pairs: BTreeMap<(EntityId, EntityId), Together> = BTreeMap::new();
    for (observation, named) in &texts {
        if named.len() > LIST_FROM {
            lists += 1;
            continue;
        }
        let moment = moment(ground, *observation);
        let chance = if moment.is_some() {
            either(weights.shared_source, weights.temporal_proximity)
        } else {
            weights.shared_source
        };
        let named: Vec<_> = named.iter().collect();
        for (index, (left, left_said)) in named.iter().enumerate() {
            for (right, right_said) in named.iter().skip(index + 1) {
                let together = pairs.entry(ordered(**left, **right)).or_default();
                together.chances.insert(*observation, chance);
                together.positions.extend(left_said.union(right_said));
                together.spans.extend(moment);
            }
        }
    }
    if lists > 0 {
        ties.note(format!(
            "{lists} texts name more than {LIST_FROM} things each and relate none of them."
        ));
    }
    for ((left, right), together) in pairs {
        let score = together
            .chances
            .values()
            .fold(Score::ZERO, |sum, chance| either(sum, *chance));
        let why = match together.chances.len() {
            1 => "named together in one text".to_owned(),
            texts => format!("named together in {texts} texts"),
        };
        let support = Support::derived(ground, score, why, together.positions).dated(together.spans);
        ties.add(left, right, RelationKind::MentionedWith, support);
    }
}

fn moment(ground: &Ground<'_>, observation: ObservationId) -> Option<TimeSpan> {
    ground.lookup.in_observation(observation).iter().find_map(|at| {
        let statement = ground.lookup.statement(*at)?;
        let happened = statement.property == fusion_model::Property::HappenedAt;
        statement.value.as_ref().ok()?.span.filter(|_| happened)
    })
}
