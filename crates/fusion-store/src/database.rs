//! Opening an encrypted database with every safety setting in force, or not at all.
//!
//! The key comes first; then the library is asked whether it really encrypts and whether it is new enough; then the
//! settings, which are read back. A file that does not open with its key is damage, not a wrong passphrase: the key came out of an
//! authenticated slot. SQLCipher's own log is silenced before the first key, so nothing reaches standard error.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::hex;
use crate::lock::Owner;
use crate::secret::Key;
use crate::settings;

/// SQLite before this version can corrupt a write-ahead log under two connections.
const SQLITE_FLOOR: (u32, u32, u32) = (3, 51, 3);
/// The first SQLCipher with that SQLite.
const SQLCIPHER_FLOOR: (u32, u32, u32) = (4, 14, 0);

/// Every page in memory is locked there by itself, and a locked page between others is two more mappings of the
/// process. Linux allows 65,530 of them: beyond that *any* allocation fails, however much memory is free. So the caches
/// of all connections together stay far below that many pages.
const WRITER_CACHE_KIB: i64 = 32_768;
const READER_CACHE_KIB: i64 = 16_384;

/// Says what a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Making a new database.
    Create,
    /// Filling a new file that nobody relies on before it is synced and named: no journal, no syncing.
    Copy,
    /// Writing to an existing one.
    Write,
    /// Reading only.
    Read,
}

/// Opens the database at `path` with its raw key.
///
/// A reader gets in where nothing can be written, too: without files beside the database, and without noticing changes.
pub(crate) fn open(path: &Path, key: &Key, purpose: Purpose) -> Result<Connection> {
    prepare_library()?;
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if matches!(purpose, Purpose::Create | Purpose::Copy) {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let opened = prepare(Connection::open_with_flags(path, flags)?, key, purpose).and_then(|connection| {
        if purpose == Purpose::Write || purpose == Purpose::Create {
            // Going over to a log ends with the removal of a journal. Where that fails, the library does not tell, and
            // whoever opens the database next would roll its first page back.
            remove_beside(path, "-journal")?;
        }
        Ok(connection)
    });
    match opened {
        Err(Error::Database(error)) if purpose == Purpose::Read && lacks_files_beside(&error) => {
            if log_waits(path) {
                return Err(Error::ReadOnlyMedium {
                    what: "changes wait in a write-ahead log, which cannot be read where nothing can be written",
                });
            }
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
            prepare(Connection::open_with_flags(unchanging(path), flags)?, key, purpose)
        }
        other => other,
    }
}

/// Tells whether a database could not be read because nothing can be put beside it.
fn lacks_files_beside(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode;
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

fn log_waits(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|facts| facts.len() > 0)
}

/// Removes a file beside a database that is of no use any more, where it is still there.
fn remove_beside(path: &Path, ending: &str) -> Result<()> {
    match fs::remove_file(beside(path, ending)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io("folding the log of the evidence in")(error))
        }
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(ending);
    beside.into()
}

/// Names a database as one that nobody changes while it is open.
fn unchanging(path: &Path) -> String {
    let mut name = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => name.push(char::from(*byte)),
            other => name.push_str(&format!("%{other:02X}")),
        }
    }
    name.push_str("?immutable=1");
    name
}

fn prepare(connection: Connection, key: &Key, purpose: Purpose) -> Result<Connection> {
    let digits = Zeroizing::new(hex::encode(key.bytes()));
    let statement = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", digits.as_str()));
    connection.execute_batch(&statement)?;
    require_encryption(&connection)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
    )?;
    let cache = if purpose == Purpose::Read {
        READER_CACHE_KIB
    } else {
        WRITER_CACHE_KIB
    };
    connection.pragma_update(None, "cache_size", -cache)?;
    if purpose == Purpose::Read {
        connection.pragma_update(None, "query_only", true)?;
    } else if purpose == Purpose::Copy {
        connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "OFF")?;
    } else {
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
    }
    settings::require(&connection, purpose)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Makes a database that lives in memory only, for what is shown and not kept.
pub(crate) fn in_memory() -> Result<Connection> {
    prepare_library()?;
    let connection = Connection::open_in_memory()?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Makes a connection one for reading that leaves every trace: closing it does not fold the write-ahead log in.
pub(crate) fn leave_traces(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "query_only", true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(())
}

/// Lets a connection that was made one for reading write again.
pub(crate) fn allow_writing(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.pragma_update(None, "query_only", false)?;
    Ok(())
}

/// Moves everything from the write-ahead log into the database file and empties the log.
pub(crate) fn checkpoint(connection: &Connection) -> Result<()> {
    // The pragma answers with a row; a reader in the way leaves the log for the next time, which is no error.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Moves everything into the database file and tells whether the log could be emptied.
pub(crate) fn empty_log(connection: &Connection) -> Result<bool> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// Folds the log in and goes on without one, which nobody else may have open: whoever closes a database whose file was
/// replaced meanwhile would remove the log of the new one.
pub(crate) fn be_alone(connection: &Connection, path: &Path) -> Result<()> {
    match connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)) {
        // The library does not tell of a file beside that it could not remove, and would take it for one to recover from.
        Ok(mode) if mode == "delete" => ["-wal", "-journal"]
            .iter()
            .try_for_each(|ending| remove_beside(path, ending)),
        Ok(_) => Err(Error::Busy { owner: Owner::Unknown }),
        Err(error) => Err(error.into()),
    }
}

