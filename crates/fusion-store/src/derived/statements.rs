//! Reading cleaned statements: what every proof ends in.

use fusion_model::{Property, RecordId, SourceId, Statement, StatementId};

use super::filter::{Filter, Page, blob, text};
use super::find_packed;
use crate::case::Case;
use crate::error::Result;

/// Says which statements are wanted; the default is all of them, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementQuery {
    /// Source that says it; `None` means any.
    pub source: Option<SourceId>,
    /// Record it is said of; `None` means any.
    pub record: Option<RecordId>,
    /// Properties; empty means all.
    pub properties: Vec<Property>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Case {
    /// Finds statements by id, in the order asked for; unknown ids are left out.
    pub fn statements_by_id(&self, ids: &[StatementId]) -> Result<Vec<Statement>> {
        let connection = self.derived.reader()?;
        let find = |id: &StatementId| find_packed(&connection, "SELECT packed FROM statement WHERE id = ?1", &id.0);
        ids.iter().filter_map(|id| find(id).transpose()).collect()
    }

    /// Reads a page of statements by id.
    pub fn statements_page(&self, query: &StatementQuery) -> Result<Page<Statement>> {
        let mut filter = Filter::default();
        filter.one_of(
            "property",
            query.properties.iter().map(|property| text(property.id())).collect(),
        );
        if let Some(source) = query.source {
            filter.and(
                "source = (SELECT position FROM source_card WHERE id = ?)",
                [blob(&source.0)],
            );
        }
        if let Some(record) = query.record {
            filter.and(
                "position IN (SELECT statement FROM statement_of
                              WHERE record = (SELECT position FROM record WHERE id = ?))",
                [blob(&record.0)],
            );
        }
        filter.packed_page(
            &*self.derived.reader()?,
            "statement",
            "position",
            (query.offset, query.limit),
        )
    }
}
