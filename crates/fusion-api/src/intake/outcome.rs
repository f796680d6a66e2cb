//! What a plan or an import says of one file.

use fusion_import::ImportError;
use fusion_model::Warning;

use super::counting::Counting;
use crate::commands::import::{FileOutcomeView, FilePlanView, FormatView, WarningView};

/// Says what becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It can be imported.
    Ready,
    /// It was imported.
    Imported,
    /// The case already holds these very bytes.
    AlreadyPresent,
    /// The format is known, but there is no importer for it yet.
    NoImporter,
    /// Somebody has to say whom it is about.
    NeedsSubject,
    /// It cannot be read.
    Unreadable,
    /// The import failed; nothing of it was kept.
    Failed,
}

impl Fate {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Imported => "imported",
            Self::AlreadyPresent => "already-present",
            Self::NoImporter => "no-importer",
            Self::NeedsSubject => "needs-subject",
            Self::Unreadable => "unreadable",
            Self::Failed => "failed",
        }
    }
}

/// Holds the plan for one file.
#[derive(Debug)]
pub struct FilePlan {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) fate: Fate,
    pub(super) format: Option<FormatView>,
    pub(super) format_label: String,
    pub(super) kind: String,
    pub(super) reason: String,
    pub(super) hint: String,
    pub(super) subject: Option<String>,
    pub(super) alternatives: Vec<FormatView>,
    pub(super) counted: Counting,
    pub(super) known_records: u64,
}

impl FilePlan {
    /// Shows the plan under the handle it was asked for.
    pub fn view(self, handle: &str) -> FilePlanView {
        FilePlanView {
            handle: handle.to_owned(),
            name: self.name,
            size: self.size,
            state: self.fate.id().to_owned(),
            format: self.format.map(|format| format.id).unwrap_or_default(),
            format_label: self.format_label,
            reason: self.reason,
            hint: self.hint,
            kind: self.kind,
            subject: self.subject,
            alternatives: self.alternatives,
            rows: self.counted.rows,
            negative: self.counted.negative,
            observations: self.counted.observations,
            records: self.counted.records.len() as u64,
            known_records: self.known_records,
            statements: self.counted.statements,
            warnings: self.counted.warnings.iter().map(warning_view).collect(),
            warning_count: self.counted.warning_count,
        }
    }
}

/// Shows a warning.
pub fn warning_view(warning: &Warning) -> WarningView {
    WarningView {
        code: warning.code.id().to_owned(),
        locator: warning.locator.text(),
        message: warning.message.clone(),
    }
}

/// Says that a file was left alone, and why.
pub(super) fn left(name: &str, format: &str, fate: Fate, message: String, hint: String) -> FileOutcomeView {
    FileOutcomeView {
        name: name.to_owned(),
        state: fate.id().to_owned(),
        format: format.to_owned(),
        message,
        hint,
        source: String::new(),
        rows: 0,
        negative: 0,
        observations: 0,
        statements: 0,
        warnings: 0,
    }
}

/// Chooses the fate that an import error stands for.
pub(super) fn fate_of(error: &ImportError, otherwise: Fate) -> Fate {
    match error.code {
        fusion_import::ErrorCode::SubjectNeeded => Fate::NeedsSubject,
        _ => otherwise,
    }
}
