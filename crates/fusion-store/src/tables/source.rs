//! Acquired files: staged while they are read, final with their last row.

use fusion_model::{ContentHasher, Grade, GradedBy, Origin, Source, SourceId, SourceKind, Timestamp, codec};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

use super::observation::{self, Expected};
use super::{fixed, from_sql, to_sql};
use crate::error::{Error, Result};
use crate::vault::VaultEntry;

/// Says what was erased of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// Nothing.
    Nothing,
    /// Some observations with their passages.
    Passages,
    /// All of it; its place in the log is all that is left.
    Whole,
}

impl Erased {
    fn id(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Passages => "passages",
            Self::Whole => "whole",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Self::Nothing, Self::Passages, Self::Whole]
            .into_iter()
            .find(|erased| erased.id() == id)
    }
}

/// Holds a final source as it was imported, before any change of grade.
#[derive(Debug, Clone)]
pub(crate) struct SourceRow {
    pub(crate) number: i64,
    pub(crate) source: Source,
    pub(crate) observations: u64,
    pub(crate) statements: u64,
    pub(crate) root: Vec<u8>,
    pub(crate) vault_key: Vec<u8>,
    pub(crate) erased: Erased,
    /// Digest and size of what is kept of the original, where passages were erased.
    pub(crate) kept: Option<(SourceId, u64)>,
    /// Digest of the set of observations that were erased.
    pub(crate) missing: Option<[u8; 32]>,
}

impl SourceRow {
    /// Returns what its observations are held against when they are read.
    pub(crate) fn expected(&self) -> Expected {
        Expected {
            id: self.source.id,
            observations: self.observations,
        }
    }

    /// Names what lies in the vault for it; `None` when nothing does any more.
    pub(crate) fn original(&self) -> Option<VaultEntry> {
        let (sha256, size) = self.kept.unwrap_or((self.source.id, self.source.size));
        (!self.vault_key.is_empty()).then(|| VaultEntry {
            sha256,
            size,
            key: self.vault_key.clone(),
        })
    }

    /// Returns the digest that an import logs: over everything but what may change without harm (the wrapped key).
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut hasher = ContentHasher::new("source row");
        hasher
            .part(&codec::to_bytes(&self.source))
            .number(self.observations)
            .number(self.statements)
            .part(&self.root);
        if self.erased != Erased::Nothing {
            hasher.text(self.erased.id());
            if let Some((kept, size)) = &self.kept {
                hasher.part(&kept.0).number(*size);
            }
            hasher.part(&self.missing.unwrap_or_default());
        }
        hasher.finish()
    }
}

/// Holds what is known when the last row was read.
pub(crate) struct Totals<'a> {
    pub(crate) origin: &'a str,
    pub(crate) subject: Option<&'a str>,
    pub(crate) rows_read: u64,
    pub(crate) rows_negative: u64,
    pub(crate) warnings: u64,
    pub(crate) observations: u64,
    pub(crate) statements: u64,
    pub(crate) root: [u8; 32],
}

const COLUMNS: &str = "number, id, name, kind, format, grade, graded, acquired_at, size, origin, subject, \
                       rows_read, rows_negative, warnings, observations, statements, root, vault_key, \
                       erased, kept, kept_size, missing";

