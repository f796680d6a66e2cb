//! Backups: where they go, what there is, making, testing and restoring one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::case::{self, CaseOpenRequest, OpenCaseView};
use super::job::JobStartedView;
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::jobs::JobResult;
use crate::open_case::transfer::{self, BackupPlan, backup_view, no_folder};
use crate::open_case::{CaseKey, OpenCase};
use crate::progress::{Progress, Unwatched};
use crate::router::{Command, command};

/// How often the watch looks whether a backup is due.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Asks how the backups stand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupStatusRequest {}

/// Shows how the backups stand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupStatusView {
    /// Folder they go to; none before one was chosen.
    pub folder: Option<String>,
    /// Whether one is made by itself, daily and after changes, while the case is open.
    pub automatic: bool,
    /// When the last one succeeded, ISO 8601 UTC; none when none did.
    pub last_success: Option<String>,
    /// Whether none succeeded for 25 hours.
    pub overdue: bool,
    /// How it stands, in words, with what to do.
    pub text: String,
    /// The backups in the folder, latest first.
    pub backups: Vec<BackupView>,
}

/// Shows one backup.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupView {
    /// Handle for testing and restoring.
    pub handle: String,
    /// When it was made, ISO 8601 UTC.
    pub at: String,
    /// Why it is kept: `newest`, `daily`, `weekly`, `monthly` or `kept`.
    pub kept_as: String,
    /// Bytes.
    pub size: u64,
    /// Sources in it.
    pub sources: u64,
    /// Observations in it.
    pub observations: u64,
    /// `untested`, `whole`, `damaged` or `destroyed`.
    pub state: String,
    /// What the last test said, in words; empty when none was made.
    pub text: String,
}

/// Asks for another destination or rhythm.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupConfigureRequest {
    /// Handle of the folder; the present one otherwise.
    #[ts(optional)]
    pub folder: Option<String>,
    /// Whether one is made by itself, daily and after changes.
    pub automatic: bool,
}

/// Asks for a backup now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupRunRequest {}

/// Asks to restore a backup to scratch and compare it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupTestRequest {
    /// Handle of the backup.
    pub backup: String,
}

/// Asks to restore a backup into a new folder, and to open it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupRestoreRequest {
    /// Handle of the backup: from the status, or of a picked folder.
    pub backup: String,
    /// Passphrase that opened the case then; wiped after use.
    pub passphrase: String,
    /// Handle of the folder it is restored into; the default folder otherwise. Nothing is overwritten.
    #[ts(optional)]
    pub folder: Option<String>,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("backup.status", Read, "How the backups stand.", BackupStatusRequest => BackupStatusView, status),
    command!("backup.configure", Write, "Chooses where backups go and whether they are made by themselves.", BackupConfigureRequest => BackupStatusView, configure),
    command!("backup.run", Write, "Makes a backup; follow the job.", BackupRunRequest => JobStartedView, run),
    command!("backup.test", Write, "Restores a backup to scratch and compares it; follow the job.", BackupTestRequest => JobStartedView, test),
    command!("backup.restore", Write, "Restores a backup into a new folder and opens it.", BackupRestoreRequest => OpenCaseView, restore),
];

/// Returns how the backups stand.
pub fn status(bench: &Arc<Workbench>, _request: BackupStatusRequest) -> Result<BackupStatusView, ApiError> {
    let case = bench.case()?;
    let standing = case.backup_standing()?;
    let backups = match &standing.plan.folder {
        // A disk that is not plugged in holds no backups now; what was remembered of it stays.
        Some(folder) if folder.is_dir() => case.backups(folder)?,
        _ => Vec::new(),
    };
    let missing = standing.plan.folder.as_ref().is_some_and(|folder| !folder.is_dir());
    let text = match (standing.plan.folder.is_some(), standing.last_success, standing.overdue) {
        (false, _, _) => "No folder for backups was chosen. Choose one on another disk.".to_owned(),
        _ if missing => "The folder for backups is not there. Plug its disk in, or choose another folder.".to_owned(),
        (true, None, _) => "No backup was made yet.".to_owned(),
        (true, Some(_), true) => "No backup has succeeded for 25 hours. Make one now.".to_owned(),
        (true, Some(_), false) => "The last backup is less than 25 hours old.".to_owned(),
    };
    Ok(BackupStatusView {
        folder: standing.plan.folder.as_ref().map(|folder| folder.display().to_string()),
        automatic: standing.plan.automatic,
        last_success: standing.last_success.map(|at| at.iso()),
        overdue: standing.overdue,
        text,
        backups: backups
            .iter()
            .map(|entry| backup_view(bench.handles.register(&entry.path), entry))
            .collect(),
    })
}

/// Chooses where backups go.
pub fn configure(bench: &Arc<Workbench>, request: BackupConfigureRequest) -> Result<BackupStatusView, ApiError> {
    let case = bench.case()?;
    let folder = match &request.folder {
        Some(handle) => bench.handles.path(handle)?,
        None => case.backup_standing()?.plan.folder.ok_or_else(no_folder)?,
    };
    if folder.starts_with(case.folder()) {
        return Err(
            ApiError::usage("a backup inside the case would be lost with it").hint("choose a folder on another disk")
        );
    }
    case.plan_backups(BackupPlan {
        folder: Some(folder),
        automatic: request.automatic,
    })?;
    status(bench, BackupStatusRequest {})
}

/// Makes a backup.
pub fn run(bench: &Arc<Workbench>, _request: BackupRunRequest) -> Result<JobStartedView, ApiError> {
    let case = bench.case()?;
    let folder = case.backup_standing()?.plan.folder.ok_or_else(no_folder)?;
    let job = bench.jobs.start("backup", move |progress| {
        let entry = case.back_up(&folder, progress)?;
        Ok(told(format!(
            "Backed up {} sources with {} observations.",
            entry.totals.sources, entry.totals.observations
        )))
    });
    Ok(JobStartedView { job })
}

