//! What former entity ids stood for: read before a fusion, written with its snapshot, asked by whoever holds an old id.
//!
//! It lies beside the cached snapshot, outside every hash, export and package. It goes when the cache goes (another schema, a
//! damaged file, an erasure), since it can then not be told apart from what must be forgotten.

use std::collections::BTreeMap;

use fusion_model::{EntityId, RecordId};
use rusqlite::{Connection, params};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::tables::fixed;

impl Case {
    /// Returns the entity of every record in the cached snapshot, in no particular order; empty when nothing is cached.
    ///
    /// It is read from where snapshots are written, never from one that is only shown.
    pub fn partition(&self) -> Result<Vec<(RecordId, EntityId)>> {
        let connection = self.derived.writer()?;
        let mut statement = connection.prepare("SELECT id, entity FROM record")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((
                RecordId(fixed(&row.get::<_, Vec<u8>>(0)?)?),
                EntityId(fixed(&row.get::<_, Vec<u8>>(1)?)?),
            ));
        }
        Ok(found)
    }

    /// Returns what former ids stood for and do not any more, ascending.
    pub fn formers(&self) -> Result<Vec<(EntityId, RecordId)>> {
        let connection = self.derived.writer()?;
        let mut statement = connection.prepare("SELECT entity, record FROM former ORDER BY entity, record")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((
                EntityId(fixed(&row.get::<_, Vec<u8>>(0)?)?),
                RecordId(fixed(&row.get::<_, Vec<u8>>(1)?)?),
            ));
        }
        Ok(found)
    }

    /// Returns the records that an id stood for and does not any more, ascending; none where nothing is derived.
    pub fn former_records(&self, entity: EntityId) -> Result<Vec<RecordId>> {
        let connection = match self.derived.reader() {
            Ok(connection) => connection,
            Err(Error::NotDerived) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut statement = connection.prepare_cached("SELECT record FROM former WHERE entity = ?1 ORDER BY record")?;
        let mut rows = statement.query(params![entity.0])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(RecordId(fixed(&row.get::<_, Vec<u8>>(0)?)?));
        }
        Ok(found)
    }

    /// Counts, by former id, the records among these that it stood for and does not any more; ids ascending.
    pub fn former_ids(&self, records: &[RecordId]) -> Result<Vec<(EntityId, u64)>> {
        let connection = match self.derived.reader() {
            Ok(connection) => connection,
            Err(Error::NotDerived) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut statement = connection.prepare_cached("SELECT entity FROM former WHERE record = ?1")?;
        let mut counts: BTreeMap<EntityId, u64> = BTreeMap::new();
        for record in records {
            let mut rows = statement.query(params![record.0])?;
            while let Some(row) = rows.next()? {
                *counts.entry(EntityId(fixed(&row.get::<_, Vec<u8>>(0)?)?)).or_default() += 1;
            }
        }
        Ok(counts.into_iter().collect())
    }
}

/// Puts these in the place of what was remembered.
pub(super) fn replace(connection: &Connection, formers: &[(EntityId, RecordId)]) -> Result<()> {
    connection.execute_batch("DELETE FROM former;")?;
    let mut insert = connection.prepare("INSERT INTO former (entity, record) VALUES (?1, ?2)")?;
    for (entity, record) in formers {
        insert.execute(params![entity.0, record.0])?;
    }
    Ok(())
}
