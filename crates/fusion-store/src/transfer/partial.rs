//! Folders under a passing name: built beside their place, synced, then renamed; removed when anything fails.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::folder::{restrict, sync_parent};
use crate::hex;
use crate::secret::random;

/// What marks a passing name, between the name it is for and a random number.
const MARK: &str = ".partial-";

/// Holds a folder that is being built; dropping it removes it.
#[derive(Debug)]
pub(crate) struct Partial {
    path: PathBuf,
    target: PathBuf,
}

impl Partial {
    /// Makes the folder that will become `target`; what a killed run left of it is removed first.
    pub(crate) fn beside(target: &Path) -> Result<Self> {
        refuse_existing(target)?;
        let making = "making the folder of a copy";
        let name = target
            .file_name()
            .ok_or_else(|| Error::conflict("a copy needs a name"))?;
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(Error::io(making))?;
        let mut start = name.to_owned();
        start.push(MARK);
        sweep(parent, &start.to_string_lossy());
        start.push(hex::encode(&random::<8>()?));
        let path = parent.join(start);
        fs::create_dir(&path).map_err(Error::io(making))?;
        let partial = Self {
            path,
            target: target.to_owned(),
        };
        restrict(&partial.path)?;
        Ok(partial)
    }

    /// Returns the folder as long as it is being built.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder durable and gives it its name; one that appeared there meanwhile is not touched.
    pub(crate) fn keep(self) -> Result<()> {
        sync_tree(&self.path)?;
        refuse_existing(&self.target)?;
        fs::rename(&self.path, &self.target).map_err(Error::io("naming a copy"))?;
        sync_parent(&self.target)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Best effort; under its lasting name it is no longer here. What stays is swept by the next run.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Holds a file that is being written under a passing name; dropping it removes it.
#[derive(Debug)]
pub(crate) struct PartialFile {
    path: PathBuf,
    target: PathBuf,
}

impl PartialFile {
    /// Chooses the passing name of the file that will become `target`; what a killed run left is removed first.
    pub(crate) fn beside(target: &Path) -> Result<Self> {
        refuse_existing(target)?;
        let name = target
            .file_name()
            .ok_or_else(|| Error::conflict("a copy needs a name"))?;
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let mut start = name.to_owned();
        start.push(MARK);
        sweep(parent.unwrap_or(Path::new(".")), &start.to_string_lossy());
        start.push(hex::encode(&random::<8>()?));
        Ok(Self {
            path: target.with_file_name(start),
            target: target.to_owned(),
        })
    }

    /// Makes the file.
    pub(crate) fn file(&self) -> Result<fs::File> {
        fs::File::create_new(&self.path).map_err(Error::io("making the file of a copy"))
    }

    /// Makes the file durable and gives it its name; one that appeared there meanwhile is not touched.
    pub(crate) fn keep(self) -> Result<()> {
        let naming = "naming a copy";
        fs::File::open(&self.path)
            .and_then(|file| file.sync_all())
            .map_err(Error::io(naming))?;
        refuse_existing(&self.target)?;
        fs::rename(&self.path, &self.target).map_err(Error::io(naming))?;
        sync_parent(&self.target)
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        // Best effort; under its lasting name it is no longer here. What stays is swept by the next run.
        let _ = fs::remove_file(&self.path);
    }
}

/// Holds a passing folder inside a case; everything in it is encrypted. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes the folder below `root`.
    pub(crate) fn in_folder(root: &Path) -> Result<Self> {
        let path = root.join(hex::encode(&random::<8>()?));
        fs::create_dir_all(&path).map_err(Error::io("making a passing folder"))?;
        restrict(&path)?;
        Ok(Self { path })
    }

    /// Returns the folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Best effort: it is swept at the next open, and the folder above goes with the last one.
        let _ = fs::remove_dir_all(&self.path);
        if let Some(root) = self.path.parent() {
            let _ = fs::remove_dir(root);
        }
    }
}

/// Refuses a place where anything stands, a dangling link included.
pub(crate) fn refuse_existing(target: &Path) -> Result<()> {
    match fs::symlink_metadata(target) {
        Ok(_) => Err(Error::Exists {
            path: target.display().to_string(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io("looking at the place of a copy")(error)),
    }
}

/// Removes what killed runs left in `parent` under names that begin with `start`.
fn sweep(parent: &Path, start: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(start));
        if number.is_some_and(|number| number.len() == 16 && number.bytes().all(|digit| digit.is_ascii_hexdigit())) {
            // Best effort: it is no case under that name, and the next run tries again.
            let path = entry.path();
            let _ = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
        }
    }
}

/// Syncs every folder below `root`, and `root` itself; files are synced as they are written.
#[cfg(unix)]
fn sync_tree(root: &Path) -> Result<()> {
    let syncing = "syncing the folder of a copy";
    for entry in fs::read_dir(root).map_err(Error::io(syncing))? {
        let path = entry.map_err(Error::io(syncing))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        }
    }
    fs::File::open(root)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::io(syncing))
}

/// Syncs every folder below `root`; here folders need no syncing.
#[cfg(not(unix))]
fn sync_tree(_: &Path) -> Result<()> {
    Ok(())
}
