//! Values that are equal or not. Levels: 0 disagree, 1 exact.

use super::similarity::edits_within;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two values by equality.
pub(super) fn compare(left: ValueId, right: ValueId) -> Agreement {
    if left == right {
        Agreement::exact(1, "exact")
    } else {
        Agreement::differs("disagree")
    }
}

/// Compares two accounts: on two sites nobody is surprised to find two.
pub(super) fn compare_accounts(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    if left == right {
        return Agreement::exact(1, "exact");
    }
    let site = |id| values.canonical(id).rsplit_once('/').map(|(site, _)| site);
    if site(left).is_some() && site(left) == site(right) {
        Agreement::differs("another account of the same site")
    } else {
        Agreement::neutral("accounts of two sites")
    }
}

/// Compares two official numbers: 0 disagree, 1 a slip of the pen, 2 exact. Only numbers of one issuer can contradict, and
/// two slips neither prove nor contradict.
pub(super) fn compare_numbers(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    if left == right {
        return Agreement::exact(2, "exact");
    }
    if values.scope(left).is_empty() || values.scope(left) != values.scope(right) {
        return Agreement::neutral("numbers of two issuers");
    }
    let (one, other) = (values.canonical(left), values.canonical(right));
    match (one.len().min(other.len()), edits_within(one, other, 2)) {
        (6.., Some(1)) => Agreement::agrees(1, "a slip of the pen apart"),
        (7.., Some(2)) => Agreement::neutral("two slips of the pen apart"),
        _ => Agreement::differs("disagree"),
    }
}

/// Compares two postal codes; one edit apart contradicts nothing.
pub(super) fn compare_near(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    if left == right {
        return Agreement::exact(1, "exact");
    }
    if edits_within(values.canonical(left), values.canonical(right), 1).is_some() {
        return Agreement::neutral("a slip of the pen apart");
    }
    Agreement::differs("disagree")
}
