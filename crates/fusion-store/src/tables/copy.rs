//! Copies of the case that were made: erasing cannot reach them, so they must be known.

use fusion_model::Timestamp;
use rusqlite::{Connection, params};

use super::fixed;
use crate::error::{Error, Result};

/// Says which sort of copy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyKind {
    /// A backup.
    Backup,
    /// A package for somebody else.
    Package,
}

impl CopyKind {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Package => "package",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Self::Backup, Self::Package].into_iter().find(|kind| kind.id() == id)
    }
}

/// Holds one copy that was made of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyEntry {
    /// Which sort.
    pub kind: CopyKind,
    /// When it was made, by the clock of the host.
    pub at: Timestamp,
    /// Digest of its manifest.
    pub digest: [u8; 32],
    /// Where it was put, as far as that says anything.
    pub place: String,
    /// Whether its key was destroyed here, which ends it wherever it lies.
    pub destroyed: bool,
}

/// Notes a copy before it gets its lasting name, so that none exists unnoted.
pub(crate) fn insert(connection: &Connection, entry: &CopyEntry) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO copy (digest, kind, at, place) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![entry.digest, entry.kind.id(), entry.at.0, entry.place])?;
    Ok(())
}

/// Notes that the key of a copy was destroyed.
pub(crate) fn destroy(connection: &Connection, digest: &[u8; 32]) -> Result<()> {
    connection.execute("UPDATE copy SET destroyed = 1 WHERE digest = ?1", [digest])?;
    Ok(())
}

/// Lists the copies, latest first.
pub(crate) fn list(connection: &Connection) -> Result<Vec<CopyEntry>> {
    let mut statement =
        connection.prepare_cached("SELECT digest, kind, at, place, destroyed FROM copy ORDER BY at DESC, digest")?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(CopyEntry {
            digest: fixed(&row.get::<_, Vec<u8>>(0)?)?,
            kind: CopyKind::from_id(&row.get::<_, String>(1)?)
                .ok_or_else(|| Error::damaged("a copy is of an unknown sort"))?,
            at: Timestamp(row.get(2)?),
            place: row.get(3)?,
            destroyed: row.get(4)?,
        });
    }
    Ok(entries)
}
