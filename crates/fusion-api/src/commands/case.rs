//! Opening, creating, locking a case; what is open now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a new case in the default folder, or in a folder picked before.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseCreateRequest {
    /// Name of the case; the folder is named after it.
    pub name: String,
    /// Region for phone numbers, ISO 3166-1 alpha-2; may be empty.
    pub region: String,
    /// Passphrase; wiped after use.
    pub passphrase: String,
    /// Handle of a folder picked in the shell's dialog; the default folder otherwise.
    #[ts(optional)]
    pub folder: Option<String>,
}

/// Asks to open a case from the recent list, or from a folder picked before.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseOpenRequest {
    /// Handle: of a recent case (`recent:N`) or of a picked folder.
    pub handle: String,
    /// Passphrase; empty to use the keyring.
    pub passphrase: String,
}

/// Asks to create (once) and open the sample case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseOpenSampleRequest {}

/// Shows the state of the workbench.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CaseStatusView {
    /// Product version.
    pub version: String,
    /// The open case.
    pub open: Option<OpenCaseView>,
    /// Cases opened before on this machine, latest first.
    pub recent: Vec<RecentCaseView>,
    /// Whether a keyring answers, and if not, why.
    pub keyring: String,
    /// Folder new cases are created in.
    pub default_folder: String,
}

/// Shows the open case.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenCaseView {
    /// Name.
    pub name: String,
    /// Region for phone numbers.
    pub region: String,
    /// Whether this window may write.
    pub writable: bool,
    /// Why it may not, in words; empty when it may.
    pub read_only_reason: String,
    /// Result of the check at opening: `verified`, `unverified` or `damaged`.
    pub custody: String,
    /// What the check found, in words.
    pub custody_text: String,
    /// Marking of the case's texts.
    pub tlp: String,
    /// Revision of the derived state; empty before the first fusion.
    pub revision: String,
    /// Whether evidence changed since that revision.
    pub stale: bool,
    /// Number of live sources.
    pub sources: u64,
    /// Number of entities.
    pub entities: u64,
    /// Number of relations.
    pub relations: u64,
    /// Number of events.
    pub events: u64,
    /// Pairs waiting for a verdict.
    pub review: u64,
    /// New alerts.
    pub alerts: u64,
    /// Whether this is the sample case.
    pub sample: bool,
    /// Whether the last change can be taken back, and which it is.
    pub undo: Option<String>,
    /// Whether a taken-back change can be made again, and which it is.
    pub redo: Option<String>,
}

/// Shows a case opened before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecentCaseView {
    /// Handle for `case.open`.
    pub handle: String,
    /// Folder name without ending.
    pub name: String,
    /// Whether the folder is still there.
    pub present: bool,
}

/// Asks to keep a key for this case in the system keyring, or to forget it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseRememberRequest {
    /// `remember` or `forget`.
    pub action: String,
}
