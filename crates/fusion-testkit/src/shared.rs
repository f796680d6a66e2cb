//! The folder of shared samples and validators beside the checkout, where there is one.

use std::path::{Path, PathBuf};

/// Returns the shared folder beside the workspace, if it is there.
pub fn shared_folder() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let folder = workspace.parent()?.join("shared");
    folder.is_dir().then_some(folder)
}

/// Returns a path inside the shared folder, or prints that the test is skipped.
#[allow(clippy::print_stdout)]
pub fn shared_or_skip(inside: &str) -> Option<PathBuf> {
    let path = shared_folder()
        .map(|folder| folder.join(inside))
        .filter(|path| path.exists());
    if path.is_none() {
        println!("skipped: ../shared/{inside} is not there");
    }
    path
}
