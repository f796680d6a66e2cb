//! What can be said about the code without running it: formatting, clippy, interface lint and types.

use anyhow::Result;

use crate::cargo;
use crate::command;
use crate::options::Options;
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::setup;
use crate::ui;

/// Runs every lint and goes on after a failure.
///
/// # Errors
/// At least one lint failed.
pub fn lint(paths: &Paths, options: &Options) -> Result<()> {
    Plan::new("cargo xtask lint")
        .needed("System packages", || {
            setup::ensure(&packages::for_window(), options.asking)
        })
        .needed("Interface packages", || ui::install(paths))
        .check("Interface lint", || ui::script(paths, "lint"))
        .check("Interface types", || ui::script(paths, "typecheck"))
        .needed("Interface build (the window embeds it)", || ui::build(paths))
        .check("Rust formatting", || formatting(paths))
        .check("Clippy, warnings denied", || clippy(paths))
        .run()
}

fn formatting(paths: &Paths) -> Result<Outcome> {
    command::run(
        command::cargo()
            .current_dir(&paths.root)
            .args(["fmt", "--all", "--check"]),
    )?;
    Ok(Outcome::Done)
}

fn clippy(paths: &Paths) -> Result<Outcome> {
    command::run(cargo::workspace(paths, "clippy").args(["--all-targets", "--", "-D", "warnings"]))?;
    Ok(Outcome::Done)
}
