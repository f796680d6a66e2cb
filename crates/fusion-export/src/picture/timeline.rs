//! The timeline picture: one lane per sort of event, time to the right, events that fall together drawn as one.

use std::collections::BTreeMap;

use fusion_model::Timestamp;
use fusion_model::derived::{Event, EventKind, TimelineSummary};

use crate::scope::Scope;

/// Size of the drawing and of its parts.
pub(crate) const WIDTH: i64 = 1_000;
pub(super) const LEFT: i64 = 96;
pub(super) const RIGHT: i64 = 24;
pub(super) const STRIP_TOP: i64 = 16;
pub(super) const STRIP_HEIGHT: i64 = 40;
pub(super) const LANES_TOP: i64 = 84;
pub(super) const LANE_HEIGHT: i64 = 30;

/// Buckets of the density strip, and width in which events of a lane are drawn as one.
const BUCKETS: i64 = 110;
const MERGE_WIDTH: i64 = 12;

/// Most silences and bursts that are drawn, longest and strongest first.
const MOST_GAPS: usize = 3;
const MOST_BURSTS: usize = 12;

/// Holds a placed timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelinePicture {
    /// Height of the drawing.
    pub height: i64,
    /// Lanes from top to bottom, and the height of each.
    pub lanes: Vec<(&'static str, i64)>,
    /// Events.
    pub marks: Vec<TimelineMark>,
    /// Density strip: left edge, width and height of each bar.
    pub density: Vec<(i64, i64, i64)>,
    /// Silences: left and right edge.
    pub gaps: Vec<(i64, i64)>,
    /// Bursts: left and right edge.
    pub bursts: Vec<(i64, i64)>,
    /// Ticks: place and date.
    pub ticks: Vec<(i64, String)>,
    /// Births, which lie far outside and are not drawn.
    pub births: usize,
    /// Shorter silences and weaker bursts than those that are drawn.
    pub lesser_patterns: usize,
}

/// Holds one drawn event, or several that fall together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineMark {
    /// Left edge.
    pub x: i64,
    /// Width of the interval; zero for an instant.
    pub width: i64,
    /// Middle of the lane.
    pub y: i64,
    /// Number of events.
    pub count: usize,
    /// First event in words.
    pub title: String,
}

impl TimelinePicture {
    /// Draws the events; `None` when none is dated.
    pub(crate) fn new(events: &[&Event], patterns: &TimelineSummary, scope: &Scope<'_>) -> Option<Self> {
        let drawn: Vec<&Event> = events
            .iter()
            .copied()
            .filter(|event| event.kind != EventKind::Born)
            .collect();
        let first = drawn.iter().map(|event| event.happened.start).min()?;
        let last = drawn.iter().map(|event| event.happened.end).max()?;
        let axis = Axis::new(first, last);

        let mut by_lane: BTreeMap<EventKind, Vec<&Event>> = BTreeMap::new();
        for event in &drawn {
            by_lane.entry(event.kind).or_default().push(event);
        }
        let mut lanes = Vec::new();
        let mut marks = Vec::new();
        for (index, (kind, lane)) in by_lane.iter().enumerate() {
            let y = LANES_TOP + index as i64 * LANE_HEIGHT + LANE_HEIGHT / 2;
            lanes.push((kind.id(), y));
            marks.extend(lane_marks(lane, &axis, y));
        }
        let mut gaps: Vec<(i64, i64)> = patterns
            .gaps
            .iter()
            .filter(|gap| scope.concerns(gap.entity))
            .map(|gap| (axis.x(gap.start), axis.x(gap.end)))
            .collect();
        let mut bursts: Vec<(i64, i64)> = patterns
            .bursts
            .iter()
            .filter(|burst| scope.concerns(burst.entity))
            .map(|burst| (axis.x(burst.start), axis.x(burst.end)))
            .collect();
        let lesser_patterns = gaps.len().saturating_sub(MOST_GAPS) + bursts.len().saturating_sub(MOST_BURSTS);
        gaps.truncate(MOST_GAPS);
        bursts.truncate(MOST_BURSTS);
        Some(Self {
            height: LANES_TOP + lanes.len() as i64 * LANE_HEIGHT + 34,
            lanes,
            marks,
            density: density(&drawn, &axis),
            gaps,
            bursts,
            ticks: axis.ticks(),
            births: events.len() - drawn.len(),
            lesser_patterns,
        })
    }

    /// Says how to read the picture.
    pub fn caption(&self) -> String {
        let mut caption = "Events by sort; a number stands for events that fall together. Grey ground marks a silence, blue ground a burst."
            .to_owned();
        for (number, words) in [
            (self.births, "births lie outside and are not drawn"),
            (self.lesser_patterns, "shorter silences and weaker bursts are not drawn"),
        ] {
            if number > 0 {
                caption.push_str(&format!(" {number} {words}."));
            }
        }
        caption
    }
}

