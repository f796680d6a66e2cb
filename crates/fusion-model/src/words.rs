//! Words for uncertainty, from one table, shared by screen and report.
//!
//! Likelihood words follow ICD 203 and say how probable a statement is; confidence words say how good the ground
//! is on which it stands. The two are never joined in one sentence, so they are two functions.

use crate::score::Score;

/// Binds a word to a band of probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Lowest probability of the band, in basis points.
    pub from: u16,
    /// The word.
    pub word: &'static str,
}

/// Likelihood words of ICD 203 by the lower end of their band, ascending.
pub const LIKELIHOOD: [Band; 7] = [
    Band {
        from: 0,
        word: "almost no chance",
    },
    Band {
        from: 500,
        word: "very unlikely",
    },
    Band {
        from: 2_000,
        word: "unlikely",
    },
    Band {
        from: 4_500,
        word: "roughly even chance",
    },
    Band {
        from: 5_500,
        word: "likely",
    },
    Band {
        from: 8_000,
        word: "very likely",
    },
    Band {
        from: 9_500,
        word: "almost certain",
    },
];

/// Confidence words by the lower end of their band, ascending.
pub const CONFIDENCE: [Band; 3] = [
    Band { from: 0, word: "low" },
    Band {
        from: 5_000,
        word: "moderate",
    },
    Band {
        from: 7_500,
        word: "high",
    },
];

/// Returns the likelihood word of a probability.
pub fn likelihood(probability: Score) -> &'static str {
    word_of(&LIKELIHOOD, probability)
}

/// Returns the confidence word of a confidence score.
pub fn confidence(score: Score) -> &'static str {
    word_of(&CONFIDENCE, score)
}

fn word_of(bands: &[Band], score: Score) -> &'static str {
    bands
        .iter()
        .rev()
        .find(|band| band.from <= score.basis_points())
        .map_or("", |band| band.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_without_gap() {
        for (points, word) in [
            (0, "almost no chance"),
            (499, "almost no chance"),
            (500, "very unlikely"),
            (4_499, "unlikely"),
            (5_000, "roughly even chance"),
            (8_000, "very likely"),
            (10_000, "almost certain"),
        ] {
            assert_eq!(likelihood(Score::from_basis_points(points)), word);
        }
        assert_eq!(confidence(Score::from_basis_points(7_499)), "moderate");
        for bands in [LIKELIHOOD.as_slice(), CONFIDENCE.as_slice()] {
            assert_eq!(bands[0].from, 0);
            assert!(bands.windows(2).all(|pair| pair[0].from < pair[1].from));
        }
    }
}
