//! E-mail addresses. Levels: 0 disagree, 1 the same local part at another host, 2 exact. A shared mailbox of
//! an office, or one typed to get past a form, says nothing about who uses it.

use fusion_model::property::{is_junk_address, is_role_address};

use super::{Agreement, Value};

/// Compares two addresses.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        return if is_nobodys(&left.canonical) {
            Agreement::neutral("the same role or junk mailbox")
        } else {
            Agreement::exact(2, "exact")
        };
    }
    let (first, second) = (local(&left.canonical), local(&right.canonical));
    if first == second && first.chars().count() >= 5 && !is_nobodys(&left.canonical) {
        return Agreement::leans(1, "same name at another host");
    }
    Agreement::differs("disagree")
}

/// Tells whether an address belongs to a function or was typed to get past a form.
fn is_nobodys(address: &str) -> bool {
    is_role_address(address) || is_junk_address(address)
}

fn local(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(local, _)| local)
}
