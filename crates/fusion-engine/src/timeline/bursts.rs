//! Bursts: windows far denser than an entity's own rate.
//!
//! A scan statistic over windows of doubling width. For a window that starts at an event and holds `k` of the `n`
//! events of a train that spans `T`, the chance of as many under an even rate is at most
//! `n · P(Bin(n − 1, w / T) ≥ k − 1)`, times the number of widths tried; the tail is bounded by Chernoff's
//! `2^(−(n−1) · KL)` (Hoeffding 1963), so the strength never claims too much. All of it in integer logarithms.
//! Events known only to the day count in windows of a day or more, coarser ones never.

use std::cmp::Reverse;

use fusion_model::derived::{Burst, Event};
use fusion_model::{EntityId, Precision, Score, Timestamp};

use super::summary::is_dated_to_the_day;
use crate::bits::{certainty, log2};
use crate::rules::Rules;

const HOUR_MS: u64 = 3_600_000;

struct Window {
    surprise: i64,
    first: usize,
    last: usize,
    timed: bool,
}

/// Finds the bursts of a train of events that is sorted by start.
pub(super) fn bursts(entity: Option<EntityId>, train: &[&Event], rules: &Rules) -> Vec<Burst> {
    let by_day: Vec<&Event> = train
        .iter()
        .copied()
        .filter(|event| is_dated_to_the_day(event))
        .collect();
    let by_minute: Vec<&Event> = by_day
        .iter()
        .copied()
        .filter(|event| event.happened.precision >= Precision::Minute)
        .collect();
    let widths = widths(rules.timeline.bursts.max_window_hours);
    let mut windows = Vec::new();
    for width in &widths {
        let timed = *width < 24 * HOUR_MS;
        let train = if timed { &by_minute } else { &by_day };
        windows.extend(scan(train, *width, widths.len(), timed, rules));
    }
    windows.sort_by_key(|window| (Reverse(window.surprise), window.timed, window.first, window.last));
    let mut taken: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut found = Vec::new();
    for window in windows {
        let train = if window.timed { &by_minute } else { &by_day };
        let Some(inside) = train.get(window.first..=window.last) else {
            continue;
        };
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
            continue;
        };
        let (start, end) = (first.happened.start, last.happened.start);
        if taken.iter().any(|(from, to)| start <= *to && *from <= end) {
            continue;
        }
        taken.push((start, end));
        found.push(Burst {
            entity,
            start,
            end,
            events: inside.iter().map(|event| event.id).collect(),
            strength: Score::from_basis_points(certainty(window.surprise)),
        });
    }
    found
}

fn widths(max_window_hours: u32) -> Vec<u64> {
    std::iter::successors(Some(u64::from(max_window_hours)), |hours| {
        (*hours > 1).then_some(hours / 2)
    })
    .map(|hours| hours * HOUR_MS)
    .collect()
}

fn scan(train: &[&Event], width: u64, tried: usize, timed: bool, rules: &Rules) -> Vec<Window> {
    let at: Vec<i64> = train.iter().map(|event| event.happened.start.0).collect();
    let (Some(first), Some(last)) = (at.first(), at.last()) else {
        return Vec::new();
    };
    let total = last.abs_diff(*first);
    if total <= width {
        return Vec::new();
    }
    let fewest = rules.timeline.bursts.min_events as usize;
    let least = u64::from(rules.timeline.bursts.min_strength.basis_points());
    let corrections = log2(at.len() as u64) + log2(tried as u64);
    let mut windows = Vec::new();
    let mut end = 0;
    for (start, from) in at.iter().enumerate() {
        while end < at.len() && at[end].abs_diff(*from) <= width {
            end += 1;
        }
        let inside = end - start;
        if inside < fewest {
            continue;
        }
        let surprise = tail_bits(at.len() as u64 - 1, inside as u64 - 1, width, total) - corrections;
        if certainty(surprise) >= least {
            windows.push(Window {
                surprise,
                first: start,
                last: end - 1,
                timed,
            });
        }
    }
    windows
}

/// Bounds from below the surprise, in 1/65536 bits, of at least `hits` of `trials` at a chance of `width / total`.
fn tail_bits(trials: u64, hits: u64, width: u64, total: u64) -> i64 {
    // Below the expected number nothing is surprising: hits / trials <= width / total.
    if u128::from(hits) * u128::from(total) <= u128::from(trials) * u128::from(width) {
        return 0;
    }
    let misses = trials - hits;
    let common = log2(total) - log2(trials);
    let hit_bits = log2(hits) + common - log2(width);
    let miss_bits = if misses == 0 {
        0
    } else {
        log2(misses) + common - log2(total - width)
    };
    let bits = i128::from(hits) * i128::from(hit_bits) + i128::from(misses) * i128::from(miss_bits);
    i64::try_from(bits).unwrap_or(i64::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::tail_bits;
    use crate::bits::ONE;

    #[test]
    fn the_bound_never_exceeds_the_exact_tail() {
        for (trials, hits, width, total) in [
            (4_u64, 3_u64, 1_u64, 8_760_u64),
            (9, 5, 1, 10),
            (20, 12, 3, 10),
            (3, 3, 1, 100),
            (50, 9, 1, 10),
        ] {
            let p = width as f64 / total as f64;
            let mut choose = 1.0_f64;
            let mut tail = 0.0;
            for k in 0..=trials {
                if k > 0 {
                    choose *= (trials - k + 1) as f64 / k as f64;
                }
                if k >= hits {
                    tail += choose * p.powi(k as i32) * (1.0 - p).powi((trials - k) as i32);
                }
            }
            let bound = tail_bits(trials, hits, width, total) as f64 / ONE as f64;
            assert!(
                bound > 0.0 && bound <= -tail.log2() + 1e-2,
                "{trials} {hits}: {bound} against {}",
                -tail.log2()
            );
        }
        assert_eq!(tail_bits(10, 1, 1, 10), 0);
    }
}
