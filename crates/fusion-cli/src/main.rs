//! `fusion`: the workbench without a window.
//!
//! Thin on purpose: it reads arguments, calls the same functions as the window, and prints what they answer. The
//! names and shapes here are a promise to users' scripts.

mod arguments;
mod commands;
mod exit;
mod output;
mod passphrase;
mod progress;
mod session;
mod target;

use std::process::ExitCode;

use clap::Parser as _;
use fusion_api::hardening;

use crate::arguments::Arguments;

#[global_allocator]
static ALLOCATOR: hardening::Wiping = hardening::WIPING;

fn main() -> ExitCode {
    hardening::forbid_dumps();
    let arguments = Arguments::parse();
    let output = output::Output::new(&arguments);
    match commands::run(arguments, &output) {
        Ok(exit) => exit.code(),
        Err(error) => exit::report(&error).code(),
    }
}
