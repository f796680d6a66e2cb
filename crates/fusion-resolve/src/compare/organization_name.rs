//! Names of firms and bodies, with and without their legal form.
//!
//! Levels: 0 disagree, 1 one part agrees, 2 alike, 3 the same but for the legal form, 4 exact. As something a person
//! belongs to: 0 disagree, 1 alike, 2 the same.

use super::similarity::reaches;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two names of firms.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId, fuzzy: u32) -> Agreement {
    let (one, other) = (values.text_form(left), values.text_form(right));
    if one.head == 0 || other.head == 0 {
        return Agreement::neutral("no word to compare");
    }
    if left == right {
        return Agreement::exact(4, "exact");
    }
    if one.squeezed == other.squeezed {
        return Agreement::agrees(3, "the same but for the legal form");
    }
    if reaches(values.plain_text(one), values.plain_text(other), fuzzy) {
        return Agreement::agrees(2, "alike in spelling");
    }
    if one.head == other.head || one.tail == other.tail {
        return Agreement::leans(1, "one part agrees");
    }
    Agreement::differs("disagree")
}

/// Compares the firms that two persons belong to.
pub(super) fn compare_membership(values: &Values, left: ValueId, right: ValueId, fuzzy: u32) -> Agreement {
    match compare(values, left, right, fuzzy).level {
        3 | 4 => Agreement::exact(2, "the same firm"),
        2 => Agreement::agrees(1, "alike in spelling"),
        _ => Agreement::differs("disagree"),
    }
}
