//! Short texts in people's own words: occupations, self-descriptions, titles. Levels: 0 disagree, 1 alike, 2 exact.

use fusion_model::Score;

use super::{Agreement, Value, similarity};

/// Edit distance grows with the product of lengths; longer texts are compared by equality only.
const LONGEST: usize = 300;

/// Compares two texts.
pub(super) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    if left.tokens == right.tokens {
        return Agreement::exact(2, "exact");
    }
    let short = left.canonical.len().max(right.canonical.len()) <= LONGEST;
    if short && similarity::reaches(&left.canonical, &right.canonical, fuzzy) {
        return Agreement::agrees(1, "alike");
    }
    Agreement::differs("disagree")
}