/// Restores a backup to scratch and compares it.
pub fn test(bench: &Arc<Workbench>, request: BackupTestRequest) -> Result<JobStartedView, ApiError> {
    let case = bench.case()?;
    let entry = case.backup_at(&bench.handles.path(&request.backup)?)?;
    let job = bench.jobs.start("backup-test", move |progress| {
        match case.test_backup(&entry, progress)? {
            None => Ok(told(format!("The backup of {} is whole.", entry.at.iso()))),
            Some(wrong) => Err(ApiError::new(Code::Damaged, wrong).hint("make a new backup now")),
        }
    });
    Ok(JobStartedView { job })
}

/// Restores a backup into a new folder and opens it.
pub fn restore(bench: &Arc<Workbench>, request: BackupRestoreRequest) -> Result<OpenCaseView, ApiError> {
    let passphrase = Zeroizing::new(request.passphrase);
    let backup = bench.handles.path(&request.backup)?;
    let parent = match &request.folder {
        Some(handle) => bench.handles.path(handle)?,
        None => bench.places.cases.clone(),
    };
    let home = backup
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default()
        .to_string_lossy();
    let name = home.rsplit_once('-').map_or(home.as_ref(), |(name, _)| name);
    let target = free_place(&parent, &format!("{name} restored"), "fusion")?;
    restore_to(bench, &backup, passphrase.clone(), &target, &Unwatched)?;
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

/// Restores the backup at `backup` as a new case at exactly `target`.
pub fn restore_to(
    bench: &Arc<Workbench>,
    backup: &Path,
    key: impl Into<CaseKey>,
    target: &Path,
    progress: &dyn Progress,
) -> Result<RestoredView, ApiError> {
    let totals = transfer::restore(backup, key.into(), target, &bench.machine(), progress)?;
    Ok(RestoredView {
        path: target.display().to_string(),
        sources: totals.sources,
        observations: totals.observations,
        operations: totals.operations,
    })
}

/// Makes a backup of the open case below `folder`, rehearses it where that was asked for, and shows it.
pub fn run_to(
    bench: &Arc<Workbench>,
    folder: &Path,
    rehearsal: Rehearsal,
    progress: &dyn Progress,
) -> Result<BackupMadeView, ApiError> {
    let case = bench.case()?;
    let entry = case.back_up(folder, progress)?;
    if rehearsal == Rehearsal::Now
        && let Some(wrong) = case.test_backup(&entry, progress)?
    {
        return Err(ApiError::new(Code::Damaged, wrong).hint("the disk of the backup may be failing; choose another"));
    }
    Ok(BackupMadeView {
        path: entry.path.display().to_string(),
        sources: entry.totals.sources,
        observations: entry.totals.observations,
        size: entry.size,
        tested: rehearsal == Rehearsal::Now,
    })
}

/// Says whether a backup is rehearsed right after it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rehearsal {
    /// Another time.
    Later,
    /// Now.
    Now,
}

/// Shows a backup that was made.
#[derive(Debug, Clone, Serialize)]
pub struct BackupMadeView {
    /// Its folder.
    pub path: String,
    /// Sources in it.
    pub sources: u64,
    /// Observations in it.
    pub observations: u64,
    /// Bytes.
    pub size: u64,
    /// Whether it was restored to scratch and found whole.
    pub tested: bool,
}

/// Shows a case that was restored.
#[derive(Debug, Clone, Serialize)]
pub struct RestoredView {
    /// Its folder.
    pub path: String,
    /// Sources in it.
    pub sources: u64,
    /// Observations in it.
    pub observations: u64,
    /// Operations in it.
    pub operations: u64,
}

/// Keeps an eye on the case on the bench: makes a backup by itself, daily and after changes, where that was chosen.
///
/// The first call starts the watch; it ends with the workbench.
pub fn keep_watch(bench: &Arc<Workbench>) {
    if bench.watched.swap(true, Ordering::Relaxed) {
        return;
    }
    let bench = Arc::downgrade(bench);
    // Without the thread nothing is backed up by itself, which the alert tells after a day.
    let _ = std::thread::Builder::new()
        .name("fusion-backup".to_owned())
        .spawn(move || {
            loop {
                std::thread::sleep(LOOK_AGAIN);
                let Some(bench) = bench.upgrade() else { return };
                look_after(&bench);
            }
        });
}

/// Makes a backup by itself where one is due; what goes wrong is told by the job.
pub fn look_after(bench: &Arc<Workbench>) -> Option<JobStartedView> {
    is_due(bench).then(|| run(bench, BackupRunRequest {}).ok()).flatten()
}

/// Tells whether a backup should be made now by itself.
pub fn is_due(bench: &Workbench) -> bool {
    let busy = bench.jobs.list().iter().any(|job| job.state == "running");
    let due = |case: &OpenCase| case.backup_standing().is_ok_and(|standing| standing.due);
    !busy && bench.try_case().is_some_and(|case| due(&case))
}

/// Finds a name that is free in `parent`.
pub(super) fn free_place(parent: &Path, stem: &str, ending: &str) -> Result<PathBuf, ApiError> {
    let stem = case::file_name(stem)?;
    let numbered = (2u32..).map(|number| format!("{stem} {number}.{ending}"));
    std::iter::once(format!("{stem}.{ending}"))
        .chain(numbered)
        .map(|name| parent.join(name))
        .find(|path| !path.exists())
        .ok_or_else(|| ApiError::new(Code::Failed, "every file name is taken"))
}

fn told(text: String) -> JobResult {
    JobResult { text, import: None }
}

#[cfg(test)]
mod tests;
