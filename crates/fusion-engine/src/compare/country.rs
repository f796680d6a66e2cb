//! Countries and nationalities. Levels: 0 disagree, 1 exact.

use super::{Agreement, Value};

/// Compares two countries.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        Agreement::exact(1, "the same country")
    } else {
        Agreement::differs("disagree")
    }
}
