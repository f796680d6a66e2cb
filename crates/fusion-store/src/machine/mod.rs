//! What this computer remembers outside of every case: who signs here, and which heads of custody it has seen.
//!
//! A case cannot vouch for itself against someone who puts a whole older copy back; a memory outside can. The folder
//! holds no evidence, no name and no key of a case. Losing it loses nothing but that memory: cases then open as *not
//! known on this computer*.

mod identity;

use std::fs;
use std::path::{Path, PathBuf};

pub use identity::Identity;

use crate::error::{Error, Result};

/// Names the folder in which this computer keeps its memory of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// Names the memory at `folder`, which is made when something is first remembered.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Returns the keys of whoever works here; draws them at the first call.
    pub fn identity(&self) -> Result<Identity> {
        Identity::load_or_draw(&self.place("identity")?)
    }

    /// Returns the place of a file of the memory, making its folder.
    pub(crate) fn place(&self, name: &str) -> Result<PathBuf> {
        let place = self.folder.join(name);
        if let Some(parent) = place.parent() {
            make_private(parent)?;
        }
        Ok(place)
    }
}

fn make_private(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(Error::io("making the folder for what this computer remembers"))?;
    crate::folder::restrict(folder)
}
