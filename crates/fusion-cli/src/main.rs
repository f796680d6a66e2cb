//! `fusion`: the workbench without a window.
//!
//! Thin on purpose: it reads arguments, calls the same functions as the window, and prints what they answer. The
//! names and shapes here are a promise to users' scripts.

mod arguments;
mod commands;
mod exit;
mod hardening;
mod output;
mod passphrase;
mod progress;
mod session;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;

/// Wipes whatever memory is given back, so that neither keys nor evidence outlive their use.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    hardening::forbid_dumps();
    let arguments = Arguments::parse();
    let output = output::Output::new(&arguments);
    match commands::run(arguments, &output) {
        Ok(exit) => exit.code(),
        Err(error) => exit::report(&error).code(),
    }
}
