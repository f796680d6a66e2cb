//! What this computer remembers outside of every case: who signs here, and which heads of custody it has seen.
//!
//! A case cannot vouch for itself against someone who puts a whole older copy back; a memory outside can. The folder
//! holds no evidence, no name and no key of a case. Losing it loses nothing but that memory: cases then open as *not
//! known on this computer*.

mod erasures;
mod identity;
mod memory;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use identity::Identity;
pub(crate) use identity::verifies;
pub(crate) use memory::{Memory, Place, Remembered, Seal};

use crate::clocks::{Clocks, SystemClocks};
use crate::error::{Error, Result};
use crate::tables::custody::{Recorder, TOOL};

/// Names the folder in which this computer keeps its memory of cases, its clocks, and the program that works here.
#[derive(Debug, Clone)]
pub struct Machine {
    folder: PathBuf,
    tool: String,
    clocks: Arc<dyn Clocks>,
    /// Why cases are written to where they should not lie.
    allowance: Option<String>,
}

impl Machine {
    /// Names the memory at `folder`, which is made when something is first remembered.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            tool: TOOL.to_owned(),
            clocks: Arc::new(SystemClocks),
            allowance: None,
        }
    }

    /// Lets cases be written to on network file systems and in folders that a program copies about; each time that is
    /// recorded with the reason. An empty reason allows nothing.
    #[must_use]
    pub fn writing_anyway(mut self, reason: impl Into<String>) -> Self {
        self.allowance = Some(reason.into()).filter(|reason| !reason.trim().is_empty());
        self
    }

    /// Returns why cases may be written to where they should not lie; `None` when they may not.
    pub(crate) fn allowance(&self) -> Option<&str> {
        self.allowance.as_deref()
    }

    /// Names the program that works with cases here, with its version and that of its engine.
    #[must_use]
    pub fn with_tool(mut self, tool: impl Into<String>) -> Self {
        self.tool = tool.into();
        self
    }

    /// Puts other clocks in the place of the system's.
    #[must_use]
    pub fn with_clocks(mut self, clocks: Arc<dyn Clocks>) -> Self {
        self.clocks = clocks;
        self
    }

    /// Says by which clocks and program events are recorded here.
    pub(crate) fn recorder(&self) -> Recorder<'_> {
        Recorder {
            clocks: self.clocks.as_ref(),
            tool: &self.tool,
        }
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
