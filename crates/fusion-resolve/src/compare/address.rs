//! Postal addresses. Levels: 0 disagree, 1 one part agrees, 2 alike, 3 exact. The sort of a street (road, avenue) is
//! not compared.

use super::similarity::reaches;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two addresses.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId, fuzzy: u32) -> Agreement {
    let (one, other) = (values.text_form(left), values.text_form(right));
    if one.head == 0 || other.head == 0 {
        return Agreement::neutral("no word to compare");
    }
    if one.squeezed == other.squeezed {
        return Agreement::exact(3, "exact");
    }
    if one.numbers == other.numbers
        && reaches(
            values.plain_text(one),
            values.plain_text(other),
            fuzzy.saturating_sub(1_000),
        )
    {
        return Agreement::agrees(2, "alike");
    }
    if one.tail == other.tail || one.numbers != 0 && one.numbers == other.numbers {
        return Agreement::leans(1, "one part agrees");
    }
    Agreement::differs("disagree")
}
