//! Report preview and export.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a report as text, for the preview.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReportPreviewRequest {
    /// Entities the report is about; the whole case when empty.
    pub entities: Vec<String>,
    /// TLP mark, e.g. `AMBER`.
    pub tlp: String,
}

/// Shows the report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReportPreviewView {
    /// Self-contained HTML for a sandboxed frame.
    pub html: String,
    /// SHA-256 of the bytes that an export would write.
    pub sha256: String,
}

/// Asks to write a report or an export into a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportRunRequest {
    /// Exporter id, e.g. `html`, `gexf`.
    pub format: String,
    /// Entities; the whole case when empty.
    pub entities: Vec<String>,
    /// TLP mark.
    pub tlp: String,
    /// Why it is disclosed; logged.
    pub reason: String,
    /// Handle of a place picked in the shell's save dialog; the case's `exports` folder beside it otherwise.
    #[ts(optional)]
    pub place: Option<String>,
}

/// Shows where an export was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportRunView {
    /// File name with folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// Asks for the exporters.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FormatsRequest {}

/// Shows importers and exporters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormatsView {
    /// Importers.
    pub importers: Vec<super::import::FormatView>,
    /// Exporters.
    pub exporters: Vec<ExporterView>,
}

/// Names an exporter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExporterView {
    /// Exporter id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// File ending.
    pub extension: String,
    /// What it is good for.
    pub description: String,
}
