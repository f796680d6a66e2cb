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
