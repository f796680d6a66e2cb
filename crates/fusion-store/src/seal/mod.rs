//! Sealing secrets before anything is written: a keyed fingerprint correlates, the text is gone.
//!
//! The sealed form is `sealed:` and 32 hexadecimal digits of HMAC-SHA256 under the case's fingerprint key, with one
//! label per property, so that a password never matches a hash that reads the same. What thousands of people share,
//! what is short and what is only digits becomes `sealed:weak` and matches nothing. The key never leaves the case, so
//! fingerprints of two cases cannot be compared.

mod common;
mod keeper;

pub(crate) use keeper::SecretKeeper;

use fusion_model::{Observation, Property, RawStatement, ValueType};
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use zeroize::Zeroize;

use crate::hex;
use crate::keys::keyed_digest;
use crate::secret::Key;

/// Starts every sealed form.
pub const SEALED_PREFIX: &str = "sealed:";

/// Stands for secrets that are too weak to correlate.
pub const SEALED_WEAK: &str = "sealed:weak";

const SHORTEST: usize = 8;

/// Replaces the text of every secret statement by its sealed form.
pub(crate) fn seal_observation(observation: &mut Observation, key: &Key) {
    let records = observation
        .records
        .iter_mut()
        .flat_map(|record| record.statements.iter_mut());
    let links = observation.links.iter_mut().flat_map(|link| link.statements.iter_mut());
    for statement in records.chain(links) {
        seal_statement(statement, key);
    }
}

fn seal_statement(statement: &mut RawStatement, key: &Key) {
    if statement.property.value_type() != ValueType::Secret {
        return;
    }
    let sealed = seal(statement.property, &statement.original, key);
    statement.original.zeroize();
    statement.original = sealed;
}

/// Returns the sealed form of `text`.
fn seal(property: Property, text: &str, key: &Key) -> String {
    let mut canonical = canonical(property, text);
    let sealed = if is_weak(property, &canonical) {
        SEALED_WEAK.to_owned()
    } else {
        let print = keyed_digest(
            key,
            &[b"fusion secret v1", property.id().as_bytes(), canonical.as_bytes()],
        );
        format!("{SEALED_PREFIX}{}", hex::encode(&print[..16]))
    };
    canonical.zeroize();
    sealed
}

/// Passwords are compared to the byte; hashes and tokens without surrounding blanks, hexadecimal ones in lower case.
fn canonical(property: Property, text: &str) -> String {
    if property == Property::Password {
        return text.to_owned();
    }
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        text.to_ascii_lowercase()
    } else {
        text.to_owned()
    }
}

fn is_weak(property: Property, canonical: &str) -> bool {
    let short = canonical.chars().count() < SHORTEST;
    let numeric = canonical.chars().all(|letter| letter.is_ascii_digit());
    short || numeric || is_common(property, canonical)
}

fn is_common(property: Property, canonical: &str) -> bool {
    match property {
        Property::PasswordHash => common::COMMON.iter().any(|(password, md5)| {
            let plain_digest =
                |algorithm: &'static Algorithm| hex::encode(digest(algorithm, password.as_bytes()).as_ref());
            match canonical.len() {
                32 => *md5 == canonical,
                40 => plain_digest(&SHA1_FOR_LEGACY_USE_ONLY) == canonical,
                64 => plain_digest(&SHA256) == canonical,
                _ => false,
            }
        }),
        _ => {
            let mut folded = canonical.to_lowercase();
            let found = common::COMMON
                .binary_search_by(|(password, _)| (*password).cmp(folded.as_str()))
                .is_ok();
            folded.zeroize();
            found
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use fusion_model::{EntityKind, Locator, RawRecord, RecordKey};

    use super::*;

    #[test]
    fn weak_secrets_get_no_fingerprint() {
        let key = Key::random().unwrap();
        let rows = [
            (Property::Password, "hunter2", true),
            (Property::Password, "Password123", true),
            (Property::Password, "4915112345678", true),
            (Property::Password, "quiet-harbour-71", false),
            (Property::PasswordHash, "5F4DCC3B5AA765D61D8327DEB882CF99", true),
            (Property::PasswordHash, "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", true),
            (Property::PasswordHash, "d2d8e1a95ed3a1a0c5d4be33fc5c0bd5", false),
            (Property::AuthToken, "sealed:weak", false),
        ];
        for (property, text, weak) in rows {
            assert_eq!(seal(property, text, &key) == SEALED_WEAK, weak, "{property:?} {text}");
        }
    }

    #[test]
    fn equal_secrets_match_within_a_property_and_a_case_only() {
        let (key, other) = (Key::random().unwrap(), Key::random().unwrap());
        let print = seal(Property::Password, "quiet-harbour-71", &key);
        assert_eq!(print, seal(Property::Password, "quiet-harbour-71", &key));
        assert_ne!(print, seal(Property::Password, "Quiet-harbour-71", &key));
        assert_ne!(print, seal(Property::AuthToken, "quiet-harbour-71", &key));
        assert_ne!(print, seal(Property::Password, "quiet-harbour-71", &other));
        assert_eq!(print.len(), SEALED_PREFIX.len() + 32);
        let upper = seal(Property::PasswordHash, " D2D8E1A95ED3A1A0C5D4BE33FC5C0BD5 ", &key);
        assert_eq!(
            upper,
            seal(Property::PasswordHash, "d2d8e1a95ed3a1a0c5d4be33fc5c0bd5", &key)
        );
    }

    #[test]
    fn only_secret_statements_are_replaced() {
        let statements = vec![
            RawStatement::new(Property::Email, "a.b@example.org", "email"),
            RawStatement::new(Property::Password, "quiet-harbour-71", "password"),
        ];
        let record = RawRecord {
            kind: EntityKind::Person,
            key: RecordKey::Here,
            statements,
        };
        let mut observation = Observation {
            locator: Locator::Line(2),
            records: vec![record],
            links: Vec::new(),
        };
        seal_observation(&mut observation, &Key::random().unwrap());
        let statements = &observation.records[0].statements;
        assert_eq!(statements[0].original, "a.b@example.org");
        assert!(statements[1].original.starts_with(SEALED_PREFIX));
    }

    #[test]
    fn the_pinned_list_is_sorted_and_complete() {
        assert!(common::COMMON.is_sorted());
        assert!(common::COMMON.iter().all(|(_, md5)| md5.len() == 32));
    }
}
