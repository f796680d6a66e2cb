//! What opens an open case: listing, adding, removing and changing keys; recovering from the printed kit.
//!
//! A change rewrites the key file and is logged. The evidence database notes the new epoch only when the new file has
//! opened the case, and from then on refuses every older one; until then the previous file opens it too, which is the
//! way out for somebody who mistyped a new passphrase.

use std::path::Path;
use std::sync::{MutexGuard, PoisonError};

use rusqlite::Connection;

use super::{Access, Case};
use crate::change::Stamp;
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::keys::{KdfProfile, KeyFile, KeyMode, KeySource, Kit, OpenedBy, Recovery, RecoveryCode, SlotInfo};
use crate::lock::WriterLock;
use crate::machine::Machine;
use crate::rotation;
use crate::secret::Passphrase;
use crate::tables::custody::Event;
use crate::tables::meta;
use crate::whereabouts;

/// Changes what opens a case; see [`Case::change_keys`].
#[derive(Debug, Clone, Copy)]
pub struct KeyChange<'a> {
    case: &'a Case,
    stamp: &'a Stamp,
    reason: &'a str,
}

impl Case {
    pub(crate) fn key_file(&self) -> MutexGuard<'_, KeyFile> {
        // The key file in memory changes only after its bytes were written.
        self.key_file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lists the slots that open the case.
    pub fn slots(&self) -> Vec<SlotInfo> {
        self.key_file().slots()
    }

    /// Says whether a passphrase alone opens the case.
    pub fn key_mode(&self) -> KeyMode {
        self.key_file().mode()
    }

    /// Returns the number of the key file's rewrite.
    pub fn key_epoch(&self) -> u64 {
        self.key_file().epoch()
    }

    /// Tells whether the previous key file is still kept, because nobody has opened the case with the new one yet.
    pub fn previous_keys_kept(&self) -> bool {
        self.key_file().previous_kept()
    }

    /// Says how this opening of the case came about.
    pub fn opened_by(&self) -> OpenedBy {
        self.key_file().opened_by()
    }

    /// Changes what opens the case, on the record: who does it, and why as far as somebody says so.
    pub fn change_keys<'a>(&'a self, stamp: &'a Stamp, reason: &'a str) -> KeyChange<'a> {
        let case = self;
        KeyChange { case, stamp, reason }
    }

    /// Ends what a change of keys began: the previous file goes, then the database notes the epoch.
    pub(super) fn settle_keys(&self) -> Result<()> {
        let mut file = self.key_file();
        let seen = meta::number(&self.connection(), meta::EPOCH)?;
        file.settle(seen)?;
        let now = file.epoch();
        if now == seen {
            return Ok(());
        }
        let action = match file.opened_by().file {
            KeySource::Present => "confirm-keys",
            KeySource::Previous => "restore-keys",
            KeySource::Kit => "recover-keys",
        };
        self.transact(|connection| {
            let (before, after) = (seen.to_le_bytes(), now.to_le_bytes());
            meta::set(connection, meta::EPOCH, &after)?;
            self.witness(
                connection,
                &Event::new(action).about("keys", &[]).change(&before, &after),
            )
        })
    }
}

