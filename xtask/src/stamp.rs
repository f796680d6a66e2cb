//! Stamps: small files that say for which inputs a result was made.
//!
//! A step hashes the names and contents of its inputs and compares the figure with the stamp of its last success. The
//! hash is the standard library's, which may change with the compiler; then one step is repeated, and nothing is
//! wrong. It is not used where a result depends on it. A missing stamp means "not done".

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A figure over the names and contents of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Reads every file below `inputs` (files or folders; absent ones count as absent).
    ///
    /// # Errors
    /// A file that exists cannot be read.
    pub fn of(inputs: &[PathBuf]) -> Result<Self> {
        let mut files = BTreeSet::new();
        for input in inputs {
            collect(input, &mut files)?;
        }
        let mut hasher = DefaultHasher::new();
        files.len().hash(&mut hasher);
        for file in files {
            let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            file.hash(&mut hasher);
            content.hash(&mut hasher);
        }
        Ok(Self(format!("{:016x}", hasher.finish())))
    }

    /// Adds a text that the result depends on too.
    #[must_use]
    pub fn with(self, text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        text.hash(&mut hasher);
        Self(format!("{:016x}", hasher.finish()))
    }

    /// Says whether `stamp` was written for exactly these inputs.
    pub fn matches(&self, stamp: &Path) -> bool {
        fs::read_to_string(stamp).is_ok_and(|text| text == self.0)
    }

    /// Writes the stamp.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn write(&self, stamp: &Path) -> Result<()> {
        if let Some(folder) = stamp.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(stamp, &self.0).with_context(|| format!("cannot write {}", stamp.display()))
    }
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.insert(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_figure_follows_content_names_and_text() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [folder.path().join("src"), folder.path().join("absent.json")];
        fs::create_dir_all(folder.path().join("src/deep")).unwrap();
        fs::write(folder.path().join("src/deep/a.ts"), "one").unwrap();
        let first = Fingerprint::of(&inputs).unwrap();
        assert_eq!(first, Fingerprint::of(&inputs).unwrap());

        fs::write(folder.path().join("src/deep/a.ts"), "two").unwrap();
        let changed = Fingerprint::of(&inputs).unwrap();
        assert_ne!(first, changed);

        fs::rename(folder.path().join("src/deep/a.ts"), folder.path().join("src/deep/b.ts")).unwrap();
        let renamed = Fingerprint::of(&inputs).unwrap();
        assert_ne!(changed, renamed);
        assert_ne!(renamed.clone(), renamed.with("node 22"));
    }

    #[test]
    fn a_stamp_matches_only_what_it_was_written_for() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = folder.path().join("deep/x.stamp");
        let figure = Fingerprint::of(&[]).unwrap();
        assert!(!figure.matches(&stamp));
        figure.write(&stamp).unwrap();
        assert!(figure.matches(&stamp));
        assert!(!figure.with("more").matches(&stamp));
    }
}
