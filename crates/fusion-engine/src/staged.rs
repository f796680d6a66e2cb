//! A small case run through the stages, for tests: sources, rows, links, and what correlation and risk make of them.
//!
//! Records keep to themselves (one entity each), so a test says by their keys what is one thing. Invented people and
//! reserved domains only.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use fusion_model::derived::{Relation, RelationKind};
use fusion_model::{
    Credibility, EntityId, EntityKind, Evidence, Grade, GradedBy, Locator, Observation, ObservationId, Origin,
    Property, RawLink, RawRecord, RawStatement, RecordKey, Source, SourceId, SourceKind, StoredObservation, Timestamp,
};

use crate::clean::clean;
use crate::cleaned::Cleaned;
use crate::correlate::{Correlation, correlate};
use crate::entity::{EntityDraft, assemble};
use crate::resolution::{Cluster, Resolution};
use crate::risk::{Assessment, assess};
use crate::rules::Rules;

/// 2026-01-01T00:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp(1_767_225_600_000);

/// Builds evidence under rules.
#[derive(Default, Clone)]
pub(crate) struct Case {
    pub(crate) evidence: Evidence,
    pub(crate) rules: Rules,
}

/// Holds what the stages made of it.
pub(crate) struct Staged {
    pub(crate) drafts: Vec<EntityDraft>,
    pub(crate) correlation: Correlation,
    pub(crate) assessment: Assessment,
}

/// Describes one record: its kind, its native key and what is said of it as (property, text, qualifier).
pub(crate) fn record(kind: EntityKind, key: &str, said: &[(Property, &str, &str)]) -> RawRecord {
    let mut met: BTreeMap<Property, u32> = BTreeMap::new();
    let statements = said
        .iter()
        .map(|(property, text, qualifier)| {
            let number = met.entry(*property).or_default();
            *number += 1;
            RawStatement::new(*property, *text, format!("{}{number}", property.id())).read_with(*qualifier)
        })
        .collect();
    RawRecord {
        kind,
        key: RecordKey::Native {
            namespace: "test".to_owned(),
            key: key.to_owned(),
        },
        statements,
    }
}

/// Describes a person.
pub(crate) fn person(key: &str, said: &[(Property, &str, &str)]) -> RawRecord {
    record(EntityKind::Person, key, said)
}

/// Describes a link between two records of a row.
pub(crate) fn link(from: u32, to: u32, kind: RelationKind, said: &[(Property, &str, &str)]) -> RawLink {
    let statements = record(EntityKind::Person, "", said).statements;
    RawLink {
        from,
        to,
        kind,
        credibility: None,
        statements,
    }
}

/// Describes a link graded by its format.
pub(crate) fn graded(from: u32, to: u32, kind: RelationKind, credibility: Credibility) -> RawLink {
    RawLink {
        credibility: Some(credibility),
        ..link(from, to, kind, &[])
    }
}

impl Case {
    /// Adds a source that was acquired on the as-of day.
    pub(crate) fn source(&mut self, name: &str, kind: SourceKind, origin: &str) -> SourceId {
        let id = SourceId::of_content(name.as_bytes());
        self.evidence.sources.push(Source {
            id,
            name: name.to_owned(),
            kind,
            format: "test".to_owned(),
            grade: Grade::UNKNOWN,
            graded: GradedBy::Default,
            acquired_at: NOW,
            size: 1,
            origin: Origin(origin.to_owned()),
            subject: None,
            rows_read: 0,
            rows_negative: 0,
            warnings: 0,
        });
        id
    }

    /// Adds a source of its own origin.
    pub(crate) fn osint(&mut self, name: &str) -> SourceId {
        self.source(name, SourceKind::Osint, name)
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, source: SourceId, records: Vec<RawRecord>, links: Vec<RawLink>) {
        let line = self
            .evidence
            .observations
            .iter()
            .filter(|row| row.source == source)
            .count() as u64
            + 1;
        let locator = Locator::Line(line);
        let id = ObservationId::new(source, &locator);
        let content = Observation {
            locator,
            records,
            links,
        };
        self.evidence
            .observations
            .push(StoredObservation { id, source, content });
    }

    /// Cleans the evidence and leaves every record an entity of its own.
    pub(crate) fn apart(&self) -> (Cleaned, Resolution) {
        let cleaned = clean(&self.evidence);
        let mut resolution = Resolution::default();
        for (id, record) in &cleaned.records {
            let cluster = Cluster {
                kind: record.kind,
                records: vec![*id],
            };
            resolution.entities.insert((*id).into(), cluster);
            resolution.entity_of.insert(*id, (*id).into());
        }
        (cleaned, resolution)
    }

    /// Runs the stages.
    pub(crate) fn fuse(&self) -> Staged {
        let (cleaned, resolution) = self.apart();
        let drafts = assemble(&cleaned, &resolution, &self.rules, NOW);
        let correlation = correlate(&cleaned, &resolution, &self.rules, NOW);
        let assessment = assess(&cleaned, &resolution, &drafts, &correlation.relations, &self.rules, NOW);
        Staged {
            drafts,
            correlation,
            assessment,
        }
    }
}

impl Staged {
    /// Finds the entity with a label.
    pub(crate) fn entity(&self, label: &str) -> &EntityDraft {
        self.drafts
            .iter()
            .find(|draft| draft.label == label)
            .unwrap_or_else(|| {
                let labels: Vec<&str> = self.drafts.iter().map(|draft| draft.label.as_str()).collect();
                panic!("no entity is called {label}: {labels:?}")
            })
    }

    /// Finds the relation between two labels.
    pub(crate) fn relation(&self, from: &str, to: &str, kind: RelationKind) -> Option<&Relation> {
        let (from, to) = (self.entity(from).id, self.entity(to).id);
        let between = |relation: &&Relation| {
            (relation.from, relation.to) == (from, to)
                || kind.is_symmetric() && (relation.to, relation.from) == (from, to)
        };
        self.correlation
            .relations
            .iter()
            .filter(|relation| relation.kind == kind)
            .find(between)
    }

    /// Returns all relations in words, for messages and comparison.
    pub(crate) fn relations(&self) -> Vec<String> {
        let labels: BTreeMap<EntityId, &str> = self
            .drafts
            .iter()
            .map(|draft| (draft.id, draft.label.as_str()))
            .collect();
        let words = |relation: &Relation| {
            let (from, to) = (labels[&relation.from], labels[&relation.to]);
            format!("{from} {} {to} {}", relation.kind.id(), relation.score)
        };
        let mut all: Vec<String> = self.correlation.relations.iter().map(words).collect();
        all.sort();
        all
    }
}
