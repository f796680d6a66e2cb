//! The Rust builds, all with the same choice of features.
//!
//! Every call selects the whole workspace and narrows it by target, never by package: cargo unites the features of
//! what is selected, so a build of one package would compile its dependencies a second time with other features.

use std::process::Command;

use anyhow::Result;

use crate::command;
use crate::paths::Paths;

/// The window serves the built interface from inside the binary instead of a development server.
const FEATURES: &str = "fusion-workbench/custom-protocol";

/// Prepares `cargo VERB` over the workspace, in the shared target folder.
pub fn workspace(paths: &Paths, verb: &str) -> Command {
    let mut cargo = command::cargo();
    cargo
        .current_dir(&paths.root)
        .env("CARGO_TARGET_DIR", &paths.target)
        .args([verb, "--workspace", "--features", FEATURES]);
    cargo
}

/// Builds the named programs.
///
/// # Errors
/// The build fails; the compiler has already said why.
pub fn build_programs(paths: &Paths, names: &[&str]) -> Result<()> {
    let mut cargo = workspace(paths, "build");
    for name in names {
        cargo.args(["--bin", name]);
    }
    command::run(&mut cargo)
}

/// Builds everything that the tests need, programs included.
///
/// # Errors
/// As [`build_programs`].
pub fn build_everything(paths: &Paths) -> Result<()> {
    command::run(workspace(paths, "build").arg("--all-targets"))
}
