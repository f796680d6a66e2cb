//! A copy of the evidence from before its schema changes, kept until the case was closed once in its new schema.
//!
//! The copy is the encrypted file itself, byte for byte, with nothing left in the write-ahead log. It gets its lasting
//! name only when all of it is on disk, so a copy by that name is whole, wherever a migration was stopped.

use std::fs::{self, File};
use std::path::PathBuf;

use rusqlite::Connection;

use crate::database;
use crate::error::{Error, Result};
use crate::folder::{CaseFolder, sync_parent};
use crate::lock::Owner;

const PREFIX: &str = "evidence.db.before-";
const COPYING: &str = "copying the evidence before its schema changes";

/// Copies the evidence, which has schema `found`, to beside itself.
pub(crate) fn copy(connection: &Connection, folder: &CaseFolder, found: u32) -> Result<()> {
    if !database::empty_log(connection)? {
        return Err(Error::Busy { owner: Owner::Unknown });
    }
    let lasting = folder.root().join(format!("{PREFIX}{found}"));
    let passing = folder.root().join(format!("{PREFIX}{found}.part"));
    fs::copy(folder.evidence(), &passing).map_err(Error::io(COPYING))?;
    File::open(&passing)
        .and_then(|file| file.sync_all())
        .map_err(Error::io(COPYING))?;
    fs::rename(&passing, &lasting).map_err(Error::io(COPYING))?;
    sync_parent(&lasting)
}

/// Removes every such copy.
pub(crate) fn remove_copies(folder: &CaseFolder) -> Result<()> {
    let removing = "removing the copy from before the schema changed";
    for path in copies(folder)? {
        fs::remove_file(&path).map_err(Error::io(removing))?;
    }
    Ok(())
}

fn copies(folder: &CaseFolder) -> Result<Vec<PathBuf>> {
    let looking = "looking for copies from before the schema changed";
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.root()).map_err(Error::io(looking))? {
        let entry = entry.map_err(Error::io(looking))?;
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            found.push(entry.path());
        }
    }
    Ok(found)
}
