//! How hard it is to guess a passphrase: Argon2id parameters, their floor and their read limits.
//!
//! What is written is never weaker than the floor; what is read is never heavier than the limits, so a crafted
//! key file can neither hang the program nor eat its memory. No environment variable reaches in here.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase};

const FLOOR_KIB: u32 = 64 * 1024;
const FLOOR_PASSES: u32 = 3;
const FLOOR_LANES: u32 = 1;
const READ_FLOOR_KIB: u32 = 8 * 1024;
const LIMIT_KIB: u32 = 1024 * 1024;
const LIMIT_PASSES: u32 = 20;
const LIMIT_LANES: u32 = 16;

/// Caps the memory (KiB) times passes of all slots that a wrong passphrase is tried on: one slot at the limits.
pub(super) const LIMIT_WORK: u64 = LIMIT_KIB as u64 * LIMIT_PASSES as u64;

/// Holds Argon2id parameters within floor and limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfProfile {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfProfile {
    /// Returns the default for cases: 256 MiB, three passes, four lanes.
    pub fn standard() -> Self {
        Self {
            memory_kib: 256 * 1024,
            passes: 3,
            lanes: 4,
        }
    }

    /// Makes a profile of one's own, at least 64 MiB and three passes, at most 1 GiB, 20 passes and 16 lanes.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self> {
        if !(FLOOR_KIB..=LIMIT_KIB).contains(&memory_kib) {
            return Err(Error::KdfRange {
                what: "memory must be 65536 to 1048576 KiB",
            });
        }
        if !(FLOOR_PASSES..=LIMIT_PASSES).contains(&passes) {
            return Err(Error::KdfRange {
                what: "passes must be 3 to 20",
            });
        }
        if !(FLOOR_LANES..=LIMIT_LANES).contains(&lanes) {
            return Err(Error::KdfRange {
                what: "lanes must be 1 to 16",
            });
        }
        Ok(Self {
            memory_kib,
            passes,
            lanes,
        })
    }

    /// Returns a profile that is fast and weak (8 MiB, one pass), for tests with invented evidence only.
    ///
    /// No host may reach it from configuration, arguments or environment.
    #[doc(hidden)]
    pub fn for_tests() -> Self {
        Self {
            memory_kib: READ_FLOOR_KIB,
            passes: 1,
            lanes: 1,
        }
    }

    /// Takes parameters out of a key file, refusing what is beyond the limits.
    pub(crate) fn read(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self> {
        let sane = (READ_FLOOR_KIB..=LIMIT_KIB).contains(&memory_kib)
            && (1..=LIMIT_PASSES).contains(&passes)
            && (1..=LIMIT_LANES).contains(&lanes);
        if sane {
            Ok(Self {
                memory_kib,
                passes,
                lanes,
            })
        } else {
            Err(Error::damaged(
                "the key file asks for key derivation outside the limits",
            ))
        }
    }

    /// Returns memory in KiB, passes and lanes.
    pub fn parameters(&self) -> (u32, u32, u32) {
        (self.memory_kib, self.passes, self.lanes)
    }

    /// Returns memory (KiB) times passes, which is what one guess costs.
    pub(super) fn work(&self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.passes)
    }

    /// Turns a passphrase into a key.
    pub(crate) fn derive(&self, passphrase: &Passphrase, salt: &[u8]) -> Result<Key> {
        let refused = |_| Error::Crypto {
            what: "deriving a key from the passphrase",
        };
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(refused)?;
        let mut key = Key::zeroed();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), salt, key.bytes_mut())
            .map_err(refused)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn profiles_below_the_floor_or_beyond_the_limits_are_refused() {
        for (memory, passes, lanes) in [
            (65_535, 3, 4),
            (1_048_577, 3, 4),
            (65_536, 2, 4),
            (65_536, 21, 4),
            (65_536, 3, 0),
            (65_536, 3, 17),
        ] {
            assert_eq!(KdfProfile::new(memory, passes, lanes).unwrap_err().code(), "kdf-range");
        }
        assert_eq!(KdfProfile::new(262_144, 3, 4).unwrap(), KdfProfile::standard());
    }

    #[test]
    fn crafted_parameters_are_refused_when_read() {
        for (memory, passes, lanes) in [
            (1_048_577, 3, 4),
            (65_536, 21, 4),
            (65_536, 3, 17),
            (8, 1, 1),
            (65_536, 0, 1),
        ] {
            assert_eq!(KdfProfile::read(memory, passes, lanes).unwrap_err().code(), "damaged");
        }
    }
}
