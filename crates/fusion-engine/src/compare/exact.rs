//! Values that are equal or not: numbers, keys, digests, addresses on the net. Levels: 0 disagree, 1 exact.
//!
//! Numbers of different issuers are not compared: a passport says nothing against a tax number.

use super::{Agreement, Value};

/// Compares two values.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.scope != right.scope {
        return Agreement::neutral("numbers of different issuers");
    }
    if left.canonical == right.canonical {
        Agreement::exact(1, "exact")
    } else {
        Agreement::differs("disagree")
    }
}
