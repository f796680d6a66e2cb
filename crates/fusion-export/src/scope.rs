//! What part of a snapshot an export is about.
//!
//! The whole case, or named entities: these and their direct neighbours with the relations among them; events,
//! findings, alerts, pairs and patterns only of the named ones and of what they own or use, since a neighbour's
//! affairs are no part of the question; and the statements and sources behind all of that. A scope only selects; it
//! never changes a figure.

use std::collections::BTreeSet;

use fusion_model::derived::{Alert, Entity, Event, Finding, PairScore, Relation, RelationKind, Snapshot};
use fusion_model::{EntityId, RecordId, SourceId, StatementId};

use crate::ExportError;

/// Selects a part of a snapshot.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    snapshot: &'a Snapshot,
    /// Named entities; `None` for the whole case.
    subjects: Option<BTreeSet<EntityId>>,
    /// Subjects and what they own or use.
    core: BTreeSet<EntityId>,
    /// Subjects and their direct neighbours.
    around: BTreeSet<EntityId>,
}

impl<'a> Scope<'a> {
    /// Makes the scope that names `entities`; the whole case when there are none.
    pub(crate) fn new(snapshot: &'a Snapshot, entities: &[EntityId]) -> Result<Self, ExportError> {
        if let Some(unknown) = entities.iter().find(|id| snapshot.entity(**id).is_none()) {
            return Err(ExportError::UnknownEntity(*unknown));
        }
        if entities.is_empty() {
            let around: BTreeSet<EntityId> = snapshot.entities.iter().map(|entity| entity.id).collect();
            return Ok(Self {
                snapshot,
                subjects: None,
                core: around.clone(),
                around,
            });
        }
        let subjects: BTreeSet<EntityId> = entities.iter().copied().collect();
        let (mut core, mut around) = (subjects.clone(), subjects.clone());
        for relation in &snapshot.relations {
            if subjects.contains(&relation.from) || subjects.contains(&relation.to) {
                around.extend([relation.from, relation.to]);
            }
            if subjects.contains(&relation.from) && matches!(relation.kind, RelationKind::Owns | RelationKind::Uses) {
                core.insert(relation.to);
            }
        }
        Ok(Self {
            snapshot,
            subjects: Some(subjects),
            core,
            around,
        })
    }

    pub(crate) fn is_whole_case(&self) -> bool {
        self.subjects.is_none()
    }

    /// Tells whether an entity was named, or the whole case is meant.
    pub(crate) fn is_subject(&self, id: EntityId) -> bool {
        self.subjects.as_ref().is_none_or(|subjects| subjects.contains(&id))
    }

    pub(crate) fn holds(&self, id: EntityId) -> bool {
        self.around.contains(&id)
    }

    pub(crate) fn entities(&self) -> impl Iterator<Item = &'a Entity> + '_ {
        self.snapshot.entities.iter().filter(|entity| self.holds(entity.id))
    }

    /// Relations with both ends in scope and at least one end that is a subject or both its neighbours.
    pub(crate) fn relations(&self) -> impl Iterator<Item = &'a Relation> + '_ {
        self.snapshot
            .relations
            .iter()
            .filter(|relation| self.holds(relation.from) && self.holds(relation.to))
    }

    /// Tells whether a pattern or notice about `entity`, or about the whole case where there is none, is in scope.
    pub(crate) fn concerns(&self, entity: Option<EntityId>) -> bool {
        entity.map_or(self.is_whole_case(), |id| self.core.contains(&id))
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &'a Event> + '_ {
        self.snapshot.events.iter().filter(|event| {
            self.is_whole_case()
                || event
                    .participants
                    .iter()
                    .any(|participant| self.core.contains(&participant.entity))
        })
    }

    /// Statements that the events in scope stand on.
    pub(crate) fn event_statements(&self) -> BTreeSet<StatementId> {
        self.events()
            .flat_map(|event| event.statements.iter().copied())
            .collect()
    }

    /// Sources that tell of the events in scope.
    pub(crate) fn event_sources(&self) -> BTreeSet<SourceId> {
        let quoted = self.sources_of(&self.event_statements());
        self.events()
            .flat_map(|event| event.sources.iter().copied())
            .chain(quoted)
            .collect()
    }

    pub(crate) fn findings(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        self.snapshot
            .findings
            .iter()
            .filter(|finding| self.is_whole_case() || self.concerns(finding.entity))
    }

    pub(crate) fn alerts(&self) -> impl Iterator<Item = &'a Alert> + '_ {
        self.snapshot
            .alerts
            .iter()
            .filter(|alert| self.is_whole_case() || self.core.contains(&alert.entity))
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = &'a PairScore> + '_ {
        let records = self.records();
        self.snapshot
            .pairs
            .iter()
            .filter(move |pair| self.is_whole_case() || records.contains(&pair.left) || records.contains(&pair.right))
    }

    fn records(&self) -> BTreeSet<RecordId> {
        self.entities()
            .filter(|entity| self.is_subject(entity.id))
            .flat_map(|entity| entity.records.iter().copied())
            .collect()
    }

    /// Every statement that something in scope stands on; in the whole case all of them.
    pub(crate) fn statements(&self) -> BTreeSet<StatementId> {
        if self.is_whole_case() {
            return self.snapshot.statements.iter().map(|statement| statement.id).collect();
        }
        let mut ids: BTreeSet<StatementId> = BTreeSet::new();
        for entity in self.entities() {
            ids.extend(entity.facts.iter().flat_map(|fact| &fact.statements));
            ids.extend(entity.aliases.iter().flat_map(|alias| &alias.statements));
            ids.extend(entity.confidence.parts.iter().flat_map(|part| &part.statements));
        }
        ids.extend(self.relations().flat_map(|relation| &relation.statements));
        ids.extend(self.events().flat_map(|event| &event.statements));
        ids.extend(self.findings().flat_map(|finding| &finding.statements));
        ids.extend(self.alerts().flat_map(|alert| &alert.statements));
        ids.extend(
            self.pairs()
                .flat_map(|pair| pair.contributions.iter().flat_map(|part| &part.statements)),
        );
        ids
    }

    /// Sources of those statements; in the whole case all of them.
    pub(crate) fn sources(&self) -> BTreeSet<SourceId> {
        if self.is_whole_case() {
            return self.snapshot.sources.iter().map(|card| card.source.id).collect();
        }
        self.sources_of(&self.statements())
    }

    fn sources_of(&self, statements: &BTreeSet<StatementId>) -> BTreeSet<SourceId> {
        statements
            .iter()
            .filter_map(|id| self.snapshot.statement(*id))
            .map(|statement| statement.source)
            .collect()
    }
}
