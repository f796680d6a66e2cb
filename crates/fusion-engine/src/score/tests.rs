use fusion_model::{MilliBits, Score};

use super::{least_for, probability, scaled};

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

#[test]
fn shares_of_weights_round_half_away_from_zero() {
    for (bits, points, expected) in [
        (3_000, 6_000, 1_800),
        (-5_000, 6_000, -3_000),
        (1, 5_000, 1),
        (-1, 5_000, -1),
    ] {
        assert_eq!(scaled(bits, Score::from_basis_points(points)), expected);
    }
}
