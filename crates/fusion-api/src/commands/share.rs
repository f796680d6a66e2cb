//! Handing a case over: packing, looking into a package, unpacking it, merging a colleague's.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use fusion_model::EntityId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::backup::free_place;
use super::case::{self, CaseOpenRequest, OpenCaseView};
use super::job::JobStartedView;
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::jobs::JobResult;
use crate::open_case::OpenCase;
use crate::open_case::transfer::{self, PackWish, PackageOpener};
use crate::progress::{Progress, Unwatched};
use crate::router::{Command, command};

/// Caps what is read of a file with an age identity.
const MAX_IDENTITY_FILE: u64 = 64 * 1024;

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
pub fn identity(bench: &Arc<Workbench>, _request: ShareIdentityRequest) -> Result<IdentityView, ApiError> {
    transfer::identity(&bench.machine())
}

/// Writes a sealed package.
pub fn pack(bench: &Arc<Workbench>, request: SharePackRequest) -> Result<JobStartedView, ApiError> {
    let case = bench.case()?;
    let file = match &request.place {
        Some(handle) => bench.handles.path(handle)?,
        None => {
            let folder = case.exports_folder();
            std::fs::create_dir_all(&folder).map_err(|error| {
                ApiError::new(
                    Code::Failed,
                    format!("cannot be created: {error}: {}", folder.display()),
                )
            })?;
            free_place(&folder, case.name(), "fusionpack")?
        }
    };
    let wish = wish(&case, request)?;
    let job = bench.jobs.start("pack", move |progress| {
        let view = case.pack(&file, wish, progress)?;
        Ok(JobResult {
            text: format!(
                "Packed {} sources with {} observations: {}",
                view.sources,
                view.observations,
                file.display()
            ),
            import: None,
        })
    });
    Ok(JobStartedView { job })
}

/// Writes a sealed package to exactly `file`.
pub fn pack_to(
    bench: &Arc<Workbench>,
    file: &Path,
    request: SharePackRequest,
    progress: &dyn Progress,
) -> Result<PackageView, ApiError> {
    let case = bench.case()?;
    let wish = wish(&case, request)?;
    case.pack(file, wish, progress)
}

fn wish(case: &OpenCase, request: SharePackRequest) -> Result<PackWish, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    if request.recipients.is_empty() && passphrase.is_empty() {
        return Err(ApiError::usage("a package needs recipients or a passphrase"));
    }
    if request.reason.trim().is_empty() {
        return Err(ApiError::usage("what leaves the case needs a reason"));
    }
    let mut records = BTreeSet::new();
    if !request.entities.is_empty() {
        let picture = case.picture()?;
        for text in &request.entities {
            let id = EntityId::parse(text).map_err(|_| ApiError::not_found(format!("entity: {text}")))?;
            case.require_living(&picture, id)?;
            let entity = picture
                .entity(id)
                .ok_or_else(|| ApiError::not_found(format!("entity: {text}")))?;
            records.extend(entity.records.iter().copied());
        }
    }
    Ok(PackWish {
        recipients: request.recipients,
        passphrase,
        records,
        reason: request.reason.trim().to_owned(),
    })
}

/// Returns what is in a package.
pub fn inspect(bench: &Arc<Workbench>, request: ShareInspectRequest) -> Result<PackageView, ApiError> {
    let file = bench.handles.path(&request.package)?;
    inspect_file(bench, &file, &opener(bench, request.key)?)
}

/// Returns what is in the package at `file`.
pub fn inspect_file(bench: &Arc<Workbench>, file: &Path, opener: &PackageOpener) -> Result<PackageView, ApiError> {
    transfer::inspect(file, opener, &bench.machine())
}

/// Unpacks a package as a case of its own.
pub fn unpack(bench: &Arc<Workbench>, request: ShareUnpackRequest) -> Result<OpenCaseView, ApiError> {
    let passphrase = Zeroizing::new(request.new_passphrase);
    let file = bench.handles.path(&request.package)?;
    let opener = opener(bench, request.key)?;
    let parent = match &request.folder {
        Some(handle) => bench.handles.path(handle)?,
        None => bench.places.cases.clone(),
    };
    let facts = inspect_file(bench, &file, &opener)?;
    let target = free_place(&parent, &facts.name, "fusion")?;
    unpack_to(bench, (&file, &opener), &target, passphrase.clone(), &Unwatched)?;
    let handle = bench.handles.register(&target);
    case::open(
        bench,
        CaseOpenRequest {
            handle,
            passphrase: passphrase.as_str().to_owned(),
            recovery: None,
            identity: None,
            anyway: None,
        },
    )
}

/// Unpacks the package at `file` as a new case at exactly `target`, opened by `passphrase`.
pub fn unpack_to(
    bench: &Arc<Workbench>,
    (file, opener): (&Path, &PackageOpener),
    target: &Path,
    passphrase: Zeroizing<String>,
    progress: &dyn Progress,
) -> Result<PackageView, ApiError> {
    transfer::unpack((file, opener), target, passphrase, &bench.machine(), progress)
}

/// Returns what merging a package would do.
pub fn compare(bench: &Arc<Workbench>, request: ShareCompareRequest) -> Result<MergeView, ApiError> {
    let file = bench.handles.path(&request.package)?;
    compare_file(bench, &file, &opener(bench, request.key)?)
}

/// Merges a package into the open case.
pub fn merge(bench: &Arc<Workbench>, request: ShareCompareRequest) -> Result<MergeView, ApiError> {
    let file = bench.handles.path(&request.package)?;
    merge_file(bench, &file, &opener(bench, request.key)?, &Unwatched)
}

/// Returns what merging the package at `file` would do.
pub fn compare_file(bench: &Arc<Workbench>, file: &Path, opener: &PackageOpener) -> Result<MergeView, ApiError> {
    bench.case()?.compare(file, opener, &bench.machine())
}

/// Merges the package at `file` into the open case.
pub fn merge_file(
    bench: &Arc<Workbench>,
    file: &Path,
    opener: &PackageOpener,
    progress: &dyn Progress,
) -> Result<MergeView, ApiError> {
    bench.case()?.merge(file, opener, &bench.machine(), progress)
}

fn opener(bench: &Workbench, key: PackageKeyRequest) -> Result<PackageOpener, ApiError> {
    let passphrase = Zeroizing::new(key.passphrase);
    match &key.identity {
        _ if !passphrase.is_empty() => Ok(PackageOpener::Passphrase(passphrase)),
        Some(handle) => identity_file(&bench.handles.path(handle)?),
        None => Ok(PackageOpener::Here),
    }
}

/// Reads a file with an age identity.
pub fn identity_file(path: &Path) -> Result<PackageOpener, ApiError> {
    let failed = |error: std::io::Error| {
        ApiError::new(
            Code::Failed,
            format!("the identity file cannot be read: {error}: {}", path.display()),
        )
    };
    let mut text = Zeroizing::new(String::new());
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MAX_IDENTITY_FILE).read_to_string(&mut text).map_err(failed)?;
    Ok(PackageOpener::Identity(text))
}
