//! Pairs waiting for a verdict, verdicts, explanations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::PairView;

/// Asks for pairs.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReviewPageRequest {
    /// Decisions to keep, e.g. `review`; all when empty.
    pub decisions: Vec<String>,
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u64,
}

/// Shows pairs, strongest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReviewPageView {
    /// The pairs.
    pub pairs: Vec<PairView>,
    /// Pairs that match altogether.
    pub total: u64,
}

/// Gives a verdict on two records or entities.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JudgeRequest {
    /// Record or entity id.
    pub left: String,
    /// Record or entity id.
    pub right: String,
    /// `same`, `different` or `unsure`.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

/// Asks why two records or entities are, or are not, one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExplainRequest {
    /// Record or entity id.
    pub left: String,
    /// Record or entity id.
    pub right: String,
}

/// Shows why two things are, or are not, one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExplainView {
    /// The pair with every contribution.
    pub pair: PairView,
    /// Whether both are one entity now.
    pub together: bool,
    /// The chain of pairs that joins them, when they are.
    pub path: Vec<PairView>,
    /// What would take them apart or bring them together, in words.
    pub would_change: Vec<String>,
}
