//! Builds a small [`Snapshot`] by hand, with provenance behind every figure and all lists in their promised order.

use std::sync::Arc;

use fusion_model::derived::{
    Alert, Alias, Confidence, ConfidencePart, Entity, Event, EventKind, Fact, Finding, FindingKind, GraphSummary,
    Network, PairScore, Participant, RecordCard, Relation, RelationKind, Revision, Risk, RiskFactor, Role, Snapshot,
    SourceCard, TimelineSummary,
};
use fusion_model::{
    CleanContext, ContentHasher, Credibility, EntityId, EntityKind, FindingId, Grade, GradedBy, Level, Locator,
    ObservationId, Origin, Property, RecordId, RelationId, Reliability, Score, Source, SourceId, SourceKind, Statement,
    StatementId, TimeSpan, Timestamp,
};

/// The instant at which every test happens: 2024-06-01T12:00:00Z.
pub const FIXED_NOW: Timestamp = Timestamp(1_717_243_200_000);

/// Says what links two entities, for [`SnapshotBuilder::relation`].
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Where it starts.
    pub from: EntityId,
    /// What sort of link.
    pub kind: RelationKind,
    /// Where it leads.
    pub to: EntityId,
    /// Supporting statements.
    pub statements: &'a [StatementId],
}

/// Collects the parts of a snapshot.
#[derive(Debug)]
pub struct SnapshotBuilder {
    snapshot: Snapshot,
}

impl SnapshotBuilder {
    /// Starts an empty case.
    pub fn new(case_name: &str) -> Self {
        Self {
            snapshot: Snapshot {
                case_name: case_name.to_owned(),
                revision: Revision([7; 32]),
                as_of: FIXED_NOW,
                engine: "fusion-engine test".to_owned(),
                sources: Vec::new(),
                statements: Arc::default(),
                records: Vec::new(),
                entities: Vec::new(),
                relations: Vec::new(),
                events: Vec::new(),
                findings: Vec::new(),
                alerts: Vec::new(),
                pairs: Vec::new(),
                timeline: TimelineSummary::default(),
                graph: GraphSummary::default(),
                notes: Vec::new(),
            },
        }
    }

    /// Adds a source, named by its file name.
    pub fn source(&mut self, name: &str, kind: SourceKind, grade: &str) -> SourceId {
        let id = SourceId::of_content(name.as_bytes());
        let source = Source {
            id,
            name: name.to_owned(),
            kind,
            format: kind.id().to_owned(),
            grade: Grade::parse(grade).expect("a grade such as B2"),
            graded: GradedBy::Analyst,
            acquired_at: FIXED_NOW,
            size: 1_234,
            origin: Origin(name.to_owned()),
            subject: None,
            rows_read: 10,
            rows_negative: 3,
            warnings: 0,
        };
        self.snapshot.sources.push(SourceCard {
            source,
            observations: 0,
            statements: 0,
        });
        id
    }

    /// Adds what `original` on `line` of a source says of the thing named `record`.
    pub fn statement(
        &mut self,
        source: SourceId,
        line: u64,
        record: &str,
        property: Property,
        original: &str,
    ) -> StatementId {
        let locator = Locator::Line(line);
        let observation = ObservationId::new(source, &locator);
        let index = self.snapshot.statements.len() as u32;
        let id = StatementId::new(observation, 0, property.id(), index);
        let grade = self
            .snapshot
            .source(source)
            .map_or(Grade::UNKNOWN, |card| card.source.grade);
        Arc::make_mut(&mut self.snapshot.statements).push(Statement {
            id,
            observation,
            source,
            locator,
            record: record_id(record),
            property,
            original: original.to_owned(),
            source_text: None,
            qualifier: String::new(),
            path: property.id().to_owned(),
            value: property.clean(
                original,
                "",
                &CleanContext {
                    region: "NL".to_owned(),
                },
            ),
            grade,
        });
        if let Some(card) = self.snapshot.sources.iter_mut().find(|card| card.source.id == source) {
            card.statements += 1;
            card.observations += 1;
        }
        id
    }

