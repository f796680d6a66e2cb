//! The derived cache: one snapshot in tables that screens page through and full text searches.
//!
//! Nothing in here is evidence. A cache that does not open with its key, or has another schema, is deleted and made
//! anew; the host compares [`Case::derived_revision`] with the revision it computes and fuses again when they differ.
//! A second connection reads, so that paging goes on while a snapshot is written. What is said, and its index, stays as it is
//! where the next snapshot says the same, as after a verdict: it is most of the cache. A snapshot that must not be kept (of a
//! case open for reading, or of a former day) lies in memory in front of the cache.

mod alerts;
mod entities;
mod events;
mod filter;
mod findings;
mod formers;
mod load;
mod names;
mod pairs;
mod relations;
mod search;
mod statements;
mod targets;
mod totals;
mod write;

use std::fs;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fusion_model::codec::{self, Pack};
use fusion_model::derived::Revision;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};

pub use entities::{EntityQuery, EntityRow, EntitySort};
pub use events::EventQuery;
pub use filter::{Order, Page};
pub use findings::FindingQuery;
pub use pairs::PairQuery;
pub use relations::RelationQuery;
pub use search::{HitKind, SearchHit};
pub use statements::StatementQuery;
pub use targets::{MatchedBy, TargetMatch};
pub use totals::DerivedTotals;

use crate::case::{Access, Case};
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::secret::Key;

/// Grows with every change of `schema.sql` or `evidence.sql`, or of what is packed.
const SCHEMA: u32 = 7;
const TABLES: &str = include_str!("schema.sql");
const EVIDENCE_TABLES: &str = include_str!("evidence.sql");
const REVISION: &str = "revision";

/// Holds the connections to the derived database.
pub(crate) struct Derived {
    writer: Option<Mutex<Connection>>,
    readers: Mutex<Readers>,
}

/// Holds what is read from: the cache, or in front of it a snapshot that is shown and not kept.
struct Readers {
    cache: Option<Connection>,
    aside: Option<Connection>,
}

/// Lends the connection that is read from.
pub(crate) struct Reading<'a>(MutexGuard<'a, Readers>);

impl Deref for Reading<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        let Readers { cache, aside } = &*self.0;
        // `reader` lends only where there is one of them.
        aside.as_ref().or(cache.as_ref()).expect("a connection to read from")
    }
}

impl DerefMut for Reading<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        let Readers { cache, aside } = &mut *self.0;
        // `reader` lends only where there is one of them.
        aside.as_mut().or(cache.as_mut()).expect("a connection to read from")
    }
}

impl Derived {
    /// Opens the cache; for writing, makes it anew when it cannot be used.
    pub(crate) fn open(path: &Path, key: &Key, access: Access) -> Result<Self> {
        if access == Access::Read {
            let reader = if path.is_file() {
                open_current(path, key, Purpose::Read).ok()
            } else {
                None
            };
            return Ok(Self::reading_from(reader, None));
        }
        let writer = match path.is_file().then(|| open_current(path, key, Purpose::Write)) {
            Some(Ok(connection)) => connection,
            None | Some(Err(Error::Damaged { .. } | Error::NotDerived)) => make_anew(path, key)?,
            Some(Err(trouble)) => return Err(trouble),
        };
        let reader = database::open(path, key, Purpose::Read)?;
        Ok(Self::reading_from(Some(reader), Some(writer)))
    }

    /// Holds nothing, until the cache is opened anew.
    pub(crate) fn closed() -> Self {
        Self::reading_from(None, None)
    }

    fn reading_from(cache: Option<Connection>, writer: Option<Connection>) -> Self {
        Self {
            writer: writer.map(Mutex::new),
            readers: Mutex::new(Readers { cache, aside: None }),
        }
    }

    /// Locks the reading connection.
    fn reader(&self) -> Result<Reading<'_>> {
        let readers = self.readers();
        if readers.aside.is_some() || readers.cache.is_some() {
            Ok(Reading(readers))
        } else {
            Err(Error::NotDerived)
        }
    }

    fn readers(&self) -> MutexGuard<'_, Readers> {
        // Reading cannot leave a connection half-changed, so a poisoned lock is as good as a sound one.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        // A panic in a writer rolls its transaction back, so the connection is sound.
        self.writer
            .as_ref()
            .map(|writer| writer.lock().unwrap_or_else(PoisonError::into_inner))
            .ok_or(Error::ReadOnly)
    }

    /// Throws the cache away and, where this opening may write, makes an empty one.
    fn renew(&self, path: &Path, key: &Key) -> Result<()> {
        let mut readers = self.readers();
        *readers = Readers {
            cache: None,
            aside: None,
        };
        if self.writer.is_some() {
            let mut writer = self.writer()?;
            // Lets go of the file before it is removed.
            *writer = database::in_memory()?;
            *writer = make_anew(path, key)?;
            readers.cache = Some(database::open(path, key, Purpose::Read)?);
        }
        Ok(())
    }

    /// Empties the write-ahead log.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        if self.writer.is_some() {
            database::checkpoint(&*self.writer()?)
        } else {
            Ok(())
        }
    }
}

fn open_current(path: &Path, key: &Key, purpose: Purpose) -> Result<Connection> {
    let connection = database::open(path, key, purpose)?;
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found == SCHEMA {
        Ok(connection)
    } else {
        Err(Error::NotDerived)
    }
}

fn make_anew(path: &Path, key: &Key) -> Result<Connection> {
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        match fs::remove_file(PathBuf::from(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("removing the old derived database")(error));
            }
            _ => {}
        }
    }
    let mut connection = database::open(path, key, Purpose::Create)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLES)?;
    transaction.execute_batch(EVIDENCE_TABLES)?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()?;
    Ok(connection)
}

/// Reads the packed column at `index`.
fn unpacked<T: Pack>(row: &Row<'_>, index: usize) -> Result<T> {
    let bytes = row.get_ref(index)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(codec::from_bytes(bytes)?)
}

/// Reads the packed column of at most one row.
fn find_packed<T: Pack>(connection: &Connection, sql: &str, id: &[u8]) -> Result<Option<T>> {
    let found = connection
        .prepare_cached(sql)?
        .query_row([id], |row| row.get::<_, Vec<u8>>(0))
        .optional()?;
    found
        .map(|bytes| codec::from_bytes(&bytes).map_err(Error::from))
        .transpose()
}

impl Case {
    /// Throws a cache away that cannot be read; nothing of the evidence is touched, and the next fusion fills it.
    pub fn renew_derived(&self) -> Result<()> {
        self.derived.renew(&self.folder.derived(), &self.keys.derived)
    }

    /// Returns the revision of the snapshot in the cache; `None` when nothing has been fused yet.
    pub fn derived_revision(&self) -> Result<Option<Revision>> {
        match self.derived.reader() {
            Ok(connection) => find_summary(&connection, REVISION),
            Err(Error::NotDerived) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn find_summary<T: Pack>(connection: &Connection, name: &str) -> Result<Option<T>> {
    let found = connection
        .prepare_cached("SELECT packed FROM summary WHERE name = ?1")?
        .query_row([name], |row| row.get::<_, Vec<u8>>(0))
        .optional()?;
    found
        .map(|bytes| codec::from_bytes(&bytes).map_err(Error::from))
        .transpose()
}
