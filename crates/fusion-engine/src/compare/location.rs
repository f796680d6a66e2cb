//! Places in words. Levels: 0 disagree, 1 the same country, 2 the same town.
//!
//! "Rotterdam" and "Rotterdam, Netherlands" are the same town said at different length.

use super::{Agreement, Value};

/// Compares two places.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    let (first, second) = (&left.tokens, &right.tokens);
    let (Some(first_end), Some(second_end)) = (first.last(), second.last()) else {
        return Agreement::neutral("no word to compare");
    };
    if first == second {
        return Agreement::exact(2, "the same place");
    }
    let (shorter, longer) = if first.len() <= second.len() {
        (first, second)
    } else {
        (second, first)
    };
    if longer.starts_with(shorter) {
        return Agreement::agrees(2, "the same town");
    }
    if first_end == second_end {
        return Agreement::leans(1, "the same country");
    }
    Agreement::differs("disagree")
}
