//! Opaque names for places on disk: the window never sees or sends a path.
//!
//! The shell registers what was dropped or picked; requests carry the handle. A handle lives as long as the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::ApiError;

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
    if !path.is_dir() {
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
