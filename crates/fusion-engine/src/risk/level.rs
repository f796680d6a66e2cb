//! From findings to a score, from a score to a level.

use fusion_model::{Level, Score};

use crate::rules::RiskThresholds;

/// Adds scores up, capped at the whole.
pub(super) fn capped_sum(scores: impl Iterator<Item = Score>) -> Score {
    Score::from_basis_points(scores.map(|score| u64::from(score.basis_points())).sum())
}

/// Returns the weighed mean of factors given as score and weight.
pub(super) fn whole(factors: impl Iterator<Item = (Score, Score)>) -> Score {
    let (sum, weights) = factors.fold((0u64, 0u64), |(sum, weights), (score, weight)| {
        let weight = u64::from(weight.basis_points());
        (sum + u64::from(score.basis_points()) * weight, weights + weight)
    });
    Score::ratio(sum, weights * 10_000)
}

/// Returns the band a score falls in.
pub(super) fn of(thresholds: &RiskThresholds, score: Score) -> Level {
    match score {
        score if score >= thresholds.critical => Level::Critical,
        score if score >= thresholds.high => Level::High,
        score if score >= thresholds.medium => Level::Medium,
        score if score >= thresholds.low => Level::Low,
        _ => Level::Minimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Preset, Rules};

    #[test]
    fn thresholds_are_inclusive_and_follow_the_preset() {
        let standard = Rules::shipped().risk.thresholds;
        let strict = Rules::built_in(Preset::Strict).risk.thresholds;
        let rows = [
            (9_000, Level::Critical, Level::Critical),
            (8_999, Level::High, Level::Critical),
            (7_000, Level::Medium, Level::High),
            (4_500, Level::Low, Level::Medium),
            (2_499, Level::Minimal, Level::Minimal),
        ];
        for (points, by_standard, by_strict) in rows {
            let score = Score::from_basis_points(points);
            assert_eq!(
                (of(&standard, score), of(&strict, score)),
                (by_standard, by_strict),
                "{points}"
            );
        }
    }

    #[test]
    fn factors_are_weighed_and_capped() {
        let half = Score::from_basis_points(5_000);
        assert_eq!(capped_sum([half, half, half].into_iter()), Score::ONE);
        assert_eq!(
            whole(
                [
                    (Score::ONE, Score::from_basis_points(2_000)),
                    (Score::ZERO, Score::from_basis_points(8_000))
                ]
                .into_iter()
            )
            .basis_points(),
            2_000
        );
    }
}
