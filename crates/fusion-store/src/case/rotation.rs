//! Changing the master key of an open case: for when a passphrase leaked together with a copy of the key file.
//!
//! The database is encrypted anew, the keys of the originals are wrapped anew and their files renamed, the derived cache
//! is dropped. Whoever holds a copy from before can still read that copy; nothing can change that.

use std::fs::File;
use std::path::PathBuf;
use std::sync::PoisonError;

use rusqlite::TransactionBehavior;

use super::{Access, Case};
use crate::change::Stamp;
use crate::database::{self, Purpose};
use crate::derived::Derived;
use crate::error::{Error, Result};
use crate::keys::{CaseKeys, KdfProfile, Recovery};
use crate::machine::Place;
use crate::rotation::{self, Staging};
use crate::secret::Passphrase;
use crate::tables::custody::Event;
use crate::tables::meta;
use crate::transfer::{Watch, snapshot};
use crate::vault::Vault;

impl Case {
    /// Puts the case under a new master key, opened by `next`; returns the new recovery code where there was one.
    ///
    /// Colleagues' keys and this computer's keyring open it again; every other passphrase, the former recovery code and
    /// every printed kit open only copies from before. When it fails, the case is as it was, unless the error is told
    /// after the change was decided on: then the next opening for writing finishes it.
    pub fn change_master_key(
        &mut self,
        (next, profile): (&Passphrase, KdfProfile),
        reason: &str,
        stamp: &Stamp,
        watch: &dyn Watch,
    ) -> Result<Option<Recovery>> {
        self.require_write()?;
        let staging = Staging::make(&self.folder)?;
        let renewed = self.key_file().renew(next, profile)?;
        let keys = renewed.file.case_keys()?;
        let (before, after) = (self.key_epoch().to_le_bytes(), renewed.file.epoch().to_le_bytes());
        let said = |action| Event::new(action).about("keys", &[]).change(&before, &after);
        // In the old case, too: what this computer remembers of it sees this event, so who puts it back is behind.
        let begun = said("begin-master-key").by(&stamp.author, reason);
        self.transact(|connection| self.witness(connection, &begun))?;
        let live = (self.folder.evidence(), &self.keys);
        let copied = snapshot::take((&live.0, live.1), (&staging.evidence(), &keys), watch)?;
        let mut connection = database::open(&staging.evidence(), &keys.evidence, Purpose::Write)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        meta::set(&transaction, meta::EPOCH, &after)?;
        meta::set(&transaction, meta::MASTER_EPOCH, &after)?;
        self.witness(&transaction, &said("change-master-key").by(&stamp.author, reason))?;
        transaction.commit()?;
        let memory = Self::newest_events(&connection)?;
        snapshot::settle(connection)?;
        File::open(staging.evidence())
            .and_then(|file| file.sync_all())
            .map_err(Error::io("syncing the evidence under the new master key"))?;
        let (former, own) = (self.vault(), Vault::new(self.folder.vault(), &keys));
        let names: Vec<(PathBuf, PathBuf)> = copied
            .originals
            .iter()
            .map(|original| (former.place(original), own.place(original)))
            .collect();
        staging.write(&renewed.file.encode()?, &names)?;
        if let Some(machine) = &self.machine {
            // Before the decision: a stop after it finds the memory there. Without the decision nobody looks for it.
            let place = Place {
                machine,
                key: &keys.memory,
                instance: self.instance(),
            };
            place.store(&memory)?;
        }
        let decided =
            database::be_alone(&self.connection(), &self.folder.evidence()).and_then(|()| staging.decide(&self.folder));
        if let Err(error) = decided {
            // Where this fails, too, the next opening for writing does it.
            let _ = database::allow_others(&self.connection());
            return Err(error);
        }
        self.let_go_of_databases()?;
        rotation::finish(&self.folder)?;
        self.go_on_with(keys, memory)?;
        *self.key_file.get_mut().unwrap_or_else(PoisonError::into_inner) = renewed.file;
        Ok(renewed.recovery)
    }

    /// Closes both databases; until they are opened anew the case reads as empty.
    fn let_go_of_databases(&mut self) -> Result<()> {
        self.derived = Derived::closed();
        let nothing = database::in_memory()?;
        let former = std::mem::replace(&mut *self.connection(), nothing);
        // What the former database could not fold in was copied before.
        let _ = former.close();
        Ok(())
    }

    fn go_on_with(&mut self, keys: CaseKeys, memory: crate::machine::Memory) -> Result<()> {
        let connection = database::open(&self.folder.evidence(), &keys.evidence, Purpose::Write)?;
        self.derived = Derived::open(&self.folder.derived(), &keys.derived, Access::Write)?;
        *self.connection() = connection;
        self.keys = keys;
        // Originals that waited for their import are files that nobody names any more.
        self.awaiting.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        self.remember_from(memory);
        self.sweep()
    }

    /// Returns the epoch with which the present master key began; 0 where it is the first one.
    pub(crate) fn master_epoch(&self) -> Result<u64> {
        match meta::find(&self.connection(), meta::MASTER_EPOCH)? {
            Some(bytes) => Ok(u64::from_le_bytes(crate::tables::fixed(&bytes)?)),
            None => Ok(0),
        }
    }

    /// Refuses a passphrase that does not open the case.
    pub fn require_passphrase(&self, passphrase: &Passphrase) -> Result<()> {
        self.key_file().require_passphrase(passphrase)
    }
}
