//! Opening, creating, locking a case; what is open now.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use fusion_model::FindingId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::auto_lock::LockReason;
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::open_case::{CaseKey, Extent, OpenCase};
use crate::progress::{Progress, Unwatched};
use crate::router::{Command, command};
use crate::sample;
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
    /// Why the case is written to all the same where it lies on a network or is copied about; refused without.
    #[ts(optional)]
    pub anyway: Option<String>,
}

/// Asks to open a case from the recent list, or from a folder picked before.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseOpenRequest {
    /// Handle: of a recent case (`recent:N`) or of a picked folder.
    pub handle: String,
    /// Passphrase; empty to use the keyring.
    pub passphrase: String,
    /// Printed recovery code, instead of a passphrase; wiped after use.
    #[ts(optional)]
    pub recovery: Option<String>,
    /// Handle of a file with a colleague's age identity, instead of a passphrase.
    #[ts(optional)]
    pub identity: Option<String>,
    /// Why the case is written to all the same where it lies on a network or is copied about; read without.
    #[ts(optional)]
    pub anyway: Option<String>,
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
    /// Result of the check at opening: `verified`, `unverified` (not known on this computer), `behind` or `damaged`.
    pub custody: String,
    /// What the check found, in words.
    pub custody_text: String,
    /// What was odd about its keys at this opening, in words; empty when nothing was.
    pub keys_note: String,
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
    /// Operation the case is shown as of; none for the present.
    pub as_of: Option<String>,
    /// What is wrong with the backups, in words; empty when nothing is.
    pub backup_alert: String,
    /// Minutes without use after which the case locks itself; 0 for never.
    pub auto_lock_minutes: u64,
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

/// Asks for another time without use after which the case locks itself.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AutoLockRequest {
    /// Minutes, 1 to 240; 0 for never.
    pub minutes: u64,
}

/// Asks for the state of the workbench.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseStatusRequest {}

/// Asks to lock the open case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseLockRequest {}

pub(crate) const COMMANDS: &[Command] = &[
    command!("case.status", Read, "The state of the workbench.", CaseStatusRequest => CaseStatusView, status),
    command!("case.create", Write, "Creates and opens a case.", CaseCreateRequest => OpenCaseView, create),
    command!("case.open", Write, "Opens a case.", CaseOpenRequest => OpenCaseView, open),
    command!("case.openSample", Write, "Creates the sample case where needed, and opens it.", CaseOpenSampleRequest => OpenCaseView, open_sample),
    command!("case.lock", Write, "Closes the case and wipes its keys.", CaseLockRequest => CaseStatusView, lock),
    command!("case.autoLock", Write, "Chooses after how much time without use the case locks itself.", AutoLockRequest => CaseStatusView, auto_lock),
    command!("case.asOf", Write, "Shows the case as it was right after an operation.", super::log::AsOfRequest => OpenCaseView, as_of),
    command!("case.remember", Write, "Keeps or forgets a key in the system keyring.", CaseRememberRequest => CaseStatusView, remember),
];

/// Says how a case is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For reading.
    Read,
    /// For writing.
    Write,
}

/// Says whether a new case starts with the sample evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// Empty.
    Without,
    /// With the sample evidence, fused.
    With,
}

impl From<bool> for Sample {
    fn from(with: bool) -> Self {
        if with { Self::With } else { Self::Without }
    }
}

/// Describes a case to create.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Name.
    pub name: String,
    /// Region for phone numbers; may be empty.
    pub region: String,
    /// Whether it starts with the sample evidence.
    pub sample: Sample,
}

/// Refuses a folder that holds no case, before anybody is asked for a passphrase.
pub fn refuse_what_is_no_case(folder: &Path) -> Result<(), ApiError> {
    OpenCase::refuse_what_is_no_case(folder)
}

