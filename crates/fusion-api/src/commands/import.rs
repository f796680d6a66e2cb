//! Planning and running imports, sources, their warnings and original lines.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{OpenCaseView, open_view};
use super::job::JobStartedView;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::intake::{self, Fate, Wish};
use crate::jobs::JobResult;
use crate::open_case::Extent;
use crate::progress::{Progress, Unwatched};
use crate::router::{Command, command};
use crate::view::SourceView;
/// Asks what an import of the given files would do; nothing is stored.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportPlanRequest {
    /// Files by handle, with what the analyst has chosen so far.
    pub files: Vec<ImportFileRequest>,
}

/// Names one file to import.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ImportFileRequest {
    /// Handle given by the shell (drop, dialog).
    pub handle: String,
    /// Importer id, overriding detection.
    #[ts(optional)]
    pub format: Option<String>,
    /// Source kind, overriding the importer's.
    #[ts(optional)]
    pub kind: Option<String>,
    /// Subject, for formats that do not carry it.
    #[ts(optional)]
    pub subject: Option<String>,
    /// Grade such as `B2`.
    #[ts(optional)]
    pub grade: Option<String>,
    /// Handle of a mapping file, for the generic importers.
    #[ts(optional)]
    pub mapping: Option<String>,
    /// `keep` to keep the clear text of passwords and the like, sealed apart; only fingerprints otherwise.
    #[ts(optional)]
    pub secrets: Option<String>,
    /// Why content that was erased from the case is imported again; such content is refused otherwise.
    #[ts(optional)]
    pub again: Option<String>,
}

/// Shows what an import would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportPlanView {
    /// One plan a file, in the order asked.
    pub files: Vec<FilePlanView>,
}

/// Shows what would become of one file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FilePlanView {
    /// Handle of the file.
    pub handle: String,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// `ready`, `needs-subject`, `already-present`, `no-importer` or `unreadable`.
    pub state: String,
    /// Importer id; empty when there is none.
    pub format: String,
    /// Name of the format for people.
    pub format_label: String,
    /// Why this format was chosen, or what is wrong.
    pub reason: String,
    /// Hint for the analyst; empty when there is none.
    pub hint: String,
    /// Source kind.
    pub kind: String,
    /// Subject found or given.
    pub subject: Option<String>,
    /// Other importers that could read it.
    pub alternatives: Vec<FormatView>,
    /// Rows read.
    pub rows: u64,
    /// Rows that say "not found".
    pub negative: u64,
    /// Observations that would be stored.
    pub observations: u64,
    /// Records they talk about.
    pub records: u64,
    /// Of these, records that the case already holds.
    pub known_records: u64,
    /// Statements.
    pub statements: u64,
    /// Warnings, the first twenty.
    pub warnings: Vec<WarningView>,
    /// All warnings.
    pub warning_count: u64,
}

/// Names an importer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormatView {
    /// Importer id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Usual file endings.
    pub extensions: Vec<String>,
    /// Source kind.
    pub kind: String,
}

/// Shows a stored warning.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WarningView {
    /// Code for machines.
    pub code: String,
    /// Place in the file.
    pub locator: String,
    /// What happened.
    pub message: String,
}

/// Asks to import files and then to fuse.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRunRequest {
    /// The files.
    pub files: Vec<ImportFileRequest>,
}

/// Shows what an import did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportRunView {
    /// One outcome a file.
    pub files: Vec<FileOutcomeView>,
}

/// Shows what became of one file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileOutcomeView {
    /// File name.
    pub name: String,
    /// `imported`, `already-present`, `no-importer`, `needs-subject` or `failed`.
    pub state: String,
    /// Importer id.
    pub format: String,
    /// What happened, in words.
    pub message: String,
    /// Hint; empty when there is none.
    pub hint: String,
    /// Source id; empty when nothing was stored.
    pub source: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that said "not found".
    pub negative: u64,
    /// Observations stored.
    pub observations: u64,
    /// Statements stored.
    pub statements: u64,
    /// Warnings stored.
    pub warnings: u64,
}

/// Asks for all sources.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SourcesListRequest {}

/// Shows all sources.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourcesListView {
    /// The sources, latest first.
    pub sources: Vec<SourceView>,
}

/// Asks for the warnings of a source.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SourceWarningsRequest {
    /// Source id.
    pub source: String,
}

/// Shows the warnings of a source.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceWarningsView {
    /// The warnings, by place.
    pub warnings: Vec<WarningView>,
}

/// Asks to take an import back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SourceWithdrawRequest {
    /// Source id.
    pub source: String,
    /// Why.
    pub reason: String,
}

/// Asks for the original lines around a place. Reading the original is a disclosure: it is logged with its reason.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SourceQuoteRequest {
    /// Source id.
    pub source: String,
    /// 1-based line.
    pub line: u64,
    /// Why the original is read.
    pub reason: String,
}

/// Shows original lines.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceQuoteView {
    /// Number of the first line shown.
    pub first_line: u64,
    /// The lines, cut at 2,000 characters each.
    pub lines: Vec<String>,
}

/// Asks to bring everything derived up to date.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FuseRequest {}

const MOST_QUOTED: u64 = 5;

