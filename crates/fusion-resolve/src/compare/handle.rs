//! User names without their site. Levels: 0 disagree, 1 alike, 2 exact, 3 exact with two digits, 4 with more. The same
//! user name on two sites is a candidate, not a proof; the decision knows that, the level does not.

use super::similarity::edits_within;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

const LONG_ENOUGH: usize = 6;

/// Compares two user names.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    let (one, other) = (values.handle_form(left), values.handle_form(right));
    if one.is_common || other.is_common {
        return Agreement::neutral("a user name that anybody takes");
    }
    if one.squeezed == other.squeezed {
        return match one.digit_count {
            0 | 1 => Agreement::exact(2, "exact"),
            2 => Agreement::exact(3, "exact, with two digits"),
            _ => Agreement::exact(4, "exact, with digits of its own"),
        };
    }
    let (first, second) = (values.handle_text(one), values.handle_text(other));
    let ends = first.as_bytes().first() == second.as_bytes().first();
    if ends && first.len().min(second.len()) >= LONG_ENOUGH && edits_within(first, second, 1).is_some() {
        return Agreement::leans(1, "alike");
    }
    Agreement::differs("disagree")
}
