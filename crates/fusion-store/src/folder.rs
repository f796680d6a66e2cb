//! The folder of a case: which file lies where, and what makes a folder a case.
//!
//! A case is exactly the folder that the user names. It holds `case.keys`, `evidence.db`, `derived.db`, `vault/`,
//! and, for the writer, `case.lock` and `case.lease`; for a while after a change of keys, `case.keys.previous` too, and
//! `rotation/` where a change of the master key was decided on and is not finished. The key file is written last at
//! creation, so a folder without one is not a case, however far a killed creation came.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Names the files of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFolder {
    root: PathBuf,
}

impl CaseFolder {
    /// Names the case at `root`, without looking whether it exists.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Tells whether the folder holds a case.
    pub fn is_case(&self) -> bool {
        self.keys().is_file()
    }

    /// Returns the folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.root.join("case.keys")
    }

    pub(crate) fn evidence(&self) -> PathBuf {
        self.root.join("evidence.db")
    }

    pub(crate) fn derived(&self) -> PathBuf {
        self.root.join("derived.db")
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.root.join("vault")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.root.join("case.lock")
    }

    pub(crate) fn lease(&self) -> PathBuf {
        self.root.join("case.lease")
    }

    /// Where passing encrypted copies lie; swept at the next open for writing.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.root.join("scratch")
    }

    /// Where a case under a new master key waits to take the place of this one.
    pub(crate) fn rotation(&self) -> PathBuf {
        self.root.join("rotation")
    }

    pub(crate) fn require_case(&self) -> Result<()> {
        if self.is_case() {
            Ok(())
        } else {
            Err(Error::NotACase {
                path: self.root.display().to_string(),
            })
        }
    }

    /// Refuses a folder that has no evidence, whether or not its keys are there.
    pub(crate) fn require_evidence(&self) -> Result<()> {
        if self.evidence().is_file() {
            Ok(())
        } else {
            Err(Error::NotACase {
                path: self.root.display().to_string(),
            })
        }
    }

    /// Makes the empty folder with its vault; one that holds anything is refused.
    pub(crate) fn make(&self) -> Result<()> {
        let making = "creating the case folder";
        fs::create_dir_all(&self.root).map_err(Error::io(making))?;
        let mut entries = fs::read_dir(&self.root).map_err(Error::io(making))?;
        if entries.next().is_some() {
            return Err(Error::Exists {
                path: self.root.display().to_string(),
            });
        }
        restrict(&self.root)?;
        fs::create_dir(self.vault()).map_err(Error::io(making))
    }

    /// Takes back a creation that failed half-way.
    pub(crate) fn unmake(&self) {
        // Best effort: what stays behind holds no key file and so is no case.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Closes a folder to everybody but its owner.
#[cfg(unix)]
pub(crate) fn restrict(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(Error::io("closing a folder to others"))
}

/// Closes a folder to everybody but its owner; here the user's own folders already are.
#[cfg(not(unix))]
pub(crate) fn restrict(_: &Path) -> Result<()> {
    Ok(())
}

/// Makes a rename in the folder of `path` durable.
#[cfg(unix)]
pub(crate) fn sync_parent(path: &Path) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::io("syncing the case folder"))
}

/// Makes a rename in the folder of `path` durable; here renames are durable by themselves.
#[cfg(not(unix))]
pub(crate) fn sync_parent(_: &Path) -> Result<()> {
    Ok(())
}