/// Ends what [`be_alone`] began.
pub(crate) fn allow_others(connection: &Connection) -> Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    Ok(())
}

/// Returns what `PRAGMA cipher_integrity_check` complains about; empty when every page verifies.
pub(crate) fn page_complaints(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// Returns the versions of SQLite and SQLCipher that are linked in.
pub(crate) fn library_versions() -> Result<(String, String)> {
    prepare_library()?;
    let connection = Connection::open_in_memory()?;
    let cipher: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    Ok((rusqlite::version().to_owned(), cipher.unwrap_or_default()))
}

/// Returns the versions of SQLite and SQLCipher below which no case is opened.
pub(crate) fn floors() -> [String; 2] {
    [SQLITE_FLOOR, SQLCIPHER_FLOOR].map(|(major, minor, patch)| format!("{major}.{minor}.{patch}"))
}

/// Returns the compile options of the linked SQLite.
pub(crate) fn compile_options() -> Result<Vec<String>> {
    let connection = Connection::open_in_memory()?;
    let mut statement = connection.prepare("PRAGMA compile_options")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// Silences and hardens SQLCipher once per process, and checks the versions.
fn prepare_library() -> Result<()> {
    static FAILURE: OnceLock<Option<String>> = OnceLock::new();
    match FAILURE.get_or_init(|| prepare_once().err()) {
        None => Ok(()),
        Some(what) => Err(Error::Unfit { what: what.clone() }),
    }
}

fn prepare_once() -> Result<(), String> {
    let refused = |error: rusqlite::Error| error.to_string();
    let connection = Connection::open_in_memory().map_err(refused)?;
    connection
        .execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_log = off;")
        .map_err(refused)?;
    connection
        .execute_batch("PRAGMA cipher_memory_security = ON;")
        .map_err(refused)?;
    let cipher: String = connection
        .query_row("PRAGMA cipher_version", [], |row| row.get(0))
        .map_err(|_| "it is SQLite without SQLCipher and would write plain files".to_owned())?;
    at_least("SQLCipher", &cipher, SQLCIPHER_FLOOR)?;
    at_least("SQLite", rusqlite::version(), SQLITE_FLOOR)
}

fn at_least(name: &str, found: &str, floor: (u32, u32, u32)) -> Result<(), String> {
    let digits = found.split_whitespace().next().unwrap_or_default();
    let mut parts = digits.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let version = (next(), next(), next());
    if version >= floor {
        Ok(())
    } else {
        Err(format!(
            "{name} {found} is older than {}.{}.{}",
            floor.0, floor.1, floor.2
        ))
    }
}

fn require_encryption(connection: &Connection) -> Result<()> {
    let status: Option<String> = connection.query_row("PRAGMA cipher_status", [], |row| row.get(0)).ok();
    if status.as_deref() == Some("1") {
        Ok(())
    } else {
        Err(Error::Unfit {
            what: "encryption did not start on this connection".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_below_the_floor_are_refused() {
        for (found, accepted) in [
            ("3.51.2", false),
            ("3.51.3", true),
            ("3.53.4", true),
            ("4.0.0", true),
            ("", false),
            ("3.6", false),
        ] {
            assert_eq!(at_least("SQLite", found, SQLITE_FLOOR).is_ok(), accepted, "{found}");
        }
        assert!(at_least("SQLCipher", "4.19.0 community", SQLCIPHER_FLOOR).is_ok());
        assert!(at_least("SQLCipher", "4.13.9 community", SQLCIPHER_FLOOR).is_err());
    }

    #[test]
    fn locked_pages_of_a_case_leave_room_for_other_mappings() {
        // Evidence and cache for writing, and the cache once more for reading.
        let pages = (2 * WRITER_CACHE_KIB + READER_CACHE_KIB) / 4;
        assert!(2 * pages < 65_530 * 3 / 4, "{pages} pages");
    }

    #[test]
    fn the_linked_library_is_fit() {
        assert!(prepare_library().is_ok());
        assert!(compile_options().is_ok_and(|options| options.iter().any(|option| option == "HAS_CODEC")));
    }
}
