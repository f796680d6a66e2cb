//! The chain of custody: its events, where it stands against what this computer remembers, acknowledging a gap.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::OpenCaseView;
use super::pending;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};

/// Asks for events of custody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyPageRequest {
    /// First row, 0-based, latest first.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
    /// Only this action, e.g. `import`.
    #[ts(optional)]
    pub action: Option<String>,
    /// Only events whose action, author, reason or object holds this text.
    #[ts(optional)]
    pub text: Option<String>,
}

/// Shows events of custody, latest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyPageView {
    /// The events.
    pub events: Vec<CustodyEventView>,
    /// All events that answer.
    pub total: u64,
    /// Every action that occurs, for a filter.
    pub actions: Vec<String>,
}

/// Shows one event of custody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyEventView {
    /// Number, from 1.
    pub seq: u64,
    /// When by the wall clock, ISO 8601 UTC.
    pub at: String,
    /// What the clocks say of that time, in words; empty when nothing is odd.
    pub clock: String,
    /// What was done.
    pub action: String,
    /// What it was done to, in words where the case knows it, else an id.
    pub object: String,
    /// Who; empty once erased, or before that was logged.
    pub who: String,
    /// Why; empty when nobody said so, or once erased.
    pub reason: String,
    /// Program and version.
    pub tool: String,
    /// Digest of the event, hexadecimal.
    pub digest: String,
}

/// Asks where the case stands.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyStandingRequest {}

/// Shows where the case stands against what this computer remembers of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StandingView {
    /// `unknown-here`, `extends`, `behind`, `diverged` or `damaged`.
    pub verdict: String,
    /// In words, with what to do.
    pub text: String,
    /// Number of the last event.
    pub seq: u64,
    /// Short code of the head, as printed on receipts.
    pub code: String,
    /// Number of the last event this computer has seen; none when it has seen none.
    pub remembered: Option<u64>,
    /// First bad event or object; none when all is well.
    pub first_bad: Option<String>,
    /// Signed checkpoints.
    pub checkpoints: u64,
    /// Whose keys signed them: names with the start of the public key.
    pub signers: Vec<String>,
}

/// Asks to go on with an older case, on the record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyAcknowledgeRequest {
    /// Why this older case is the one to go on with.
    pub reason: String,
}

/// Asks whether a printed code belongs to the history of this case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyCompareRequest {
    /// The code from a receipt or report.
    pub code: String,
}

/// Shows whether a printed code belongs to the history of this case.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyCompareView {
    /// Number of the event the code names; none when the history does not hold it.
    pub seq: Option<u64>,
    /// In words.
    pub text: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("custody.page", Read, "Events of custody, latest first.", CustodyPageRequest => CustodyPageView, page),
    command!("custody.standing", Read, "Where the case stands against what this computer remembers.", CustodyStandingRequest => StandingView, standing),
    command!("custody.acknowledge", Write, "Goes on with an older case, on the record.", CustodyAcknowledgeRequest => OpenCaseView, acknowledge),
    command!("custody.compare", Read, "Whether a printed code belongs to the history of this case.", CustodyCompareRequest => CustodyCompareView, compare),
];

/// Returns events of custody.
pub fn page(_bench: &Arc<Workbench>, _request: CustodyPageRequest) -> Result<CustodyPageView, ApiError> {
    pending("custody.page")
}

/// Returns where the case stands.
pub fn standing(_bench: &Arc<Workbench>, _request: CustodyStandingRequest) -> Result<StandingView, ApiError> {
    pending("custody.standing")
}

/// Goes on with an older case, on the record.
pub fn acknowledge(_bench: &Arc<Workbench>, _request: CustodyAcknowledgeRequest) -> Result<OpenCaseView, ApiError> {
    pending("custody.acknowledge")
}

/// Returns whether a printed code belongs to the history of this case.
pub fn compare(_bench: &Arc<Workbench>, _request: CustodyCompareRequest) -> Result<CustodyCompareView, ApiError> {
    pending("custody.compare")
}
