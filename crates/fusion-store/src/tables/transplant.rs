//! Moving a source with all its rows from one evidence database into another, as they stand.
//!
//! Rows keep their ids, salts and leaves, so every commitment to them still holds. Only local numbers and the wrap of
//! the original's key change.

use fusion_model::ContentHasher;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use crate::error::Result;

/// Moves the source with the number `from.1` and returns its number in `to`.
pub(crate) fn source(from: (&Connection, i64), to: &Connection, vault_key: &[u8]) -> Result<i64> {
    copy(
        from,
        (to, ToSqlOutput::Borrowed(ValueRef::Blob(vault_key))),
        "SELECT id, state, name, kind, format, grade, graded, acquired_at, size, origin, subject, rows_read,
                rows_negative, warnings, observations, statements, root, compartment, erased, kept, kept_size
         FROM source WHERE number = ?1",
        "INSERT INTO source (vault_key, id, state, name, kind, format, grade, graded, acquired_at, size, origin,
                subject, rows_read, rows_negative, warnings, observations, statements, root, compartment, erased,
                kept, kept_size)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?;
    let number = to.last_insert_rowid();
    let local = || ToSqlOutput::from(number);
    copy(
        from,
        (to, local()),
        "SELECT id, packed, salt, leaf, compartment FROM observation WHERE source = ?1 ORDER BY number",
        "INSERT INTO observation (source, id, packed, salt, leaf, compartment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    copy(
        from,
        (to, local()),
        "SELECT packed, compartment FROM warning WHERE source = ?1 ORDER BY number",
        "INSERT INTO warning (source, packed, compartment) VALUES (?1, ?2, ?3)",
    )?;
    copy(
        from,
        (to, local()),
        "SELECT statement, observation, sealed, compartment FROM kept_secret WHERE source = ?1 ORDER BY statement",
        "INSERT OR IGNORE INTO kept_secret (source, statement, observation, sealed, compartment)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    Ok(number)
}

/// Digests what a source's rows say, whatever their salts and order.
pub(crate) fn content(connection: &Connection, number: i64) -> Result<[u8; 32]> {
    let mut hasher = ContentHasher::new("source content");
    let mut statement =
        connection.prepare_cached("SELECT id, packed FROM observation WHERE source = ?1 ORDER BY id")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        hasher
            .part(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)
            .part(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(hasher.finish())
}

fn copy(
    (from, number): (&Connection, i64),
    (to, first): (&Connection, ToSqlOutput<'_>),
    select: &str,
    insert: &str,
) -> Result<()> {
    let mut reading = from.prepare_cached(select)?;
    let mut writing = to.prepare_cached(insert)?;
    let columns = reading.column_count();
    let mut rows = reading.query([number])?;
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(columns + 1);
        values.push(first.clone());
        for column in 0..columns {
            values.push(ToSqlOutput::Borrowed(row.get_ref(column)?));
        }
        writing.execute(params_from_iter(values))?;
    }
    Ok(())
}
