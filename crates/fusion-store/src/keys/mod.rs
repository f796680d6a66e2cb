//! The keys of a case: one random master key, wrapped once per slot, and everything derived from it.
//!
//! ```text
//! passphrase ──Argon2id──▶ ┬────────────────────┐
//! keyring secret ──HKDF──▶ ┼─ or both, together ┴▶ wraps the master key ──HKDF labels──▶ evidence | derived | vault | names | backup
//! recovery code ──HKDF───▶ ┤                                       └── wraps the random fingerprint key
//! colleague's age key ───▶ ┘
//! ```
//!
//! This module knows files of keys and nothing of databases. A key that does not fit, a damaged file and a tampered
//! file are three different errors; which key did not fit, and how nearly, is never told. Rewriting puts the new file
//! beside the old one, syncs it and renames it. The old one stays as `case.keys.previous` until the new one has opened
//! the case, so that a mistyped new passphrase locks nobody out.

mod colleague;
mod file;
mod hand_over;
mod header;
mod kdf;
mod keyring;
mod kit;
mod recovery;
mod renew;
mod rewrite;
mod slot;
mod unlock;
mod wrap;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

pub use kdf::KdfProfile;
pub use unlock::{KeySource, OpenedBy, Unlock};

pub(crate) use kit::Kit;
pub(crate) use recovery::RecoveryCode;
pub(crate) use wrap::{Wrapped, keyed_digest};

use crate::error::{Error, Result};
use crate::secret::{Key, Passphrase, random};
use header::Header;
use keyring::{Keyring, SystemKeyring};
use slot::{Opener, Slot};
use unlock::Given;

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
    /// Argon2id parameters of a slot with a passphrase.
    pub profile: Option<KdfProfile>,
    /// What its maker wrote beside it; may be empty.
    pub label: String,
    /// Public part of a colleague's key, `age1…`; empty for other kinds.
    pub recipient: String,
    /// Why it may not be removed now; `None` when it may.
    pub kept_because: Option<&'static str>,
}

/// Says what opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// A passphrase.
    Passphrase,
    /// A secret in the system keyring.
    Keyring,
    /// A printed recovery code.
    Recovery,
    /// A colleague's age key.
    Colleague,
    /// A passphrase together with the secret in the system keyring.
    TwoSecret,
}

/// Says whether a passphrase alone opens the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMode {
    /// It does.
    Standard,
    /// Only together with the secret in this computer's keyring.
    High,
}

/// Holds a new recovery code and its kit; wiped when dropped.
pub struct Recovery {
    /// The code in groups, with its check.
    pub code: Zeroizing<String>,
    /// The wrapped master key as a block of text to print.
    pub kit: Zeroizing<String>,
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recovery(..)")
    }
}

/// Holds the keys that the parts of the store work with.
pub(crate) struct CaseKeys {
    pub(crate) evidence: Key,
    pub(crate) derived: Key,
    pub(crate) vault: Key,
    pub(crate) names: Key,
    /// Wraps the master keys of backups.
    pub(crate) backup: Key,
    pub(crate) fingerprint: Key,
    /// Names and authenticates what computers remember of the case.
    pub(crate) memory: Key,
}

