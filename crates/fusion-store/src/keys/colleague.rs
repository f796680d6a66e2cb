//! A colleague's way in: a random key sealed to an age recipient, which in turn wraps the master key.
//!
//! The detour binds the wrap to case and slot like every other one; an age file alone could be moved between cases.

use std::str::FromStr as _;

use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use super::wrap;
use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase};

/// Longest recipient, in bytes.
pub(super) const MAX_RECIPIENT: usize = 128;
/// Longest sealed key, in bytes; age adds some of random length.
pub(super) const MAX_SEALED: usize = 1024;
const MAX_IDENTITIES: usize = 8;

/// Holds a key sealed to a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Public key, `age1…`.
    pub(crate) recipient: String,
    /// The age file.
    pub(crate) sealed: Vec<u8>,
}

impl Envelope {
    /// Draws a key and seals it to `recipient`.
    pub(super) fn seal(recipient: &str) -> Result<(Self, Key)> {
        let recipient = Recipient::from_str(recipient.trim())
            .map_err(|_| Error::conflict("this is no public age key; it begins with age1"))?;
        let key = Key::random()?;
        let sealed = age::encrypt(&recipient, key.bytes())
            .ok()
            .filter(|sealed| sealed.len() <= MAX_SEALED)
            .ok_or(Error::Crypto {
                what: "sealing to an age key",
            })?;
        let recipient = recipient.to_string();
        Ok((Self { recipient, sealed }, key))
    }

    /// Opens the sealed key; `None` when it was sealed to somebody else.
    pub(super) fn open(&self, identities: &Identities) -> Option<Key> {
        identities.0.iter().find_map(|identity| {
            let mut plain = Zeroizing::new(age::decrypt(identity, &self.sealed).ok()?);
            Key::take(&mut plain).ok()
        })
    }
}

/// Holds the private age keys of one person.
pub(super) struct Identities(Vec<Identity>);

impl Identities {
    /// Reads the keys out of a file's text; other lines are passed over.
    pub(super) fn parse(text: &Passphrase) -> Result<Self> {
        let none = || Error::conflict("there is no age key in this file; it begins with AGE-SECRET-KEY-1");
        let text = std::str::from_utf8(text.bytes()).map_err(|_| none())?;
        let found: Vec<Identity> = text
            .lines()
            .filter_map(|line| Identity::from_str(line.trim()).ok())
            .take(MAX_IDENTITIES)
            .collect();
        if found.is_empty() { Err(none()) } else { Ok(Self(found)) }
    }
}

/// Turns the sealed key into the one that wraps the master key.
pub(super) fn wrapping_key(sealed: &Key, salt: &[u8]) -> Result<Key> {
    wrap::derive(sealed, salt, "fusion colleague slot v1")
}
