//! How an import fails.
//!
//! A failed import lands nothing: whatever an importer gave its sink before it failed is dropped by the host.
//! What can be skipped (a bad row, an unknown field, the torn end of a row format) is a stored warning instead.
//! Messages never quote evidence, so they may be logged.

use std::io;

use crate::sink::Stop;

/// Sorts failures for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorCode {
    /// The host asked to stop.
    Cancelled,
    /// The bytes could not be read.
    Io,
    /// There is nothing in the file.
    Empty,
    /// The file is not text.
    Binary,
    /// The text breaks the grammar of its format.
    Syntax,
    /// The file ends in the middle of a tree.
    Truncated,
    /// A size or depth limit was passed.
    Cap,
    /// The text is sound, but not in the shape of this format.
    WrongShape,
    /// The format does not say whom it is about, and nobody else did.
    SubjectNeeded,
    /// The mapping file is not one.
    Mapping,
}

impl ErrorCode {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Io => "io",
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Syntax => "syntax",
            Self::Truncated => "truncated",
            Self::Cap => "cap",
            Self::WrongShape => "wrong-shape",
            Self::SubjectNeeded => "subject-needed",
            Self::Mapping => "mapping",
        }
    }
}

/// Reports why a file could not be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", line_prefix(*line))]
pub struct ImportError {
    /// What sort of failure.
    pub code: ErrorCode,
    /// What happened, in words; quotes no evidence.
    pub message: String,
    /// 1-based line where it happened, where one is known; stands in front of the displayed message.
    pub line: Option<u64>,
    /// What to do about it.
    pub hint: Option<String>,
}

fn line_prefix(line: Option<u64>) -> String {
    line.map(|line| format!("line {line}: ")).unwrap_or_default()
}

impl ImportError {
    /// Makes a failure without place or hint.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            line: None,
            hint: None,
        }
    }

    /// Adds the 1-based line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<Stop> for ImportError {
    fn from(_: Stop) -> Self {
        Self::new(ErrorCode::Cancelled, "the import was cancelled")
    }
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::new(ErrorCode::Io, format!("the file could not be read: {error}"))
    }
}
