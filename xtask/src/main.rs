//! The two commands of the README, and what they are made of.
//!
//! `cargo xtask run` and `cargo xtask test` start on a machine that has Rust, a C linker and Node.js and nothing
//! else. This program says which system packages are missing and installs them, builds the interface and the
//! binaries into a cache outside the checkout, and then runs or tests them.
//!
//! It must not know what the product does: it starts programs and reads their JSON, and links none of our crates, so
//! that it compiles in seconds and never needs a system library itself.
//!
//! It fails with one sentence and a hint: a step that others need stops the plan, a check that fails is counted and
//! the plan goes on; either way the exit code is 1 and the summary names the step. Wrong usage is exit code 2.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a build program talks to the terminal"
)]

mod bench;
mod cargo;
mod ci;
mod codegen;
mod command;
mod display;
mod headless;
mod lint;
mod options;
mod packages;
mod paths;
mod plan;
mod prune;
mod python;
mod run;
mod setup;
mod stamp;
mod test;
mod torture;
mod ui;

use std::process::ExitCode;

use options::{Options, Task};
use paths::Paths;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = match Options::parse(&arguments) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match dispatch(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(options: &Options) -> anyhow::Result<()> {
    if options.task == Task::Help {
        println!("{}", options::HELP);
        return Ok(());
    }
    let paths = Paths::locate()?;
    match options.task {
        Task::Help => Ok(()),
        Task::Setup => setup::install(&packages::everything(), options.asking),
        Task::Run => run::run(&paths, options),
        Task::Test => test::test(&paths, options),
        Task::Torture => torture::torture(&paths, options),
        Task::Bench => bench::bench(&paths, options),
        Task::Codegen => codegen::codegen(&paths, options.codegen),
        Task::Lint => lint::lint(&paths, options),
        Task::Ci => ci::ci(&paths),
        Task::Prune => prune::prune(&paths),
    }
}
