//! Silences between the events of an entity or of the whole case.

use fusion_model::derived::{Event, Gap};
use fusion_model::{EntityId, Timestamp};

use crate::rules::Rules;

/// Fewest events of an entity between which a silence says something: an account with a first and a last day has
/// always a gap between them.
const FEWEST: usize = 3;

/// Finds the silences longer than the rules allow. An imprecise event fills its whole interval.
pub(super) fn gaps(entity: Option<EntityId>, train: &[&Event], rules: &Rules) -> Vec<Gap> {
    if entity.is_some() && train.len() < FEWEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut reached: Option<Timestamp> = None;
    for event in train {
        if let Some(reached) = reached {
            let days = event.happened.start.0.saturating_sub(reached.0) / Timestamp::DAY_MS;
            if days > i64::from(rules.timeline.max_gap_days) {
                let days = u32::try_from(days).unwrap_or(u32::MAX);
                found.push(Gap {
                    entity,
                    start: reached,
                    end: event.happened.start,
                    days,
                });
            }
        }
        reached = Some(reached.map_or(event.happened.end, |reached| reached.max(event.happened.end)));
    }
    found
}