impl KeyChange<'_> {
    /// Replaces every passphrase by one; the former ones open nothing any more.
    pub fn change_passphrase(&self, next: &Passphrase, profile: KdfProfile) -> Result<()> {
        self.rewrite_keys("change-passphrase", |file| file.change_passphrase(next, profile))
    }

    /// Replaces the passphrase `present`; it must open the case.
    pub fn replace_passphrase(&self, present: &Passphrase, next: &Passphrase, profile: KdfProfile) -> Result<()> {
        self.rewrite_keys("change-passphrase", |file| {
            file.replace_passphrase(present, next, profile)
        })
    }

    /// Adds one more passphrase; in the high mode it opens only together with this computer's keyring.
    pub fn add_passphrase(&self, passphrase: &Passphrase, label: &str, profile: KdfProfile) -> Result<()> {
        self.rewrite_keys("add-passphrase", |file| file.add_passphrase(passphrase, label, profile))
    }

    /// Draws a recovery code and its kit, which are shown this once; a former code opens the key file no more.
    pub fn add_recovery(&self) -> Result<Recovery> {
        self.rewrite_keys("add-recovery", KeyFile::add_recovery)
    }

    /// Lets whoever holds the private part of `recipient` (`age1…`) open the case.
    pub fn add_colleague(&self, recipient: &str, label: &str) -> Result<()> {
        self.rewrite_keys("add-colleague", |file| file.add_colleague(recipient, label))
    }

    /// Takes a way into the case away; the last one is refused.
    pub fn remove_slot(&self, id: u16) -> Result<()> {
        self.rewrite_keys("remove-key", |file| file.remove_slot(id))
    }

    /// Switches between the modes; `passphrase` must open the case and stays, other passphrases go.
    pub fn set_key_mode(&self, mode: KeyMode, passphrase: &Passphrase, profile: KdfProfile) -> Result<()> {
        self.rewrite_keys("key-mode", |file| file.set_mode(mode, passphrase, profile))
    }

    /// Lets the system keyring open the case on this computer.
    pub fn remember_in_keyring(&self) -> Result<()> {
        self.rewrite_keys("remember", KeyFile::remember)
    }

    /// Takes the case out of the system keyring; its slot goes even when the keyring cannot be reached.
    pub fn forget(&self) -> Result<()> {
        self.rewrite_keys("forget", KeyFile::forget)
    }

    fn rewrite_keys<T>(&self, action: &str, rewrite: impl FnOnce(&mut KeyFile) -> Result<T>) -> Result<T> {
        self.case.require_write()?;
        let mut file = self.case.key_file();
        let before = file.epoch();
        let outcome = rewrite(&mut file);
        let after = file.epoch();
        if after != before {
            self.case.transact(|connection| {
                let (before, after) = (before.to_le_bytes(), after.to_le_bytes());
                let event = Event::new(action).about("keys", &[]).change(&before, &after);
                self.case
                    .witness(connection, &event.by(&self.stamp.author, self.reason))
            })?;
        }
        outcome
    }
}

impl CaseFolder {
    /// Opens a case whose key file is lost or damaged by the printed kit and its code, and writes a new key file.
    ///
    /// The new file opens by `passphrase` and by the same code; every other key is gone with the old one.
    pub fn recover(
        path: impl AsRef<Path>,
        kit: &Passphrase,
        code: &Passphrase,
        passphrase: &Passphrase,
        profile: KdfProfile,
        machine: Option<&Machine>,
    ) -> Result<Case> {
        let folder = Self::at(path.as_ref());
        folder.require_evidence()?;
        whereabouts::require_own(folder.root(), machine)?;
        let lock = WriterLock::take(&folder.lock(), &folder.lease())?;
        rotation::finish(&folder)?;
        let (kit, code) = (Kit::parse(kit)?, RecoveryCode::parse(code)?);
        let key_file = KeyFile::from_kit(&folder.keys(), &kit, &code, passphrase, profile)?;
        Case::unlocked(folder, Access::Write, Some(lock), key_file, machine)
    }
}

/// Ties key file and database together: same case, and no older key file than the one that last opened it.
pub(super) fn check_identity(connection: &Connection, key_file: &KeyFile) -> Result<()> {
    if meta::get(connection, meta::CASE_ID)? != key_file.case_id() {
        return Err(Error::damaged("the key file belongs to another case"));
    }
    let seen = meta::number(connection, meta::EPOCH)?;
    if key_file.opened_by().file != KeySource::Kit && key_file.epoch() < seen {
        return Err(Error::damaged(
            "the key file is older than the evidence: an earlier copy was put back",
        ));
    }
    Ok(())
}
