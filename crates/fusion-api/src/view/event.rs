//! Events.

use serde::Serialize;
use ts_rs::TS;

use super::basics::{EntityRefView, SpanView};

/// Names one entity that takes part in an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ParticipantView {
    /// Which entity.
    pub entity: EntityRefView,
    /// `subject`, `actor`, `target`, `mentioned` or `venue`.
    pub role: String,
}

/// Shows an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EventView {
    /// Event id.
    pub id: String,
    /// Kind id, e.g. `transfer`.
    pub kind: String,
    /// First instant, ISO 8601 UTC.
    pub start: String,
    /// First instant after, ISO 8601 UTC.
    pub end: String,
    /// Precision of the interval.
    pub precision: String,
    /// The interval for drawing.
    pub span: SpanView,
    /// When it was learned, ISO 8601 UTC.
    pub learned: String,
    /// What happened.
    pub text: String,
    /// Who took part.
    pub participants: Vec<ParticipantView>,
    /// Supporting statements.
    pub statements: Vec<String>,
}
