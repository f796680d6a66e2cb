//! The keys of a case: one random master key, wrapped once per slot, and everything derived from it.
//!
//! ```text
//! passphrase ──Argon2id──▶ ┐
//! keyring secret ──HKDF──▶ ┴─ wraps the master key ──HKDF labels──▶ evidence | derived | vault | names
//!                                               └── wraps the random fingerprint key
//! ```
//!
//! This module knows files of keys and nothing of databases. A wrong passphrase, a damaged file and a tampered
//! file are three different errors. Rewriting puts the new file beside the old one, syncs it and renames it.

mod header;
mod kdf;
mod keyring;
mod wrap;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub use kdf::KdfProfile;

use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase, random};
use header::{Header, Opener, Slot, slot_context};

pub(crate) use wrap::{Wrapped, keyed_digest};

const FINGERPRINT_CONTEXT: &[u8] = b"fusion fingerprint key v1";

/// Tells whether the system has a keyring that answers.
pub fn keyring_answers() -> Result<()> {
    keyring::probe()
}

/// Describes one slot of the key file, without anything secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotInfo {
    /// Number of the slot.
    pub id: u16,
    /// What opens it.
    pub kind: SlotKind,
    /// Argon2id parameters of a passphrase slot.
    pub profile: Option<KdfProfile>,
}

/// Says what opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// A passphrase.
    Passphrase,
    /// A secret in the system keyring.
    Keyring,
}

/// Holds the keys that the parts of the store work with.
pub(crate) struct CaseKeys {
    pub(crate) evidence: Key,
    pub(crate) derived: Key,
    pub(crate) vault: Key,
    pub(crate) names: Key,
    pub(crate) fingerprint: Key,
}

/// Holds an unlocked key file.
pub(crate) struct KeyFile {
    path: PathBuf,
    header: Header,
    master: Key,
}

impl KeyFile {
    /// Draws the keys of a new case with one passphrase slot. Nothing is written until [`KeyFile::save`].
    pub(crate) fn generate(path: &Path, passphrase: &Passphrase, profile: KdfProfile) -> Result<Self> {
        let master = Key::random()?;
        let fingerprint = Wrapped::seal(&Key::random()?, &master, FINGERPRINT_CONTEXT)?;
        let header = Header {
            case_id: random()?,
            epoch: 1,
            fingerprint,
            slots: Vec::new(),
        };
        let mut file = Self {
            path: path.to_owned(),
            header,
            master,
        };
        let slot = file.passphrase_slot(passphrase, profile)?;
        file.header.slots.push(slot);
        Ok(file)
    }

    /// Opens the key file by a passphrase.
    pub(crate) fn unlock(path: &Path, passphrase: &Passphrase) -> Result<Self> {
        Self::open(path, |slot| match slot.opener {
            Opener::Passphrase(profile) => profile.derive(passphrase, &slot.salt).map(Some),
            Opener::Keyring => Ok(None),
        })
    }

    /// Opens the key file by the secret that the system keyring keeps.
    pub(crate) fn unlock_by_keyring(path: &Path) -> Result<Self> {
        let header = Header::decode(&read(path)?)?;
        if !header.slots.iter().any(|slot| slot.opener == Opener::Keyring) {
            return Err(Error::NoKeyring {
                why: "this case was not remembered".to_owned(),
            });
        }
        let secret = keyring::fetch(&header.case_id)?;
        Self::unlock_by_secret(path, &secret)
    }

    fn unlock_by_secret(path: &Path, secret: &Key) -> Result<Self> {
        let opened = Self::open(path, |slot| match slot.opener {
            Opener::Keyring => keyring_key(secret, &slot.salt).map(Some),
            Opener::Passphrase(_) => Ok(None),
        });
        match opened {
            Err(Error::WrongKey) => Err(Error::NoKeyring {
                why: "its secret belongs to an older key file".to_owned(),
            }),
            other => other,
        }
    }

    fn open(path: &Path, key_for: impl Fn(&Slot) -> Result<Option<Key>>) -> Result<Self> {
        let bytes = read(path)?;
        let header = Header::decode(&bytes)?;
        for slot in &header.slots {
            let Some(key) = key_for(slot)? else { continue };
            let context = slot_context(&header.case_id, slot.id, slot.opener, &slot.salt);
            if let Some(master) = slot.wrapped.open(&key, &context)? {
                header.authenticate(&bytes, &master)?;
                return Ok(Self {
                    path: path.to_owned(),
                    header,
                    master,
                });
            }
        }
        Err(Error::WrongKey)
    }

