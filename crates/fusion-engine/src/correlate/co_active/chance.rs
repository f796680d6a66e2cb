//! What chance would give: the closed-form baseline of the coincidence detector, without permutations.
//!
//! Two independent trains with n and m spikes in a time T meet within a reach R about `n·m·2R/T` times. T counts only
//! the days on which either acts, so that long silences do not make every meeting look like a miracle.

use std::collections::BTreeSet;

use super::train::Spike;

const DAY_SECS: i64 = 86_400;

/// Returns the expected number of coincidences in thousandths, at least one thousandth.
pub(super) fn expected_milli(left: &[Spike], right: &[Spike], reach_secs: i64) -> u64 {
    let days: BTreeSet<i64> = left
        .iter()
        .chain(right)
        .map(|spike| spike.secs.div_euclid(DAY_SECS))
        .collect();
    let exposure = days.len().max(1) as u128 * DAY_SECS as u128;
    let window = 2 * reach_secs.max(1) as u128;
    let expected = left.len() as u128 * right.len() as u128 * window * 1_000 / exposure;
    u64::try_from(expected).unwrap_or(u64::MAX).max(1)
}
