//! The whole derived state of a case under one revision: what screens, reports and exports are drawn from.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::id::{EntityId, RecordId, SourceId};
use crate::kinds::EntityKind;
use crate::provenance::Source;
use crate::statement::Statement;
use crate::time::Timestamp;

use super::alert::Alert;
use super::entity::Entity;
use super::event::Event;
use super::finding::Finding;
use super::network::GraphSummary;
use super::pair::{PairDecision, PairScore};
use super::relation::Relation;
use super::timeline::TimelineSummary;

/// Names a state of the case: hash of everything that results depend on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub [u8; 32]);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Revision({self})")
    }
}

/// Describes a source together with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    /// The source.
    pub source: Source,
    /// Observations in it.
    pub observations: u64,
    /// Statements in it.
    pub statements: u64,
}

/// Says which entity a record ended up in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCard {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: EntityKind,
    /// Entity that holds it.
    pub entity: EntityId,
    /// Label of the record by itself.
    pub label: String,
    /// Sources that speak of it, ascending.
    pub sources: Vec<SourceId>,
}

/// Says something about how a stage ran: a cap that was announced, a block that was too large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageNote {
    /// Stage, e.g. `block`.
    pub stage: String,
    /// What happened, in words.
    pub text: String,
}

/// Holds the derived state. Every list is sorted by id unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Name of the case.
    pub case_name: String,
    /// Hash of everything this depends on.
    pub revision: Revision,
    /// As-of instant.
    pub as_of: Timestamp,
    /// Engine name and version.
    pub engine: String,
    /// Sources.
    pub sources: Vec<SourceCard>,
    /// Live statements; shared, since the next snapshot of the same evidence has the same.
    pub statements: Arc<Vec<Statement>>,
    /// Records and the entities that hold them.
    pub records: Vec<RecordCard>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Events, by start, then id.
    pub events: Vec<Event>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Alerts, gravest first, then id.
    pub alerts: Vec<Alert>,
    /// Pairs of described records that were linked, refused, judged or wait for review; by descending score, then ids.
    pub pairs: Vec<PairScore>,
    /// Patterns in time.
    pub timeline: TimelineSummary,
    /// Measures of the whole graph.
    pub graph: GraphSummary,
    /// How the stages ran.
    pub notes: Vec<StageNote>,
}

impl Snapshot {
    /// Finds an entity by id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities
            .binary_search_by(|entity| entity.id.cmp(&id))
            .ok()
            .and_then(|index| self.entities.get(index))
    }

    /// Finds a statement by id.
    pub fn statement(&self, id: crate::StatementId) -> Option<&Statement> {
        self.statements
            .binary_search_by(|statement| statement.id.cmp(&id))
            .ok()
            .and_then(|index| self.statements.get(index))
    }

    /// Finds the card of a record.
    pub fn record(&self, id: RecordId) -> Option<&RecordCard> {
        self.records
            .binary_search_by(|record| record.id.cmp(&id))
            .ok()
            .and_then(|index| self.records.get(index))
    }

    /// Returns the pairs that wait for a verdict, strongest first, one for each two entities: when two entities share
    /// several pairs of records, a verdict on one of them settles the question.
    pub fn waiting(&self) -> Vec<&PairScore> {
        let entity = |record: RecordId| self.record(record).map_or(EntityId::from(record), |card| card.entity);
        let ends = |pair: &PairScore| {
            let (left, right) = (entity(pair.left), entity(pair.right));
            (left.min(right), left.max(right))
        };
        let judged = [PairDecision::JudgedSame, PairDecision::JudgedDifferent];
        let settled = self.pairs.iter().filter(|pair| judged.contains(&pair.decision));
        let mut asked: BTreeSet<(EntityId, EntityId)> = settled.map(ends).collect();
        let review = self.pairs.iter().filter(|pair| pair.decision == PairDecision::Review);
        review.filter(|pair| asked.insert(ends(pair))).collect()
    }

    /// Finds the card of a source.
    pub fn source(&self, id: SourceId) -> Option<&SourceCard> {
        self.sources.iter().find(|card| card.source.id == id)
    }
}
