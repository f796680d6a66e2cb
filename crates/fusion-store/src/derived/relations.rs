//! Paging relations, and those of one entity.

use fusion_model::derived::{Relation, RelationKind};
use fusion_model::{EntityId, RelationId};

use super::filter::{Filter, Page, blob, text};
use super::find_packed;
use crate::case::Case;
use crate::error::Result;

/// Says which relations are wanted; the default is all of them, strongest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelationQuery {
    /// One end; `None` means any.
    pub entity: Option<EntityId>,
    /// Kinds; empty means all.
    pub kinds: Vec<RelationKind>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows at most.
    pub limit: u64,
}

impl Case {
    /// Reads a page of relations, strongest first, ties by id.
    pub fn relations_page(&self, query: &RelationQuery) -> Result<Page<Relation>> {
        let mut filter = Filter::default();
        filter.one_of("kind", query.kinds.iter().map(|kind| text(kind.id())).collect());
        if let Some(entity) = query.entity {
            filter.and("from_entity = ? OR to_entity = ?", [blob(&entity.0), blob(&entity.0)]);
        }
        let bounds = (query.offset, query.limit);
        filter.packed_page(&*self.derived.reader()?, "relation", "score DESC, position", bounds)
    }

    /// Lists the relations of an entity, strongest first.
    pub fn relations_of(&self, entity: EntityId) -> Result<Vec<Relation>> {
        let query = RelationQuery {
            entity: Some(entity),
            limit: u64::MAX,
            ..RelationQuery::default()
        };
        Ok(self.relations_page(&query)?.rows)
    }

    /// Finds a relation.
    pub fn relation(&self, id: RelationId) -> Result<Option<Relation>> {
        find_packed(
            &*self.derived.reader()?,
            "SELECT packed FROM relation WHERE id = ?1",
            &id.0,
        )
    }
}
