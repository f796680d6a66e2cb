//! Exit codes, and the one place where an error is told.

use std::io::Write as _;
use std::process::ExitCode;

use fusion_api::error::{ApiError, Code};

use crate::output::printable;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Failed.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Done, but some rows or items failed.
    Partly = 3,
    /// Wrong passphrase or key.
    WrongKey = 4,
    /// Damaged or tampered case.
    Damaged = 5,
    /// The case is open elsewhere.
    Busy = 6,
    /// The case is older than what this machine has seen of it.
    Behind = 7,
}

impl Exit {
    /// Returns the code for the system.
    pub fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Tells an error on standard error and chooses the exit code.
pub fn report(error: &anyhow::Error) -> Exit {
    let api = error.downcast_ref::<ApiError>();
    // Where standard error cannot be written, the exit code still tells.
    let mut speech = std::io::stderr().lock();
    let _ = writeln!(speech, "error: {}", printable(&format!("{error:#}")));
    if let Some(hint) = api.map(|api| api.hint.as_str()).filter(|hint| !hint.is_empty()) {
        let _ = writeln!(speech, "hint: {}", printable(hint));
    }
    match api.map(|api| api.code) {
        Some(Code::Usage | Code::Ambiguous) => Exit::Usage,
        Some(Code::WrongKey) => Exit::WrongKey,
        Some(Code::Damaged) => Exit::Damaged,
        Some(Code::Busy | Code::ReadOnly) => Exit::Busy,
        Some(Code::Behind) => Exit::Behind,
        _ => Exit::Failed,
    }
}
