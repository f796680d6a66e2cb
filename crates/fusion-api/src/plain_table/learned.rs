//! What a table would change in the weights, as a rules file of its own: a proposal that nobody has to take.

use std::fmt::Write as _;

use fusion_engine::rules::Rules;
use fusion_resolve::{Feature, Lesson, Lessons, Model};
use serde::Serialize;

use crate::error::ApiError;
use crate::rules;

/// Tells what records say of one weight.
#[derive(Debug, Clone, Serialize)]
pub struct LessonView {
    /// Comparator, by its key in the rules.
    pub comparator: String,
    /// Level, counted from disagreement.
    pub level: u8,
    /// How often pairs of one person show it, in millionths.
    pub of_one: u32,
    /// How often strangers show it, in thousand-millionths.
    pub of_strangers: u32,
    /// Pairs of one person that show it.
    pub pairs: u64,
    /// Weight in force, in milli-bits.
    pub present: i32,
    /// Weight that follows.
    pub proposed: i32,
}

impl LessonView {
    pub(super) fn of(lesson: &Lesson) -> Self {
        Self {
            comparator: key(lesson.feature),
            level: lesson.level,
            of_one: lesson.m,
            of_strangers: lesson.u,
            pairs: lesson.shown,
            present: lesson.present,
            proposed: lesson.proposed,
        }
    }
}

/// Writes the proposal as a rules file that holds only what it changes.
///
/// # Errors
///
/// The file would not be read back as rules.
pub(super) fn proposal(lessons: &Lessons, model: &Model) -> Result<(String, Rules), ApiError> {
    let mut text = format!(
        "# Weights that {} candidate pairs suggest, {} of them of one person. Nobody labelled them, so look before you take\n\
         # them: `fusion rules diff FILE` shows what changes, `--rules FILE` tries it. Levels that too few pairs show stay.\n",
        lessons.pairs,
        percent(u64::from(lessons.of_one), 1_000_000),
    );
    if !lessons.levels.is_empty() {
        text.push_str("entity_resolution:\n  weights:\n");
    }
    for of_feature in lessons.levels.chunk_by(|one, other| one.feature == other.feature) {
        let feature = of_feature[0].feature;
        let mut weights = model.weights[feature as usize].clone();
        for lesson in of_feature {
            weights[usize::from(lesson.level)] = lesson.proposed;
            let _ = writeln!(
                text,
                "    # level {}: {} of one person, {} of strangers; {} instead of {}",
                lesson.level,
                percent(u64::from(lesson.m), 1_000_000),
                percent(u64::from(lesson.u), 1_000_000_000),
                bits(lesson.proposed),
                bits(lesson.present)
            );
        }
        let weights: Vec<String> = weights.into_iter().map(bits).collect();
        let _ = writeln!(text, "    {}: [{}]", key(feature), weights.join(", "));
    }
    let read = rules::parse(&text, "the proposal")?;
    Ok((text, read))
}

/// Returns the key of a comparator in the rules.
fn key(feature: Feature) -> String {
    feature.id().replace('-', "_")
}

/// Writes a share in percent, with six places.
fn percent(part: u64, whole: u64) -> String {
    let share = u128::from(part) * 100_000_000 / u128::from(whole);
    format!("{}.{:06} %", share / 1_000_000, share % 1_000_000)
}

/// Writes milli-bits as bits.
fn bits(millibits: i32) -> String {
    let sign = if millibits < 0 { "-" } else { "" };
    let size = millibits.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1_000, size % 1_000)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_proposal_reads_back_as_rules_that_change_those_weights_alone() {
        let lesson = |feature, level, proposed| Lesson {
            feature,
            level,
            m: 23_679,
            u: 992_005_894,
            shown: 867,
            present: -5_500,
            proposed,
        };
        let lessons = Lessons {
            levels: vec![
                lesson(Feature::PersonName, 0, -5_389),
                lesson(Feature::BirthDate, 0, -907),
                lesson(Feature::BirthDate, 3, 5_383),
            ],
            pairs: 60_000,
            of_one: 610_000,
        };
        let shipped = Rules::shipped();
        let model = fusion_engine::resolve::model(&shipped);
        let (text, read) = proposal(&lessons, &model).unwrap();
        assert!(
            text.contains("    birth_date: [-0.907, -1.000, 5.000, 5.383, 0.500]\n"),
            "{text}"
        );
        assert!(
            text.contains("2.367900 % of one person, 99.200589 % of strangers"),
            "{text}"
        );
        let changed = fusion_engine::resolve::model(&read);
        for feature in Feature::ALL {
            let is_changed = changed.weights[feature as usize] != model.weights[feature as usize];
            assert_eq!(
                is_changed,
                matches!(feature, Feature::PersonName | Feature::BirthDate),
                "{feature:?}"
            );
        }
        let (nothing, read) = proposal(&Lessons::default(), &model).unwrap();
        assert!(nothing.lines().all(|line| line.starts_with('#')) && read == shipped);
    }
}
