//! Secrets in memory: wiped when dropped, never shown by `Debug`, never cloned by accident.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::{Zeroize, Zeroizing};

use crate::error::{Error, Result};

/// Holds a passphrase; wiped when dropped.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes over a passphrase as it was typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// Holds 32 secret bytes on the heap, so that moving it leaves no copies behind.
pub(crate) struct Key(Box<Zeroizing<[u8; 32]>>);

impl Key {
    /// Draws a key from the operating system.
    pub(crate) fn random() -> Result<Self> {
        let mut key = Self::zeroed();
        fill(key.bytes_mut())?;
        Ok(key)
    }

    pub(crate) fn zeroed() -> Self {
        Self(Box::new(Zeroizing::new([0; 32])))
    }

    /// Takes over 32 bytes and wipes where they came from.
    pub(crate) fn take(bytes: &mut [u8]) -> Result<Self> {
        let mut key = Self::zeroed();
        let fits = bytes.len() == 32;
        if fits {
            key.bytes_mut().copy_from_slice(bytes);
        }
        bytes.zeroize();
        if fits {
            Ok(key)
        } else {
            Err(Error::Crypto {
                what: "a key of the wrong length",
            })
        }
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Fills `bytes` with randomness of the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new().fill(bytes).map_err(|_| Error::Crypto {
        what: "the system's randomness",
    })
}

/// Draws `N` random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}
