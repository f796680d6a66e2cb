//! Events by page and by density.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::EventView;

/// Asks for events inside an interval.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TimelinePageRequest {
    /// Only events of these entities; all when empty.
    pub entities: Vec<String>,
    /// Only these event kinds; all when empty.
    pub kinds: Vec<String>,
    /// From, milliseconds since 1970.
    #[ts(optional)]
    pub from_ms: Option<i64>,
    /// Until, milliseconds since 1970.
    #[ts(optional)]
    pub until_ms: Option<i64>,
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 5,000.
    pub limit: u64,
}

/// Shows events by time.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TimelinePageView {
    /// The events.
    pub events: Vec<EventView>,
    /// Events that match altogether.
    pub total: u64,
}

/// Asks for counts of events in equal buckets.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TimelineDensityRequest {
    /// Only events of these entities; all when empty.
    pub entities: Vec<String>,
    /// From; the first event when absent.
    #[ts(optional)]
    pub from_ms: Option<i64>,
    /// Until; the last event when absent.
    #[ts(optional)]
    pub until_ms: Option<i64>,
    /// Buckets wanted, at most 4,096.
    pub buckets: u32,
}

/// Shows counts of events in equal buckets, per event kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TimelineDensityView {
    /// Start of the first bucket.
    pub from_ms: i64,
    /// End of the last bucket.
    pub until_ms: i64,
    /// One lane per event kind that occurs.
    pub lanes: Vec<TimelineLaneView>,
    /// Silences, longest first.
    pub gaps: Vec<super::entities::PatternView>,
    /// Bursts, strongest first.
    pub bursts: Vec<super::entities::PatternView>,
    /// 168 counts by weekday (Monday first) and hour (UTC).
    pub hours: Vec<u32>,
}

/// Shows the counts of one event kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TimelineLaneView {
    /// Event kind id.
    pub kind: String,
    /// Counts.
    pub counts: Vec<u32>,
}
