//! A new master key for a case: everything under it is made ready beside, then takes the place of the old in one step.
//!
//! ```text
//! rotation.partial/       being made; thrown away by the next writer
//! rotation/               decided: whoever writes next finishes
//!   case.keys             for the new master key
//!   evidence.db           the evidence under it
//!   names                 files of the vault: former name, new name
//! ```
//!
//! Renaming the folder decides. What follows are moves that can be done again, wherever they were stopped, and need no
//! key. So a case opens by the old keys or by the new ones, never by neither.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::folder::{CaseFolder, restrict, sync_parent};
use crate::transfer::write_file;

const FINISHING: &str = "finishing the change of the master key";
const NAMES: &str = "names";
/// Hexadecimal digits of a name in the vault.
const NAME_LEN: usize = 32;

/// Holds the folder in which a rotation is made ready; dropping it throws it away, unless it was decided on.
pub(crate) struct Staging {
    path: PathBuf,
}

impl Staging {
    /// Makes the folder; what a killed run left of it goes first.
    pub(crate) fn make(folder: &CaseFolder) -> Result<Self> {
        let making = "making the folder of a new master key";
        sweep(folder);
        let path = partial(folder);
        fs::create_dir(&path).map_err(Error::io(making))?;
        restrict(&path)?;
        Ok(Self { path })
    }

    /// Names the evidence database in it.
    pub(crate) fn evidence(&self) -> PathBuf {
        self.path.join("evidence.db")
    }

    /// Writes key file and names; both are short.
    pub(crate) fn write(&self, keys: &[u8], names: &[(PathBuf, PathBuf)]) -> Result<()> {
        let mut text = String::new();
        for (from, to) in names {
            let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
            text.push_str(&format!(
                "{} {}\n",
                name(from).unwrap_or_default(),
                name(to).unwrap_or_default()
            ));
        }
        write_file(&self.path.join("case.keys"), keys)?;
        write_file(&self.path.join(NAMES), text.as_bytes())
    }

    /// Decides: from here on the case is the one under the new master key.
    pub(crate) fn decide(self, folder: &CaseFolder) -> Result<()> {
        // Its entries must be durable before its name is.
        sync_parent(&self.evidence())?;
        fs::rename(&self.path, folder.rotation()).map_err(Error::io("deciding on the new master key"))?;
        sync_parent(&folder.rotation())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Best effort; under its lasting name it is no longer here. What stays is swept by the next writer.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn partial(folder: &CaseFolder) -> PathBuf {
    folder.rotation().with_extension("partial")
}

/// Throws away what was not decided on.
pub(crate) fn sweep(folder: &CaseFolder) {
    // Best effort: it is encrypted under keys that nobody holds.
    let _ = fs::remove_dir_all(partial(folder));
}

/// Refuses a case whose master key was changed by a program that did not come to the end of it.
pub(crate) fn require_none(folder: &CaseFolder) -> Result<()> {
    if folder.rotation().is_dir() {
        Err(Error::RotationWaits)
    } else {
        Ok(())
    }
}

/// Finishes what was decided on. Only for the writer: nobody may have the databases open.
pub(crate) fn finish(folder: &CaseFolder) -> Result<()> {
    let staged = folder.rotation();
    if !staged.is_dir() {
        return Ok(());
    }
    let names = match fs::read_to_string(staged.join(NAMES)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io(FINISHING)(error)),
    };
    for line in names.lines() {
        let (from, to) = line
            .split_once(' ')
            .filter(|(from, to)| is_name(from) && is_name(to))
            .ok_or_else(|| Error::damaged("the change of the master key names no files of the vault"))?;
        move_file(&folder.vault().join(from), &folder.vault().join(to))?;
    }
    let evidence = staged.join("evidence.db");
    if evidence.is_file() {
        // What lies beside belongs to the former database: a journal would be rolled back into the new one.
        remove_with_log(&folder.evidence(), Keep::Database)?;
        move_file(&evidence, &folder.evidence())?;
    }
    remove_with_log(&folder.derived(), Keep::Nothing)?;
    move_file(&staged.join("case.keys"), &folder.keys())?;
    for ending in ["previous", "new"] {
        remove(&folder.keys().with_extension(format!("keys.{ending}")))?;
    }
    sync_parent(&folder.vault().join(NAMES))?;
    sync_parent(&folder.keys())?;
    remove(&staged.join(NAMES))?;
    fs::remove_dir_all(&staged).map_err(Error::io(FINISHING))?;
    sync_parent(&staged)
}

fn is_name(text: &str) -> bool {
    text.len() == NAME_LEN && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// Moves a file, unless that was done before.
fn move_file(from: &Path, to: &Path) -> Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(FINISHING)(error)),
        _ => Ok(()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Database,
    Nothing,
}

fn remove_with_log(database: &Path, keep: Keep) -> Result<()> {
    for ending in ["-wal", "-shm", "-journal"] {
        let mut beside = database.as_os_str().to_owned();
        beside.push(ending);
        remove(Path::new(&beside))?;
    }
    match keep {
        Keep::Database => Ok(()),
        Keep::Nothing => remove(database),
    }
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(FINISHING)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_of_the_former_database_is_left_beside_the_new_one() {
        let place = tempfile::tempdir().unwrap();
        let folder = CaseFolder::at(place.path());
        let (from, to) = ("0".repeat(NAME_LEN), "1".repeat(NAME_LEN));
        fs::create_dir(folder.vault()).unwrap();
        fs::create_dir(folder.rotation()).unwrap();
        fs::write(folder.vault().join(&from), "original").unwrap();
        // A failing disk leaves these behind: a journal that was not removed, a log that was not folded in.
        for name in ["evidence.db", "derived.db"] {
            for ending in ["", "-wal", "-shm", "-journal"] {
                fs::write(place.path().join(format!("{name}{ending}")), "former").unwrap();
            }
        }
        fs::write(place.path().join("case.keys"), "former").unwrap();
        fs::write(place.path().join("case.keys.previous"), "former").unwrap();
        for (name, text) in [
            ("evidence.db", "new".to_owned()),
            ("case.keys", "new".to_owned()),
            (NAMES, format!("{from} {to}\n")),
        ] {
            fs::write(folder.rotation().join(name), text).unwrap();
        }
        finish(&folder).unwrap();
        finish(&folder).unwrap();
        let entries = fs::read_dir(place.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["case.keys", "evidence.db", "vault"]);
        for file in [folder.keys(), folder.evidence()] {
            assert_eq!(fs::read_to_string(file).unwrap(), "new");
        }
        assert_eq!(fs::read_to_string(folder.vault().join(to)).unwrap(), "original");
    }

    #[test]
    fn names_that_lead_out_of_the_vault_are_refused() {
        let place = tempfile::tempdir().unwrap();
        let folder = CaseFolder::at(place.path());
        fs::create_dir(folder.rotation()).unwrap();
        for names in ["../../a b\n", "a\n", "/etc/passwd 11111111111111111111111111111111\n"] {
            fs::write(folder.rotation().join(NAMES), names).unwrap();
            assert_eq!(finish(&folder).unwrap_err().code(), "damaged", "{names}");
        }
    }
}
