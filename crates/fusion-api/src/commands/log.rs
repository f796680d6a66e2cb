//! The operation log, undo, redo, verification, diagnostics, rules.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for operations.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LogPageRequest {
    /// First row, 0-based, latest first.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
}

/// Shows operations, latest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogPageView {
    /// The operations.
    pub operations: Vec<OperationView>,
    /// All operations.
    pub total: u64,
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
}

/// Asks for undo or redo.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UndoRequest {}

/// Shows what undo or redo did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoView {
    /// What was taken back or made again; none when there was nothing.
    pub text: Option<String>,
}

/// Asks for a full check of the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct VerifyRequest {}

/// Shows the result of a full check.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerifyView {
    /// `verified` or `damaged`.
    pub verdict: String,
    /// What was checked, with counts.
    pub checks: Vec<CheckView>,
    /// First bad item; none when all is well.
    pub first_bad: Option<String>,
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
