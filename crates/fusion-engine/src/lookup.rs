//! Cleaned and resolved evidence, indexed the way correlation, confidence and risk ask for it.
//!
//! Built once per run and only read: which statements stand in an observation, which links touch an entity, which
//! independent origin a statement goes back to, and on which day it was true. It must not know scores or rules.
//! It never fails: what points nowhere (a record without entity) is left out.
//!
//! **Origin.** Sources of one origin count once. A row of a breach goes back to the breach, not to the file that
//! repeats it: three look-ups that copy one leak are one origin.
//!
//! **As of.** A statement is as old as its observation: the latest activity date the observation gives, else the
//! day its source was acquired. An address in a leak of 2019 is seven years old in 2026, whenever it was downloaded.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{RelationKind, SourceCard};
use fusion_model::{
    EntityId, EntityKind, ObservationId, Property, RecordId, SourceId, Statement, StatementId, Timestamp,
};

use crate::cleaned::{CleanLink, Cleaned};
use crate::resolution::Resolution;

/// Indexes cleaned and resolved evidence.
pub(crate) struct Lookup<'a> {
    pub(crate) cleaned: &'a Cleaned,
    pub(crate) resolution: &'a Resolution,
    by_observation: BTreeMap<ObservationId, Vec<usize>>,
    breaches: BTreeMap<ObservationId, BTreeSet<EntityId>>,
    links: BTreeMap<EntityId, Vec<usize>>,
    as_of: BTreeMap<ObservationId, Timestamp>,
}

impl<'a> Lookup<'a> {
    /// Builds the index.
    pub(crate) fn new(cleaned: &'a Cleaned, resolution: &'a Resolution) -> Self {
        let mut by_observation: BTreeMap<ObservationId, Vec<usize>> = BTreeMap::new();
        let mut as_of: BTreeMap<ObservationId, Timestamp> = BTreeMap::new();
        for (at, statement) in cleaned.statements.iter().enumerate() {
            by_observation.entry(statement.observation).or_default().push(at);
            if let Some(moment) = activity(statement) {
                as_of
                    .entry(statement.observation)
                    .and_modify(|kept| *kept = (*kept).max(moment))
                    .or_insert(moment);
            }
        }
        let mut breaches: BTreeMap<ObservationId, BTreeSet<EntityId>> = BTreeMap::new();
        let mut links: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for (at, link) in cleaned.links.iter().enumerate() {
            let ends = [resolution.entity_of.get(&link.from), resolution.entity_of.get(&link.to)];
            for entity in ends.into_iter().flatten().collect::<BTreeSet<_>>() {
                links.entry(*entity).or_default().push(at);
            }
            if let (RelationKind::ExposedIn, Some(breach)) = (link.kind, ends[1]) {
                breaches.entry(link.observation).or_default().insert(*breach);
            }
        }
        Self {
            cleaned,
            resolution,
            by_observation,
            breaches,
            links,
            as_of,
        }
    }

    /// Returns a statement by position.
    pub(crate) fn statement(&self, at: usize) -> Option<&'a Statement> {
        self.cleaned.statements.get(at)
    }

    /// Returns the statements at `positions`.
    pub(crate) fn statements<'p>(&self, positions: &'p [usize]) -> impl Iterator<Item = &'a Statement> + use<'a, 'p> {
        let all = &self.cleaned.statements;
        positions.iter().filter_map(move |at| all.get(*at))
    }

    /// Returns the entity of a record.
    pub(crate) fn entity_of(&self, record: RecordId) -> Option<EntityId> {
        self.resolution.entity_of.get(&record).copied()
    }

    /// Returns the kind of an entity.
    pub(crate) fn kind_of(&self, entity: EntityId) -> Option<EntityKind> {
        self.resolution.entities.get(&entity).map(|cluster| cluster.kind)
    }

    /// Returns the positions of the statements of an entity's records, ascending.
    pub(crate) fn own_statements(&self, entity: EntityId) -> Vec<usize> {
        let records = self
            .resolution
            .entities
            .get(&entity)
            .map(|cluster| cluster.records.as_slice())
            .unwrap_or_default();
        let positions: BTreeSet<usize> = records
            .iter()
            .filter_map(|id| self.cleaned.records.get(id))
            .flat_map(|record| record.statements.iter().copied())
            .collect();
        positions.into_iter().collect()
    }

    /// Returns the positions of all statements of an observation, ascending.
    pub(crate) fn in_observation(&self, observation: ObservationId) -> &[usize] {
        self.by_observation
            .get(&observation)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Returns the links that touch an entity, in their fixed order.
    pub(crate) fn links_at(&self, entity: EntityId) -> impl Iterator<Item = &'a CleanLink> + use<'a, '_> {
        let all = &self.cleaned.links;
        self.links
            .get(&entity)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter_map(move |at| all.get(*at))
    }

    /// Returns the positions of the statements of an entity's links, or of what stands beside those links, ascending.
    pub(crate) fn links_of(&self, entity: EntityId) -> Vec<usize> {
        let mut positions: BTreeSet<usize> = BTreeSet::new();
        for link in self.links_at(entity) {
            let nearby = if link.statements.is_empty() {
                self.in_observation(link.observation)
            } else {
                &link.statements
            };
            positions.extend(nearby);
        }
        positions.into_iter().collect()
    }

    /// Returns the source card of a statement's source.
    pub(crate) fn source(&self, source: SourceId) -> Option<&'a SourceCard> {
        let found = self
            .cleaned
            .sources
            .binary_search_by(|card| card.source.id.cmp(&source))
            .ok()?;
        self.cleaned.sources.get(found)
    }

    /// Returns the independent origin that an observation goes back to.
    pub(crate) fn origin_of(&self, observation: ObservationId, source: SourceId) -> String {
        match self.breaches.get(&observation) {
            Some(breaches) if breaches.len() == 1 => breaches.iter().map(|breach| format!("breach:{breach}")).collect(),
            _ => self.cleaned.origin(source),
        }
    }

    /// Returns the independent origins of the statements at `positions`.
    pub(crate) fn origins(&self, positions: &[usize]) -> BTreeSet<String> {
        self.statements(positions)
            .map(|statement| self.origin_of(statement.observation, statement.source))
            .collect()
    }

    /// Returns the moment a statement is as of.
    pub(crate) fn as_of(&self, statement: &Statement) -> Timestamp {
        let acquired = || {
            self.source(statement.source)
                .map(|card| card.source.acquired_at)
                .unwrap_or_default()
        };
        self.as_of.get(&statement.observation).copied().unwrap_or_else(acquired)
    }

    /// Tells whether the observation of a statement says when it was true.
    pub(crate) fn is_dated(&self, statement: &Statement) -> bool {
        self.as_of.contains_key(&statement.observation)
    }

    /// Returns the ids of the statements at `positions`, ascending.
    pub(crate) fn ids(&self, positions: &[usize]) -> Vec<StatementId> {
        let ids: BTreeSet<StatementId> = self.statements(positions).map(|statement| statement.id).collect();
        ids.into_iter().collect()
    }
}

/// Returns the moment of activity that a statement gives, if it gives one.
fn activity(statement: &Statement) -> Option<Timestamp> {
    let tells = matches!(
        statement.property,
        Property::HappenedAt | Property::LastSeenAt | Property::EndedAt | Property::BreachDate
    );
    let span = statement.value.as_ref().ok()?.span?;
    tells.then_some(span.start)
}
