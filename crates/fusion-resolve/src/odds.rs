//! Log-odds and probabilities, exactly: powers of two by integer square roots, never by floating point.

use fusion_model::{MilliBits, Score};

const ONE: u128 = 1 << 62;
const MILLION: u128 = 1_000_000;
/// Binary places of the fractional power; beyond them a millionth no longer moves.
const PLACES: u32 = 30;
const FARTHEST: i32 = 60_000;

/// Returns the posterior probability of log-odds, in millionths, half up.
pub fn probability(bits: MilliBits) -> u32 {
    let magnitude = bits.0.unsigned_abs().min(FARTHEST.unsigned_abs());
    let inverse = (ONE * ONE / power_of_two(magnitude % 1_000)) >> (magnitude / 1_000);
    let whole = ONE + inverse;
    let likely = ((ONE * MILLION * 2 + whole) / (whole * 2)) as u32;
    if bits.0 >= 0 { likely } else { MILLION as u32 - likely }
}

/// Returns the smallest log-odds whose probability reaches `least`.
pub fn least_for(least: Score) -> i32 {
    let goal = u32::from(least.basis_points()) * 100;
    let (mut low, mut high) = (-FARTHEST, FARTHEST);
    while low < high {
        let middle = low + (high - low) / 2;
        if probability(MilliBits(middle)) >= goal {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Returns two to the power of `thousandths / 1000` as a fixed-point number with 62 binary places.
fn power_of_two(thousandths: u32) -> u128 {
    let mut rest = thousandths;
    let mut root = 2 * ONE;
    let mut power = ONE;
    for _ in 0..PLACES {
        root = (root * ONE).isqrt();
        rest *= 2;
        if rest >= 1_000 {
            rest -= 1_000;
            power = power * root / ONE;
        }
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_odds_have_their_exact_probability() {
        for (bits, millionths) in [
            (0, 500_000),
            (1_000, 666_667),
            (2_000, 800_000),
            (3_000, 888_889),
            (-1_000, 333_333),
            (-2_000, 200_000),
            (500, 585_786),
            (10_000, 999_024),
            (60_000, 1_000_000),
            (i32::MAX, 1_000_000),
            (i32::MIN + 1, 0),
        ] {
            assert_eq!(probability(MilliBits(bits)), millionths, "{bits} milli-bits");
        }
    }

    #[test]
    fn probabilities_rise_with_log_odds() {
        let all: Vec<u32> = (-20_000..20_000)
            .step_by(97)
            .map(|bits| probability(MilliBits(bits)))
            .collect();
        assert!(all.is_sorted());
    }

    #[test]
    fn thresholds_are_the_first_log_odds_that_reach_them() {
        for (points, bits) in [(8_000, 2_000), (9_500, 4_248), (9_000, 3_170), (5_000, 0)] {
            let least = least_for(Score::from_basis_points(points));
            assert_eq!(least, bits, "{points} basis points");
            assert!(probability(MilliBits(least - 1)) < points as u32 * 100);
        }
    }
}
