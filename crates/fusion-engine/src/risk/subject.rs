//! What a risk rule may look at: one entity, what is said of it, what it owns, whom it is linked to, when it acts.
//!
//! A [`Subject`] can leave one source out; then every statement of that source is as if it had never been imported,
//! and what has no statement left is gone. That is all the flip test needs.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Fact, RelationKind};
use fusion_model::{
    Credibility, EntityId, EntityKind, Precision, Property, SourceId, Statement, StatementId, Timestamp,
};

use super::said::{Act, Linked, SaidValue};
use super::scene::{Exposure, Scene};
use crate::entity::EntityDraft;
use crate::rules::Rules;

/// Shows one entity to a rule, perhaps without one source.
pub struct Subject<'s> {
    scene: &'s Scene<'s>,
    draft: &'s EntityDraft,
    without: Option<SourceId>,
}

impl<'s> Subject<'s> {
    /// Shows the entity with all its sources.
    pub(super) fn new(scene: &'s Scene<'s>, draft: &'s EntityDraft) -> Self {
        Self {
            scene,
            draft,
            without: None,
        }
    }

    /// Shows the entity as if one source had never been imported.
    pub(super) fn without(scene: &'s Scene<'s>, draft: &'s EntityDraft, source: SourceId) -> Self {
        Self {
            scene,
            draft,
            without: Some(source),
        }
    }

    /// Returns the entity's id.
    pub fn id(&self) -> EntityId {
        self.draft.id
    }

    /// Returns the entity's kind.
    pub fn kind(&self) -> EntityKind {
        self.draft.kind
    }