    /// Adds an entity named by `key` with its label.
    pub fn entity(&mut self, kind: EntityKind, key: &str, label: &str) -> EntityId {
        let record = record_id(key);
        let id = EntityId::from(record);
        self.snapshot.records.push(RecordCard {
            id: record,
            kind,
            entity: id,
            label: label.to_owned(),
            sources: Vec::new(),
        });
        self.snapshot.entities.push(Entity {
            id,
            kind,
            label: label.to_owned(),
            records: vec![record],
            aliases: Vec::new(),
            facts: Vec::new(),
            confidence: confidence(7_800, &[]),
            risk: Risk {
                score: Score::ZERO,
                level: Level::Minimal,
                factors: Vec::new(),
                flip: None,
            },
            network: Network::default(),
            sources: Vec::new(),
            seen: None,
        });
        id
    }

    /// Adds a fact whose value is what its first statement says.
    pub fn fact(&mut self, entity: EntityId, statements: &[StatementId]) {
        let first = self
            .snapshot
            .statements
            .iter()
            .find(|statement| statement.id == statements[0])
            .expect("a statement")
            .clone();
        let (canonical, value, span) = match first.value {
            Ok(value) => (value.canonical, value.display, value.span),
            Err(_) => (first.original.clone(), first.original, None),
        };
        let origins = self.sources_of(statements).len() as u32;
        let fact = Fact {
            property: first.property,
            canonical,
            value,
            span,
            confidence: confidence(8_200, statements),
            origins,
            statements: sorted(statements),
        };
        let sources = self.sources_of(statements);
        let target = self.entity_mut(entity);
        target.facts.push(fact);
        target.sources.extend(sources);
        target.sources.sort();
        target.sources.dedup();
    }

    /// Adds another name.
    pub fn alias(&mut self, entity: EntityId, name: &str, statements: &[StatementId]) {
        let alias = Alias {
            name: name.to_owned(),
            property: Property::Alias,
            statements: sorted(statements),
        };
        self.entity_mut(entity).aliases.push(alias);
    }

    /// Gives an entity a risk, made of the findings that name it.
    pub fn risk(&mut self, entity: EntityId, points: u64, level: Level) {
        let findings: Vec<FindingId> = self
            .snapshot
            .findings
            .iter()
            .filter(|finding| finding.entity == Some(entity))
            .map(|finding| finding.id)
            .collect();
        let factor = RiskFactor {
            name: "breach-exposure".to_owned(),
            score: Score::from_basis_points(points),
            weight: Score::from_basis_points(2_000),
            findings,
        };
        self.entity_mut(entity).risk = Risk {
            score: Score::from_basis_points(points),
            level,
            factors: vec![factor],
            flip: None,
        };
    }

    /// Adds a relation.
    pub fn relation(&mut self, link: Link<'_>, score: u64, span: Option<TimeSpan>, amounts: &[&str]) -> RelationId {
        let mut hasher = ContentHasher::new("relation");
        hasher.part(&link.from.0).part(&link.to.0).text(link.kind.id());
        let id = RelationId(hasher.finish_short());
        let grade = link
            .statements
            .iter()
            .filter_map(|statement| self.snapshot.statements.iter().find(|known| known.id == *statement))
            .map(|statement| statement.grade)
            .min()
            .unwrap_or(Grade {
                reliability: Reliability::F,
                credibility: Credibility::CannotBeJudged,
            });
        self.snapshot.relations.push(Relation {
            id,
            from: link.from,
            to: link.to,
            kind: link.kind,
            score: Score::from_basis_points(score),
            confidence: confidence(score, link.statements),
            grade,
            count: link.statements.len() as u32,
            span,
            amounts: amounts.iter().map(|amount| (*amount).to_owned()).collect(),
            why: format!("{} stated by {} rows", link.kind.id(), link.statements.len()),
            statements: sorted(link.statements),
        });
        for (entity, other) in [(link.from, link.to), (link.to, link.from)] {
            let network = &mut self.entity_mut(entity).network;
            network.degree += 1;
            network.weighted_degree += score;
            network.influence = Score::from_basis_points(u64::from(network.degree) * 700);
            debug_assert_ne!(entity, other);
        }
        id
    }

    /// Adds an event at a date such as `2023-11-14T22:13:20Z`.
    pub fn event(
        &mut self,
        kind: EventKind,
        date: &str,
        text: &str,
        participants: &[(EntityId, Role)],
        statements: &[StatementId],
    ) {
        let happened = span(date);
        let mut hasher = ContentHasher::new("event");
        hasher.text(kind.id()).text(date).text(text);
        let mut participants: Vec<Participant> = participants
            .iter()
            .map(|(entity, role)| Participant {
                entity: *entity,
                role: *role,
            })
            .collect();
        participants.sort();
        let sources = self.sources_of(statements);
        self.snapshot.events.push(Event {
            id: FindingId(hasher.finish_short()),
            kind,
            happened,
            learned: FIXED_NOW,
            text: text.to_owned(),
            participants,
            sources,
            statements: sorted(statements),
        });
    }

