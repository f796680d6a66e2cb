//! A statement after cleaning: what the engine works on and what every proof ends in.

use crate::id::{ObservationId, RecordId, SourceId, StatementId};
use crate::property::{CleanFailure, CleanValue, Property};
use crate::provenance::{Grade, Locator};

/// Holds one value said of one record, with its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Content id.
    pub id: StatementId,
    /// The observation that says it.
    pub observation: ObservationId,
    /// The source that holds the observation.
    pub source: SourceId,
    /// Where in the source.
    pub locator: Locator,
    /// The record it is said of; for a statement of a link, the record the link starts at.
    pub record: RecordId,
    /// What is said.
    pub property: Property,
    /// Original text, or the analyst's where it was corrected; sealed secrets show only their equality group.
    pub original: String,
    /// Text as it stands in the source, where an analyst corrected it.
    pub source_text: Option<String>,
    /// What the text had to be read with; mostly empty.
    pub qualifier: String,
    /// Raw field path.
    pub path: String,
    /// Cleaned value, or why there is none.
    pub value: Result<CleanValue, CleanFailure>,
    /// Grade of source and item in force.
    pub grade: Grade,
}
