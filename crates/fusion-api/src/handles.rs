//! Opaque names for places on disk: the window never sees or sends a path.
//!
//! The shell registers what was dropped or picked; requests carry the handle. A handle lives as long as the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::ApiError;
use crate::open_case::OpenCase;

/// Remembers places by handle.
#[derive(Debug, Default)]
pub struct Handles {
    places: Mutex<BTreeMap<String, PathBuf>>,
}

impl Handles {
    /// Registers a place and returns its handle; the same place keeps its handle.
    pub fn register(&self, path: &Path) -> String {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((handle, _)) = places.iter().find(|(_, known)| known.as_path() == path) {
            return handle.clone();
        }
        let handle = format!("place:{}", places.len() + 1);
        places.insert(handle.clone(), path.to_owned());
        handle
    }

    /// Finds a place.
    pub fn path(&self, handle: &str) -> Result<PathBuf, ApiError> {
        let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places
            .get(handle)
            .cloned()
            .ok_or_else(|| ApiError::not_found(format!("handle: {handle}")))
    }
}

/// Lists the regular files below `path` (or `path` itself), sorted, leaving out hidden ones and links.
pub fn files_below(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(path, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    // A case is not evidence: it is named as one thing that cannot be read, and its files are left alone.
    if !path.is_dir() || OpenCase::is_case(path) {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && !entry.file_type()?.is_symlink() {
            collect(&entry.path(), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::files_below;

    #[test]
    fn folders_are_walked_but_never_into_a_case() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(place("lantern/vault")).unwrap();
        std::fs::create_dir(place("deeper")).unwrap();
        for name in [
            "b.csv",
            "deeper/a.csv",
            ".hidden",
            "lantern/case.keys",
            "lantern/evidence.db",
        ] {
            std::fs::write(place(name), "x").unwrap();
        }
        let found = files_below(folder.path()).unwrap();
        assert_eq!(found, [place("b.csv"), place("deeper/a.csv"), place("lantern")]);
    }
}
