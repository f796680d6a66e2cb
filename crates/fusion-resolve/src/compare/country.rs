//! Countries and regions. Levels: 0 disagree, 1 exact.

use crate::agreement::Agreement;
use crate::value::ValueId;

/// Compares two countries.
pub(super) fn compare(left: ValueId, right: ValueId) -> Agreement {
    if left == right {
        Agreement::exact(1, "the same")
    } else {
        Agreement::differs("disagree")
    }
}
