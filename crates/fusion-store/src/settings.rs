//! What a connection must be set to, read back from the library: a setting that did not take is found at once.
//!
//! `database` sets and this module demands, at every opening; a diagnosis shows the same rows.

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use crate::case::Case;
use crate::database::Purpose;
use crate::error::{Error, Result};

/// Settings of every connection, by the pragma that tells them.
const ALWAYS: &[(&str, &str)] = &[
    ("cipher_status", "1"),
    ("cipher_memory_security", "1"),
    ("foreign_keys", "1"),
    ("trusted_schema", "0"),
    ("cell_size_check", "1"),
    ("mmap_size", "0"),
    ("temp_store", "2"),
    ("secure_delete", "1"),
];
/// Settings of connections that write evidence: each commit is on the disk when it is acknowledged.
const WRITING: &[(&str, &str)] = &[("journal_mode", "wal"), ("synchronous", "2")];
/// Settings of connections that only read.
const READING: &[(&str, &str)] = &[("query_only", "1")];

/// Holds one safety setting of the database as it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the library.
    pub name: &'static str,
    /// What it is set to; empty when the library does not know it.
    pub found: String,
    /// What it must be set to.
    pub wanted: &'static str,
}

impl Setting {
    /// Tells whether it is as it must be.
    pub fn holds(&self) -> bool {
        self.found == self.wanted
    }
}

/// Reads back what must be set on a connection for `purpose`.
pub(crate) fn read(connection: &Connection, purpose: Purpose) -> Result<Vec<Setting>> {
    let more = match purpose {
        Purpose::Create | Purpose::Write => WRITING,
        Purpose::Read => READING,
        // Nobody relies on such a file before it is synced and opened anew.
        Purpose::Copy => &[],
    };
    let mut settings = Vec::new();
    for (name, wanted) in ALWAYS.iter().chain(more) {
        let found = pragma(connection, name)?;
        settings.push(Setting { name, found, wanted });
    }
    let defensive = connection.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)?;
    settings.push(Setting {
        name: "defensive",
        found: u8::from(defensive).to_string(),
        wanted: "1",
    });
    Ok(settings)
}

/// Refuses a connection on which a setting did not take.
pub(crate) fn require(connection: &Connection, purpose: Purpose) -> Result<()> {
    match read(connection, purpose)?.into_iter().find(|setting| !setting.holds()) {
        None => Ok(()),
        Some(Setting { name, found, wanted }) => Err(Error::Unfit {
            what: format!("the setting {name} is \"{found}\", not \"{wanted}\""),
        }),
    }
}

fn pragma(connection: &Connection, name: &str) -> Result<String> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(match row.get_ref(0)? {
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).to_lowercase(),
            _ => String::new(),
        })
    };
    let found = connection.query_row(&format!("PRAGMA {name}"), [], read).optional()?;
    Ok(found.unwrap_or_default())
}

impl Case {
    /// Reads back the safety settings of the connection to the evidence.
    pub fn settings(&self) -> Result<Vec<Setting>> {
        let purpose = if self.holds_writer_lock() {
            Purpose::Write
        } else {
            Purpose::Read
        };
        read(&self.connection(), purpose)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::database;
    use crate::secret::Key;

    #[test]
    fn a_setting_that_was_switched_off_is_found_and_refused() {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let connection = database::open(&folder.path().join("x.db"), &key, Purpose::Create).unwrap();
        let off = [
            ("foreign_keys", "OFF"),
            ("trusted_schema", "ON"),
            ("cell_size_check", "OFF"),
            ("temp_store", "FILE"),
            ("secure_delete", "OFF"),
            ("synchronous", "NORMAL"),
            ("journal_mode", "DELETE"),
        ];
        for (name, value) in off {
            let before = pragma(&connection, name).unwrap();
            connection.execute_batch(&format!("PRAGMA {name} = {value};")).unwrap();
            let bad = read(&connection, Purpose::Write)
                .unwrap()
                .into_iter()
                .filter(|setting| !setting.holds());
            assert_eq!(bad.map(|setting| setting.name).collect::<Vec<_>>(), [name]);
            assert_eq!(require(&connection, Purpose::Write).unwrap_err().code(), "unfit");
            connection.execute_batch(&format!("PRAGMA {name} = {before};")).unwrap();
            require(&connection, Purpose::Write).unwrap();
        }
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
            .unwrap();
        assert!(
            require(&connection, Purpose::Write)
                .unwrap_err()
                .to_string()
                .contains("defensive")
        );
    }
}