    /// Derives the working keys.
    pub(crate) fn case_keys(&self) -> Result<CaseKeys> {
        let derive = |label| wrap::derive(&self.master, &self.header.case_id, label);
        let fingerprint = self.header.fingerprint.open(&self.master, FINGERPRINT_CONTEXT)?;
        Ok(CaseKeys {
            evidence: derive("fusion evidence.db v1")?,
            derived: derive("fusion derived.db v1")?,
            vault: derive("fusion vault v1")?,
            names: derive("fusion vault names v1")?,
            fingerprint: fingerprint.ok_or_else(|| Error::damaged("the fingerprint key does not unwrap"))?,
        })
    }

    /// Returns the random identity of the case.
    pub(crate) fn case_id(&self) -> [u8; 16] {
        self.header.case_id
    }

    /// Returns the number of the file's rewrite.
    pub(crate) fn epoch(&self) -> u64 {
        self.header.epoch
    }

    /// Describes the slots.
    pub(crate) fn slots(&self) -> Vec<SlotInfo> {
        let describe = |slot: &Slot| match slot.opener {
            Opener::Passphrase(profile) => SlotInfo {
                id: slot.id,
                kind: SlotKind::Passphrase,
                profile: Some(profile),
            },
            Opener::Keyring => SlotInfo {
                id: slot.id,
                kind: SlotKind::Keyring,
                profile: None,
            },
        };
        self.header.slots.iter().map(describe).collect()
    }

    /// Replaces every passphrase slot by one for `passphrase` and writes the file.
    pub(crate) fn change_passphrase(&mut self, passphrase: &Passphrase, profile: KdfProfile) -> Result<()> {
        let slot = self.passphrase_slot(passphrase, profile)?;
        let mut next = self.header.clone();
        next.slots.retain(|slot| slot.opener == Opener::Keyring);
        next.slots.push(slot);
        self.replace(next)
    }

    /// Puts a random secret into the system keyring and adds the slot it opens.
    pub(crate) fn remember(&mut self) -> Result<()> {
        let secret = Key::random()?;
        keyring::store(&self.header.case_id, &secret)?;
        self.add_keyring_slot(&secret)
    }

    fn add_keyring_slot(&mut self, secret: &Key) -> Result<()> {
        let mut next = self.header.clone();
        next.slots.retain(|slot| slot.opener != Opener::Keyring);
        let salt = random()?;
        let slot = self.new_slot(Opener::Keyring, salt, &keyring_key(secret, &salt)?)?;
        next.slots.push(slot);
        self.replace(next)
    }

    /// Removes the keyring slot, then the secret.
    pub(crate) fn forget(&mut self) -> Result<()> {
        let mut next = self.header.clone();
        next.slots.retain(|slot| slot.opener != Opener::Keyring);
        if next.slots.len() != self.header.slots.len() {
            self.replace(next)?;
        }
        keyring::remove(&self.header.case_id)
    }

    /// Writes the file beside the old one, syncs it and renames it into place.
    pub(crate) fn save(&self) -> Result<()> {
        write_atomically(&self.path, &self.header.encode(&self.master)?)
    }

    fn replace(&mut self, mut next: Header) -> Result<()> {
        next.epoch = self.header.epoch.saturating_add(1);
        write_atomically(&self.path, &next.encode(&self.master)?)?;
        self.header = next;
        Ok(())
    }

    fn passphrase_slot(&self, passphrase: &Passphrase, profile: KdfProfile) -> Result<Slot> {
        if passphrase.is_empty() {
            return Err(Error::EmptyPassphrase);
        }
        let salt = random()?;
        self.new_slot(Opener::Passphrase(profile), salt, &profile.derive(passphrase, &salt)?)
    }

    fn new_slot(&self, opener: Opener, salt: [u8; 16], by: &Key) -> Result<Slot> {
        let id = self
            .header
            .slots
            .iter()
            .map(|slot| slot.id)
            .max()
            .unwrap_or(0)
            .saturating_add(1);
        let context = slot_context(&self.header.case_id, id, opener, &salt);
        Ok(Slot {
            id,
            opener,
            salt,
            wrapped: Wrapped::seal(&self.master, by, &context)?,
        })
    }
}

fn keyring_key(secret: &Key, salt: &[u8; 16]) -> Result<Key> {
    wrap::derive(secret, salt, "fusion keyring slot v1")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let reading = "reading the key file";
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Error::io(reading))?;
    file.take(header::MAX_LEN + 1)
        .read_to_end(&mut bytes)
        .map_err(Error::io(reading))?;
    if bytes.len() as u64 > header::MAX_LEN {
        return Err(Error::damaged("the key file is far too large"));
    }
    Ok(bytes)
}

fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = "writing the key file";
    let beside = path.with_extension("keys.new");
    let mut file = File::create(&beside).map_err(Error::io(writing))?;
    file.write_all(bytes).map_err(Error::io(writing))?;
    file.sync_all().map_err(Error::io(writing))?;
    drop(file);
    fs::rename(&beside, path).map_err(Error::io(writing))?;
    crate::folder::sync_parent(path)
}

#[cfg(test)]
mod tests;
