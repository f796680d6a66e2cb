//! Keeps the build cache within its limit.
//!
//! Cargo never deletes old artefacts. Past the limit the incremental data goes first, which costs one slower build;
//! if that is not enough the whole target folder goes. Only the folder that this program made is touched: a
//! `CARGO_TARGET_DIR` of the user's own is measured and left alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::paths::Paths;

/// Bytes above which the target folder is pruned.
const LIMIT: u64 = 25_000_000_000;

/// Measures the target folder and prunes it when it is too large.
///
/// # Errors
/// A folder cannot be deleted.
pub fn prune(paths: &Paths) -> Result<()> {
    let size = size_of(&paths.target);
    println!(
        "{}: {} (limit {}).",
        paths.target.display(),
        gigabytes(size),
        gigabytes(LIMIT)
    );
    if size <= LIMIT {
        return Ok(());
    }
    if !paths.target.starts_with(&paths.cache) {
        println!("It lies outside the cache folder and is left alone.");
        return Ok(());
    }
    delete(&paths.target.join("debug/incremental"))?;
    if size_of(&paths.target) > LIMIT {
        delete(&paths.target)?;
    }
    println!("Pruned to {}.", gigabytes(size_of(&paths.target)));
    Ok(())
}

fn delete(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn size_of(path: &Path) -> u64 {
    let Ok(meta) = fs::symlink_metadata(path) else {
        return 0;
    };
    if !meta.is_dir() {
        return meta.len();
    }
    let Ok(entries) = fs::read_dir(path) else {
        return 0;
    };
    entries.flatten().map(|entry| size_of(&entry.path())).sum()
}

fn gigabytes(bytes: u64) -> String {
    format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn size_adds_up_a_tree() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/b/one"), [0; 700]).unwrap();
        fs::write(folder.path().join("two"), [0; 300]).unwrap();
        assert_eq!(size_of(folder.path()), 1000);
        assert_eq!(size_of(&folder.path().join("absent")), 0);
    }

    #[test]
    fn sizes_are_shown_with_one_decimal() {
        assert_eq!(gigabytes(LIMIT), "25.0 GB");
        assert_eq!(gigabytes(1_960_000_000), "1.9 GB");
    }
}