    /// Adds a risk finding.
    pub fn finding(
        &mut self,
        entity: EntityId,
        rule: &str,
        text: &str,
        innocent: &str,
        statements: &[StatementId],
    ) -> FindingId {
        let mut hasher = ContentHasher::new("finding");
        hasher.text(rule).text(text).part(&entity.0);
        let id = FindingId(hasher.finish_short());
        self.snapshot.findings.push(Finding {
            id,
            kind: FindingKind::Risk,
            rule: rule.to_owned(),
            severity: Level::Medium,
            score: Score::from_basis_points(4_000),
            entity: Some(entity),
            text: text.to_owned(),
            innocent: innocent.to_owned(),
            recommendation: "Ask for the original export.".to_owned(),
            statements: sorted(statements),
        });
        id
    }

    /// Adds an alert.
    pub fn alert(&mut self, entity: EntityId, rule: &str, text: &str, statements: &[StatementId]) {
        let mut hasher = ContentHasher::new("alert");
        hasher.text(rule).part(&entity.0);
        self.snapshot.alerts.push(Alert {
            id: FindingId(hasher.finish_short()),
            rule: rule.to_owned(),
            severity: Level::High,
            entity,
            text: text.to_owned(),
            statements: sorted(statements),
        });
    }

    /// Adds a scored pair.
    pub fn pair(&mut self, pair: PairScore) {
        self.snapshot.pairs.push(pair);
    }

    /// Lets a test change anything before the lists are put in order.
    pub fn edit(&mut self, change: impl FnOnce(&mut Snapshot)) {
        change(&mut self.snapshot);
    }

    /// Puts every list in its promised order.
    pub fn finish(mut self) -> Snapshot {
        let snapshot = &mut self.snapshot;
        snapshot.sources.sort_by_key(|card| card.source.id);
        Arc::make_mut(&mut snapshot.statements).sort_by_key(|statement| statement.id);
        snapshot.records.sort_by_key(|record| record.id);
        snapshot.entities.sort_by_key(|entity| entity.id);
        snapshot.relations.sort_by_key(|relation| relation.id);
        snapshot.events.sort_by_key(|event| (event.happened.start, event.id));
        snapshot.findings.sort_by_key(|finding| finding.id);
        snapshot
            .alerts
            .sort_by_key(|alert| (std::cmp::Reverse(alert.severity), alert.id));
        for entity in &mut snapshot.entities {
            entity
                .facts
                .sort_by(|a, b| (a.property, &a.canonical).cmp(&(b.property, &b.canonical)));
        }
        self.snapshot
    }

    fn entity_mut(&mut self, id: EntityId) -> &mut Entity {
        self.snapshot
            .entities
            .iter_mut()
            .find(|entity| entity.id == id)
            .expect("an entity of this builder")
    }

    fn sources_of(&self, statements: &[StatementId]) -> Vec<SourceId> {
        let mut sources: Vec<SourceId> = statements
            .iter()
            .filter_map(|id| self.snapshot.statements.iter().find(|statement| statement.id == *id))
            .map(|statement| statement.source)
            .collect();
        sources.sort();
        sources.dedup();
        sources
    }
}

/// Names the record that a test calls `key`.
pub fn record_id(key: &str) -> RecordId {
    RecordId::of_value("test", key)
}

/// Reads a date for a test.
pub(crate) fn span(date: &str) -> TimeSpan {
    let value = Property::HappenedAt
        .clean(date, "", &CleanContext::default())
        .expect("a date");
    value.span.expect("dates have an interval")
}

pub(crate) fn confidence(points: u64, statements: &[StatementId]) -> Confidence {
    Confidence {
        score: Score::from_basis_points(points),
        low: Score::from_basis_points(points.saturating_sub(900)),
        high: Score::from_basis_points(points + 700),
        parts: vec![ConfidencePart {
            name: "source-reliability".to_owned(),
            score: Score::from_basis_points(points),
            weight: Score::from_basis_points(3_000),
            why: "best source is usually reliable".to_owned(),
            statements: sorted(statements),
        }],
    }
}

fn sorted(statements: &[StatementId]) -> Vec<StatementId> {
    let mut list = statements.to_vec();
    list.sort();
    list.dedup();
    list
}
