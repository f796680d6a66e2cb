//! The operation log, undo, redo, verification, diagnostics, rules.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::open_case::LogWish;
use crate::progress::Unwatched;
use crate::router::{Command, command};
/// Asks for operations.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LogPageRequest {
    /// First row, 0-based, latest first.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
    /// Only this sort, e.g. `judge`.
    #[ts(optional)]
    pub kind: Option<String>,
    /// Only operations whose words or author hold this text.
    #[ts(optional)]
    pub text: Option<String>,
}

/// Shows operations, latest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogPageView {
    /// The operations.
    pub operations: Vec<OperationView>,
    /// All operations that answer.
    pub total: u64,
    /// Every sort that occurs, for a filter.
    pub kinds: Vec<String>,
}

/// Shows an operation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OperationView {
    /// Operation id.
    pub id: String,
    /// What sort, e.g. `import`.
    pub kind: String,
    /// When, ISO 8601 UTC.
    pub at: String,
    /// Who.
    pub author: String,
    /// What, in words.
    pub text: String,
    /// Whether it has been taken back.
    pub retracted: bool,
    /// Why it stands without ground now, because what it speaks of was taken back; empty otherwise.
    pub conflict: String,
}

/// Asks to see the case as it was right after an operation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AsOfRequest {
    /// The operation; none returns to the present.
    pub operation: Option<String>,
}

/// Asks for undo or redo.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct UndoRequest {
    /// Operation to take back or to bring back, wherever it stands in the log; the newest otherwise.
    #[ts(optional)]
    pub operation: Option<String>,
}

/// Shows what undo or redo did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoView {
    /// What was taken back or made again; none when there was nothing.
    pub text: Option<String>,
    /// Later work that depended on it and now stands without ground: kept, shown, not lost.
    pub conflicts: Vec<String>,
}

/// Asks for a full check of the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct VerifyRequest {}

/// Shows the result of a full check.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerifyView {
    /// `verified`, `unverified` (not known on this computer), `behind` or `damaged`.
    pub verdict: String,
    /// What was checked, with counts.
    pub checks: Vec<CheckView>,
    /// First bad item; none when all is well.
    pub first_bad: Option<String>,
    /// What could not be looked at although this computer should know of it; none when all was.
    pub unseen: Option<String>,
}

/// Shows one check.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckView {
    /// What was checked.
    pub name: String,
    /// `ok` or `bad`.
    pub state: String,
    /// With figures.
    pub text: String,
}

/// Asks for versions, sizes, self-test.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DoctorRequest {}

/// Shows versions, sizes, self-test.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DoctorView {
    /// The checks.
    pub checks: Vec<CheckView>,
    /// Advice; empty when there is none.
    pub advice: Vec<String>,
}

/// Asks for the rules in force.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RulesShowRequest {}

/// Shows the rules in force.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesShowView {
    /// The shipped file, commented.
    pub text: String,
    /// Digest that is part of the revision.
    pub digest: String,
    /// Where the rules in force come from, in words.
    pub origin: String,
}

const MOST_ROWS: u64 = 1000;

pub(crate) const COMMANDS: &[Command] = &[
    command!("log.page", Read, "Operations, latest first.", LogPageRequest => LogPageView, page),
    command!("log.undo", Write, "Takes the last change back.", UndoRequest => UndoView, undo),
    command!("log.redo", Write, "Makes a change again that was taken back.", UndoRequest => UndoView, redo),
    command!("case.verify", Read, "Checks that nothing was changed behind the case's back.", VerifyRequest => VerifyView, verify),
    command!("app.doctor", Read, "Versions, sizes, self-test, advice.", DoctorRequest => DoctorView, doctor),
    command!("rules.show", Read, "The rules in force.", RulesShowRequest => RulesShowView, rules),
];

/// Returns operations, latest first.
pub fn page(bench: &Arc<Workbench>, request: LogPageRequest) -> Result<LogPageView, ApiError> {
    bench.case()?.operations(LogWish {
        offset: request.offset,
        limit: request.limit.min(MOST_ROWS),
        kind: request.kind.as_deref().filter(|kind| !kind.is_empty()),
        text: request.text.as_deref(),
    })
}

/// Takes the last change back, or the one that is named.
pub fn undo(bench: &Arc<Workbench>, request: UndoRequest) -> Result<UndoView, ApiError> {
    bench.case()?.undo(request.operation.as_deref(), &Unwatched)
}

/// Makes a change again that was taken back: the last one, or the one that is named.
pub fn redo(bench: &Arc<Workbench>, request: UndoRequest) -> Result<UndoView, ApiError> {
    bench.case()?.redo(request.operation.as_deref(), &Unwatched)
}

/// Checks that nothing was changed behind the case's back.
pub fn verify(bench: &Arc<Workbench>, _request: VerifyRequest) -> Result<VerifyView, ApiError> {
    bench.case()?.verify()
}

/// Returns versions, sizes and advice.
pub fn doctor(bench: &Arc<Workbench>, _request: DoctorRequest) -> Result<DoctorView, ApiError> {
    crate::doctor::examine(bench)
}

/// Returns the rules in force.
pub fn rules(bench: &Arc<Workbench>, _request: RulesShowRequest) -> Result<RulesShowView, ApiError> {
    match bench.try_case() {
        Some(case) => case.show_rules(),
        None => Ok(crate::rules::show(&crate::rules::read(None)?)),
    }
}
