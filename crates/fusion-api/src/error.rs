//! Errors as hosts see them: a code for machines, a message and a hint for people.
//!
//! Every seam below has its own error type; here they meet, once. Hosts turn codes into exit codes or dialogs and
//! never match on text.

use std::fmt;

use serde::Serialize;
use ts_rs::TS;

/// Shows an error.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ErrorView {
    /// Stable code, e.g. `wrong-key`.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do; empty when there is nothing to say.
    pub hint: String,
}

/// Sorts errors by what a host does about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Something could not be done.
    Failed,
    /// The request itself is wrong.
    Usage,
    /// Wrong passphrase or key.
    WrongKey,
    /// The case is damaged or was tampered with.
    Damaged,
    /// The case is open elsewhere.
    Busy,
    /// The case is older than what this machine has seen of it.
    Behind,
    /// There is no such thing.
    NotFound,
    /// Several things answer to the name.
    Ambiguous,
    /// No case is open.
    NoCase,
    /// The window may not do this.
    Denied,
    /// The analyst stopped it.
    Cancelled,
    /// The case is open for reading only.
    ReadOnly,
}

impl Code {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::WrongKey => "wrong-key",
            Self::Damaged => "damaged",
            Self::Busy => "busy",
            Self::Behind => "behind",
            Self::NotFound => "not-found",
            Self::Ambiguous => "ambiguous",
            Self::NoCase => "no-case",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
            Self::ReadOnly => "read-only",
        }
    }
}

/// Reports why a command failed.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// What sort of trouble.
    pub code: Code,
    /// What happened, as a lower-case fragment.
    pub message: String,
    /// What to do; empty when there is nothing to say.
    pub hint: String,
}

impl ApiError {
    /// Makes an error without hint.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: String::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Returns the wire form.
    pub fn view(&self) -> ErrorView {
        ErrorView {
            code: self.code.id().to_owned(),
            message: self.message.clone(),
            hint: self.hint.clone(),
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    pub(crate) fn not_found(what: impl fmt::Display) -> Self {
        Self::new(Code::NotFound, format!("no such {what}"))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

impl From<fusion_model::ParseIdError> for ApiError {
    fn from(error: fusion_model::ParseIdError) -> Self {
        Self::usage(error.to_string())
    }
}
