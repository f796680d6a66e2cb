//! Planning and running imports, sources, their warnings and original lines.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::SourceView;

/// Asks what an import of the given files would do; nothing is stored.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportPlanRequest {
    /// Files by handle, with what the analyst has chosen so far.
    pub files: Vec<ImportFileRequest>,
}

/// Names one file to import.
#[derive(Debug, Clone, Deserialize, TS)]
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
