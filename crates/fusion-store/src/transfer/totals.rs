//! What a case comes to: counts, one root over all rows, and the head of custody. Equal totals mean equal evidence.

use fusion_model::ContentHasher;
use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::tables::{fixed, from_sql, source};

/// Holds what a case comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTotals {
    /// Sources, withdrawn ones too.
    pub sources: u64,
    /// Observations, of withdrawn sources too.
    pub observations: u64,
    /// Operations in the log.
    pub operations: u64,
    /// Bytes of the originals.
    pub original_bytes: u64,
    /// Digest over the rows of all sources, the Merkle roots of their observations included.
    pub root: [u8; 32],
    /// Number of the newest event of custody.
    pub custody_seq: u64,
    /// Digest of that event.
    pub custody_head: [u8; 32],
}

impl CaseTotals {
    /// Adds up the case behind `connection`.
    pub(crate) fn of(connection: &Connection) -> Result<Self> {
        let mut hasher = ContentHasher::new("case root");
        let (mut sources, mut observations, mut original_bytes) = (0, 0, 0u64);
        for row in source::list(connection)? {
            hasher.part(&row.source.id.0).part(&row.digest());
            sources += 1;
            observations += row.observations;
            original_bytes = original_bytes.saturating_add(row.source.size);
        }
        let operations: i64 = connection.query_row("SELECT count(*) FROM operation", [], |row| row.get(0))?;
        let head = connection
            .query_row("SELECT seq, digest FROM custody ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?;
        let (custody_seq, custody_head) = match head {
            Some((seq, digest)) => (from_sql(seq), fixed(&digest)?),
            None => (0, [0; 32]),
        };
        Ok(Self {
            sources,
            observations,
            operations: from_sql(operations),
            original_bytes,
            root: hasher.finish(),
            custody_seq,
            custody_head,
        })
    }
}