/// Adds a staged source and returns its number.
pub(crate) fn stage(connection: &Connection, source: &Source, vault_key: &[u8]) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO source (id, state, name, kind, format, grade, graded, acquired_at, size, subject, vault_key)
             VALUES (?1, 'staged', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            source.id.0,
            source.name,
            source.kind.id(),
            source.format,
            source.grade.text(),
            source.graded.id(),
            source.acquired_at.0,
            to_sql(source.size),
            source.subject,
            vault_key,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Makes a staged source final; of two imports of one content only the first gets through.
pub(crate) fn finalise(connection: &Connection, number: i64, totals: &Totals<'_>) -> Result<()> {
    let updated = connection
        .prepare_cached(
            "UPDATE source SET state = 'final', origin = ?2, subject = ?3, rows_read = ?4, rows_negative = ?5,
             warnings = ?6, observations = ?7, statements = ?8, root = ?9 WHERE number = ?1 AND state = 'staged'",
        )?
        .execute(params![
            number,
            totals.origin,
            totals.subject,
            to_sql(totals.rows_read),
            to_sql(totals.rows_negative),
            to_sql(totals.warnings),
            to_sql(totals.observations),
            to_sql(totals.statements),
            totals.root,
        ]);
    match updated {
        Ok(1) => Ok(()),
        Ok(_) => Err(Error::Missing { what: "staged source" }),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Err(Error::conflict("the same content was imported meanwhile"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Lists the final sources in id order.
pub(crate) fn list(connection: &Connection) -> Result<Vec<SourceRow>> {
    let sql = format!("SELECT {COLUMNS} FROM source WHERE state = 'final' ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// Finds a final source.
pub(crate) fn find(connection: &Connection, id: &SourceId) -> Result<Option<SourceRow>> {
    let sql = format!("SELECT {COLUMNS} FROM source WHERE state = 'final' AND id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row([id.0], |row| Ok(read(row))).optional()?.transpose()
}

/// Stores another wrapped vault key for a source.
pub(crate) fn set_vault_key(connection: &Connection, number: i64, vault_key: &[u8]) -> Result<()> {
    connection.execute(
        "UPDATE source SET vault_key = ?2 WHERE number = ?1",
        params![number, vault_key],
    )?;
    Ok(())
}

/// Writes what an erasure left of a source: how much, and what is kept of its original.
pub(crate) fn set_erased(
    connection: &Connection,
    number: i64,
    erased: Erased,
    kept: Option<&VaultEntry>,
    missing: &[u8; 32],
) -> Result<()> {
    let (digest, size, key) = kept.map_or((&[][..], 0, &[][..]), |entry| {
        (&entry.sha256.0[..], entry.size, &entry.key)
    });
    connection
        .prepare_cached(
            "UPDATE source SET erased = ?2, kept = ?3, kept_size = ?4, vault_key = ?5, missing = ?6
             WHERE number = ?1",
        )?
        .execute(params![number, erased.id(), digest, to_sql(size), key, missing])?;
    if erased == Erased::Whole {
        connection.execute(
            "UPDATE source SET name = '', subject = NULL, origin = '' WHERE number = ?1",
            [number],
        )?;
    }
    Ok(())
}

/// Lists the numbers of staged sources.
pub(crate) fn staged(connection: &Connection) -> Result<Vec<i64>> {
    let mut statement = connection.prepare("SELECT number FROM source WHERE state = 'staged' ORDER BY number")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// Removes a source with everything that stands in it.
pub(crate) fn remove(connection: &Connection, number: i64) -> Result<()> {
    connection.execute("DELETE FROM kept_secret WHERE source = ?1", [number])?;
    observation::remove(connection, number)?;
    connection.execute("DELETE FROM warning WHERE source = ?1", [number])?;
    connection.execute("DELETE FROM source WHERE number = ?1", [number])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<SourceRow> {
    let unknown = |what: &str| Error::damaged(format!("a source has an unknown {what}"));
    let count = |index: usize| row.get::<_, i64>(index).map(from_sql);
    let source = Source {
        id: SourceId(fixed(&row.get::<_, Vec<u8>>(1)?)?),
        name: row.get(2)?,
        kind: SourceKind::from_id(&row.get::<_, String>(3)?).ok_or_else(|| unknown("kind"))?,
        format: row.get(4)?,
        grade: Grade::parse(&row.get::<_, String>(5)?).ok_or_else(|| unknown("grade"))?,
        graded: GradedBy::from_id(&row.get::<_, String>(6)?).ok_or_else(|| unknown("grader"))?,
        acquired_at: Timestamp(row.get(7)?),
        size: count(8)?,
        origin: Origin(row.get(9)?),
        subject: row.get(10)?,
        rows_read: count(11)?,
        rows_negative: count(12)?,
        warnings: count(13)?,
    };
    Ok(SourceRow {
        number: row.get(0)?,
        source,
        observations: count(14)?,
        statements: count(15)?,
        root: row.get(16)?,
        vault_key: row.get(17)?,
        erased: Erased::from_id(&row.get::<_, String>(18)?).ok_or_else(|| unknown("state of erasure"))?,
        kept: match row.get::<_, Vec<u8>>(19)?.as_slice() {
            [] => None,
            digest => Some((SourceId(fixed(digest)?), count(20)?)),
        },
        missing: match row.get::<_, Vec<u8>>(21)?.as_slice() {
            [] => None,
            digest => Some(fixed(digest)?),
        },
    })
}
