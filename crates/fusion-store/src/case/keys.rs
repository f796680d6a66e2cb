//! The slots of an open case: changing the passphrase, remembering and forgetting in the keyring.
//!
//! The key file is rewritten first, then the evidence database notes its new epoch; a stop in between is healed at the
//! next open for writing.

use std::sync::{MutexGuard, PoisonError};

use super::Case;
use crate::error::Result;
use crate::keys::{KdfProfile, KeyFile, SlotInfo};
use crate::secret::Passphrase;
use crate::tables::custody::Event;
use crate::tables::meta;

impl Case {
    fn key_file(&self) -> MutexGuard<'_, KeyFile> {
        // The key file in memory changes only after its bytes were written.
        self.key_file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lists the slots that open the case.
    pub fn slots(&self) -> Vec<SlotInfo> {
        self.key_file().slots()
    }

    /// Replaces the passphrase; the former one opens nothing any more.
    pub fn change_passphrase(&self, passphrase: &Passphrase, profile: KdfProfile) -> Result<()> {
        self.rewrite_keys("change-passphrase", |file| file.change_passphrase(passphrase, profile))
    }

    /// Lets the system keyring open the case on this computer.
    pub fn remember_in_keyring(&self) -> Result<()> {
        self.rewrite_keys("remember", KeyFile::remember)
    }

    /// Takes the case out of the system keyring; its slot goes even when the keyring cannot be reached.
    pub fn forget(&self) -> Result<()> {
        self.rewrite_keys("forget", KeyFile::forget)
    }

    fn rewrite_keys(&self, action: &str, rewrite: impl FnOnce(&mut KeyFile) -> Result<()>) -> Result<()> {
        self.require_write()?;
        let mut file = self.key_file();
        let before = file.epoch();
        let outcome = rewrite(&mut file);
        if file.epoch() != before {
            self.transact(|connection| {
                meta::set(connection, meta::EPOCH, &file.epoch().to_le_bytes())?;
                let epochs = (before.to_le_bytes(), file.epoch().to_le_bytes());
                self.witness(
                    connection,
                    &Event::new(action).about("keys", &[]).change(&epochs.0, &epochs.1),
                )
            })?;
        }
        outcome
    }
}
