//! Creation sprees and dormancy: patterns that the risk stage asks for per entity.

use std::collections::BTreeMap;

use fusion_model::derived::{Event, EventKind};
use fusion_model::{EntityId, FindingId, StatementId, Timestamp};

use super::summary::{by_entity, is_dated_to_the_day};
use crate::rules::Rules;

/// Holds several creations of one entity within days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spree {
    /// Whose accounts or things were created.
    pub entity: EntityId,
    /// First creation.
    pub start: Timestamp,
    /// Last creation.
    pub end: Timestamp,
    /// The creations, by time.
    pub events: Vec<FindingId>,
    /// Statements behind them, ascending.
    pub statements: Vec<StatementId>,
}

/// Holds a long silence that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dormancy {
    /// Who was silent.
    pub entity: EntityId,
    /// Last event before.
    pub start: Timestamp,
    /// First event after.
    pub end: Timestamp,
    /// Whole days between.
    pub days: u32,
    /// Statements of the events on both sides, ascending.
    pub statements: Vec<StatementId>,
}

/// Finds the longest runs of creations that lie within the days that the rules name, by entity, then time.
pub fn creation_sprees(events: &[Event], rules: &Rules) -> Vec<Spree> {
    let window = i64::from(rules.timeline.spree_days) * Timestamp::DAY_MS;
    let fewest = rules.timeline.spree_events as usize;
    let mut sprees = Vec::new();
    for (entity, train) in by_entity(events) {
        let created: Vec<&Event> = train
            .into_iter()
            .filter(|event| event.kind == EventKind::Created && is_dated_to_the_day(event))
            .collect();
        let mut first = 0;
        while first < created.len() {
            let inside = created[first..]
                .iter()
                .take_while(|event| event.happened.start.0 - created[first].happened.start.0 < window)
                .count();
            if inside < fewest {
                first += 1;
                continue;
            }
            let run = &created[first..first + inside];
            sprees.push(Spree {
                entity,
                start: run[0].happened.start,
                end: run[inside - 1].happened.start,
                events: run.iter().map(|event| event.id).collect(),
                statements: statements(run),
            });
            first += inside;
        }
    }
    sprees
}

/// Finds the silences that make an entity dormant and that ended, by entity, then time.
pub fn dormancies(events: &[Event], rules: &Rules) -> Vec<Dormancy> {
    let least = i64::from(rules.timeline.dormancy_days);
    let mut found = Vec::new();
    let trains: BTreeMap<EntityId, Vec<&Event>> = by_entity(events);
    for (entity, train) in trains {
        let mut before: Option<&Event> = None;
        for event in train {
            if let Some(before) = before {
                let days = event.happened.start.0.saturating_sub(before.happened.end.0) / Timestamp::DAY_MS;
                // A creation is a beginning, not an awakening.
                if days >= least && event.kind != EventKind::Created {
                    found.push(Dormancy {
                        entity,
                        start: before.happened.end,
                        end: event.happened.start,
                        days: u32::try_from(days).unwrap_or(u32::MAX),
                        statements: statements(&[before, event]),
                    });
                }
            }
            if before.is_none_or(|before| before.happened.end <= event.happened.end) {
                before = Some(event);
            }
        }
    }
    found
}

fn statements(events: &[&Event]) -> Vec<StatementId> {
    let mut ids: Vec<StatementId> = events
        .iter()
        .flat_map(|event| event.statements.iter().copied())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