/// Maps instants to places.
struct Axis {
    first: i64,
    length: i64,
}

impl Axis {
    fn new(first: Timestamp, last: Timestamp) -> Self {
        Self {
            first: first.0,
            length: last.0.saturating_sub(first.0).max(1),
        }
    }

    fn x(&self, instant: Timestamp) -> i64 {
        let past = i128::from(instant.0.saturating_sub(self.first).clamp(0, self.length));
        LEFT + (past * i128::from(WIDTH - LEFT - RIGHT) / i128::from(self.length)) as i64
    }

    /// Places up to eight ticks at round dates.
    fn ticks(&self) -> Vec<(i64, String)> {
        let days = self.length / Timestamp::DAY_MS;
        let (step_months, step_days) = match days {
            0..=1 => return self.clock_ticks(),
            2..=12 => (0, 1 + days / 8),
            13..=60 => (0, 7),
            61..=240 => (1, 0),
            241..=900 => (3, 0),
            901..=3_000 => (12, 0),
            _ => (12 * (1 + days / 3_000), 0),
        };
        let mut ticks = Vec::new();
        let start = Timestamp(self.first);
        let (mut year, mut month) = year_and_month(start);
        let mut day = start.days();
        while ticks.len() < 60 {
            let instant = if step_months > 0 {
                Timestamp::parse_iso(&format!("{year:04}-{month:02}-01"))
            } else {
                Some(Timestamp(day * Timestamp::DAY_MS))
            };
            let Some(instant) = instant else { break };
            if instant.0 > self.first + self.length {
                break;
            }
            if instant.0 >= self.first {
                let text = if step_months >= 12 {
                    format!("{year}")
                } else if step_months > 0 {
                    format!("{year}-{month:02}")
                } else {
                    instant.iso_day()
                };
                ticks.push((self.x(instant), text));
            }
            day += step_days;
            let total = year * 12 + (month - 1) + step_months;
            // Years are ticked in January, quarters at their start.
            let aligned = if step_months >= 12 {
                total - total % 12
            } else if step_months > 1 {
                total - total % step_months
            } else {
                total
            };
            (year, month) = (aligned / 12, aligned % 12 + 1);
        }
        ticks
    }

    /// Ticks inside one or two days.
    fn clock_ticks(&self) -> Vec<(i64, String)> {
        (0..=4)
            .map(|quarter| {
                let instant = Timestamp((self.first + self.length * quarter / 4) / 60_000 * 60_000);
                let iso = instant.iso();
                (self.x(instant), iso.get(5..16).unwrap_or_default().replace('T', " "))
            })
            .collect()
    }
}

fn year_and_month(instant: Timestamp) -> (i64, i64) {
    let day = instant.iso_day();
    let mut parts = day.split('-').filter_map(|part| part.parse().ok());
    (parts.next().unwrap_or(1970), parts.next().unwrap_or(1))
}

/// Draws a lane's events, those that would overlap as one mark with their number.
fn lane_marks(lane: &[&Event], axis: &Axis, y: i64) -> Vec<TimelineMark> {
    let mut marks: Vec<TimelineMark> = Vec::new();
    for event in lane {
        let (x, end) = (axis.x(event.happened.start), axis.x(event.happened.end));
        match marks.last_mut() {
            Some(mark) if x - (mark.x + mark.width) < MERGE_WIDTH => {
                mark.count += 1;
                mark.width = mark.width.max(end - mark.x);
            }
            _ => marks.push(TimelineMark {
                x,
                width: end - x,
                y,
                count: 1,
                title: format!("{}: {}", event.happened.iso(), event.text),
            }),
        }
    }
    marks
}

fn density(events: &[&Event], axis: &Axis) -> Vec<(i64, i64, i64)> {
    let span = WIDTH - LEFT - RIGHT;
    let mut buckets: BTreeMap<i64, i64> = BTreeMap::new();
    for event in events {
        let bucket = ((axis.x(event.happened.start) - LEFT) * BUCKETS / span).min(BUCKETS - 1);
        *buckets.entry(bucket).or_default() += 1;
    }
    let most = buckets.values().copied().max().unwrap_or(1).max(1);
    let width = span / BUCKETS;
    buckets
        .into_iter()
        .map(|(bucket, count)| {
            (
                LEFT + bucket * span / BUCKETS,
                width - 1,
                (count * STRIP_HEIGHT / most).max(2),
            )
        })
        .collect()
}
