//! Spike trains: the dated acts of each thing, each act once however many sensors saw it.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, EntityKind, Precision, Property, TimeSpan};

use super::super::Ground;
use super::super::merge::Ties;

/// Holds one act.
#[derive(Debug, Clone)]
pub(super) struct Spike {
    /// When, in seconds since the epoch.
    pub(super) secs: i64,
    /// When, as it was given.
    pub(super) span: TimeSpan,
    /// Positions of the statements that date it.
    pub(super) positions: BTreeSet<usize>,
    /// Whom or what it was done to.
    pub(super) towards: BTreeSet<EntityId>,
    /// Conversations it was said in.
    pub(super) rooms: BTreeSet<EntityId>,
}

/// Holds the acts of one thing, by time.
#[derive(Debug, Default)]
pub(super) struct Train {
    pub(super) spikes: Vec<Spike>,
}

/// Reads the trains of everything that sends or pays, from acts known to the minute or better.
pub(super) fn trains(ground: &Ground<'_>, ties: &mut Ties) -> BTreeMap<EntityId, Train> {
    let mut acts: BTreeMap<EntityId, BTreeMap<i64, Spike>> = BTreeMap::new();
    for link in &ground.lookup.cleaned.links {
        if !matches!(link.kind, RelationKind::Messaged | RelationKind::Paid) {
            continue;
        }
        let (Some(actor), Some(target)) = (ground.lookup.entity_of(link.from), ground.lookup.entity_of(link.to)) else {
            continue;
        };
        for at in &link.statements {
            let Some(span) = moment(ground, *at) else { continue };
            let secs = span.start.0.div_euclid(1_000);
            let spike = acts.entry(actor).or_default().entry(secs).or_insert_with(|| Spike {
                secs,
                span,
                positions: BTreeSet::new(),
                towards: BTreeSet::new(),
                rooms: BTreeSet::new(),
            });
            spike.positions.insert(*at);
            spike.towards.insert(target);
            if ground.lookup.kind_of(target) == Some(EntityKind::Chat) {
                spike.rooms.insert(target);
            }
        }
    }
    let cap = ground.rules.correlation.co_active.max_events as usize;
    let mut cut = 0;
    let trains = acts
        .into_iter()
        .map(|(entity, spikes)| {
            let beyond = spikes.len().saturating_sub(cap);
            cut += usize::from(beyond > 0);
            (
                entity,
                Train {
                    spikes: spikes.into_values().skip(beyond).collect(),
                },
            )
        })
        .collect();
    if cut > 0 {
        ties.note(format!(
            "{cut} things have more than {cap} dated acts; only their latest {cap} are compared for acting together."
        ));
    }
    trains
}

fn moment(ground: &Ground<'_>, at: usize) -> Option<TimeSpan> {
    let statement = ground.lookup.statement(at)?;
    let span = statement.value.as_ref().ok()?.span?;
    (statement.property == Property::HappenedAt && span.precision >= Precision::Minute).then_some(span)
}
