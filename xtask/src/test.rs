//! `cargo xtask test`: every test, on a machine that has never seen the project.
//!
//! The tests find the built programs through `FUSION_CLI_BIN` and `FUSION_WINDOW_BIN`, and a Python with networkx and
//! igraph through `FUSION_PYTHON`. The window test runs alone under Xvfb, with a time limit, so that a window that
//! hangs fails the run instead of holding it.

use std::process::Command;

use anyhow::Result;

use crate::cargo;
use crate::codegen;
use crate::command;
use crate::options::{Codegen, Options};
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::python;
use crate::setup;
use crate::ui;

/// Seconds after which a window test that has not ended has failed.
const WINDOW_LIMIT: &str = "1200";

/// Runs every test and goes on after a failed one.
///
/// # Errors
/// At least one step failed; the summary names it.
pub fn test(paths: &Paths, options: &Options) -> Result<()> {
    Plan::new("cargo xtask test")
        .needed("System packages", || {
            setup::ensure(&packages::everything(), options.asking)
        })
        .check("Python with networkx and igraph", || python::prepare(paths))
        .check("Generated TypeScript is fresh", || {
            codegen::codegen(paths, Codegen::Check)?;
            Ok(Outcome::Done)
        })
        .needed("Interface packages", || ui::install(paths))
        .check("Interface lint", || ui::script(paths, "lint"))
        .check("Interface types", || ui::script(paths, "typecheck"))
        .check("Interface tests", || ui::script(paths, "test"))
        .needed("Interface build", || ui::build(paths))
        .needed("Rust build", || {
            cargo::build_everything(paths)?;
            Ok(Outcome::Done)
        })
        .check("Rust tests", || rust_tests(paths))
        .check("The real window, under Xvfb", || window_test(paths))
        .run()
}

fn rust_tests(paths: &Paths) -> Result<Outcome> {
    command::run(with_programs(paths, &mut cargo::workspace(paths, "test")).arg("--no-fail-fast"))?;
    Ok(Outcome::Done)
}

fn window_test(paths: &Paths) -> Result<Outcome> {
    let cargo = cargo::workspace(paths, "test");
    let mut wrapped = command::program("timeout");
    wrapped.args(["--kill-after=20", WINDOW_LIMIT, "xvfb-run", "--auto-servernum"]);
    // Without -noreset the server starts over whenever its last client leaves, and refuses whoever comes just then.
    wrapped.args(["--server-args=-screen 0 1920x1080x24 -noreset", "--"]);
    wrapped.arg(cargo.get_program()).args(cargo.get_args());
    wrapped.args(["--test", "desktop", "--", "--nocapture", "--test-threads=1"]);
    wrapped.current_dir(&paths.root).env("CARGO_TARGET_DIR", &paths.target);
    with_programs(paths, &mut wrapped);
    command::run(wrapped.env("FUSION_WINDOW_BIN", paths.program("fusion-workbench")))?;
    Ok(Outcome::Done)
}

fn with_programs<'a>(paths: &Paths, command: &'a mut Command) -> &'a mut Command {
    command.env("FUSION_CLI_BIN", paths.program("fusion"));
    if let Some(python) = python::interpreter(paths) {
        command.env("FUSION_PYTHON", python);
    }
    command
}
