//! The patterns of the whole case and of each entity, gathered.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fusion_model::derived::{Event, EventKind, Role, TimelineSummary};
use fusion_model::{EntityId, Precision};

use super::{bursts, gaps, hours};
use crate::rules::Rules;

/// Finds gaps, bursts and hours, for the whole case and for each entity.
pub fn summarise(events: &[Event], rules: &Rules) -> TimelineSummary {
    let mut trains: BTreeMap<Option<EntityId>, Vec<&Event>> = BTreeMap::new();
    trains.insert(None, events.iter().filter(|event| is_activity(event)).collect());
    for (entity, train) in by_entity(events) {
        trains.insert(Some(entity), train);
    }
    let mut summary = TimelineSummary::default();
    for (entity, train) in &trains {
        summary.gaps.extend(gaps::gaps(*entity, train, rules));
        summary.bursts.extend(bursts::bursts(*entity, train, rules));
    }
    let kept = rules.timeline.kept_patterns as usize;
    summary
        .gaps
        .sort_by_key(|gap| (Reverse(gap.days), gap.entity, gap.start));
    summary.gaps.truncate(kept);
    summary.bursts.sort_by_key(|burst| {
        (
            Reverse(burst.strength),
            Reverse(burst.events.len()),
            burst.entity,
            burst.start,
        )
    });
    summary.bursts.truncate(kept);
    summary.hours = hours::hours(&trains, rules);
    summary
}

/// Lists the events in which each entity is active, by start.
///
/// Being named in a text or exposed in a breach is no activity, and neither is being born.
pub(super) fn by_entity(events: &[Event]) -> BTreeMap<EntityId, Vec<&Event>> {
    let mut trains: BTreeMap<EntityId, Vec<&Event>> = BTreeMap::new();
    for event in events.iter().filter(|event| is_activity(event)) {
        let mut last = None;
        for participant in event
            .participants
            .iter()
            .filter(|participant| participant.role != Role::Mentioned)
        {
            // Participants are ascending by entity, so an entity in two roles stands twice in a row.
            if last != Some(participant.entity) {
                trains.entry(participant.entity).or_default().push(event);
            }
            last = Some(participant.entity);
        }
    }
    trains
}

fn is_activity(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Born | EventKind::Breached)
}

/// Tells whether an event is known to the day or better.
pub(super) fn is_dated_to_the_day(event: &Event) -> bool {
    event.happened.precision >= Precision::Day
}
