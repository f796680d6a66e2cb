//! Patterns over a case's events: gaps, bursts, hours of the day.

use crate::id::{EntityId, FindingId};
use crate::score::Score;
use crate::time::Timestamp;

/// Holds a silence longer than the rules allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Whose silence; `None` for the whole case.
    pub entity: Option<EntityId>,
    /// Last event before.
    pub start: Timestamp,
    /// First event after.
    pub end: Timestamp,
    /// Whole days between.
    pub days: u32,
}

/// Holds a run of events far denser than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burst {
    /// Whose burst; `None` for the whole case.
    pub entity: Option<EntityId>,
    /// First event.
    pub start: Timestamp,
    /// Last event.
    pub end: Timestamp,
    /// Events inside, by time.
    pub events: Vec<FindingId>,
    /// How far beyond the usual rate, as a share of certainty.
    pub strength: Score,
}

/// Counts events by hour (0–23, UTC) and weekday (0 = Monday).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourWeekday {
    /// Whose hours; `None` for the whole case.
    pub entity: Option<EntityId>,
    /// 168 counts, weekday-major. Only events known to the minute or better count.
    pub counts: Vec<u32>,
    /// Home zone the quiet hours imply, in minutes east of UTC, when there is enough to say.
    pub implied_offset_minutes: Option<i32>,
}

/// Holds the patterns of the case and of its busiest entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineSummary {
    /// Silences, longest first.
    pub gaps: Vec<Gap>,
    /// Bursts, strongest first.
    pub bursts: Vec<Burst>,
    /// Hour and weekday counts.
    pub hours: Vec<HourWeekday>,
}
