//! A snapshot made ready for questions: who is in which relation, event and finding.
//!
//! Built once per revision and shared; every screen that shows the same revision reads the same numbers. Questions
//! about a case that is being imported into are answered from the picture before, so a long job never blocks a window.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fusion_model::derived::{Entity, Event, Finding, PairDecision, PairScore, RecordCard, Snapshot, SourceCard};
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
    record_at: BTreeMap<RecordId, usize>,
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
        let record_at = positions(snapshot.records.iter().map(|record| record.id));
        Self {
            snapshot,
            relations_of,
            events_of,
            findings_of,
            finding_at,
            source_at,
            record_at,
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

    /// Returns the pairs that wait for a verdict, strongest first, one for each two entities: when two entities share
    /// several pairs of records, a verdict on the strongest settles the question.
    pub fn waiting(&self) -> Vec<&PairScore> {
        let mut asked: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
        let entity = |record: RecordId| self.record(record).map_or(EntityId::from(record), |card| card.entity);
        let review = self
            .snapshot
            .pairs
            .iter()
            .filter(|pair| pair.decision == PairDecision::Review);
        review
            .filter(|pair| {
                let (left, right) = (entity(pair.left), entity(pair.right));
                asked.insert((left.min(right), left.max(right)))
            })
            .collect()
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
        self.snapshot.records.get(*self.record_at.get(&id)?)
    }

    /// Tells whether `text` is the id of a record.
    pub fn knows_record(&self, text: &str) -> bool {
        RecordId::parse(text).is_ok_and(|id| self.record_at.contains_key(&id))
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
