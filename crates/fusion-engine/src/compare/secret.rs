//! Sealed secrets by their equality group. Levels: 0 disagree, 1 the same group. Weak ones never reach a comparator.

use super::{Agreement, Value};

/// Compares two groups.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        Agreement::exact(1, "the same secret")
    } else {
        Agreement::neutral("another secret")
    }
}