    /// Returns the rules in force.
    pub fn rules(&self) -> &'s Rules {
        self.scene.rules
    }

    /// Returns the as-of instant.
    pub fn now(&self) -> Timestamp {
        self.scene.now
    }

    /// Returns the label of any entity.
    pub fn label_of(&self, entity: EntityId) -> String {
        self.scene.label(entity)
    }

    /// Returns the kind of any entity.
    pub fn kind_of(&self, entity: EntityId) -> Option<EntityKind> {
        self.scene.lookup.kind_of(entity)
    }

    /// Returns the canonical identity of an entity of a kind identified exactly.
    pub fn identity_of(&self, entity: EntityId) -> Option<&'s str> {
        let draft = self.scene.drafts.get(&entity)?;
        let identity = draft.kind.identity()?;
        draft
            .facts
            .iter()
            .find(|fact| fact.property == identity)
            .map(|fact| fact.canonical.as_str())
    }

    /// Returns what the second pass knows of flagged entities nearby.
    pub(super) fn exposures(&self) -> Vec<Exposure> {
        let all = self.scene.exposed.get(&self.draft.id).into_iter().flatten();
        all.filter(|exposure| !self.kept(exposure.statements.iter().copied()).is_empty())
            .cloned()
            .collect()
    }

    /// Returns which rules flagged an entity.
    pub(super) fn flags_of(&self, entity: EntityId) -> Vec<&'static str> {
        self.scene
            .flagged
            .get(&entity)
            .map(|flag| flag.rules.iter().copied().collect())
            .unwrap_or_default()
    }

    /// Returns the facts of the entity itself that have statements left, with those statements.
    pub fn facts(&self) -> Vec<(&'s Fact, Vec<StatementId>)> {
        self.facts_of(self.draft.id)
    }

    /// Returns the facts of any entity that have statements left, with those statements.
    pub fn facts_of(&self, entity: EntityId) -> Vec<(&'s Fact, Vec<StatementId>)> {
        let facts = self
            .scene
            .drafts
            .get(&entity)
            .map(|draft| draft.facts.as_slice())
            .unwrap_or_default();
        let all = facts
            .iter()
            .map(|fact| (fact, self.kept(fact.statements.iter().copied())));
        all.filter(|(_, statements)| !statements.is_empty()).collect()
    }

    /// Returns the relations of some kinds that have statements left.
    pub fn linked(&self, kinds: &[RelationKind]) -> Vec<Linked<'s>> {
        self.linked_at(self.draft.id, kinds)
    }

    /// Returns the relations of some kinds at any entity that have statements left.
    pub fn linked_at(&self, entity: EntityId, kinds: &[RelationKind]) -> Vec<Linked<'s>> {
        let of_kind = self
            .scene
            .relations_at(entity)
            .iter()
            .filter(|relation| kinds.contains(&relation.kind));
        of_kind
            .map(|relation| Linked {
                relation,
                other: if relation.from == entity {
                    relation.to
                } else {
                    relation.from
                },
                statements: self.kept(relation.statements.iter().copied()),
            })
            .filter(|linked| !linked.statements.is_empty())
            .collect()
    }

    /// Returns what the entity owns, uses or controls by links that are not doubtful.
    pub fn owned(&self) -> Vec<Linked<'s>> {
        let mut owned = self.linked(&[RelationKind::Owns, RelationKind::Uses, RelationKind::Controls]);
        owned.retain(|linked| {
            linked.relation.from == self.draft.id
                && !matches!(
                    linked.relation.grade.credibility,
                    Credibility::Doubtful | Credibility::Improbable
                )
        });
        owned
    }

    /// Returns the values of some properties said of the entity and of what it owns, each once, by property and value.
    pub fn values(&self, properties: &[Property]) -> Vec<SaidValue> {
        let mut values: BTreeMap<(Property, &str), SaidValue> = BTreeMap::new();
        let mut add = |fact: &'s Fact, statements: Vec<StatementId>| {
            let value = values
                .entry((fact.property, &fact.canonical))
                .or_insert_with(|| SaidValue {
                    property: fact.property,
                    canonical: fact.canonical.clone(),
                    value: fact.value.clone(),
                    span: fact.span,
                    statements: BTreeSet::new(),
                });
            value.statements.extend(statements);
        };
        for (fact, statements) in self.facts() {
            if properties.contains(&fact.property) {
                add(fact, statements);
            }
        }
        for linked in self.owned() {
            let Some(draft) = self.scene.drafts.get(&linked.other) else {
                continue;
            };
            for fact in draft.facts.iter().filter(|fact| properties.contains(&fact.property)) {
                let mut statements = self.kept(fact.statements.iter().copied());
                if !statements.is_empty() {
                    statements.extend(&linked.statements);
                    add(fact, statements);
                }
            }
        }
        values.into_values().collect()
    }

    /// Returns the dated acts (messages sent, payments made) of the entity and of what it owns, by time, each once.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts: BTreeMap<(Timestamp, EntityId), Act> = BTreeMap::new();
        let actors: BTreeSet<EntityId> = self
            .owned()
            .iter()
            .map(|linked| linked.other)
            .chain([self.draft.id])
            .collect();
        for actor in actors {
            for link in self.scene.lookup.links_at(actor) {
                let acting = matches!(link.kind, RelationKind::Messaged | RelationKind::Paid);
                if !acting || self.scene.lookup.entity_of(link.from) != Some(actor) {
                    continue;
                }
                for statement in self.scene.lookup.statements(&link.statements) {
                    if let Some(moment) = self.moment_of(statement) {
                        let act = Act {
                            moment,
                            actor,
                            statement: statement.id,
                        };
                        acts.entry((moment, actor)).or_insert(act);
                    }
                }
            }
        }
        acts.into_values().collect()
    }

    /// Returns the statements of the texts that the entity and what it owns have written.
    pub fn written(&self) -> Vec<&'s Statement> {
        let mut texts: BTreeMap<StatementId, &'s Statement> = BTreeMap::new();
        let actors: BTreeSet<EntityId> = self
            .owned()
            .iter()
            .map(|linked| linked.other)
            .chain([self.draft.id])
            .collect();
        for actor in actors {
            for link in self
                .scene
                .lookup
                .links_at(actor)
                .filter(|link| link.kind == RelationKind::Messaged)
            {
                if self.scene.lookup.entity_of(link.from) == Some(actor) {
                    let said = self.scene.lookup.statements(&link.statements);
                    let said = said.filter(|statement| {
                        statement.property == Property::Text && self.without != Some(statement.source)
                    });
                    texts.extend(said.map(|statement| (statement.id, statement)));
                }
            }
        }
        texts.into_values().collect()
    }

    /// Keeps the statements that say a property.
    pub fn of_property(&self, statements: &[StatementId], property: Property) -> Vec<StatementId> {
        let says = |id: &StatementId| {
            self.scene
                .statement(*id)
                .is_some_and(|statement| statement.property == property)
        };
        statements.iter().copied().filter(says).collect()
    }

    /// Returns the number of independent origins behind some statements.
    pub fn origins(&self, statements: &[StatementId]) -> usize {
        let all = &self.scene.lookup.cleaned.statements;
        let found = statements
            .iter()
            .filter_map(|id| all.binary_search_by(|statement| statement.id.cmp(id)).ok());
        self.scene.lookup.origins(&found.collect::<Vec<_>>()).len()
    }

    fn moment_of(&self, statement: &Statement) -> Option<Timestamp> {
        let span = statement.value.as_ref().ok()?.span?;
        let counts = statement.property == Property::HappenedAt
            && span.precision >= Precision::Day
            && self.without != Some(statement.source);
        counts.then_some(span.start)
    }

    fn kept(&self, statements: impl Iterator<Item = StatementId>) -> Vec<StatementId> {
        match self.without {
            None => statements.collect(),
            Some(source) => statements
                .filter(|statement| self.scene.source_of(*statement) != Some(source))
                .collect(),
        }
    }
}
