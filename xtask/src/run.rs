//! `cargo xtask run`: from a fresh clone to the sample case on the screen.
//!
//! With a display the window opens with the sample case. Without one the same job is done by the `fusion` program,
//! and then only that program is built: a window that nothing can show would cost ten minutes and 250 MB of packages.

use anyhow::{Context, Result};

use crate::cargo;
use crate::command;
use crate::display;
use crate::headless;
use crate::options::{Options, Stage};
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::setup;
use crate::ui;

/// Builds and shows the sample case.
///
/// # Errors
/// A step failed; the summary names it.
pub fn run(paths: &Paths, options: &Options) -> Result<()> {
    match (options.stage, display::find()) {
        (Stage::Headless, _) => headless_plan(paths, options),
        (Stage::Detect, Err(reason)) => {
            println!(
                "No display: {reason}. The same job runs headless; `cargo xtask run --window` builds the window all the same."
            );
            headless_plan(paths, options)
        }
        (Stage::Window, Err(reason)) => {
            println!("No display: {reason}. The window is built and started because `--window` asks for it.");
            window_plan(paths, options)
        }
        (Stage::Detect | Stage::Window, Ok(place)) => {
            println!("The window will open on {place}.");
            window_plan(paths, options)
        }
    }
}

fn window_plan(paths: &Paths, options: &Options) -> Result<()> {
    Plan::new("cargo xtask run")
        .needed("System packages", || {
            setup::ensure(&packages::for_window(), options.asking)
        })
        .needed("Interface packages", || ui::install(paths))
        .needed("Interface build", || ui::build(paths))
        .needed("Program and window build", || {
            cargo::build_programs(paths, &["fusion", "fusion-workbench"])?;
            Ok(Outcome::Done)
        })
        .needed("The window, until you close it", || window(paths))
        .run()
}

fn headless_plan(paths: &Paths, options: &Options) -> Result<()> {
    Plan::new("cargo xtask run (headless)")
        .needed("System packages", || {
            setup::ensure(&packages::for_program(), options.asking)
        })
        .needed("Program build", || {
            cargo::build_programs(paths, &["fusion"])?;
            Ok(Outcome::Done)
        })
        .needed("Sample case, report and graph", || headless::make(paths, options.reuse))
        .needed("Counts", || headless::show(paths))
        .run()
}

fn window(paths: &Paths) -> Result<Outcome> {
    let program = paths.program("fusion-workbench");
    command::run(command::program(&program).arg("--sample"))
        .context("the window ended with an error\nhint: `cargo xtask run --headless` does the same job without it")?;
    Ok(Outcome::Done)
}
