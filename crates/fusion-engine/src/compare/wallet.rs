//! Blockchain addresses. Levels: 0 disagree, 1 exact. Nobody has only one wallet, so a difference says next to nothing.

use super::{Agreement, Value};

/// Compares two addresses.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        Agreement::exact(1, "the same wallet")
    } else {
        Agreement::differs("disagree")
    }
}
