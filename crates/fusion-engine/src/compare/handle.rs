//! User names without their site. Levels: 0 disagree, 1 alike, 2 exact. The same handle on two sites is a candidate,
//! not a proof; the decision knows that, the level does not.

use fusion_model::Score;

use super::{Agreement, Value, similarity};

const LONG_ENOUGH: usize = 6;

/// Compares two user names.
pub(super) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    if left.canonical == right.canonical {
        return Agreement::exact(2, "exact");
    }
    let (first, second) = (left.run_together(), right.run_together());
    let long = first.chars().count().min(second.chars().count()) >= LONG_ENOUGH;
    if long && (first == second || similarity::reaches(&first, &second, fuzzy)) {
        return Agreement::leans(1, "alike");
    }
    Agreement::differs("disagree")
}

/// Returns the letters of a user name: what may be a name run together.
pub(crate) fn letters_of(value: &Value) -> String {
    value
        .tokens
        .iter()
        .flat_map(|word| word.chars())
        .filter(|letter| letter.is_alphabetic())
        .collect()
}
