//! The two lines that a score is held against, as log-odds and as probabilities.

use fusion_model::{MilliBits, Score};
use fusion_resolve::odds;

use crate::rules::Rules;

/// Holds from where on pairs are asked about and joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thresholds {
    /// From here on a pair waits for a person.
    pub review: MilliBits,
    /// From here on a pair is joined, if its evidence is of the kinds that the rules want.
    pub link: MilliBits,
}

impl Thresholds {
    /// Reads the probabilities of the rules; asking never begins above joining.
    pub fn of(rules: &Rules) -> Self {
        let resolution = &rules.entity_resolution;
        let link = MilliBits(odds::least_for(resolution.merge_confidence_threshold));
        let review = MilliBits(odds::least_for(resolution.review_confidence_threshold));
        Self {
            review: review.min(link),
            link,
        }
    }

    /// Returns the rules with these thresholds in place of theirs, in hundredths of a percent; none is lower than asked for.
    pub fn in_place_of(self, rules: &Rules) -> Rules {
        let share = |bits: MilliBits| {
            let nearest = u64::from(odds::probability(bits) + 50) / 100;
            let is_lower = odds::least_for(Score::from_basis_points(nearest)) < bits.0;
            Score::from_basis_points(nearest + u64::from(is_lower))
        };
        let mut changed = rules.clone();
        changed.entity_resolution.merge_confidence_threshold = share(self.link);
        changed.entity_resolution.review_confidence_threshold = share(self.review);
        changed
    }
}

#[cfg(test)]
mod tests {
    use fusion_model::{MilliBits, Score};

    use super::Thresholds;
    use crate::rules::Rules;

    #[test]
    fn the_rules_read_back_what_was_put_in_place() {
        let shipped = Rules::shipped();
        let before = Thresholds::of(&shipped);
        assert!(before.review < before.link);
        assert_eq!(before.in_place_of(&shipped), shipped);
        let moved = Thresholds {
            review: MilliBits(0),
            link: MilliBits(6_628),
        };
        let changed = moved.in_place_of(&shipped);
        let resolution = &changed.entity_resolution;
        assert_eq!(resolution.review_confidence_threshold, Score::from_basis_points(5_000));
        assert_eq!(resolution.merge_confidence_threshold, Score::from_basis_points(9_900));
        let read = Thresholds::of(&changed);
        assert!(read.link.0.abs_diff(moved.link.0) <= 8 && read.review == moved.review);
    }

    #[test]
    fn a_threshold_that_no_probability_names_is_raised_and_never_lowered() {
        for bits in [4_300, 13_300, 14_100, 17_000, 20_000] {
            let asked = Thresholds {
                review: MilliBits(bits),
                link: MilliBits(bits),
            };
            let read = Thresholds::of(&asked.in_place_of(&Rules::shipped()));
            assert!(read.review.0 >= bits && read.link.0 >= bits, "{bits}: {read:?}");
        }
    }

    #[test]
    fn asking_never_begins_above_joining() {
        let mut rules = Rules::shipped();
        rules.entity_resolution.review_confidence_threshold = Score::from_basis_points(9_900);
        let thresholds = Thresholds::of(&rules);
        assert_eq!(thresholds.review, thresholds.link);
    }
}
