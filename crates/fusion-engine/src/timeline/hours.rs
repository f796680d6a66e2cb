//! Hours of the day and days of the week, and the home zone that the quiet hours imply.
//!
//! People sleep. Where the quietest eight hours in a row are clearly quiet, they are taken for 23:00 to 07:00 of
//! local time. Only events known to the minute count; those without a zone are counted but imply nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fusion_model::derived::{Event, HourWeekday};
use fusion_model::{EntityId, Precision};

use super::calendar;
use crate::rules::Rules;

const QUIET_HOURS: usize = 8;
/// Local hour at which the quiet hours are taken to begin.
const QUIET_FROM: i32 = 23;
/// The quiet hours may hold at most one in this many events; even hours would hold one in three.
const QUIET_SHARE: u32 = 12;

/// Counts hours and weekdays of the whole case and of its busiest entities.
pub(super) fn hours(trains: &BTreeMap<Option<EntityId>, Vec<&Event>>, rules: &Rules) -> Vec<HourWeekday> {
    let mut counted: Vec<HourWeekday> = trains
        .iter()
        .map(|(entity, train)| count(*entity, train, rules))
        .collect();
    counted.retain(|hours| hours.entity.is_none() || total(&hours.counts) >= rules.timeline.min_hour_events);
    counted.sort_by_key(|hours| (hours.entity.is_some(), Reverse(total(&hours.counts)), hours.entity));
    counted.truncate(1 + rules.timeline.hour_entities as usize);
    counted
}

fn total(counts: &[u32]) -> u32 {
    counts.iter().sum()
}

fn count(entity: Option<EntityId>, train: &[&Event], rules: &Rules) -> HourWeekday {
    let mut counts = vec![0_u32; 168];
    let mut zoned = [0_u32; 24];
    for event in train
        .iter()
        .filter(|event| event.happened.precision >= Precision::Minute)
    {
        let hour = calendar::hour(event.happened.start);
        let slot = calendar::weekday(event.happened.start) * 24 + hour;
        counts[slot] += 1;
        zoned[hour] += u32::from(event.happened.zone_known);
    }
    let implied_offset_minutes = if total(&zoned) >= rules.timeline.min_hour_events {
        implied_offset(&zoned)
    } else {
        None
    };
    HourWeekday {
        entity,
        counts,
        implied_offset_minutes,
    }
}

/// Returns the offset in minutes east of UTC that puts the quiet hours at night.
fn implied_offset(by_hour: &[u32; 24]) -> Option<i32> {
    let inside = |start: usize| (0..QUIET_HOURS).map(|hour| by_hour[(start + hour) % 24]).sum::<u32>();
    let least = (0..24).map(inside).min()?;
    if least.saturating_mul(QUIET_SHARE) > total(by_hour) {
        return None;
    }
    // Of a run of equally quiet windows the middle one is the night. The run must be one: two say nothing.
    let quiet: Vec<bool> = (0..24).map(|start| inside(start) == least).collect();
    let starts: Vec<usize> = (0..24)
        .filter(|start| quiet[*start] && !quiet[(start + 23) % 24])
        .collect();
    let [run] = starts.as_slice() else { return None };
    let length = (0..24).take_while(|step| quiet[(run + step) % 24]).count();
    let middle = i32::try_from((run + (length - 1) / 2) % 24).ok()?;
    let hours = (QUIET_FROM - middle).rem_euclid(24);
    Some(if hours > 12 { hours - 24 } else { hours } * 60)
}

#[cfg(test)]
mod tests {
    use super::implied_offset;

    fn awake(from: usize, hours: usize) -> [u32; 24] {
        let mut counts = [0; 24];
        (from..from + hours).for_each(|hour| counts[hour % 24] = 5);
        counts
    }

    #[test]
    fn quiet_hours_imply_a_zone() {
        for (from, hours, expected) in [
            (7, 16, Some(0)),
            (6, 16, Some(60)),
            (12, 16, Some(-300)),
            (22, 16, Some(540)),
            (8, 14, Some(0)),
        ] {
            assert_eq!(
                implied_offset(&awake(from, hours)),
                expected,
                "awake from {from} for {hours} hours"
            );
        }
    }

    #[test]
    fn even_hours_imply_nothing() {
        assert_eq!(implied_offset(&[3; 24]), None);
        let mut two_nights = [0; 24];
        two_nights[0] = 30;
        two_nights[12] = 30;
        assert_eq!(implied_offset(&two_nights), None);
    }
}
