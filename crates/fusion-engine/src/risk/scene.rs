//! What all subjects of a run share: drafts, relations by end, and what the first pass flagged.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::Relation;
use fusion_model::{EntityId, Score, SourceId, Statement, StatementId, Timestamp};

use crate::entity::EntityDraft;
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Holds what all subjects of a run share.
pub(crate) struct Scene<'a> {
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) rules: &'a Rules,
    pub(super) now: Timestamp,
    pub(super) drafts: BTreeMap<EntityId, &'a EntityDraft>,
    relations: BTreeMap<EntityId, Vec<&'a Relation>>,
    /// What the first pass flagged: how strongly, and by which statements.
    pub(super) flagged: BTreeMap<EntityId, Flag>,
    /// Which flagged entities reach an entity, strongest first.
    pub(super) exposed: BTreeMap<EntityId, Vec<Exposure>>,
}

/// Says why an entity counts as flagged for its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flag {
    pub(super) score: Score,
    pub(super) rules: BTreeSet<&'static str>,
    pub(super) statements: BTreeSet<StatementId>,
}

/// Says how a flagged entity reaches another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exposure {
    pub(super) to: EntityId,
    pub(super) strength: Score,
    /// From the exposed entity's neighbour to the flagged one.
    pub(super) path: Vec<EntityId>,
    pub(super) statements: BTreeSet<StatementId>,
}

impl<'a> Scene<'a> {
    /// Indexes what rules look at.
    pub(super) fn new(
        lookup: &'a Lookup<'a>,
        drafts: &'a [EntityDraft],
        relations: &'a [Relation],
        rules: &'a Rules,
        now: Timestamp,
    ) -> Self {
        let mut at: BTreeMap<EntityId, Vec<&Relation>> = BTreeMap::new();
        for relation in relations {
            at.entry(relation.from).or_default().push(relation);
            at.entry(relation.to).or_default().push(relation);
        }
        Self {
            lookup,
            rules,
            now,
            drafts: drafts.iter().map(|draft| (draft.id, draft)).collect(),
            relations: at,
            flagged: BTreeMap::new(),
            exposed: BTreeMap::new(),
        }
    }

    /// Returns the relations that touch an entity.
    pub(super) fn relations_at(&self, entity: EntityId) -> &[&'a Relation] {
        self.relations.get(&entity).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the label of an entity.
    pub(super) fn label(&self, entity: EntityId) -> String {
        self.drafts
            .get(&entity)
            .map_or_else(|| entity.short(), |draft| draft.label.clone())
    }

    /// Returns a statement by id.
    pub(super) fn statement(&self, id: StatementId) -> Option<&'a Statement> {
        let statements = &self.lookup.cleaned.statements;
        let found = statements.binary_search_by(|other| other.id.cmp(&id)).ok()?;
        statements.get(found)
    }

    /// Returns the source of a statement.
    pub(super) fn source_of(&self, statement: StatementId) -> Option<SourceId> {
        self.statement(statement).map(|statement| statement.source)
    }
}
