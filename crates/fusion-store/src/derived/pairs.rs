//! Paging scored pairs, above all those that wait for a person.

use fusion_model::RecordId;
use fusion_model::derived::{PairDecision, PairScore};

use super::filter::{Filter, Page, blob, text};
use crate::case::Case;
use crate::error::Result;

/// Says which pairs are wanted; the default is all of them, highest score first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairQuery {
    /// Decisions; empty means all.
    pub decisions: Vec<PairDecision>,
    /// One of the two records; `None` means any.
    pub record: Option<RecordId>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Case {
    /// Reads a page of pairs in the order of the snapshot: highest score first.
    pub fn pairs_page(&self, query: &PairQuery) -> Result<Page<PairScore>> {
        let mut filter = Filter::default();
        filter.one_of(
            "decision",
            query.decisions.iter().map(|decision| text(decision.id())).collect(),
        );
        if let Some(record) = query.record {
            filter.and(
                "left_record = ? OR right_record = ?",
                [blob(&record.0), blob(&record.0)],
            );
        }
        filter.packed_page(
            &*self.derived.reader()?,
            "pair",
            "position",
            (query.offset, query.limit),
        )
    }
}
