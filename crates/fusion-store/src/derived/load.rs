//! Reading the whole snapshot back, for reports, exports and graph work.

use std::sync::Arc;

use fusion_model::codec::Pack;
use fusion_model::derived::Snapshot;
use rusqlite::Connection;

use super::{REVISION, find_summary, unpacked};
use crate::case::Case;
use crate::error::{Error, Result};

impl Case {
    /// Reads the cached snapshot; `None` when nothing has been fused yet.
    pub fn load_snapshot(&self) -> Result<Option<Snapshot>> {
        let mut connection = match self.derived.reader() {
            Ok(connection) => connection,
            Err(Error::NotDerived) => return Ok(None),
            Err(error) => return Err(error),
        };
        // One transaction, so that a snapshot written meanwhile cannot mix into this one.
        let transaction = connection.transaction()?;
        let Some(revision) = find_summary(&transaction, REVISION)? else {
            return Ok(None);
        };
        Ok(Some(Snapshot {
            revision,
            case_name: summary(&transaction, "case-name")?,
            as_of: summary(&transaction, "as-of")?,
            engine: summary(&transaction, "engine")?,
            sources: all(&transaction, "source_card")?,
            statements: Arc::new(all(&transaction, "statement")?),
            records: all(&transaction, "record")?,
            entities: all(&transaction, "entity")?,
            relations: all(&transaction, "relation")?,
            events: all(&transaction, "event")?,
            findings: all(&transaction, "finding")?,
            alerts: all(&transaction, "alert")?,
            pairs: all(&transaction, "pair")?,
            timeline: summary(&transaction, "timeline")?,
            graph: summary(&transaction, "graph")?,
            notes: summary(&transaction, "notes")?,
        }))
    }
}

fn summary<T: Pack>(connection: &Connection, name: &str) -> Result<T> {
    find_summary(connection, name)?.ok_or_else(|| Error::damaged("the derived database lost a summary"))
}

fn all<T: Pack>(connection: &Connection, table: &str) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(&format!("SELECT packed FROM {table} ORDER BY position"))?;
    let mut rows = statement.query([])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(unpacked(row, 0)?);
    }
    Ok(items)
}
