//! Settings of the case as a whole.

use fusion_model::ContentHasher;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};

/// Name of the case.
pub(crate) const NAME: &str = "name";
/// Region chosen at creation.
pub(crate) const REGION: &str = "region";
/// Random identity of the case, as in the key file.
pub(crate) const CASE_ID: &str = "case-id";
/// Random number of this copy of the case.
pub(crate) const INSTANCE: &str = "instance";
/// Newest epoch of the key file that was seen.
pub(crate) const EPOCH: &str = "epoch";
/// Epoch with which the present master key began; missing where it is the first one.
pub(crate) const MASTER_EPOCH: &str = "master-epoch";
/// When the case was created.
pub(crate) const CREATED_AT: &str = "created-at";

/// Settings that only events of custody change, so that each event can commit to them.
const LASTING: [&str; 5] = [NAME, REGION, CASE_ID, INSTANCE, CREATED_AT];

/// Returns the digest over the lasting settings.
pub(crate) fn digest(connection: &Connection) -> Result<[u8; 32]> {
    let mut hasher = ContentHasher::new("case settings");
    for key in LASTING {
        hasher.text(key).part(&get(connection, key)?);
    }
    Ok(hasher.finish())
}

/// Writes a setting.
pub(crate) fn set(connection: &Connection, key: &str, value: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?
        .execute(params![key, value])?;
    Ok(())
}

/// Reads a setting that every case has.
pub(crate) fn get(connection: &Connection, key: &str) -> Result<Vec<u8>> {
    find(connection, key)?.ok_or_else(|| Error::damaged("a setting of the case is missing"))
}

/// Reads a setting that not every case has.
pub(crate) fn find(connection: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    let value = connection
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(value)
}

/// Reads a text setting.
pub(crate) fn text(connection: &Connection, key: &str) -> Result<String> {
    String::from_utf8(get(connection, key)?).map_err(|_| Error::damaged("a setting of the case is not text"))
}

/// Reads a number setting.
pub(crate) fn number(connection: &Connection, key: &str) -> Result<u64> {
    Ok(u64::from_le_bytes(super::fixed(&get(connection, key)?)?))
}
