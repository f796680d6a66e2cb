//! An open case: the one write path, and what may be read of the evidence.
//!
//! Every change of state goes through [`Case::apply`], which appends an operation and an event of custody in one
//! transaction. Connections sit behind locks, so a case can be shared between threads; an import holds its lock
//! only for one batch at a time. Opened for reading, a case refuses every change.

mod changes;
mod custody;
mod erase;
mod keys;
mod originals;
mod past;
mod reading;
mod rotation;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fusion_model::{SourceId, Timestamp};
use rusqlite::{Connection, TransactionBehavior};

use custody::Outside;
pub(crate) use erase::{records_of, source_of};
pub use keys::KeyChange;
pub use reading::{LoggedOperation, SourceEntry};

use crate::change::Stamp;
use crate::database::{self, Purpose};
use crate::derived::Derived;
use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::keys::{CaseKeys, KdfProfile, KeyFile, Unlock};
use crate::ledger::Ledger;
use crate::lock::WriterLock;
use crate::machine::Machine;
use crate::migrations;
use crate::safety_copy;
use crate::secret::{Passphrase, random};
use crate::tables::custody::{Event, Recorder};
use crate::tables::{self, meta, source};
use crate::vault::Vault;
use crate::whereabouts;

/// Says what a case is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; one at a time.
    Write,
    /// Reading only; beside a writer, too.
    Read,
}

/// Describes a case to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its name.
    pub name: String,
    /// Region for national phone numbers, ISO 3166-1 alpha-2, or empty.
    pub region: String,
    /// When, by the clock of the host.
    pub created_at: Timestamp,
    /// How hard the passphrase is to guess; [`KdfProfile::standard`] for real cases.
    pub profile: KdfProfile,
}

/// Holds an open case; closes it when dropped.
pub struct Case {
    pub(crate) folder: CaseFolder,
    /// Whether it may be changed: asked for, and trusted.
    writable: AtomicBool,
    pub(crate) keys: CaseKeys,
    pub(crate) derived: Derived,
    key_file: Mutex<KeyFile>,
    evidence: Arc<Mutex<Connection>>,
    /// Locked before `evidence`, never after it.
    ledger: Mutex<Ledger>,
    past: Mutex<Option<past::Past>>,
    /// Keys of originals that lie in the vault and wait for their import to finish.
    awaiting: Mutex<BTreeMap<SourceId, Vec<u8>>>,
    /// What this computer remembers outside of the case; `None` when nothing is to be remembered.
    machine: Option<Machine>,
    name: String,
    /// Number of this copy of the case; another one after [`Case::start_instance`].
    instance: AtomicU64,
    /// How the case stands against what this computer remembers, and what is remembered of it from here on.
    outside: Mutex<Outside>,
    // Last, so that the lock outlives the connections.
    lock: Option<WriterLock>,
}

impl CaseFolder {
    /// Creates a case at exactly `path`, which must be missing or empty; no computer remembers it.
    pub fn create(path: impl AsRef<Path>, passphrase: &Passphrase, new: NewCase) -> Result<Case> {
        Self::create_on(path, passphrase, new, None)
    }

    /// Creates a case at exactly `path`, which must be missing or empty, and lets `machine` remember its heads.
    pub fn create_on(
        path: impl AsRef<Path>,
        passphrase: &Passphrase,
        new: NewCase,
        machine: Option<&Machine>,
    ) -> Result<Case> {
        let folder = Self::at(path.as_ref());
        whereabouts::require_own(folder.root(), machine)?;
        folder.make()?;
        let created = Case::create_in(folder.clone(), passphrase, new, machine);
        if created.is_err() {
            folder.unmake();
        }
        created
    }
}

