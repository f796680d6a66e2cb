//! Accounts: site and user name together. Levels: 0 disagree, 1 exact.
//!
//! Only accounts at one site disagree: somebody on one site says nothing against being on another.

use super::{Agreement, Value};

/// Compares two accounts.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        Agreement::exact(1, "the same account")
    } else if site(left) == site(right) {
        Agreement::differs("different accounts at one site")
    } else {
        Agreement::neutral("accounts at different sites")
    }
}

fn site(account: &Value) -> &str {
    account.canonical.rsplit_once('/').map_or("", |(site, _)| site)
}
