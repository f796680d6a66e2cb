//! Errors as hosts see them: a code for machines, a message and a hint for people.

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
