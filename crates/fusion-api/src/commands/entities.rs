//! The entity table, profiles, statements, relations, findings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{EntityRefView, EntityRowView, FindingView, StatementView};

/// Asks for a page of the entity table.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct EntitiesPageRequest {
    /// Kinds to keep; all when empty.
    pub kinds: Vec<String>,
    /// Text the label or an alias must hold; all when empty.
    pub text: String,
    /// Lowest risk level to keep; all when empty.
    pub min_risk: String,
    /// `label`, `kind`, `confidence`, `risk`, `sources` or `degree`.
    pub sort: String,
    /// `asc` or `desc`.
    pub order: String,
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
}

/// Shows a page of the entity table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntitiesPageView {
    /// The rows.
    pub rows: Vec<EntityRowView>,
    /// Rows that match altogether.
    pub total: u64,
    /// Entities by kind under the same text and risk filter.
    pub kinds: Vec<KindCountView>,
}

/// Counts entities of a kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KindCountView {
    /// Kind id.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// Asks for everything known of an entity.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntityGetRequest {
    /// Entity id.
    pub id: String,
}

/// Asks for statements by id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StatementsGetRequest {
    /// Statement ids, at most 1,000.
    pub ids: Vec<String>,
}

/// Shows statements.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatementsGetView {
    /// In the order asked; unknown ids are left out.
    pub statements: Vec<StatementView>,
}

/// Asks for findings.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingsListRequest {
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 1,000.
    pub limit: u64,
}

/// Shows findings, gravest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingsListView {
    /// The findings.
    pub findings: Vec<FindingView>,
    /// All findings.
    pub total: u64,
}

/// Asks for the overview of the case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OverviewRequest {}

/// Shows what to look at first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OverviewView {
    /// Entities by kind.
    pub kinds: Vec<KindCountView>,
    /// Persons and organisations with the highest risk.
    pub top_risk: Vec<EntityRowView>,
    /// Persons and organisations with the most influence.
    pub top_influence: Vec<EntityRowView>,
    /// Gravest findings.
    pub findings: Vec<FindingView>,
    /// Notices of the stages (caps, hubs).
    pub notes: Vec<String>,
    /// Longest silences and strongest bursts, in words.
    pub patterns: Vec<PatternView>,
}

/// Shows a pattern in time.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PatternView {
    /// `gap` or `burst`.
    pub kind: String,
    /// Whose; none for the whole case.
    pub entity: Option<EntityRefView>,
    /// First instant, ISO 8601 UTC.
    pub start: String,
    /// Last instant, ISO 8601 UTC.
    pub end: String,
    /// In words.
    pub text: String,
}
