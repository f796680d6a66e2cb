//! References, grades, confidences, findings, statements, sources.

use serde::Serialize;
use ts_rs::TS;

/// Names an entity wherever another thing points at it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntityRefView {
    /// Entity id.
    pub id: String,
    /// Kind id, e.g. `person`.
    pub kind: String,
    /// Name for people.
    pub label: String,
}

/// Shows an Admiralty grade.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GradeView {
    /// Two characters, e.g. `B2`.
    pub text: String,
    /// Reliability of the source, in words.
    pub reliability: String,
    /// Credibility of the item, in words.
    pub credibility: String,
}

/// Shows an interval of time with the precision it is known to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SpanView {
    /// First instant, ISO 8601 UTC.
    pub start: String,
    /// First instant after, ISO 8601 UTC.
    pub end: String,
    /// `year`, `month`, `day`, `minute`, `second` or `millisecond`.
    pub precision: String,
    /// Short text at its precision, e.g. `2019-07`.
    pub text: String,
    /// First instant in milliseconds since 1970.
    pub start_ms: i64,
    /// First instant after, in milliseconds since 1970.
    pub end_ms: i64,
    /// Whether the source named a zone; otherwise the time was read as UTC.
    pub zone_known: bool,
}

/// Shows a confidence with the parts it is made of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConfidenceView {
    /// 0 to 100.
    pub score: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Weighted parts.
    pub parts: Vec<ConfidencePartView>,
}

/// Shows one part of a confidence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConfidencePartView {
    /// Stable name, e.g. `source-reliability`.
    pub name: String,
    /// 0 to 100.
    pub score: f64,
    /// 0 to 100.
    pub weight: f64,
    /// Why it has this value.
    pub why: String,
    /// Statements it rests on.
    pub statements: Vec<String>,
}

/// Shows a finding.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingView {
    /// Finding id.
    pub id: String,
    /// `risk`, `contradiction`, `hub` or `resolution`.
    pub kind: String,
    /// Rule that found it.
    pub rule: String,
    /// `MINIMAL` … `CRITICAL`.
    pub severity: String,
    /// What it adds, 0 to 100.
    pub score: f64,
    /// The entity it is about.
    pub entity: Option<EntityRefView>,
    /// What was found.
    pub text: String,
    /// How it may be innocent.
    pub innocent: String,
    /// What to do next.
    pub recommendation: String,
    /// Supporting statements; never empty.
    pub statements: Vec<String>,
}

/// Shows one statement with everything that leads back to the file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementView {
    /// Statement id.
    pub id: String,
    /// Record it is said of; records make up entities.
    pub record: String,
    /// Property id, e.g. `email`.
    pub property: String,
    /// Cleaned value for people; empty when cleaning failed.
    pub value: String,
    /// Why cleaning failed; empty when it did not.
    pub problem: String,
    /// Original text, or the analyst's where it was corrected; secrets show their equality group.
    pub original: String,
    /// What the source says and who corrected it, where somebody did.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionView>,
    /// Raw field path.
    pub path: String,
    /// Source id.
    pub source: String,
    /// File name of the source.
    pub source_name: String,
    /// Place in the file, in words.
    pub locator: String,
    /// 1-based line, where known.
    pub line: Option<u64>,
    /// Grade in force.
    pub grade: GradeView,
    /// Entity it is said of.
    pub entity: Option<EntityRefView>,
}

/// Shows what stood in a source before an analyst corrected it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CorrectionView {
    /// What the source says.
    pub source_text: String,
    /// Who corrected it.
    pub author: String,
    /// When, ISO 8601 UTC.
    pub at: String,
    /// Why.
    pub reason: String,
    /// Operation that did; taking it back lets the source speak again.
    pub operation: String,
}

/// Shows a source.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceView {
    /// SHA-256 of the content.
    pub id: String,
    /// File name as acquired.
    pub name: String,
    /// Source kind id, e.g. `breach`.
    pub kind: String,
    /// Importer id.
    pub format: String,
    /// Grade.
    pub grade: GradeView,
    /// Whether the analyst gave the grade.
    pub graded_by: String,
    /// SHA-256 of the content (the same as `id`, named for readers of reports).
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// When acquired, ISO 8601 UTC.
    pub acquired_at: String,
    /// Independent origin.
    pub origin: String,
    /// Subject given by file name or analyst.
    pub subject: Option<String>,
    /// Rows read.
    pub rows_read: u64,
    /// Rows that said "not found".
    pub rows_negative: u64,
    /// Observations kept.
    pub observations: u64,
    /// Statements kept.
    pub statements: u64,
    /// Stored warnings.
    pub warnings: u64,
    /// Whether it has been withdrawn.
    pub withdrawn: bool,
}
