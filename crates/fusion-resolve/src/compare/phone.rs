//! Telephone numbers. Levels: 0 disagree, 1 one digit apart, 2 the same national digits.

use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two numbers.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    let (one, other) = (values.national(left), values.national(right));
    if one == other {
        return Agreement::exact(
            2,
            if left == right {
                "exact"
            } else {
                "the same national number"
            },
        );
    }
    if is_one_digit_apart(one, other) {
        return Agreement::leans(1, "one digit apart");
    }
    Agreement::differs("disagree")
}

fn is_one_digit_apart(mut one: u64, mut other: u64) -> bool {
    let mut apart = 0;
    while one > 0 || other > 0 {
        apart += u32::from(one % 10 != other % 10);
        (one, other) = (one / 10, other / 10);
    }
    apart == 1
}