pub(crate) const COMMANDS: &[Command] = &[
    command!("import.plan", Read, "Says what an import would do; stores nothing.", ImportPlanRequest => ImportPlanView, plan),
    command!("import.run", Write, "Imports files and fuses, in a job.", ImportRunRequest => JobStartedView, run),
    command!("fuse.run", Write, "Brings everything derived up to date, in a job.", FuseRequest => JobStartedView, fuse),
    command!("source.list", Read, "All sources, latest first.", SourcesListRequest => SourcesListView, sources),
    command!("source.warnings", Read, "Stored warnings of a source.", SourceWarningsRequest => SourceWarningsView, warnings),
    command!("source.withdraw", Write, "Takes an import back and fuses, in a job.", SourceWithdrawRequest => JobStartedView, withdraw),
    command!("source.quote", Reveal, "Original lines around a place; logged.", SourceQuoteRequest => SourceQuoteView, quote),
];

/// Says what an import would do.
pub fn plan(bench: &Arc<Workbench>, request: ImportPlanRequest) -> Result<ImportPlanView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let mut files = Vec::new();
    for file in &request.files {
        let wish = Wish::read(bench, file)?;
        let known = |record| picture.record(record).is_some();
        files.push(intake::plan(&case, &wish, &known)?.view(&file.handle));
    }
    Ok(ImportPlanView { files })
}

/// Imports files one by one; what cannot be imported is told and leaves the rest alone.
pub fn import(
    bench: &Arc<Workbench>,
    request: &ImportRunRequest,
    progress: &dyn Progress,
) -> Result<ImportRunView, ApiError> {
    let case = bench.case()?;
    let mut files = Vec::new();
    for file in &request.files {
        let wish = Wish::read(bench, file)?;
        files.push(intake::import(&case, &wish, progress)?);
    }
    Ok(ImportRunView { files })
}

/// Imports files and fuses, in a job.
pub fn run(bench: &Arc<Workbench>, request: ImportRunRequest) -> Result<JobStartedView, ApiError> {
    let bench_of_job = Arc::clone(bench);
    let case = bench.case()?;
    let job = bench.jobs.start("import", move |progress| {
        let view = import(&bench_of_job, &request, progress)?;
        let landed = view
            .files
            .iter()
            .filter(|file| file.state == Fate::Imported.id())
            .count();
        let fused = case.fuse(Extent::WhatChanged, progress)?;
        Ok(JobResult {
            text: format!("Imported {landed} of {} files. {fused}", view.files.len()),
            import: Some(view),
        })
    });
    Ok(JobStartedView { job })
}

/// Brings everything derived up to date, in a job.
pub fn fuse(bench: &Arc<Workbench>, _request: FuseRequest) -> Result<JobStartedView, ApiError> {
    let case = bench.case()?;
    let job = bench.jobs.start("fuse", move |progress| {
        let text = case.fuse(Extent::Everything, progress)?;
        Ok(JobResult { text, import: None })
    });
    Ok(JobStartedView { job })
}

/// Brings everything derived up to date here and now, perhaps under other rules.
pub fn fuse_now(
    bench: &Arc<Workbench>,
    rules: Option<&Path>,
    extent: Extent,
    progress: &dyn Progress,
) -> Result<OpenCaseView, ApiError> {
    let case = bench.case()?;
    if let Some(file) = rules {
        case.set_rules(crate::rules::read(Some(file))?)?;
    }
    case.fuse(extent, progress)?;
    open_view(&case)
}

/// Returns all sources, latest first.
pub fn sources(bench: &Arc<Workbench>, _request: SourcesListRequest) -> Result<SourcesListView, ApiError> {
    let mut sources = bench.case()?.sources()?;
    sources.sort_by(|left, right| {
        right
            .acquired_at
            .cmp(&left.acquired_at)
            .then(left.name.cmp(&right.name))
    });
    Ok(SourcesListView { sources })
}

/// Returns the stored warnings of a source.
pub fn warnings(bench: &Arc<Workbench>, request: SourceWarningsRequest) -> Result<SourceWarningsView, ApiError> {
    let case = bench.case()?;
    let source = case.source_id(&request.source)?;
    let warnings = case.warnings(source)?.iter().map(intake::warning_view).collect();
    Ok(SourceWarningsView { warnings })
}

/// Takes an import back; the caller fuses.
pub fn withdraw_source(bench: &Arc<Workbench>, request: &SourceWithdrawRequest) -> Result<SourceView, ApiError> {
    if request.reason.trim().is_empty() {
        return Err(ApiError::usage("withdrawing needs a reason"));
    }
    let case = bench.case()?;
    let source = case.source_id(&request.source)?;
    case.withdraw(source, request.reason.trim())?;
    case.fuse(Extent::WhatChanged, &Unwatched)?;
    case.sources()?
        .into_iter()
        .find(|view| view.id == source.to_string())
        .ok_or_else(|| ApiError::not_found(format!("source: {source}")))
}

/// Takes an import back and fuses, in a job.
pub fn withdraw(bench: &Arc<Workbench>, request: SourceWithdrawRequest) -> Result<JobStartedView, ApiError> {
    let bench_of_job = Arc::clone(bench);
    let job = bench.jobs.start("fuse", move |_progress| {
        let source = withdraw_source(&bench_of_job, &request)?;
        Ok(JobResult {
            text: format!("Withdrew {}.", source.name),
            import: None,
        })
    });
    Ok(JobStartedView { job })
}

/// Returns original lines around a place and logs that they were read.
pub fn quote(bench: &Arc<Workbench>, request: SourceQuoteRequest) -> Result<SourceQuoteView, ApiError> {
    if request.reason.trim().is_empty() {
        return Err(ApiError::usage("reading the original needs a reason"));
    }
    let case = bench.case()?;
    let source = case.source_id(&request.source)?;
    let line = request.line.max(1);
    let first_line = line.saturating_sub(MOST_QUOTED / 2).max(1);
    let lines = case.quote(source, first_line, MOST_QUOTED, request.reason.trim())?;
    Ok(SourceQuoteView { first_line, lines })
}
