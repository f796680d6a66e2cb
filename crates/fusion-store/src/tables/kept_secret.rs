//! Secrets whose clear text was kept on purpose, sealed under a key of their own.

use fusion_model::{ObservationId, SourceId, StatementId};
use rusqlite::{Connection, OptionalExtension, params};

use super::fixed;
use crate::error::Result;

/// Holds one sealed secret ready to be written.
pub(crate) struct SealedSecret {
    pub(crate) statement: StatementId,
    pub(crate) observation: ObservationId,
    pub(crate) sealed: Vec<u8>,
}

/// Adds a secret to a source, in place of one that was kept there before.
pub(crate) fn insert(connection: &Connection, source: i64, secret: &SealedSecret) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO kept_secret (statement, source, observation, sealed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (statement, source) DO UPDATE SET sealed = ?4",
        )?
        .execute(params![secret.statement.0, source, secret.observation.0, secret.sealed])?;
    Ok(())
}

/// Finds a secret of a final source.
pub(crate) fn find(connection: &Connection, statement: StatementId) -> Result<Option<(SourceId, Vec<u8>)>> {
    let found = connection
        .prepare_cached(
            "SELECT source.id, kept_secret.sealed FROM kept_secret
             JOIN source ON source.number = kept_secret.source AND source.state = 'final'
             WHERE kept_secret.statement = ?1",
        )?
        .query_row([statement.0], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(source, sealed)| Ok((SourceId(fixed(&source)?), sealed)))
        .transpose()
}

/// Removes the secrets of one observation.
pub(crate) fn erase(connection: &Connection, source: i64, observation: ObservationId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM kept_secret WHERE observation = ?1 AND source = ?2")?
        .execute(params![observation.0, source])?;
    Ok(())
}

/// Removes the secrets of a source.
pub(crate) fn erase_source(connection: &Connection, source: i64) -> Result<()> {
    connection.execute("DELETE FROM kept_secret WHERE source = ?1", [source])?;
    Ok(())
}
