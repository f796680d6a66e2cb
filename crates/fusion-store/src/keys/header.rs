//! The key file `case.keys`: which slots open the case.
//!
//! Layout, integers little-endian:
//!
//! ```text
//! magic      8   "FUSNKEYS"
//! version    2   2
//! case id   16   random, names the case in the keyring and binds every wrap
//! epoch      8   grows with every rewrite; the evidence database remembers it
//! fingerprint 60 key of secret fingerprints, wrapped by the master key (nonce 12, ciphertext 32, tag 16)
//! slots      2   count, then each:
//!   id 2, kind 1, memory KiB 4, passes 4, lanes 4, salt 16, binding 2,
//!   label, recipient, envelope (each with its length, 2), wrapped master key 60
//! mac       32   HMAC-SHA256 over everything before, keyed from the master key
//! checksum  32   SHA-256 over everything before
//! ```
//!
//! Version 1 knew passphrase and keyring slots, without binding, label, recipient and envelope. It is still read; the
//! next rewrite makes it version 2.
//!
//! The checksum tells a damaged file from a wrong passphrase; the mac, which needs the master key, tells a tampered
//! one. What a crafted file can cost is bounded: its length, the number of slots, the parameters of each, and the sum
//! of the work that a wrong passphrase would cause.

use fusion_model::sha256;

use super::colleague::{self, Envelope};
use super::kdf::{self, KdfProfile};
use super::slot::{Binding, MAX_LABEL, Opener, Slot};
use super::wrap::{self, WRAPPED_LEN, Wrapped};
use crate::error::{Error, Result};
use crate::secret::Key;

pub(super) const MAGIC: &[u8; 8] = b"FUSNKEYS";
const VERSION: u16 = 2;
const DIGEST_LEN: usize = 32;
const MAX_SLOTS: u16 = 64;

/// Caps the slots that a wrong passphrase is tried on.
pub(super) const MAX_GUESSABLE: usize = 8;

/// Caps what is read of a key file.
pub(crate) const MAX_LEN: u64 = 64 * 1024;

/// Holds the content of a key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) case_id: [u8; 16],
    pub(crate) epoch: u64,
    pub(crate) fingerprint: Wrapped,
    pub(crate) slots: Vec<Slot>,
}

impl Header {
    /// Writes the file's bytes, authenticated by the master key.
    pub(crate) fn encode(&self, master: &Key) -> Result<Vec<u8>> {
        let full = || Error::conflict("the case has as many keys as it can have; remove one first");
        let mut out = Vec::with_capacity(1024);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&self.case_id);
        out.extend_from_slice(&self.epoch.to_le_bytes());
        out.extend_from_slice(&self.fingerprint.to_bytes());
        let count = u16::try_from(self.slots.len()).ok().filter(|count| *count <= MAX_SLOTS);
        out.extend_from_slice(&count.ok_or_else(full)?.to_le_bytes());
        for slot in &self.slots {
            slot.write(&mut out);
        }
        if !self.is_affordable() || (out.len() + 2 * DIGEST_LEN) as u64 > MAX_LEN {
            return Err(full());
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
        let header = Self::read(&mut input, version).ok_or_else(damaged)??;
        if input.0.len() != DIGEST_LEN {
            return Err(damaged());
        }
        if !header.is_affordable() {
            return Err(Error::damaged(
                "the key file asks for more work than an unlock may cost",
            ));
        }
        Ok(header)
    }

    /// Tells whether a wrong passphrase is refused in bearable time.
    fn is_affordable(&self) -> bool {
        let profiles = || self.slots.iter().filter_map(|slot| slot.opener.profile());
        profiles().count() <= MAX_GUESSABLE && profiles().map(|profile| profile.work()).sum::<u64>() <= kdf::LIMIT_WORK
    }

    fn read(input: &mut Input<'_>, version: u16) -> Option<Result<Self>> {
        let case_id = input.array()?;
        let epoch = u64::from_le_bytes(input.array()?);
        let fingerprint = Wrapped::from_bytes(input.take(WRAPPED_LEN)?)?;
        let count = input.u16().filter(|count| *count <= MAX_SLOTS)?;
        let mut slots: Vec<Slot> = Vec::with_capacity(count.into());
        for _ in 0..count {
            match Self::read_slot(input, version)? {
                Ok(slot) if slots.iter().any(|known| known.id == slot.id) => return None,
                Ok(slot) => slots.push(slot),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(Self {
            case_id,
            epoch,
            fingerprint,
            slots,
        }))
    }

    fn read_slot(input: &mut Input<'_>, version: u16) -> Option<Result<Slot>> {
        let id = input.u16()?;
        let [kind] = input.array()?;
        let (memory, passes, lanes) = (input.u32()?, input.u32()?, input.u32()?);
        let salt = input.array()?;
        let (binding, label, recipient, sealed) = match version {
            1 => (Binding::First, "", "", &[][..]),
            2 => {
                let binding = match input.u16()? {
                    1 => Binding::First,
                    2 => Binding::Second,
                    _ => return None,
                };
                let label = std::str::from_utf8(input.part(MAX_LABEL)?).ok()?;
                let recipient = std::str::from_utf8(input.part(colleague::MAX_RECIPIENT)?).ok()?;
                (binding, label, recipient, input.part(colleague::MAX_SEALED)?)
            }
            _ => return None,
        };
        let wrapped = Wrapped::from_bytes(input.take(WRAPPED_LEN)?)?;
        let profile = || KdfProfile::read(memory, passes, lanes);
        let opener = match kind {
            1 => profile().map(Opener::Passphrase),
            2 => Ok(Opener::Keyring),
            3 if version > 1 => Ok(Opener::Recovery),
            4 if version > 1 => Ok(Opener::Colleague(Envelope {
                recipient: recipient.to_owned(),
                sealed: sealed.to_vec(),
            })),
            5 if version > 1 => profile().map(Opener::TwoSecret),
            _ => return None,
        };
        Some(opener.map(|opener| Slot {
            id,
            binding,
            opener,
            salt,
            label: label.to_owned(),
            wrapped,
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

    fn part(&mut self, most: usize) -> Option<&'a [u8]> {
        let len = usize::from(self.u16()?);
        if len <= most { self.take(len) } else { None }
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
