//! Secrets: passwords, hashes, tokens. Only their sealed form is ever cleaned.
//!
//! The store writes `sealed:<fingerprint>` or `sealed:weak` in place of the text. The fingerprint is canonical,
//! so that equal secrets meet; weak secrets have no value and correlate nothing. Text that is not sealed should
//! not have come this far and is refused without being looked at.

use super::{CleanFailure, CleanValue, fail};

/// Start of a sealed secret.
pub const SEALED_PREFIX: &str = "sealed:";

/// What stands after the prefix for a secret that is too short, common or numeric to correlate.
pub const WEAK: &str = "weak";

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    match original.strip_prefix(SEALED_PREFIX) {
        Some(WEAK) => fail("secret that correlates", "too short, common or numeric"),
        Some(mark)
            if mark.len() >= 16
                && mark
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) =>
        {
            Ok(CleanValue::shown(original, "sealed secret"))
        }
        _ => fail("sealed secret", "not in sealed form"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_sealed_and_strong_secrets_have_a_value() {
        let sealed = "sealed:00112233445566778899aabbccddeeff";
        let value = clean(sealed).unwrap();
        assert_eq!(value.canonical, sealed);
        assert!(!value.display.contains("0011"));
        for text in ["sealed:weak", "hunter2", "sealed:", "sealed:XYZ", ""] {
            let failure = clean(text).unwrap_err();
            assert!(!failure.to_string().contains("hunter2"));
        }
    }
}