/// Creates a case in exactly `folder` and puts it on the bench.
pub fn create_folder(
    bench: &Arc<Workbench>,
    folder: &Path,
    passphrase: Zeroizing<String>,
    wanted: NewCase,
    progress: &dyn Progress,
) -> Result<OpenCaseView, ApiError> {
    if wanted.name.trim().is_empty() {
        return Err(ApiError::usage("a case needs a name"));
    }
    let region = wanted.region.trim().to_ascii_uppercase();
    if !region.is_empty() && (region.len() != 2 || !region.bytes().all(|letter| letter.is_ascii_alphabetic())) {
        return Err(ApiError::usage(format!("not a region: {region}")).hint("two letters by ISO 3166-1, e.g. NL"));
    }
    drop(bench.take());
    let case = bench.put(OpenCase::create(
        folder,
        passphrase,
        wanted.name.trim(),
        &region,
        &bench.machine(),
    )?);
    if wanted.sample == Sample::With {
        sample::fill(&case, progress)?;
    }
    case.fuse(Extent::WhatChanged, progress)?;
    note_recent(bench, folder);
    open_view(&case)
}

/// Opens the case in `folder` and puts it on the bench.
pub fn open_folder(
    bench: &Arc<Workbench>,
    folder: &Path,
    key: impl Into<CaseKey>,
    mode: Mode,
) -> Result<Arc<OpenCase>, ApiError> {
    drop(bench.take());
    Ok(bench.put(OpenCase::open(folder, key.into(), mode, &bench.machine())?))
}

/// Returns the state of the workbench.
pub fn status(bench: &Arc<Workbench>, _request: CaseStatusRequest) -> Result<CaseStatusView, ApiError> {
    let open = bench.try_case().map(|case| open_view(&case)).transpose()?;
    let recent = bench
        .recent
        .list()
        .iter()
        .map(|folder| RecentCaseView {
            handle: bench.handles.register(folder),
            name: folder
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default(),
            present: folder.is_dir(),
        })
        .collect();
    Ok(CaseStatusView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        open,
        recent,
        keyring: OpenCase::keyring_state(),
        default_folder: bench.places.cases.display().to_string(),
    })
}

/// Creates a case in the default folder, or in a folder that was picked.
pub fn create(bench: &Arc<Workbench>, request: CaseCreateRequest) -> Result<OpenCaseView, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    let parent = match &request.folder {
        Some(handle) => bench.handles.path(handle)?,
        None => bench.places.cases.clone(),
    };
    bench.write_anyway(request.anyway.as_deref().unwrap_or_default());
    let folder = parent.join(format!("{}.fusion", file_name(&request.name)?));
    let wanted = NewCase {
        name: request.name,
        region: request.region,
        sample: Sample::Without,
    };
    let view = create_folder(bench, &folder, passphrase, wanted, &Unwatched)?;
    super::backup::keep_watch(bench);
    Ok(view)
}

/// Opens a recent case or one in a folder that was picked; falls back to reading when another program writes to it, and
/// where it must not or cannot be written.
pub fn open(bench: &Arc<Workbench>, request: CaseOpenRequest) -> Result<OpenCaseView, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    let key = match (request.recovery.map(Zeroizing::new), &request.identity) {
        (Some(code), _) => CaseKey::Recovery(code),
        (None, Some(handle)) => CaseKey::Colleague(super::keys::read_secret_file(&bench.handles.path(handle)?)?),
        (None, None) => passphrase.into(),
    };
    let folder = bench.handles.path(&request.handle)?;
    refuse_what_is_no_case(&folder)?;
    bench.write_anyway(request.anyway.as_deref().unwrap_or_default());
    let case = match open_folder(bench, &folder, key.clone(), Mode::Write) {
        Err(error) if matches!(error.code, Code::Busy | Code::ReadOnly) => {
            let case = open_folder(bench, &folder, key, Mode::Read)?;
            case.note_refusal(&error);
            case
        }
        outcome => outcome?,
    };
    super::backup::keep_watch(bench);
    note_recent(bench, &folder);
    open_view(&case)
}