impl Case {
    fn create_in(folder: CaseFolder, passphrase: &Passphrase, new: NewCase, machine: Option<&Machine>) -> Result<Self> {
        let lock = WriterLock::take(&folder.lock(), &folder.lease())?;
        let key_file = KeyFile::generate(&folder.keys(), passphrase, new.profile)?;
        let (keys, case_id) = (key_file.case_keys()?, key_file.case_id());
        let mut connection = database::open(&folder.evidence(), &keys.evidence, Purpose::Create)?;
        migrations::migrate(&mut connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        meta::set(&transaction, meta::NAME, new.name.as_bytes())?;
        meta::set(&transaction, meta::REGION, new.region.as_bytes())?;
        meta::set(&transaction, meta::CASE_ID, &case_id)?;
        meta::set(&transaction, meta::INSTANCE, &random::<8>()?)?;
        meta::set(&transaction, meta::EPOCH, &key_file.epoch().to_le_bytes())?;
        meta::set(&transaction, meta::CREATED_AT, &new.created_at.0.to_le_bytes())?;
        let recorder = machine.map_or_else(Recorder::default, Machine::recorder);
        let created = Event::new("create").about("case", &case_id);
        tables::custody::record(&transaction, &recorder, &created)?;
        transaction.commit()?;
        database::checkpoint(&connection)?;
        key_file.save()?;
        let case = Self::assemble(folder, Access::Write, key_file, keys, connection, Some(lock), machine)?;
        case.begin_new();
        case.note_whereabouts()?;
        Ok(case)
    }

    /// Opens the case at `path` by its passphrase, without asking what any computer remembers of it.
    pub fn open(path: impl AsRef<Path>, passphrase: &Passphrase, access: Access) -> Result<Self> {
        Self::open_on(path, Unlock::Passphrase(passphrase), access, None)
    }

    /// Opens the case at `path` and holds it against what `machine` remembers.
    pub fn open_on(
        path: impl AsRef<Path>,
        unlock: Unlock<'_>,
        access: Access,
        machine: Option<&Machine>,
    ) -> Result<Self> {
        let path = path.as_ref();
        let folder = CaseFolder::at(path);
        folder.require_case()?;
        if access == Access::Write {
            whereabouts::require_own(folder.root(), machine)?;
        }
        let lock = match access {
            Access::Write => Some(WriterLock::take(&folder.lock(), &folder.lease())?),
            Access::Read => None,
        };
        match access {
            Access::Write => crate::rotation::finish(&folder)?,
            Access::Read => crate::rotation::require_none(&folder)?,
        }
        let key_file = KeyFile::open(&folder.keys(), unlock)?;
        let case = Self::unlocked(folder, access, lock, key_file, machine)?;
        if access == Access::Read && !case.pending_erasures()?.is_empty() {
            return Err(Error::ErasureWaits);
        }
        Ok(case)
    }

    /// Opens the databases with the keys of an unlocked key file, and holds them against what `machine` remembers.
    pub(crate) fn unlocked(
        folder: CaseFolder,
        access: Access,
        lock: Option<WriterLock>,
        key_file: KeyFile,
        machine: Option<&Machine>,
    ) -> Result<Self> {
        let log_before = custody::log_length(&folder);
        let case = Self::with_databases(folder, access, lock, key_file, machine)?;
        case.take_standing(log_before)?;
        if access == Access::Write {
            case.begin_writing()?;
            case.note_whereabouts()?;
        }
        Ok(case)
    }

    /// Opens a copy that has just arrived (restored, unpacked) and goes on with it as another copy, on the record.
    ///
    /// It is not held against what `machine` remembers: that is of the copy it was made from.
    pub(crate) fn arrived(
        folder: CaseFolder,
        key_file: KeyFile,
        machine: Option<&Machine>,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Self> {
        let case = Self::with_databases(folder, Access::Write, None, key_file, machine)?;
        case.begin_copy(reason, stamp)?;
        case.note_whereabouts()?;
        case.replay_erasures()?;
        Ok(case)
    }

    fn with_databases(
        folder: CaseFolder,
        access: Access,
        lock: Option<WriterLock>,
        key_file: KeyFile,
        machine: Option<&Machine>,
    ) -> Result<Self> {
        let keys = key_file.case_keys()?;
        if !folder.evidence().is_file() {
            return Err(Error::damaged("the evidence database is missing"));
        }
        let purpose = if access == Access::Write {
            Purpose::Write
        } else {
            Purpose::Read
        };
        let mut connection = database::open(&folder.evidence(), &keys.evidence, purpose)?;
        let found = migrations::version(&connection)?;
        migrations::require_known(found)?;
        match access {
            Access::Write => migrations::bring_up_to_date(&mut connection, &folder)?,
            Access::Read if found < migrations::newest() => return Err(Error::OlderSchema { found }),
            Access::Read => {}
        }
        keys::check_identity(&connection, &key_file)?;
        let case = Self::assemble(folder, access, key_file, keys, connection, lock, machine)?;
        drop(case.ledger()?);
        Ok(case)
    }

    fn assemble(
        folder: CaseFolder,
        access: Access,
        key_file: KeyFile,
        keys: CaseKeys,
        connection: Connection,
        lock: Option<WriterLock>,
        machine: Option<&Machine>,
    ) -> Result<Self> {
        let name = meta::text(&connection, meta::NAME)?;
        let instance = meta::number(&connection, meta::INSTANCE)?;
        let derived = Derived::open(&folder.derived(), &keys.derived, access)?;
        Ok(Self {
            folder,
            writable: AtomicBool::new(access == Access::Write),
            keys,
            derived,
            key_file: Mutex::new(key_file),
            evidence: Arc::new(Mutex::new(connection)),
            ledger: Mutex::default(),
            past: Mutex::new(None),
            awaiting: Mutex::new(BTreeMap::new()),
            machine: machine.cloned(),
            name,
            instance: AtomicU64::new(instance),
            outside: Mutex::default(),
            lock,
        })
    }

    /// Removes what killed imports left behind: staged rows and originals without a row.
    fn sweep(&self) -> Result<()> {
        // Best effort: what lies there is encrypted under keys that nobody holds any more.
        let _ = std::fs::remove_dir_all(self.folder.scratch());
        crate::rotation::sweep(&self.folder);
        let staged = source::staged(&self.connection())?;
        if !staged.is_empty() {
            self.transact(|connection| {
                staged
                    .iter()
                    .try_for_each(|number| source::remove(connection, *number))?;
                let count = (staged.len() as u64).to_le_bytes();
                self.witness(connection, &Event::new("sweep").about("count", &count))
            })?;
        }
        let connection = self.connection();
        let known: Vec<SourceId> = source::list(&connection)?
            .into_iter()
            .filter_map(|row| row.original())
            .map(|entry| entry.sha256)
            .collect();
        drop(connection);
        self.vault().sweep(&known)?;
        Ok(())
    }

    /// Returns the folder of the case.
    pub fn folder(&self) -> &CaseFolder {
        &self.folder
    }

    /// Returns what the case was opened for.
    ///
    /// A case that does not stand well against what this computer remembers is open for reading, whatever was asked.
    pub fn access(&self) -> Access {
        if self.writable.load(Ordering::Acquire) {
            Access::Write
        } else {
            Access::Read
        }
    }

    /// Tells whether this opening keeps other writers out, whether or not it may write.
    pub(crate) fn holds_writer_lock(&self) -> bool {
        self.lock.is_some()
    }

    /// Removes copies of the evidence that migrations left for safety.
    pub(crate) fn remove_safety_copies(&self) -> Result<()> {
        safety_copy::remove_copies(&self.folder)
    }

    /// Returns the name of the case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what this computer remembers outside of the case.
    pub fn machine(&self) -> Option<&Machine> {
        self.machine.as_ref()
    }

    /// Returns the random identity of the case, which every copy of it shares.
    pub fn case_id(&self) -> [u8; 16] {
        self.key_file().case_id()
    }

    /// Returns the number of this copy of the case.
    pub(crate) fn instance(&self) -> u64 {
        self.instance.load(Ordering::Acquire)
    }

    /// Returns the region in force for national phone numbers; empty when none was chosen.
    pub fn region(&self) -> Result<String> {
        match &self.state()?.region {
            Some(region) => Ok(region.clone()),
            None => meta::text(&self.connection(), meta::REGION),
        }
    }

    /// Returns when the case was created.
    pub fn created_at(&self) -> Result<Timestamp> {
        Ok(Timestamp(
            meta::number(&self.connection(), meta::CREATED_AT)?.cast_signed(),
        ))
    }

    /// Checks in everything and closes the case; dropping it does the same but cannot tell of trouble.
    pub fn close(self) -> Result<()> {
        self.settle()?;
        self.derived.checkpoint()
    }

    /// Shares the connection with a thread that writes rows; it must end before the case does.
    pub(crate) fn evidence_connection(&self) -> Arc<Mutex<Connection>> {
        Arc::clone(&self.evidence)
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere rolls its transaction back, so the connection behind a poisoned lock is sound.
        self.evidence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks the log, caught up with what has been written since; the connection must not be locked.
    pub(crate) fn ledger(&self) -> Result<MutexGuard<'_, Ledger>> {
        // The ledger takes operations one by one, each whole, so what is behind a poisoned lock is sound.
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.catch_up(&self.connection())?;
        Ok(ledger)
    }

    pub(crate) fn vault(&self) -> Vault<'_> {
        Vault::new(self.folder.vault(), &self.keys)
    }

    /// Refuses a change where the case is not open for writing or shown as it was.
    pub(crate) fn require_write(&self) -> Result<()> {
        self.require_writer()?;
        self.require_present()
    }

    /// Refuses to log where the case is not open for writing.
    pub(crate) fn require_writer(&self) -> Result<()> {
        if self.access() == Access::Write {
            Ok(())
        } else {
            Err(self.why_read_only())
        }
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("folder", &self.folder)
            .field("access", &self.access())
            .finish_non_exhaustive()
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        // `close` reports trouble; a drop can only leave the log for the next open, which loses nothing.
        let _ = self.settle();
        let _ = self.derived.checkpoint();
    }
}

#[cfg(test)]
mod tests;
