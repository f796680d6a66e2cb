//! Small evidence built by hand, for the tests of this crate. People and firms are invented.

use fusion_model::derived::RelationKind;
use fusion_model::{
    Correction, Credibility, EntityKind, Evidence, Grade, GradedBy, Judgement, Locator, Observation, ObservationId,
    Origin, Property, RawLink, RawRecord, RawStatement, RecordId, RecordKey, Source, SourceId, SourceKind, StatementId,
    StoredObservation, Timestamp, Verdict,
};

/// A property and its text; `text|qualifier` where the value needs one.
pub(crate) type Said<'a> = (Property, &'a str);

/// Builds a case file by file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    pub(crate) evidence: Evidence,
}

impl Case {
    /// Adds a file of its own origin; each list of records is one observation without links.
    pub(crate) fn file(self, name: &str, rows: Vec<Vec<RawRecord>>) -> Self {
        let rows = rows.into_iter().map(|records| (records, Vec::new())).collect();
        self.linked_file(name, name, rows)
    }

    /// Adds a file with links.
    pub(crate) fn linked_file(mut self, name: &str, origin: &str, rows: Vec<(Vec<RawRecord>, Vec<RawLink>)>) -> Self {
        let id = SourceId::of_content(name.as_bytes());
        self.evidence.sources.push(Source {
            id,
            name: name.to_owned(),
            kind: SourceKind::Osint,
            format: "test".to_owned(),
            grade: Grade::UNKNOWN,
            graded: GradedBy::Default,
            acquired_at: Timestamp::from_secs(1_700_000_000),
            size: 1,
            origin: Origin(origin.to_owned()),
            subject: None,
            rows_read: rows.len() as u64,
            rows_negative: 0,
            warnings: 0,
        });
        for (line, (records, links)) in (1u64..).zip(rows) {
            let locator = Locator::Line(line);
            self.evidence.observations.push(StoredObservation {
                id: ObservationId::new(id, &locator),
                source: id,
                content: Observation {
                    locator,
                    records,
                    links,
                },
            });
        }
        self
    }

    /// Adds a verdict.
    pub(crate) fn judged(mut self, one: RecordId, other: RecordId, verdict: Verdict) -> Self {
        let (left, right) = if one <= other { (one, other) } else { (other, one) };
        self.evidence.judgements.push(Judgement {
            left,
            right,
            verdict,
            author: "analyst".to_owned(),
            at: Timestamp::from_secs(1_700_000_100),
            reason: "test".to_owned(),
        });
        self
    }

    /// Corrects what stands at `path` of the record named by `key`.
    pub(crate) fn corrected(mut self, key: &str, path: &str, text: &str) -> Self {
        let key = native(key);
        for stored in &self.evidence.observations {
            for (slot, _) in (0u32..)
                .zip(&stored.content.records)
                .filter(|(_, record)| record.key == key)
            {
                self.evidence.corrections.push(Correction {
                    observation: stored.id,
                    statement: StatementId::new(stored.id, slot, path, 0),
                    text: text.to_owned(),
                });
            }
        }
        self
    }
}

/// Makes a record named by `key`.
pub(crate) fn record(kind: EntityKind, key: &str, said: &[Said<'_>]) -> RawRecord {
    let statements = said
        .iter()
        .enumerate()
        .map(|(at, (property, text))| {
            let (original, qualifier) = text.split_once('|').unwrap_or((text, ""));
            RawStatement::new(*property, original, format!("/{at}")).read_with(qualifier)
        })
        .collect();
    RawRecord {
        kind,
        key: native(key),
        statements,
    }
}

/// Makes a person named by `key`.
pub(crate) fn person(key: &str, said: &[Said<'_>]) -> RawRecord {
    record(EntityKind::Person, key, said)
}

/// Makes a link between the first two records.
pub(crate) fn link(kind: RelationKind, credibility: Option<Credibility>) -> RawLink {
    RawLink {
        from: 0,
        to: 1,
        kind,
        credibility,
        statements: Vec::new(),
    }
}

/// Returns the id of the record named by `key`.
pub(crate) fn id(key: &str) -> RecordId {
    RecordId::new(&native(key), ObservationId([0; 16]), 0)
}

fn native(key: &str) -> RecordKey {
    RecordKey::Native {
        namespace: "test".to_owned(),
        key: key.to_owned(),
    }
}
