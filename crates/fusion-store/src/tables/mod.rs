//! The tables of the evidence database: rows in, rows out, nothing else.
//!
//! One file a table. Statements are prepared and cached, columns are named. Numbers that SQLite keeps as signed
//! 64-bit integers are converted here; anything out of range reads as damage, not as a wrapped number.

pub(crate) mod checkpoint;
pub(crate) mod copy;
pub(crate) mod custody;
pub(crate) mod erasure;
pub(crate) mod kept_secret;
pub(crate) mod meta;
pub(crate) mod observation;
pub(crate) mod operation;
pub(crate) mod source;
pub(crate) mod transplant;
pub(crate) mod warning;

use crate::error::{Error, Result};

/// Turns a count into what SQLite keeps.
pub(crate) fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Turns what SQLite keeps into a count.
pub(crate) fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Reads bytes of a fixed width.
pub(crate) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N]> {
    bytes
        .try_into()
        .map_err(|_| Error::damaged("a row holds an id of the wrong width"))
}
