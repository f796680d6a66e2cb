//! The key file `case.keys`: which slots open the case.
//!
//! Layout, integers little-endian:
//!
//! ```text
//! magic      8   "FUSNKEYS"
//! version    2   1
//! case id   16   random, names the case in the keyring and binds every wrap
//! epoch      8   grows with every rewrite; the evidence database remembers it
//! fingerprint 60 key of secret fingerprints, wrapped by the master key (nonce 12, ciphertext 32, tag 16)
//! slots      2   count, then each:
//!   id 2, kind 1, memory KiB 4, passes 4, lanes 4, salt 16, wrapped master key 60
//! mac       32   HMAC-SHA256 over everything before, keyed from the master key
//! checksum  32   SHA-256 over everything before
//! ```
//!
//! The checksum tells a damaged file from a wrong passphrase; the mac, which needs the master key, tells a
//! tampered one. The wrap of a slot is bound to version, case, slot number, kind, parameters and salt.

use fusion_model::sha256;

use super::kdf::KdfProfile;
use super::wrap::{self, WRAPPED_LEN, Wrapped};
use crate::error::{Error, Result};
use crate::secret::Key;

const MAGIC: &[u8; 8] = b"FUSNKEYS";
const VERSION: u16 = 1;
const DIGEST_LEN: usize = 32;
const MAX_SLOTS: u16 = 64;

/// Caps what is read of a key file.
pub(crate) const MAX_LEN: u64 = 64 * 1024;

/// Says what opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opener {
    /// A passphrase, stretched with these parameters.
    Passphrase(KdfProfile),
    /// A random secret kept in the system keyring.
    Keyring,
}

/// Holds one way to the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) id: u16,
    pub(crate) opener: Opener,
    pub(crate) salt: [u8; 16],
    pub(crate) wrapped: Wrapped,
}

/// Holds the content of a key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) case_id: [u8; 16],
    pub(crate) epoch: u64,
    pub(crate) fingerprint: Wrapped,
    pub(crate) slots: Vec<Slot>,
}

/// Returns the bytes that a slot's wrap is bound to.
pub(crate) fn slot_context(case_id: &[u8; 16], id: u16, opener: Opener, salt: &[u8; 16]) -> Vec<u8> {
    let mut context = Vec::with_capacity(64);
    context.extend_from_slice(MAGIC);
    context.extend_from_slice(&VERSION.to_le_bytes());
    context.extend_from_slice(case_id);
    write_opener(&mut context, id, opener, salt);
    context
}

fn write_opener(out: &mut Vec<u8>, id: u16, opener: Opener, salt: &[u8; 16]) {
    let (kind, (memory, passes, lanes)) = match opener {
        Opener::Passphrase(profile) => (1u8, profile.parameters()),
        Opener::Keyring => (2, (0, 0, 0)),
    };
    out.extend_from_slice(&id.to_le_bytes());
    out.push(kind);
    for number in [memory, passes, lanes] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(salt);
}

impl Header {
    /// Writes the file's bytes, authenticated by the master key.
    pub(crate) fn encode(&self, master: &Key) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(512);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&self.case_id);
        out.extend_from_slice(&self.epoch.to_le_bytes());
        out.extend_from_slice(&self.fingerprint.to_bytes());
        let count = u16::try_from(self.slots.len()).ok().filter(|count| *count <= MAX_SLOTS);
        out.extend_from_slice(
            &count
                .ok_or_else(|| Error::conflict("too many key slots"))?
                .to_le_bytes(),
        );
        for slot in &self.slots {
            write_opener(&mut out, slot.id, slot.opener, &slot.salt);
            out.extend_from_slice(&slot.wrapped.to_bytes());
        }
        let mac = self.mac(master, &out)?;
        out.extend_from_slice(&mac);
        let checksum = sha256(&out);
        out.extend_from_slice(&checksum);
        Ok(out)
    }

    /// Reads a file's bytes. The mac is not checked here: see [`Header::authenticate`].
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self> {
        let damaged = || Error::damaged("the key file is cut short or malformed");
        let body_len = bytes.len().checked_sub(DIGEST_LEN).ok_or_else(damaged)?;
        let (body, checksum) = bytes.split_at(body_len);
        if !body.starts_with(MAGIC) {
            return Err(Error::damaged("the key file does not begin as one"));
        }
        if sha256(body) != checksum {
            return Err(Error::damaged("the key file fails its checksum"));
        }
        let mut input = Input(&body[MAGIC.len()..]);
        let version = input.u16().ok_or_else(damaged)?;
        if version > VERSION {
            return Err(Error::NewerSchema {
                found: version.into(),
                known: VERSION.into(),
            });
        }
        let header = Self::read(&mut input).ok_or_else(damaged)??;
        if input.0.len() != DIGEST_LEN {
            return Err(damaged());
        }
        Ok(header)
    }

    fn read(input: &mut Input<'_>) -> Option<Result<Self>> {
        let case_id = input.array()?;
        let epoch = u64::from_le_bytes(input.array()?);
        let fingerprint = Wrapped::from_bytes(input.take(WRAPPED_LEN)?)?;
        let count = input.u16().filter(|count| *count <= MAX_SLOTS)?;
        let mut slots = Vec::with_capacity(count.into());
        for _ in 0..count {
            let id = input.u16()?;
            let [kind] = input.array()?;
            let (memory, passes, lanes) = (input.u32()?, input.u32()?, input.u32()?);
            let opener = match kind {
                1 => match KdfProfile::read(memory, passes, lanes) {
                    Ok(profile) => Opener::Passphrase(profile),
                    Err(error) => return Some(Err(error)),
                },
                2 => Opener::Keyring,
                _ => return None,
            };
            let salt = input.array()?;
            slots.push(Slot {
                id,
                opener,
                salt,
                wrapped: Wrapped::from_bytes(input.take(WRAPPED_LEN)?)?,
            });
        }
        Some(Ok(Self {
            case_id,
            epoch,
            fingerprint,
            slots,
        }))
    }

    /// Checks the mac of the file's bytes with the master key.
    pub(crate) fn authenticate(&self, bytes: &[u8], master: &Key) -> Result<()> {
        let body = bytes
            .len()
            .checked_sub(2 * DIGEST_LEN)
            .and_then(|at| bytes.split_at_checked(at));
        match body {
            Some((body, tail)) if tail[..DIGEST_LEN] == self.mac(master, body)? => Ok(()),
            _ => Err(Error::damaged("the key file has been tampered with")),
        }
    }

    fn mac(&self, master: &Key, body: &[u8]) -> Result<[u8; 32]> {
        let key = wrap::derive(master, &self.case_id, "fusion key file v1")?;
        Ok(wrap::keyed_digest(&key, &[body]))
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
