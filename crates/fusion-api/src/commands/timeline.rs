//! Events by page and by density.

use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::EntityId;
use fusion_model::derived::{Event, EventKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::entities::{concerns, patterns};
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::open_case::OpenCase;
use crate::picture::Picture;
use crate::router::{Command, command};
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

const MOST_EVENTS: u64 = 5000;
const MOST_BUCKETS: u32 = 4096;
const MOST_PATTERNS: usize = 50;
const WEEK_HOURS: usize = 168;

pub(crate) const COMMANDS: &[Command] = &[
    command!("timeline.page", Read, "Events by time.", TimelinePageRequest => TimelinePageView, page),
    command!("timeline.density", Read, "Counts of events in equal buckets.", TimelineDensityRequest => TimelineDensityView, density),
];

/// Returns events by time.
pub fn page(bench: &Arc<Workbench>, request: TimelinePageRequest) -> Result<TimelinePageView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let entities = parse_entities(&case, &picture, &request.entities)?;
    let kinds = parse_event_kinds(&request.kinds)?;
    let from = request.from_ms.unwrap_or(i64::MIN);
    let until = request.until_ms.unwrap_or(i64::MAX);
    let matching: Vec<&Event> = picture
        .snapshot
        .events
        .iter()
        .filter(|event| event.happened.start.0 < until && event.happened.end.0 > from)
        .filter(|event| kinds.is_empty() || kinds.contains(&event.kind))
        .filter(|event| concerns(event, &entities))
        .collect();
    let rows = matching
        .iter()
        .skip(request.offset as usize)
        .take(request.limit.min(MOST_EVENTS) as usize);
    Ok(TimelinePageView {
        events: rows.map(|event| picture.event_view(event)).collect(),
        total: matching.len() as u64,
    })
}

/// Returns counts of events in equal buckets.
pub fn density(bench: &Arc<Workbench>, request: TimelineDensityRequest) -> Result<TimelineDensityView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let entities = parse_entities(&case, &picture, &request.entities)?;
    let starts: Vec<(EventKind, i64)> = picture
        .snapshot
        .events
        .iter()
        .filter(|event| concerns(event, &entities))
        .map(|event| (event.kind, event.happened.start.0))
        .collect();
    let first = starts.iter().map(|(_, at)| *at).min().unwrap_or_default();
    let last = starts.iter().map(|(_, at)| *at).max().unwrap_or_default();
    let from_ms = request.from_ms.unwrap_or(first);
    let until_ms = request
        .until_ms
        .unwrap_or(last.saturating_add(1))
        .max(from_ms.saturating_add(1));
    let buckets = request.buckets.clamp(1, MOST_BUCKETS);
    let mut lanes: BTreeMap<EventKind, Vec<u32>> = BTreeMap::new();
    for (kind, at) in starts {
        if let Some(bucket) = bucket(at, from_ms, until_ms, buckets) {
            lanes.entry(kind).or_insert_with(|| vec![0; buckets as usize])[bucket] += 1;
        }
    }
    let whose = if entities.len() == 1 {
        entities.first().copied()
    } else {
        None
    };
    let (gaps, bursts) = case_patterns(&picture, whose);
    Ok(TimelineDensityView {
        from_ms,
        until_ms,
        lanes: lanes
            .into_iter()
            .map(|(kind, counts)| TimelineLaneView {
                kind: kind.id().to_owned(),
                counts,
            })
            .collect(),
        gaps,
        bursts,
        hours: hours(&picture, whose),
    })
}

fn bucket(at: i64, from: i64, until: i64, buckets: u32) -> Option<usize> {
    if at < from || at >= until {
        return None;
    }
    let position = i128::from(at - from) * i128::from(buckets) / i128::from(until - from);
    usize::try_from(position).ok()
}

fn case_patterns(
    picture: &Picture,
    whose: Option<EntityId>,
) -> (Vec<super::entities::PatternView>, Vec<super::entities::PatternView>) {
    let wanted = whose.map(|id| id.to_string());
    patterns(picture, MOST_PATTERNS)
        .into_iter()
        .filter(|pattern| pattern.entity.as_ref().map(|entity| entity.id.clone()) == wanted)
        .partition(|pattern| pattern.kind == "gap")
}

fn hours(picture: &Picture, whose: Option<EntityId>) -> Vec<u32> {
    let found = picture
        .snapshot
        .timeline
        .hours
        .iter()
        .find(|hours| hours.entity == whose);
    found.map_or_else(|| vec![0; WEEK_HOURS], |hours| hours.counts.clone())
}

/// Reads entity ids; one that is no more stands for the entity that holds most of its records.
pub(crate) fn parse_entities(case: &OpenCase, picture: &Picture, ids: &[String]) -> Result<Vec<EntityId>, ApiError> {
    let mut read: Vec<EntityId> = Vec::with_capacity(ids.len());
    for id in ids {
        let id = case.followed(picture, EntityId::parse(id)?)?;
        if !read.contains(&id) {
            read.push(id);
        }
    }
    Ok(read)
}

fn parse_event_kinds(ids: &[String]) -> Result<Vec<EventKind>, ApiError> {
    ids.iter()
        .map(|id| EventKind::from_id(id).ok_or_else(|| ApiError::usage(format!("unknown kind of event: {id}"))))
        .collect()
}
