//! Wrapping one key by another with AES-256-GCM, and deriving keys by HKDF with labels.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::{hkdf, hmac};
use zeroize::Zeroizing;

use crate::error::Result;
use crate::secret::{Key, random};

/// Bytes of a wrapped 32-byte key: ciphertext and tag.
pub(crate) const SEALED_LEN: usize = 48;
/// Bytes of a wrapped key with its nonce, as stored.
pub(crate) const WRAPPED_LEN: usize = NONCE_LEN + SEALED_LEN;

/// Holds a key wrapped by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) nonce: [u8; NONCE_LEN],
    pub(crate) sealed: [u8; SEALED_LEN],
}

impl Wrapped {
    /// Wraps `key` by `by`, bound to `context`.
    pub(crate) fn seal(key: &Key, by: &Key, context: &[u8]) -> Result<Self> {
        let nonce = random::<NONCE_LEN>()?;
        let mut buffer = Zeroizing::new(key.bytes().to_vec());
        let tag = cipher(by)?.seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(context),
            &mut buffer,
        )?;
        let mut sealed = [0; SEALED_LEN];
        sealed[..32].copy_from_slice(&buffer);
        sealed[32..].copy_from_slice(tag.as_ref());
        Ok(Self { nonce, sealed })
    }

    /// Unwraps the key; `None` when `by` or `context` is not what it was wrapped with.
    pub(crate) fn open(&self, by: &Key, context: &[u8]) -> Result<Option<Key>> {
        let mut buffer = Zeroizing::new(self.sealed.to_vec());
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        match cipher(by)?.open_in_place(nonce, Aad::from(context), &mut buffer) {
            Ok(plain) => Key::take(plain).map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Returns nonce and sealed key as one row of bytes.
    pub(crate) fn to_bytes(&self) -> [u8; WRAPPED_LEN] {
        let mut bytes = [0; WRAPPED_LEN];
        bytes[..NONCE_LEN].copy_from_slice(&self.nonce);
        bytes[NONCE_LEN..].copy_from_slice(&self.sealed);
        bytes
    }

    /// Reads the row of bytes back.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        Some(Self {
            nonce: nonce.try_into().ok()?,
            sealed: sealed.try_into().ok()?,
        })
    }
}

/// Derives the key named by `label` from `root`.
pub(crate) fn derive(root: &Key, salt: &[u8], label: &str) -> Result<Key> {
    expand(root.bytes(), salt, label)
}

fn expand(root: &[u8], salt: &[u8], label: &str) -> Result<Key> {
    let mut key = Key::zeroed();
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(root)
        .expand(&[label.as_bytes()], hkdf::HKDF_SHA256)?
        .fill(key.bytes_mut())?;
    Ok(key)
}

/// Derives the key named by `label` from two roots, neither of which helps without the other.
pub(crate) fn derive_from_both(first: &Key, second: &Key, salt: &[u8], label: &str) -> Result<Key> {
    let mut root = Zeroizing::new(Vec::with_capacity(64));
    root.extend_from_slice(first.bytes());
    root.extend_from_slice(second.bytes());
    expand(&root, salt, label)
}

/// Returns the HMAC-SHA256 of `parts`, each length-prefixed.
pub(crate) fn keyed_digest(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key.bytes()));
    for part in parts {
        context.update(&(part.len() as u64).to_le_bytes());
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

fn cipher(key: &Key) -> Result<LessSafeKey> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.bytes())?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_wrapped_key_opens_only_with_its_key_and_context() {
        let (key, by, other) = (Key::random().unwrap(), Key::random().unwrap(), Key::random().unwrap());
        let wrapped = Wrapped::seal(&key, &by, b"slot 1").unwrap();
        assert_eq!(wrapped.open(&by, b"slot 1").unwrap().unwrap().bytes(), key.bytes());
        assert!(wrapped.open(&other, b"slot 1").unwrap().is_none());
        assert!(wrapped.open(&by, b"slot 2").unwrap().is_none());
        assert_eq!(Wrapped::from_bytes(&wrapped.to_bytes()).unwrap(), wrapped);
    }

    #[test]
    fn labels_and_salts_separate_derived_keys() {
        let root = Key::random().unwrap();
        let derived = derive(&root, b"case", "evidence").unwrap();
        assert_eq!(derived.bytes(), derive(&root, b"case", "evidence").unwrap().bytes());
        assert_ne!(derived.bytes(), derive(&root, b"case", "derived").unwrap().bytes());
        assert_ne!(derived.bytes(), derive(&root, b"other", "evidence").unwrap().bytes());
    }
}
