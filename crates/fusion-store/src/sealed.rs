//! Small things sealed under a key derived for one purpose: a random nonce, AES-256-GCM, a context.
//!
//! The keys come from the fingerprint key, which never changes and travels with every copy of a case, so that a copy
//! under another master key can still read them.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::{Zeroize, Zeroizing};

use crate::error::Result;
use crate::keys::keyed_digest;
use crate::secret::{Key, random};

/// Derives the key for one purpose.
pub(crate) fn subkey(root: &Key, label: &str) -> Result<Key> {
    Key::take(&mut keyed_digest(root, &[b"fusion subkey v1", label.as_bytes()]))
}

/// Seals `plain` under `key`, bound to `context`.
pub(crate) fn seal(key: &Key, context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<NONCE_LEN>()?;
    let mut buffer = Zeroizing::new(plain.to_vec());
    let tag = cipher(key)?.seal_in_place_separate_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(context),
        &mut buffer,
    )?;
    Ok([&nonce, buffer.as_slice(), tag.as_ref()].concat())
}

/// Opens what [`seal`] made; `None` when key or context differ, or a bit does.
pub(crate) fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let Some((nonce, body)) = sealed.split_first_chunk::<NONCE_LEN>() else {
        return Ok(None);
    };
    let mut buffer = Zeroizing::new(body.to_vec());
    let opened = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut buffer)
        .map(|plain| plain.len());
    let Ok(length) = opened else { return Ok(None) };
    buffer[length..].zeroize();
    buffer.truncate(length);
    Ok(Some(buffer))
}

fn cipher(key: &Key) -> Result<LessSafeKey> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.bytes())?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_sealed_opens_with_its_key_and_context_only() {
        let root = Key::random().unwrap();
        let (key, other) = (subkey(&root, "a").unwrap(), subkey(&root, "b").unwrap());
        let sealed = seal(&key, b"here", b"quiet-harbour-71").unwrap();
        assert_eq!(
            open(&key, b"here", &sealed).unwrap().unwrap().as_slice(),
            b"quiet-harbour-71"
        );
        assert!(open(&other, b"here", &sealed).unwrap().is_none());
        assert!(open(&key, b"there", &sealed).unwrap().is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key, b"here", &changed).unwrap().is_none(), "byte {at}");
            assert!(open(&key, b"here", &sealed[..at]).unwrap().is_none(), "{at} bytes");
        }
    }
}
