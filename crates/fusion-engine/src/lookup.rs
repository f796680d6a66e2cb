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

use std::borrow::Cow;
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
    /// All observations that say something, ascending.
    observations: Vec<Told>,
    /// Positions of all statements, by observation and then ascending.
    told: Vec<usize>,
    breaches: BTreeMap<ObservationId, BTreeSet<EntityId>>,
    links: BTreeMap<EntityId, Vec<usize>>,
}

/// Holds what an observation says.
struct Told {
    id: ObservationId,
    /// Where its statements begin in [`Lookup::told`]; they end where those of the next begin.
    first: usize,
    /// The moment it is as of, if it gives one.
    as_of: Option<Timestamp>,
}

impl<'a> Lookup<'a> {
    /// Builds the index.
    pub(crate) fn new(cleaned: &'a Cleaned, resolution: &'a Resolution) -> Self {
        let mut told: Vec<usize> = (0..cleaned.statements.len()).collect();
        told.sort_unstable_by_key(|at| (cleaned.statements[*at].observation, *at));
        let mut observations: Vec<Told> = Vec::new();
        for (first, at) in told.iter().enumerate() {
            let statement = &cleaned.statements[*at];
            if observations.last().is_none_or(|last| last.id != statement.observation) {
                observations.push(Told {
                    id: statement.observation,
                    first,
                    as_of: None,
                });
            }
            if let Some(last) = observations.last_mut() {
                last.as_of = last.as_of.max(activity(statement));
            }
        }
        let mut breaches: BTreeMap<ObservationId, BTreeSet<EntityId>> = BTreeMap::new();
        let mut links: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for (at, link) in cleaned.links.iter().enumerate() {
            let ends = [resolution.entity_of.get(&link.from), resolution.entity_of.get(&link.to)];
            let to_other = ends[1].filter(|to| Some(*to) != ends[0]);
            for entity in ends[0].into_iter().chain(to_other) {
                links.entry(*entity).or_default().push(at);
            }
            if let (RelationKind::ExposedIn, Some(breach)) = (link.kind, ends[1]) {
                breaches.entry(link.observation).or_default().insert(*breach);
            }
        }
        Self {
            cleaned,
            resolution,
            observations,
            told,
            breaches,
            links,
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
        let positions = records
            .iter()
            .filter_map(|id| self.cleaned.records.get(id))
            .flat_map(|record| record.statements.iter().copied())
            .collect();
        ascending(positions)
    }

    /// Returns the positions of all statements of an observation, ascending.
    pub(crate) fn in_observation(&self, observation: ObservationId) -> &[usize] {
        let Some(at) = self.find(observation) else { return &[] };
        let end = self.observations.get(at + 1).map_or(self.told.len(), |next| next.first);
        &self.told[self.observations[at].first..end]
    }

    fn find(&self, observation: ObservationId) -> Option<usize> {
        self.observations
            .binary_search_by_key(&observation, |told| told.id)
            .ok()
    }

    fn moment_of(&self, observation: ObservationId) -> Option<Timestamp> {
        self.observations[self.find(observation)?].as_of
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
        let mut positions = Vec::new();
        for link in self.links_at(entity) {
            let nearby = if link.statements.is_empty() {
                self.in_observation(link.observation)
            } else {
                &link.statements
            };
            positions.extend_from_slice(nearby);
        }
        ascending(positions)
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
    pub(crate) fn origin_of(&self, observation: ObservationId, source: SourceId) -> Cow<'a, str> {
        match self.breaches.get(&observation) {
            Some(breaches) if breaches.len() == 1 => breaches.iter().map(|breach| format!("breach:{breach}")).collect(),
            _ => match self.cleaned.named_origin(source) {
                Some(origin) => Cow::Borrowed(origin),
                None => Cow::Owned(source.to_string()),
            },
        }
    }

    /// Returns the independent origins of the statements at `positions`.
    pub(crate) fn origins(&self, positions: &[usize]) -> BTreeSet<Cow<'a, str>> {
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
        self.moment_of(statement.observation).unwrap_or_else(acquired)
    }

    /// Tells whether the observation of a statement says when it was true.
    pub(crate) fn is_dated(&self, statement: &Statement) -> bool {
        self.moment_of(statement.observation).is_some()
    }

    /// Returns the ids of the statements at `positions`, ascending.
    pub(crate) fn ids(&self, positions: &[usize]) -> Vec<StatementId> {
        ascending(self.statements(positions).map(|statement| statement.id).collect())
    }
}

/// Sorts a list and leaves each item in it once.
pub(crate) fn ascending<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
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
