//! Moving a source with all its rows from one evidence database into another, as they stand.
//!
//! Rows keep their ids, salts and leaves, so every commitment to them still holds. Only local numbers and the wrap of
//! the original's key change.

use std::collections::BTreeSet;

use fusion_model::{ContentHasher, ObservationId, codec};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params, params_from_iter};

use super::{fixed, observation, to_sql};
use crate::error::Result;
use crate::import::count_statements;
use crate::merkle::MerkleRoot;

/// Moves the source with the number `from.1` and returns its number in `to`.
pub(crate) fn source(from: (&Connection, i64), to: &Connection, vault_key: &[u8]) -> Result<i64> {
    let number = source_row(from, to, vault_key)?;
    let local = || ToSqlOutput::from(number);
    copy(
        from,
        (to, local()),
        "SELECT id, packed, salt, leaf, compartment FROM observation WHERE source = ?1 ORDER BY number",
        "INSERT INTO observation (source, id, packed, salt, leaf, compartment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    observation::place_all(to, number)?;
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

/// Moves some observations of the source with the number `from.1`: without original, warnings and kept secrets.
pub(crate) fn part(from: (&Connection, i64), to: &Connection, wanted: &BTreeSet<ObservationId>) -> Result<()> {
    let number = source_row(from, to, &[])?;
    let mut reading = from.0.prepare_cached(
        "SELECT id, packed, salt, leaf, compartment FROM observation WHERE source = ?1 ORDER BY number",
    )?;
    let mut writing = to.prepare_cached(
        "INSERT INTO observation (source, id, packed, salt, leaf, compartment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let (mut tree, mut statements) = (MerkleRoot::default(), 0);
    let mut rows = reading.query([from.1])?;
    while let Some(row) = rows.next()? {
        let (id, packed): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if !wanted.contains(&ObservationId(fixed(&id)?)) {
            continue;
        }
        let (salt, leaf): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
        writing.execute(params![number, id, packed, salt, leaf, row.get::<_, i64>(4)?])?;
        tree.push(fixed(&leaf)?);
        statements += count_statements(&codec::from_bytes(&packed)?);
    }
    observation::place_all(to, number)?;
    to.execute(
        "UPDATE source SET rows_read = ?2, rows_negative = 0, warnings = 0, observations = ?2, statements = ?3,
                root = ?4 WHERE number = ?1",
        params![number, to_sql(tree.count()), to_sql(statements), tree.root()],
    )?;
    Ok(())
}

fn source_row(from: (&Connection, i64), to: &Connection, vault_key: &[u8]) -> Result<i64> {
    copy(
        from,
        (to, ToSqlOutput::Borrowed(ValueRef::Blob(vault_key))),
        "SELECT id, state, name, kind, format, grade, graded, acquired_at, size, origin, subject, rows_read,
                rows_negative, warnings, observations, statements, root, compartment, erased, kept, kept_size, missing
         FROM source WHERE number = ?1",
        "INSERT INTO source (vault_key, id, state, name, kind, format, grade, graded, acquired_at, size, origin,
                subject, rows_read, rows_negative, warnings, observations, statements, root, compartment, erased,
                kept, kept_size, missing)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                ?23)",
    )?;
    Ok(to.last_insert_rowid())
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
