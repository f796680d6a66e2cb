//! Places in words. Levels: 0 disagree, 1 the same country, 2 alike in spelling, 3 the same town.
//!
//! "Rotterdam" and "Rotterdam, Netherlands" are the same town said at different length.

use super::similarity::is_slip;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two places.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    let (one, other) = (values.text_form(left), values.text_form(right));
    if one.head == 0 || other.head == 0 {
        return Agreement::neutral("no word to compare");
    }
    if one.squeezed == other.squeezed {
        return Agreement::exact(3, "the same place");
    }
    if one.head == other.head {
        return Agreement::agrees(3, "the same town");
    }
    if is_slip(values.plain_text(one), values.plain_text(other)) {
        return Agreement::agrees(2, "alike in spelling");
    }
    if one.tail == other.tail {
        return Agreement::leans(1, "the same country");
    }
    Agreement::differs("disagree")
}
