//! Handing a case over: packing, looking into a package, unpacking it, merging a colleague's.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::OpenCaseView;
use super::job::JobStartedView;
use super::pending;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};

/// Asks for a sealed package of the case or of a part of it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SharePackRequest {
    /// Public keys (`age1…`) that open it; empty when a passphrase does.
    pub recipients: Vec<String>,
    /// Passphrase that opens it; empty when recipients do. Wiped after use.
    pub passphrase: String,
    /// Only these entities with the evidence that speaks of them; empty for the whole case.
    pub entities: Vec<String>,
    /// Handle of the place, from the save dialog; the exports folder otherwise.
    #[ts(optional)]
    pub place: Option<String>,
    /// Why it leaves the case.
    pub reason: String,
}

/// Says what opens a package.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct PackageKeyRequest {
    /// Passphrase of the package; empty when a key file opens it. Wiped after use.
    pub passphrase: String,
    /// Handle of a file with an age identity (`AGE-SECRET-KEY-…`); this computer's own identity otherwise.
    #[ts(optional)]
    pub identity: Option<String>,
}

/// Asks what is in a package; nothing is unpacked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ShareInspectRequest {
    /// Handle of the package.
    pub package: String,
    /// What opens it.
    pub key: PackageKeyRequest,
}

/// Shows what is in a package.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PackageView {
    /// Name of the case.
    pub name: String,
    /// `whole` or `selection`.
    pub extent: String,
    /// When it was packed, ISO 8601 UTC.
    pub at: String,
    /// Who packed it.
    pub sender: String,
    /// Start of the sender's public signing key.
    pub signed_by: String,
    /// Whether this computer or the open case knows that key.
    pub sender_known: bool,
    /// Sources in it.
    pub sources: u64,
    /// Observations in it.
    pub observations: u64,
    /// Operations in it.
    pub operations: u64,
    /// Bytes of originals.
    pub original_bytes: u64,
    /// Short code of the custody head at packing.
    pub code: String,
}

/// Asks to unpack a package as a case of its own.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ShareUnpackRequest {
    /// Handle of the package.
    pub package: String,
    /// What opens it.
    pub key: PackageKeyRequest,
    /// Passphrase of the new case; wiped after use.
    pub new_passphrase: String,
    /// Handle of the folder it is unpacked into; the default folder otherwise. Nothing is overwritten.
    #[ts(optional)]
    pub folder: Option<String>,
}

/// Asks what merging a package into the open case would do.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ShareCompareRequest {
    /// Handle of the package.
    pub package: String,
    /// What opens it.
    pub key: PackageKeyRequest,
}

/// Shows what merging a package would do, or did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergeView {
    /// The package.
    pub package: PackageView,
    /// What it holds and this case does not, the same, and what contradicts; new first, then conflicts, then same.
    pub rows: Vec<MergeRowView>,
    /// Number of new things.
    pub new: u64,
    /// Number of things both hold.
    pub same: u64,
    /// Number of contradictions.
    pub conflicts: u64,
}

/// Shows one thing of a merge.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergeRowView {
    /// `new`, `same` or `conflict`.
    pub state: String,
    /// `source`, `judgement`, `note`, `tag`, `edit`, `rules` or another sort of operation.
    pub kind: String,
    /// What it is, in words.
    pub text: String,
    /// What stands here, where it contradicts; empty otherwise.
    pub here: String,
}

/// Shows how to receive a package.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IdentityView {
    /// Public key that colleagues pack for, `age1…`.
    pub recipient: String,
    /// Start of the public signing key that packages and checkpoints carry.
    pub signing_key: String,
}

/// Asks for this computer's public keys.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ShareIdentityRequest {}

pub(crate) const COMMANDS: &[Command] = &[
    command!("share.identity", Read, "This computer's public keys, to give to colleagues.", ShareIdentityRequest => IdentityView, identity),
    command!("share.pack", Export, "Writes a sealed package; follow the job.", SharePackRequest => JobStartedView, pack),
    command!("share.inspect", Read, "What is in a package.", ShareInspectRequest => PackageView, inspect),
    command!("share.unpack", Write, "Unpacks a package as a case of its own and opens it.", ShareUnpackRequest => OpenCaseView, unpack),
    command!("share.compare", Read, "What merging a package into the open case would do.", ShareCompareRequest => MergeView, compare),
    command!("share.merge", Write, "Merges a package into the open case.", ShareCompareRequest => MergeView, merge),
];

/// Returns this computer's public keys.
pub fn identity(_bench: &Arc<Workbench>, _request: ShareIdentityRequest) -> Result<IdentityView, ApiError> {
    pending("share.identity")
}

/// Writes a sealed package.
pub fn pack(_bench: &Arc<Workbench>, _request: SharePackRequest) -> Result<JobStartedView, ApiError> {
    pending("share.pack")
}

/// Returns what is in a package.
pub fn inspect(_bench: &Arc<Workbench>, _request: ShareInspectRequest) -> Result<PackageView, ApiError> {
    pending("share.inspect")
}

/// Unpacks a package as a case of its own.
pub fn unpack(_bench: &Arc<Workbench>, _request: ShareUnpackRequest) -> Result<OpenCaseView, ApiError> {
    pending("share.unpack")
}

/// Returns what merging a package would do.
pub fn compare(_bench: &Arc<Workbench>, _request: ShareCompareRequest) -> Result<MergeView, ApiError> {
    pending("share.compare")
}

/// Merges a package into the open case.
pub fn merge(_bench: &Arc<Workbench>, _request: ShareCompareRequest) -> Result<MergeView, ApiError> {
    pending("share.merge")
}
