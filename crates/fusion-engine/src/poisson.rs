//! How surprising a count is, in integers.
//!
//! The surprise of k happenings where λ are expected is the Chernoff bound of the Poisson tail,
//! `k·log2(k/λ) − (k − λ)·log2 e` bits: closed form, no sampling, the same on every machine. It never fails; a count
//! that chance explains has no surprise.

use crate::bits;

/// `log2 e` in thousandths.
const LOG2_E_MILLI: u64 = 1_443;

/// Returns the surprise of `met` happenings in thousandths of a bit; nothing when chance gives as many.
pub(crate) fn surprise_millibits(met: u64, expected_milli: u64) -> u64 {
    let met_milli = met.saturating_mul(1_000);
    if met_milli <= expected_milli {
        return 0;
    }
    let gain = met * log2_milli(met_milli, expected_milli);
    let cost = (met_milli - expected_milli) * LOG2_E_MILLI / 1_000;
    gain.saturating_sub(cost)
}

/// Returns `log2(part / whole)` in thousandths, rounded down; zero unless `part > whole > 0`.
pub(crate) fn log2_milli(part: u64, whole: u64) -> u64 {
    let bits = (bits::log2(part) - bits::log2(whole.max(1))).max(0);
    u64::try_from(bits * 1_000 / bits::ONE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_and_surprise_follow_their_formulas() {
        for (part, whole, milli) in [
            (1, 1, 0),
            (2, 1, 1_000),
            (3, 1, 1_584),
            (1_000, 1, 9_965),
            (10, 8, 321),
            (1, 2, 0),
        ] {
            assert_eq!(log2_milli(part, whole), milli, "{part}/{whole}");
        }
        // Three meetings where 0.1 is expected: 3·log2(30) − 2.9·log2(e) = 10.54 bits.
        let surprise = surprise_millibits(3, 100);
        assert!((10_500..10_560).contains(&surprise), "{surprise}");
        assert_eq!(surprise_millibits(3, 3_000), 0);
        assert!(surprise_millibits(4, 100) > surprise);
    }
}
