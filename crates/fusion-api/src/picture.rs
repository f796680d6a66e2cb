//! A snapshot made ready for questions: who is in which relation, event and finding.
//!
//! Built once per revision and shared; every screen that shows the same revision reads the same numbers. Questions
//! about a case that is being imported into are answered from the picture before, so a long job never blocks a window.

use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::derived::{Entity, Event, Finding, PairScore, RecordCard, Snapshot, SourceCard};
use fusion_model::{EntityId, FindingId, RecordId, SourceId, Statement, StatementId};

/// Holds a snapshot and its indices.
#[derive(Debug)]
pub struct Picture {
    /// The snapshot.
    pub snapshot: Arc<Snapshot>,
    relations_of: BTreeMap<EntityId, Vec<usize>>,
    events_of: BTreeMap<EntityId, Vec<usize>>,
    findings_of: BTreeMap<EntityId, Vec<usize>>,
    finding_at: BTreeMap<FindingId, usize>,
    source_at: BTreeMap<SourceId, usize>,
}

impl Picture {
    /// Builds the indices.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        let mut relations_of: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for (position, relation) in snapshot.relations.iter().enumerate() {
            relations_of.entry(relation.from).or_default().push(position);
            if relation.to != relation.from {
                relations_of.entry(relation.to).or_default().push(position);
            }
        }
        for positions in relations_of.values_mut() {
            positions.sort_by_key(|position| std::cmp::Reverse(snapshot.relations[*position].score));
        }
        let mut events_of: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for (position, event) in snapshot.events.iter().enumerate() {
            for participant in &event.participants {
                let positions = events_of.entry(participant.entity).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        let mut findings_of: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for (position, finding) in snapshot.findings.iter().enumerate() {
            if let Some(entity) = finding.entity {
                findings_of.entry(entity).or_default().push(position);
            }
        }
        let finding_at = positions(snapshot.findings.iter().map(|finding| finding.id));
        let source_at = positions(snapshot.sources.iter().map(|card| card.source.id));
        Self {
            snapshot,
            relations_of,
            events_of,
            findings_of,
            finding_at,
            source_at,
        }
    }

    /// Returns positions of the relations of an entity, strongest first.
    pub fn relations_of(&self, entity: EntityId) -> &[usize] {
        self.relations_of.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Returns the events of an entity, by time.
    pub fn events_of(&self, entity: EntityId) -> impl Iterator<Item = &Event> {
        let positions = self.events_of.get(&entity).map_or(&[][..], Vec::as_slice);
        positions
            .iter()
            .filter_map(|position| self.snapshot.events.get(*position))
    }

    /// Returns the findings about an entity.
    pub fn findings_of(&self, entity: EntityId) -> impl Iterator<Item = &Finding> {
        let positions = self.findings_of.get(&entity).map_or(&[][..], Vec::as_slice);
        positions
            .iter()
            .filter_map(|position| self.snapshot.findings.get(*position))
    }

    /// Returns the pairs that wait for a verdict, strongest first, one for each two entities.
    pub fn waiting(&self) -> Vec<&PairScore> {
        self.snapshot.waiting()
    }

    /// Finds a finding.
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.snapshot.findings.get(*self.finding_at.get(&id)?)
    }

    /// Finds a source.
    pub fn source(&self, id: SourceId) -> Option<&SourceCard> {
        self.snapshot.sources.get(*self.source_at.get(&id)?)
    }

    /// Finds a record.
    pub fn record(&self, id: RecordId) -> Option<&RecordCard> {
        self.snapshot.record(id)
    }

    /// Tells whether `text` is the id of a record.
    pub fn knows_record(&self, text: &str) -> bool {
        RecordId::parse(text).is_ok_and(|id| self.record(id).is_some())
    }

    /// Finds an entity.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.snapshot.entity(id)
    }

    /// Finds a statement.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.snapshot.statement(id)
    }
}

fn positions<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    keys.enumerate().map(|(position, key)| (key, position)).collect()
}
