//! Erasures that were carried out in this copy of the case.

use std::collections::BTreeSet;

use fusion_model::{Timestamp, codec};
use rusqlite::{Connection, params};

use super::fixed;
use crate::erasure::Erasure;
use crate::error::Result;

/// Notes that an erasure was carried out.
pub(crate) fn insert(connection: &Connection, erasure: &Erasure) -> Result<()> {
    let targets = codec::to_bytes(&(erasure.sources.clone(), erasure.observations.clone()));
    connection
        .prepare_cached("INSERT INTO erasure (id, at, targets) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING")?
        .execute(params![erasure.id, erasure.at.0, targets])?;
    Ok(())
}

/// Forgets that an erasure was carried out, so that it is carried out again.
pub(crate) fn remove(connection: &Connection, id: &[u8; 16]) -> Result<()> {
    connection.execute("DELETE FROM erasure WHERE id = ?1", [id])?;
    Ok(())
}

/// Lists the names of the erasures that were carried out.
pub(crate) fn names(connection: &Connection) -> Result<BTreeSet<[u8; 16]>> {
    let mut statement = connection.prepare_cached("SELECT id FROM erasure ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut names = BTreeSet::new();
    while let Some(row) = rows.next()? {
        names.insert(fixed(&row.get::<_, Vec<u8>>(0)?)?);
    }
    Ok(names)
}

/// Lists the erasures that were carried out, by name.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Erasure>> {
    let mut statement = connection.prepare_cached("SELECT id, at, targets FROM erasure ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut erasures = Vec::new();
    while let Some(row) = rows.next()? {
        let (sources, observations) = codec::from_bytes(&row.get::<_, Vec<u8>>(2)?)?;
        erasures.push(Erasure {
            id: fixed(&row.get::<_, Vec<u8>>(0)?)?,
            at: Timestamp(row.get(1)?),
            sources,
            observations,
        });
    }
    Ok(erasures)
}