/// Holds an unlocked key file.
pub(crate) struct KeyFile {
    path: PathBuf,
    header: Header,
    master: Key,
    opened_by: OpenedBy,
    keyring: Arc<dyn Keyring>,
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
        Self::with_passphrase(path, header, master, passphrase, profile)
    }

    /// Makes a key file out of the printed kit, with one slot for a new passphrase and one for the code.
    ///
    /// Nothing is written until [`KeyFile::save`].
    pub(crate) fn from_kit(
        path: &Path,
        kit: &Kit,
        code: &RecoveryCode,
        passphrase: &Passphrase,
        profile: KdfProfile,
    ) -> Result<Self> {
        let master = kit.open(code)?.ok_or(Error::WrongKey)?;
        let header = Header {
            case_id: kit.case_id,
            epoch: kit.epoch,
            fingerprint: kit.fingerprint.clone(),
            slots: Vec::new(),
        };
        let mut file = Self::with_passphrase(path, header, master, passphrase, profile)?;
        let slot = file.recovery_slot(code)?;
        file.header.slots.push(slot);
        file.opened_by = OpenedBy {
            kind: SlotKind::Recovery,
            file: KeySource::Kit,
        };
        Ok(file)
    }

    fn with_passphrase(
        path: &Path,
        header: Header,
        master: Key,
        passphrase: &Passphrase,
        profile: KdfProfile,
    ) -> Result<Self> {
        let mut file = Self {
            path: path.to_owned(),
            header,
            master,
            opened_by: OpenedBy {
                kind: SlotKind::Passphrase,
                file: KeySource::Present,
            },
            keyring: Arc::new(SystemKeyring),
        };
        let slot = file.passphrase_slot(passphrase, profile, "")?;
        file.header.slots.push(slot);
        Ok(file)
    }

    /// Opens the key file, or else the previous one where that is still kept.
    pub(crate) fn open(path: &Path, unlock: Unlock<'_>) -> Result<Self> {
        Self::open_with(path, unlock, Arc::new(SystemKeyring))
    }

    fn open_with(path: &Path, unlock: Unlock<'_>, keyring: Arc<dyn Keyring>) -> Result<Self> {
        let given = Given::read(unlock)?;
        let present = Self::try_open(path, path, &given, &keyring);
        let previous = file::previous(path);
        match present {
            Err(error @ (Error::WrongKey | Error::Damaged { .. } | Error::NoKeyring { .. })) if previous.is_file() => {
                // What was wrong with the present file is what there is to tell.
                let mut opened = Self::try_open(path, &previous, &given, &keyring).map_err(|_| error)?;
                opened.opened_by.file = KeySource::Previous;
                Ok(opened)
            }
            other => other,
        }
    }

    fn try_open(path: &Path, bytes_of: &Path, given: &Given<'_>, keyring: &Arc<dyn Keyring>) -> Result<Self> {
        let bytes = file::read(bytes_of)?;
        let header = Header::decode(&bytes)?;
        let (id, master) = given.open(&header, keyring.as_ref())?;
        header.authenticate(&bytes, &master)?;
        let kind = header
            .slots
            .iter()
            .find(|slot| slot.id == id)
            .map_or(SlotKind::Passphrase, kind_of);
        Ok(Self {
            path: path.to_owned(),
            header,
            master,
            opened_by: OpenedBy {
                kind,
                file: KeySource::Present,
            },
            keyring: Arc::clone(keyring),
        })
    }

    /// Derives the working keys.
    pub(crate) fn case_keys(&self) -> Result<CaseKeys> {
        let fingerprint = self.header.fingerprint.open(&self.master, FINGERPRINT_CONTEXT)?;
        let fingerprint = fingerprint.ok_or_else(|| Error::damaged("the fingerprint key does not unwrap"))?;
        CaseKeys::derive(&self.master, &self.header.case_id, fingerprint)
    }

    /// Returns the random identity of the case.
    pub(crate) fn case_id(&self) -> [u8; 16] {
        self.header.case_id
    }

    /// Returns the number of the file's rewrite.
    pub(crate) fn epoch(&self) -> u64 {
        self.header.epoch
    }

    /// Says how the file was opened.
    pub(crate) fn opened_by(&self) -> OpenedBy {
        self.opened_by
    }

    /// Tells whether the file before this one is still kept.
    pub(crate) fn previous_kept(&self) -> bool {
        file::previous(&self.path).is_file()
    }

    /// Says whether a passphrase alone opens the case.
    pub(crate) fn mode(&self) -> KeyMode {
        let two_secret = |slot: &Slot| matches!(slot.opener, Opener::TwoSecret(_));
        if self.header.slots.iter().any(two_secret) {
            KeyMode::High
        } else {
            KeyMode::Standard
        }
    }

    /// Describes the slots.
    pub(crate) fn slots(&self) -> Vec<SlotInfo> {
        let describe = |slot: &Slot| SlotInfo {
            id: slot.id,
            kind: kind_of(slot),
            profile: slot.opener.profile(),
            label: slot.label.clone(),
            recipient: match &slot.opener {
                Opener::Colleague(envelope) => envelope.recipient.clone(),
                _ => String::new(),
            },
            kept_because: self.kept_because(slot),
        };
        self.header.slots.iter().map(describe).collect()
    }
}

fn kind_of(slot: &Slot) -> SlotKind {
    match slot.opener {
        Opener::Passphrase(_) => SlotKind::Passphrase,
        Opener::Keyring => SlotKind::Keyring,
        Opener::Recovery => SlotKind::Recovery,
        Opener::Colleague(_) => SlotKind::Colleague,
        Opener::TwoSecret(_) => SlotKind::TwoSecret,
    }
}

#[cfg(test)]
mod tests;
