//! Long-running work: its progress, its cancel, its result.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};
/// Answers a request that starts a job.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JobStartedView {
    /// Job number.
    pub job: u64,
}

/// Names a job.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JobRequest {
    /// Job number.
    pub job: u64,
}

/// Tells how a job is getting on; sent as a stream, at most twenty a second.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JobEvent {
    /// Job number.
    pub job: u64,
    /// `import` or `fuse`.
    pub kind: String,
    /// `running`, `done`, `cancelled` or `failed`.
    pub state: String,
    /// What it is doing now, or what came of it.
    pub text: String,
    /// Done so far.
    pub done: u64,
    /// Of so many; 0 when unknown.
    pub total: u64,
    /// Outcomes of an import, at its end.
    pub import: Option<super::import::ImportRunView>,
    /// Error, when failed.
    pub error: Option<crate::error::ErrorView>,
}

/// Asks for all jobs since the start.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JobsListRequest {}

/// Shows all jobs since the start, latest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JobsListView {
    /// The jobs.
    pub jobs: Vec<JobEvent>,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("job.list", Read, "All jobs since the start, latest first.", JobsListRequest => JobsListView, list),
    command!("job.cancel", Write, "Stops a job.", JobRequest => JobsListView, cancel),
];

/// Returns all jobs since the start.
pub fn list(bench: &Arc<Workbench>, _request: JobsListRequest) -> Result<JobsListView, ApiError> {
    Ok(JobsListView {
        jobs: bench.jobs.list(),
    })
}

/// Stops a job.
pub fn cancel(bench: &Arc<Workbench>, request: JobRequest) -> Result<JobsListView, ApiError> {
    bench.jobs.cancel(request.job)?;
    list(bench, JobsListRequest {})
}
