//! Facts for a diagnosis: versions, compile options, sizes, counts. Never a name or a text of the case.

use std::fs;
use std::path::Path;

use crate::case::Case;
use crate::database::{self, Purpose};
use crate::error::{Error, Result};
use crate::hex;
use crate::migrations;
use crate::secret::{Key, random};
use crate::settings::{self, Setting};

/// Holds what is known of the linked libraries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryFacts {
    /// SQLite's version.
    pub sqlite: String,
    /// SQLCipher's version and edition.
    pub sqlcipher: String,
    /// The oldest SQLite and the oldest SQLCipher that open a case.
    pub floors: [String; 2],
    /// Compile options of SQLite.
    pub compile_options: Vec<String>,
    /// Schema that this program writes.
    pub schema: u32,
}

/// Holds the sizes of an open case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// Schema of the case.
    pub schema: u32,
    /// Bytes of the evidence database with its log.
    pub evidence_bytes: u64,
    /// Bytes of the derived database with its log.
    pub derived_bytes: u64,
    /// Bytes of the vault.
    pub vault_bytes: u64,
    /// Originals in the vault.
    pub originals: u64,
    /// Sources, withdrawn ones too.
    pub sources: u64,
    /// Observations, of withdrawn sources too.
    pub observations: u64,
    /// Logged operations.
    pub operations: u64,
    /// Events of custody.
    pub custody: u64,
}

/// Tests the linked libraries and returns what is known of them.
pub fn library_facts() -> Result<LibraryFacts> {
    let (sqlite, sqlcipher) = database::library_versions()?;
    Ok(LibraryFacts {
        sqlite,
        sqlcipher,
        floors: database::floors(),
        compile_options: database::compile_options()?,
        schema: migrations::newest(),
    })
}

/// Makes a passing encrypted database, reads its safety settings back, and looks whether it lies plain on the disk.
///
/// Versions below the floor, and a setting that does not take, are errors of their own.
pub fn self_test() -> Result<Vec<Setting>> {
    let folder = std::env::temp_dir().join(format!("fusion-self-test-{}", hex::encode(&random::<8>()?)));
    fs::create_dir(&folder).map_err(Error::io("making a folder for the self-test"))?;
    let tested = test_in(&folder);
    // Best effort: what stays is encrypted under a key that nobody holds any more.
    let _ = fs::remove_dir_all(&folder);
    tested
}

fn test_in(folder: &Path) -> Result<Vec<Setting>> {
    let path = folder.join("test.db");
    let connection = database::open(&path, &Key::random()?, Purpose::Create)?;
    connection.execute_batch("CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('self-test marker');")?;
    database::checkpoint(&connection)?;
    let mut settings = settings::read(&connection, Purpose::Create)?;
    let bytes = fs::read(&path).map_err(Error::io("reading the database of the self-test"))?;
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    settings.push(Setting {
        name: "readable without key",
        found: if holds(b"self-test marker") || holds(b"SQLite format") {
            "yes"
        } else {
            "no"
        }
        .to_owned(),
        wanted: "no",
    });
    Ok(settings)
}

impl Case {
    /// Measures the case.
    pub fn facts(&self) -> Result<CaseFacts> {
        let connection = self.connection();
        let count = |sql: &str| -> Result<u64> {
            Ok(crate::tables::from_sql(
                connection.query_row(sql, [], |row| row.get(0))?,
            ))
        };
        let vault: Vec<u64> = fs::read_dir(self.folder.vault())
            .map_err(Error::io("reading the vault"))?
            .filter_map(|entry| entry.ok()?.metadata().ok())
            .map(|metadata| metadata.len())
            .collect();
        Ok(CaseFacts {
            schema: migrations::version(&connection)?,
            evidence_bytes: size_with_log(&self.folder.evidence()),
            derived_bytes: size_with_log(&self.folder.derived()),
            vault_bytes: vault.iter().sum(),
            originals: vault.len() as u64,
            sources: count("SELECT count(*) FROM source WHERE state = 'final'")?,
            observations: count("SELECT coalesce(sum(observations), 0) FROM source WHERE state = 'final'")?,
            operations: count("SELECT count(*) FROM operation")?,
            custody: count("SELECT count(*) FROM custody")?,
        })
    }
}

fn size_with_log(path: &Path) -> u64 {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    [path, Path::new(&log)]
        .into_iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|metadata| metadata.len())
        .sum()
}
