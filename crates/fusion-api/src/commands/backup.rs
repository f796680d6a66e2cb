//! Backups: where they go, what there is, making, testing and restoring one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::OpenCaseView;
use super::job::JobStartedView;
use super::pending;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};

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
pub fn status(_bench: &Arc<Workbench>, _request: BackupStatusRequest) -> Result<BackupStatusView, ApiError> {
    pending("backup.status")
}

/// Chooses where backups go.
pub fn configure(_bench: &Arc<Workbench>, _request: BackupConfigureRequest) -> Result<BackupStatusView, ApiError> {
    pending("backup.configure")
}

/// Makes a backup.
pub fn run(_bench: &Arc<Workbench>, _request: BackupRunRequest) -> Result<JobStartedView, ApiError> {
    pending("backup.run")
}

/// Restores a backup to scratch and compares it.
pub fn test(_bench: &Arc<Workbench>, _request: BackupTestRequest) -> Result<JobStartedView, ApiError> {
    pending("backup.test")
}

/// Restores a backup into a new folder and opens it.
pub fn restore(_bench: &Arc<Workbench>, _request: BackupRestoreRequest) -> Result<OpenCaseView, ApiError> {
    pending("backup.restore")
}
