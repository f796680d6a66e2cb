//! Free text: titles, occupations, self-descriptions. Levels: 0 disagree, 1 alike, 2 exact.

use super::similarity::reaches;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two texts.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId, fuzzy: u32) -> Agreement {
    let (one, other) = (values.text_form(left), values.text_form(right));
    if one.head == 0 || other.head == 0 {
        return Agreement::neutral("no word to compare");
    }
    if left == right || one.squeezed == other.squeezed {
        return Agreement::exact(2, "exact");
    }
    if reaches(values.plain_text(one), values.plain_text(other), fuzzy) {
        return Agreement::agrees(1, "alike");
    }
    Agreement::differs("disagree")
}
