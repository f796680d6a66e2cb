//! Signed heads of the chain of custody, and whose keys sign them.

use fusion_model::codec;
use rusqlite::{Connection, OptionalExtension, params};

use super::{custody, fixed, from_sql, to_sql};
use crate::error::Result;
use crate::merkle::{self, MerkleRoot};

/// Holds a stored checkpoint.
#[derive(Debug, Clone)]
pub(crate) struct CheckpointRow {
    pub(crate) size: u64,
    pub(crate) root: [u8; 32],
    pub(crate) note: String,
}

/// Returns the leaf of an event in the tree of a checkpoint.
pub(crate) fn leaf(digest: &[u8; 32]) -> [u8; 32] {
    merkle::entry_leaf(digest)
}

/// Returns the number of events that the newest checkpoint covers; 0 when there is none.
pub(crate) fn newest(connection: &Connection) -> Result<u64> {
    let size: i64 = connection
        .prepare_cached("SELECT coalesce(max(size), 0) FROM checkpoint")?
        .query_row([], |row| row.get(0))?;
    Ok(from_sql(size))
}

/// Returns the number of checkpoints.
pub(crate) fn count(connection: &Connection) -> Result<u64> {
    let count: i64 = connection.query_row("SELECT count(*) FROM checkpoint", [], |row| row.get(0))?;
    Ok(from_sql(count))
}

/// Finds the checkpoint over exactly `size` events.
pub(crate) fn find(connection: &Connection, size: u64) -> Result<Option<CheckpointRow>> {
    let found = connection
        .prepare_cached("SELECT root, note FROM checkpoint WHERE size = ?1")?
        .query_row([to_sql(size)], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
        .optional()?;
    let row = |(root, note): (Vec<u8>, String)| {
        Ok(CheckpointRow {
            size,
            root: fixed(&root)?,
            note,
        })
    };
    found.map(row).transpose()
}

/// Lists all checkpoints in order.
pub(crate) fn list(connection: &Connection) -> Result<Vec<CheckpointRow>> {
    let mut statement = connection.prepare("SELECT size, root, note FROM checkpoint ORDER BY size")?;
    let mut rows = statement.query([])?;
    let mut checkpoints = Vec::new();
    while let Some(row) = rows.next()? {
        checkpoints.push(CheckpointRow {
            size: from_sql(row.get(0)?),
            root: fixed(&row.get::<_, Vec<u8>>(1)?)?,
            note: row.get(2)?,
        });
    }
    Ok(checkpoints)
}

/// Builds the tree over all events, going on from the newest checkpoint.
pub(crate) fn tree(connection: &Connection) -> Result<MerkleRoot> {
    let frontier: Option<Vec<u8>> = connection
        .prepare_cached("SELECT frontier FROM checkpoint ORDER BY size DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let mut tree = match frontier {
        Some(packed) => MerkleRoot::from_subtrees(codec::from_bytes(&packed)?),
        None => MerkleRoot::default(),
    };
    for (_, digest) in custody::digests(connection, tree.count())? {
        tree.push(leaf(&digest));
    }
    Ok(tree)
}

/// Stores a checkpoint.
pub(crate) fn insert(connection: &Connection, tree: &MerkleRoot, note: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO checkpoint (size, root, frontier, note) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            to_sql(tree.count()),
            tree.root(),
            codec::to_bytes(&tree.subtrees().to_vec()),
            note
        ])?;
    Ok(())
}

/// Enrols a public key by the event with number `seq`.
pub(crate) fn enrol(connection: &Connection, key: &[u8; 32], seq: u64) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO signer (key, seq) VALUES (?1, ?2)")?
        .execute(params![key, to_sql(seq)])?;
    Ok(())
}

/// Lists the enrolled keys, each with the event that enrolled it.
pub(crate) fn signers(connection: &Connection) -> Result<Vec<([u8; 32], u64)>> {
    let mut statement = connection.prepare_cached("SELECT key, seq FROM signer ORDER BY seq, key")?;
    let mut rows = statement.query([])?;
    let mut signers = Vec::new();
    while let Some(row) = rows.next()? {
        signers.push((fixed(&row.get::<_, Vec<u8>>(0)?)?, from_sql(row.get(1)?)));
    }
    Ok(signers)
}
