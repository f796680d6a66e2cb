//! Paging findings.

use fusion_model::derived::{Finding, FindingKind};
use fusion_model::{EntityId, FindingId, Level};
use rusqlite::types::Value;

use super::entities::level_number;
use super::filter::{Filter, Page, blob, text};
use super::find_packed;
use crate::case::Case;
use crate::error::Result;

/// Says which findings are wanted; the default is all of them, gravest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingQuery {
    /// The entity it is about; `None` means any.
    pub entity: Option<EntityId>,
    /// Kinds; empty means all.
    pub kinds: Vec<FindingKind>,
    /// Lowest severity.
    pub min_severity: Option<Level>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Case {
    /// Reads a page of findings, gravest first, ties by id.
    pub fn findings_page(&self, query: &FindingQuery) -> Result<Page<Finding>> {
        let mut filter = Filter::default();
        filter.one_of("kind", query.kinds.iter().map(|kind| text(kind.id())).collect());
        if let Some(entity) = query.entity {
            filter.and("entity = ?", [blob(&entity.0)]);
        }
        if let Some(level) = query.min_severity {
            filter.and("severity >= ?", [Value::Integer(level_number(level))]);
        }
        let bounds = (query.offset, query.limit);
        filter.packed_page(&*self.derived.reader()?, "finding", "severity DESC, position", bounds)
    }

    /// Finds a finding.
    pub fn finding(&self, id: FindingId) -> Result<Option<Finding>> {
        find_packed(
            &*self.derived.reader()?,
            "SELECT packed FROM finding WHERE id = ?1",
            &id.0,
        )
    }
}
