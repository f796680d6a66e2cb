//! Its acts come in a burst.
//!
//! # What it finds
//!
//! The densest window of acts (messages, payments) against the entity's own rate. Windows are halves of the widest
//! down to one hour; the surprise must reach what `min_strength` asks for, and pay for having looked at many windows.
//!
//! # When it is wrong
//!
//! A holiday, a sale, an incident at work make bursts; an export that covers only some days makes them out of nothing.
//!
//! # What to do
//!
//! Look at what else happened then, and whether the sources cover the quiet time at all.

use super::{Factor, Hit, RiskRule, Subject};
use crate::poisson::{log2_milli, surprise_millibits};
use crate::risk::Act;

pub(super) static RULE: RiskRule = RiskRule {
    id: "burst",
    factor: Factor::Temporal,
    switch: |rules| &rules.burst,
    looks_at_neighbours: false,
    innocent: "Holidays, sales and incidents make bursts; an export of a few days makes them out of nothing.",
    recommendation: "Look at what else happened then, and whether the sources cover the quiet time at all.",
    find,
};

const HOUR_MS: i64 = 3_600_000;

fn find(subject: &Subject<'_>) -> Vec<Hit> {
    let tuning = &subject.rules().timeline.bursts;
    let least = tuning.min_events as usize;
    let acts = subject.acts();
    let (Some(first), Some(last)) = (acts.first(), acts.last()) else {
        return Vec::new();
    };
    let span = last.moment.0 - first.moment.0;
    let miss = u64::from(10_000 - tuning.min_strength.basis_points()).max(1);
    let wanted = log2_milli(10_000, miss) + log2_milli(acts.len() as u64, 1);
    let mut width = i64::from(tuning.max_window_hours) * HOUR_MS;
    let mut best: Option<(u64, &[Act])> = None;
    while width >= HOUR_MS {
        // A window that holds most of the time tells nothing about density.
        if width * 2 <= span {
            let densest = densest(&acts, width);
            let expected = (acts.len() as u128 * width as u128 * 1_000 / span as u128).max(1);
            let surprise = surprise_millibits(densest.len() as u64, u64::try_from(expected).unwrap_or(u64::MAX));
            if densest.len() >= least && surprise >= wanted && best.is_none_or(|(most, _)| surprise > most) {
                best = Some((surprise, densest));
            }
        }
        width /= 2;
    }
    let Some((_, burst)) = best else { return Vec::new() };
    let hours = match (burst.first(), burst.last()) {
        (Some(start), Some(end)) => (end.moment.0 - start.moment.0) / HOUR_MS + 1,
        _ => 1,
    };
    let days = span / (24 * HOUR_MS) + 1;
    let text = format!(
        "{} of {} acts in {days} days fall within {hours} hours",
        burst.len(),
        acts.len()
    );
    vec![Hit::new(text, burst.iter().map(|act| act.statement))]
}

/// Returns the acts of the window of `width` that holds most of them; the earliest of equals.
fn densest(acts: &[Act], width: i64) -> &[Act] {
    let mut best: &[Act] = &[];
    let mut start = 0;
    for end in 0..acts.len() {
        while acts[end].moment.0 - acts[start].moment.0 > width {
            start += 1;
        }
        if end + 1 - start > best.len() {
            best = &acts[start..=end];
        }
    }
    best
}
