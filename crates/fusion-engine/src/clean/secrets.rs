//! Sealed secrets as equality groups.
//!
//! The store hands over `sealed:<fingerprint>` or `sealed:weak`. A fingerprint is a keyed hash and still worth
//! protecting, so nothing after this stage may see one: equal fingerprints become one group, `secret 1`,
//! `secret 2` …, numbered by the smallest statement that holds it. Weak secrets, and any text that reaches the
//! engine unsealed, get a canonical value of their own, so that they never match anything.

use std::collections::BTreeMap;

use fusion_model::property::{SEALED_PREFIX, WEAK};
use fusion_model::{CleanValue, Statement, StatementId, ValueType};

const WEAK_LABEL: &str = "weak secret";

/// Replaces the text of every secret statement by its group; `statements` must be sorted by id.
pub(super) fn group(statements: &mut [Statement]) {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for statement in statements
        .iter_mut()
        .filter(|statement| statement.property.value_type() == ValueType::Secret)
    {
        let fingerprint = fingerprint(&statement.original).map(str::to_owned);
        let value = match fingerprint {
            Some(fingerprint) => {
                let next = groups.len() + 1;
                CleanValue::plain(format!("secret {}", *groups.entry(fingerprint).or_insert(next)))
            }
            None => CleanValue::shown(weak_canonical(statement.id), WEAK_LABEL),
        };
        statement.original.clone_from(&value.display);
        statement.value = Ok(value);
    }
}

/// Tells whether a cleaned secret can be compared with others.
pub(crate) fn is_comparable(value: &CleanValue) -> bool {
    value.display != WEAK_LABEL
}

fn fingerprint(original: &str) -> Option<&str> {
    let sealed = original.strip_prefix(SEALED_PREFIX)?;
    let is_hex = !sealed.is_empty() && sealed.bytes().all(|byte| byte.is_ascii_hexdigit());
    (sealed != WEAK && is_hex).then_some(sealed)
}

fn weak_canonical(statement: StatementId) -> String {
    format!("{WEAK_LABEL} {statement}")
}
