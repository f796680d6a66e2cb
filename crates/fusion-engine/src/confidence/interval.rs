//! The interval shown around a confidence.
//!
//! One standard deviation of a Beta distribution with mean `p` and `n` observations, `√(p(1−p)/(n+1))`, where `n`
//! is the number of independent origins: wide for one voice, narrow for many, never beyond zero or one.

use fusion_model::Score;

/// Returns the lower and upper end around `score`.
pub(super) fn around(score: Score, origins: usize) -> (Score, Score) {
    let p = u64::from(score.basis_points());
    let spread = (p * (10_000 - p) / (origins as u64 + 1)).isqrt();
    (
        Score::from_basis_points(p.saturating_sub(spread)),
        Score::from_basis_points(p + spread),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_origins_narrow_the_interval() {
        let rows = [
            (5_000, 0, 0, 10_000),
            (5_000, 1, 1_465, 8_535),
            (5_000, 3, 2_500, 7_500),
            (10_000, 1, 10_000, 10_000),
        ];
        for (points, origins, low, high) in rows {
            let (lower, upper) = around(Score::from_basis_points(points), origins);
            assert_eq!(
                (lower.basis_points(), upper.basis_points()),
                (low, high),
                "{points} by {origins}"
            );
        }
    }
}
