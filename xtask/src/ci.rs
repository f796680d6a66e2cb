//! The gate, as the build machine runs it. The script is the one truth; this only starts it.

use anyhow::Result;

use crate::command;
use crate::paths::Paths;

/// Runs `.ci/run`.
///
/// # Errors
/// The gate does not pass.
pub fn ci(paths: &Paths) -> Result<()> {
    command::run(command::program(paths.root.join(".ci/run")).current_dir(&paths.root))
}
