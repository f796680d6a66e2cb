//! Shares with their intervals, in whole ten-thousandths and without floating point.
//!
//! The interval is Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical
//! inference", JASA 22, 1927) with the correction for a finite population: `n` of `N` pairs are as good as
//! `n · (N − 1) / (N − n)` of a boundless one, and all of them leave nothing open. It is rounded outwards, and never claims
//! less than what was counted. A verdict "unsure" is nobody's to guess: the lower end takes it for wrong, the upper for
//! right.

/// The whole, in ten-thousandths.
pub(super) const WHOLE: u64 = 10_000;
/// Fixed-point one.
const UNIT: u128 = 1_000_000;

/// Says how sure an interval is, by the square of the normal quantile in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Surety(u128);

impl Surety {
    /// 95 % on both sides together, or 97.5 % on one.
    pub(super) const ONE: Self = Self(3_841_459);
    /// 98.75 % on both sides together: four of these hold at once with at least 95 % (Bonferroni).
    pub(super) const ONE_OF_FOUR: Self = Self(6_238_544);

    /// Returns how many right answers, and no wrong one, put the lower end at `goal`.
    pub(super) fn least_for(self, goal: u64) -> u64 {
        let (goal, rest) = (u128::from(goal), u128::from(WHOLE.saturating_sub(goal).max(1)));
        u64::try_from((self.0 * goal).div_ceil(rest * UNIT)).unwrap_or(u64::MAX)
    }
}

/// Counts verdicts on pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Judged the same.
    pub same: u64,
    /// Judged different.
    pub different: u64,
    /// Looked at without deciding, or judged both ways.
    pub unsure: u64,
}

impl Tally {
    /// Returns how many were looked at.
    pub fn seen(self) -> u64 {
        self.same + self.different + self.unsure
    }
}

/// Holds a share and the interval that it lies in, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Lower end.
    pub low: u32,
    /// The share among the pairs that were decided; nothing when none was.
    pub estimate: Option<u32>,
    /// Upper end.
    pub high: u32,
}

/// Returns the share of "same" among `pairs` of which `tally` was drawn by chance.
pub(super) fn share(tally: Tally, pairs: u64, surety: Surety) -> Share {
    let seen = tally.seen();
    let decided = tally.same + tally.different;
    let estimate = (decided > 0).then(|| ((2 * WHOLE * tally.same + decided) / (2 * decided)) as u32);
    Share {
        low: ends(tally.same, seen, pairs, surety).0 as u32,
        estimate,
        high: ends(tally.same + tally.unsure, seen, pairs, surety).1 as u32,
    }
}

/// Returns both ends for `right` of `seen`, drawn from `pairs`.
fn ends(right: u64, seen: u64, pairs: u64, surety: Surety) -> (u64, u64) {
    if seen == 0 || pairs == 0 {
        return (0, WHOLE);
    }
    if seen >= pairs {
        return (WHOLE * right / seen, (WHOLE * right).div_ceil(seen));
    }
    let of = |number: u64| u128::from(number);
    let size = UNIT * of(seen) * of(pairs - 1).max(1) / of(pairs - seen);
    let good = size * of(right) / of(seen);
    let open = surety.0 + 4 * good * (size - good) / size;
    let root = (surety.0 * open).isqrt() + 1;
    let below = 2 * (size + surety.0);
    let low = (2 * good + surety.0).saturating_sub(root) * of(WHOLE) / below;
    let high = ((2 * good + surety.0 + root) * of(WHOLE)).div_ceil(below);
    // What was counted is certain.
    let least = WHOLE * right / pairs;
    let most = (WHOLE * (pairs - seen + right)).div_ceil(pairs);
    let low = if right == 0 { 0 } else { (low as u64).max(least) };
    let high = if right == seen { WHOLE } else { (high as u64).min(most) };
    (low, high.min(WHOLE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Share, Surety, Tally, WHOLE, share};

    fn of(same: u64, different: u64, unsure: u64, pairs: u64) -> (u32, Option<u32>, u32) {
        let tally = Tally {
            same,
            different,
            unsure,
        };
        let Share { low, estimate, high } = share(tally, pairs, Surety::ONE);
        (low, estimate, high)
    }

    /// Wilson's interval without a finite population, by the textbook.
    fn textbook(same: f64, seen: f64) -> (f64, f64) {
        let z2 = 3.841_459;
        let (share, wide) = (same / seen, 1.0 + z2 / seen);
        let centre = (share + z2 / (2.0 * seen)) / wide;
        let half = (z2 * (share * (1.0 - share) / seen + z2 / (4.0 * seen * seen))).sqrt() / wide;
        (centre - half, centre + half)
    }

    #[test]
    fn known_intervals() {
        assert_eq!(of(0, 0, 0, 500), (0, None, 10_000));
        // 95 of 100, by the tables: 0.888 to 0.978.
        let (low, estimate, high) = of(95, 5, 0, 1_000_000_000);
        assert_eq!((low / 10, estimate, high / 10), (888, Some(9_500), 978));
        // All of them seen: nothing is left open.
        assert_eq!(of(29, 1, 0, 30), (9_666, Some(9_667), 9_667));
        assert_eq!(of(30, 0, 0, 30), (10_000, Some(10_000), 10_000));
        // Nine tenths seen leave a tenth open at most.
        let (low, _, high) = of(90, 0, 0, 100);
        assert!(low >= 9_000 && high == 10_000);
    }

    #[test]
    fn the_unsure_widen_both_ways() {
        let (low, estimate, high) = of(40, 5, 5, 10_000);
        assert!(low < of(40, 5, 0, 10_000).0 && high > of(40, 5, 0, 10_000).2);
        assert_eq!(estimate, Some(8_889));
        assert_eq!(of(45, 0, 5, 50), (9_000, Some(10_000), 10_000));
    }

    #[test]
    fn so_many_right_answers_reach_a_goal() {
        for goal in [9_000, 9_500, 9_900] {
            let least = Surety::ONE.least_for(goal);
            assert!(
                u64::from(of(least + 1, 0, 0, u64::MAX / 100_000).0) >= goal,
                "{goal}: {least}"
            );
            assert!(
                u64::from(of(least - 1, 0, 0, u64::MAX / 100_000).0) < goal,
                "{goal}: {least}"
            );
        }
    }

    proptest! {
        #[test]
        fn as_the_textbook_and_outwards(seen in 1_u64..4_000, at in 0_u64..=1_000) {
            let same = seen * at / 1_000;
            let (low, _, high) = of(same, seen - same, 0, u64::MAX / 100_000);
            let (least, most) = textbook(same as f64, seen as f64);
            prop_assert!(f64::from(low) <= least * 10_000.0 + 0.1 && f64::from(low) > least * 10_000.0 - 2.0);
            prop_assert!(f64::from(high) >= most * 10_000.0 - 0.1 && f64::from(high) < most * 10_000.0 + 2.0);
        }

        #[test]
        fn holds_the_share_and_narrows_as_more_is_seen(pairs in 2_u64..100_000, drawn in 0_u64..=1_000, at in 0_u64..=1_000) {
            let seen = (pairs * drawn / 1_000).max(1);
            let same = seen * at / 1_000;
            let (low, estimate, high) = of(same, seen - same, 0, pairs);
            let middle = estimate.unwrap_or_default();
            prop_assert!(low <= middle && middle <= high && u64::from(high) <= WHOLE);
            let (wider, _, open) = of(same, seen - same, 0, pairs * 10);
            prop_assert!(wider <= low + 1 && open + 1 >= high);
        }
    }
}
