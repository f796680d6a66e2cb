//! Stored warnings: what could not be taken as it stood.

use std::collections::BTreeMap;

use fusion_model::{SourceId, Warning, codec};
use rusqlite::{Connection, params};

use crate::error::Result;

/// Adds a warning to a source.
pub(crate) fn insert(connection: &Connection, source: i64, warning: &Warning) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO warning (source, packed) VALUES (?1, ?2)")?
        .execute(params![source, codec::to_bytes(warning)])?;
    Ok(())
}

/// Lists the warnings of the given sources, in order of arrival.
pub(crate) fn list(connection: &Connection, sources: &BTreeMap<i64, SourceId>) -> Result<Vec<(SourceId, Warning)>> {
    let mut statement = connection.prepare_cached("SELECT source, packed FROM warning ORDER BY number")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut warnings = Vec::new();
    for row in rows {
        let (number, packed) = row?;
        if let Some(source) = sources.get(&number) {
            warnings.push((*source, codec::from_bytes(&packed)?));
        }
    }
    Ok(warnings)
}

/// Lists the warnings of one source, in order of arrival.
pub(crate) fn of_source(connection: &Connection, source: i64) -> Result<Vec<Warning>> {
    let mut statement = connection.prepare_cached("SELECT packed FROM warning WHERE source = ?1 ORDER BY number")?;
    let rows = statement.query_map([source], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| Ok(codec::from_bytes(&row?)?)).collect()
}

/// Removes the warnings of a source that `goes` names, and returns how many there were.
pub(crate) fn remove(connection: &Connection, source: i64, goes: impl Fn(&Warning) -> bool) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT number, packed FROM warning WHERE source = ?1")?;
    let rows = statement.query_map([source], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let mut removed = 0;
    for (number, packed) in rows {
        if goes(&codec::from_bytes(&packed)?) {
            connection.execute("DELETE FROM warning WHERE number = ?1", [number])?;
            removed += 1;
        }
    }
    Ok(removed)
}