/// Opens the sample case; creates it at the first time.
pub fn open_sample(bench: &Arc<Workbench>, _request: CaseOpenSampleRequest) -> Result<OpenCaseView, ApiError> {
    let folder = bench.places.cases.join(format!("{}.fusion", sample::CASE_NAME));
    let passphrase = || Zeroizing::new(sample::PASSPHRASE.to_owned());
    if OpenCase::is_case(&folder) {
        let handle = bench.handles.register(&folder);
        return open(
            bench,
            CaseOpenRequest {
                handle,
                passphrase: sample::PASSPHRASE.to_owned(),
                recovery: None,
                identity: None,
                anyway: Some(sample::ANYWAY.to_owned()),
            },
        );
    }
    bench.write_anyway(sample::ANYWAY);
    let wanted = NewCase {
        name: sample::CASE_NAME.to_owned(),
        region: sample::REGION.to_owned(),
        sample: Sample::With,
    };
    create_folder(bench, &folder, passphrase(), wanted, &Unwatched)
}

/// Closes the case.
pub fn lock(bench: &Arc<Workbench>, _request: CaseLockRequest) -> Result<CaseStatusView, ApiError> {
    bench.lock(LockReason::Asked);
    status(bench, CaseStatusRequest {})
}

/// Chooses after how much time without use the case locks itself.
pub fn auto_lock(bench: &Arc<Workbench>, request: AutoLockRequest) -> Result<CaseStatusView, ApiError> {
    bench.auto_lock.choose(request.minutes)?;
    status(bench, CaseStatusRequest {})
}

/// Shows the case as it was right after an operation.
pub fn as_of(bench: &Arc<Workbench>, request: super::log::AsOfRequest) -> Result<OpenCaseView, ApiError> {
    let case = bench.case()?;
    case.show_as_of(request.operation.as_deref())?;
    open_view(&case)
}

/// Keeps or forgets a key in the system keyring.
pub fn remember(bench: &Arc<Workbench>, request: CaseRememberRequest) -> Result<CaseStatusView, ApiError> {
    let case = bench.case()?;
    match request.action.as_str() {
        "remember" => case.remember("")?,
        "forget" => case.forget("")?,
        other => return Err(ApiError::usage(format!("unknown action: {other}")).hint("remember or forget")),
    }
    status(bench, CaseStatusRequest {})
}

/// Shows an open case.
pub fn open_view(case: &OpenCase) -> Result<OpenCaseView, ApiError> {
    let totals = case.totals()?;
    let states = case.alert_states()?;
    let is_new = |id: FindingId| states.get(&id).is_none_or(|(state, _)| state == "new");
    let custody = case.custody();
    Ok(OpenCaseView {
        name: case.name().to_owned(),
        region: case.region()?,
        writable: case.writable(),
        read_only_reason: case.read_only_reason(),
        custody: custody.verdict.to_owned(),
        custody_text: custody.text,
        keys_note: case.keys_note(),
        tlp: case.rules().export.default_tlp.clone(),
        revision: totals.revision.to_string(),
        stale: case.is_stale()?,
        sources: case.sources()?.iter().filter(|source| !source.withdrawn).count() as u64,
        entities: totals.entities,
        relations: totals.relations,
        events: totals.events,
        review: totals.waiting,
        alerts: totals.alerts.iter().filter(|alert| is_new(**alert)).count() as u64,
        sample: case.name() == sample::CASE_NAME,
        undo: case.next_undo()?,
        redo: case.next_redo()?,
        as_of: case.as_of(),
        backup_alert: if case.name() == sample::CASE_NAME {
            String::new()
        } else {
            case.backup_alert()?
        },
        auto_lock_minutes: case.auto_lock_minutes.load(Ordering::Relaxed),
    })
}

fn note_recent(bench: &Workbench, folder: &Path) {
    // The list is a convenience; a case that opened must not fail because the list could not be written.
    let _ = bench.recent.note(folder);
}

/// Turns a case name into a file name that every system takes.
pub(super) fn file_name(name: &str) -> Result<String, ApiError> {
    let kept: String = name
        .trim()
        .chars()
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|".contains(c) {
                '-'
            } else {
                c
            }
        })
        .collect();
    let kept = kept.trim_matches(['.', ' ']).to_owned();
    if kept.is_empty() {
        return Err(ApiError::usage("a case needs a name"));
    }
    Ok(kept)
}
