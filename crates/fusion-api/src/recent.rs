//! Which cases were opened on this machine: folders only, kept outside the cases.

use std::path::{Path, PathBuf};

/// Most folders remembered.
const KEPT: usize = 12;

/// Remembers folders of cases.
#[derive(Debug)]
pub struct RecentCases {
    file: PathBuf,
}

impl RecentCases {
    /// Uses the list in the settings folder.
    pub fn new(settings: &Path) -> Self {
        Self {
            file: settings.join("recent-cases.json"),
        }
    }

    /// Returns the folders, latest first. An unreadable list counts as empty: it is a convenience, not evidence.
    pub fn list(&self) -> Vec<PathBuf> {
        let Ok(text) = std::fs::read_to_string(&self.file) else {
            return Vec::new();
        };
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Puts a folder first.
    pub fn note(&self, folder: &Path) -> std::io::Result<()> {
        let folder = std::path::absolute(folder)?;
        let mut folders = self.list();
        folders.retain(|known| *known != folder);
        folders.insert(0, folder);
        folders.truncate(KEPT);
        if let Some(parent) = self.file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let beside = self.file.with_extension("json.new");
        std::fs::write(&beside, serde_json::to_vec_pretty(&folders)?)?;
        std::fs::rename(beside, &self.file)
    }
}
