//! The last gate for secrets: no fingerprint of a sealed secret leaves, wherever it stands.
//!
//! The engine already words secrets as equality groups (`secret 1`). This gate does not trust that: whatever text
//! passes here loses every sealed form, also inside longer texts, and the canonical value of a secret is replaced
//! by what people may see.

use std::borrow::Cow;

use fusion_model::ValueType;
use fusion_model::derived::Fact;
use fusion_model::property::SEALED_PREFIX;
use fusion_model::{Property, Statement};

/// What stands in place of a sealed form.
const HIDDEN: &str = "sealed secret";

/// Shortest run of hexadecimal digits after the prefix that is taken for a fingerprint.
const SHORTEST_FINGERPRINT: usize = 8;

/// Replaces every sealed form in a text.
pub(crate) fn without_fingerprints(text: &str) -> Cow<'_, str> {
    if !text.contains(SEALED_PREFIX) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SEALED_PREFIX) {
        let after = &rest[at + SEALED_PREFIX.len()..];
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        out.push_str(&rest[..at]);
        if digits >= SHORTEST_FINGERPRINT {
            out.push_str(HIDDEN);
            rest = &after[digits..];
        } else {
            out.push_str(SEALED_PREFIX);
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Tells whether values of a property are sealed.
pub(crate) fn is_secret(property: Property) -> bool {
    property.value_type() == ValueType::Secret
}

/// Returns the canonical value that may leave: of a secret only what people see.
pub(crate) fn canonical(fact: &Fact) -> &str {
    if is_secret(fact.property) {
        &fact.value
    } else {
        &fact.canonical
    }
}

/// Returns the original text that may leave.
pub(crate) fn original(statement: &Statement) -> Cow<'_, str> {
    if is_secret(statement.property) && statement.original.starts_with(SEALED_PREFIX) {
        return Cow::Borrowed(HIDDEN);
    }
    without_fingerprints(&statement.original)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_vanish_wherever_they_stand() {
        for (text, shown) in [
            ("sealed:00112233445566778899aabbccddeeff", "sealed secret"),
            (
                "reuses sealed:0011223344556677 twice (sealed:8899aabbccddeeff)",
                "reuses sealed secret twice (sealed secret)",
            ),
            ("sealed:weak", "sealed:weak"),
            ("sealed: envelope", "sealed: envelope"),
            ("plain", "plain"),
        ] {
            assert_eq!(without_fingerprints(text), shown);
        }
    }
}
