//! Key files on disk: read with a limit, written whole or not at all, the one before kept for a while.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::header;
use crate::error::{Error, Result};

/// Reads a key file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let reading = "reading the key file";
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Error::io(reading))?;
    file.take(header::MAX_LEN + 1)
        .read_to_end(&mut bytes)
        .map_err(Error::io(reading))?;
    if bytes.len() as u64 > header::MAX_LEN {
        return Err(Error::damaged("the key file is far too large"));
    }
    Ok(bytes)
}

/// Writes a key file beside the one at `path`, syncs it and renames it into place.
pub(super) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = "writing the key file";
    let beside = beside(path, ".new");
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&beside, path)) {
        // What stays behind is overwritten by the next attempt.
        let _ = fs::remove_file(&beside);
        return Err(Error::io(writing)(error));
    }
    crate::folder::sync_parent(path)
}

/// Names the key file that was in force before the one at `path`.
pub(super) fn previous(path: &Path) -> PathBuf {
    beside(path, ".previous")
}

/// Keeps a copy of the key file before it is rewritten; one that is still kept is the last that opened, and stays.
pub(super) fn keep_previous(path: &Path) -> Result<()> {
    let previous = previous(path);
    if previous.is_file() || !path.is_file() {
        return Ok(());
    }
    write_atomically(&previous, &read(path)?)
}

/// Removes the copy, once the new file has opened the case.
pub(super) fn drop_previous(path: &Path) -> Result<()> {
    match fs::remove_file(previous(path)) {
        Ok(()) => crate::folder::sync_parent(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io("removing the previous key file")(error)),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
