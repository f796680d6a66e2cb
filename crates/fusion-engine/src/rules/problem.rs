//! What can be wrong with a rules file, said so that it can be mended without another document at hand.

use std::fmt;

/// Reports one thing that is wrong in a rules file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesProblem {
    /// Name of the file as given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Full path of the key, e.g. `entity_resolution.fuzzy_threshold`; empty when the file as a whole is meant.
    pub key: String,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What may stand there: keys, words, or a range in words.
    pub allowed: Vec<String>,
}

impl RulesProblem {
    /// Returns a hint that names what is allowed, when there is something to name.
    pub fn hint(&self) -> Option<String> {
        (!self.allowed.is_empty()).then(|| format!("allowed: {}", self.allowed.join(", ")))
    }
}

impl fmt::Display for RulesProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for RulesProblem {}
