//! A snapshot in which every type of row occurs.

use std::sync::Arc;

use fusion_model::derived::{
    Alert, Alias, Burst, Community, Confidence, ConfidencePart, Contribution, Entity, Event, EventKind, Fact, Finding,
    FindingKind, Gap, GraphSummary, HourWeekday, LinkSuggestion, Network, PairDecision, PairScore, Participant,
    RecordCard, Relation, RelationKind, Revision, Risk, RiskFactor, RiskFlip, Role, Snapshot, SourceCard, StageNote,
    TimelineSummary,
};
use fusion_model::{
    CleanFailure, CleanValue, EntityId, EntityKind, FindingId, Grade, GradedBy, JudgementState, Level, Locator,
    MilliBits, ObservationId, Origin, Precision, Property, RecordId, RelationId, Score, Source, SourceId, SourceKind,
    Statement, StatementId, TimeSpan, Timestamp,
};

fn points(points: u64) -> Score {
    Score::from_basis_points(points)
}

pub fn span(start: i64) -> TimeSpan {
    let (start, end) = (Timestamp(start), Timestamp(start + Timestamp::DAY_MS));
    TimeSpan {
        start,
        end,
        precision: Precision::Day,
        zone_known: false,
    }
}

fn confidence(score: u64) -> Confidence {
    let part = ConfidencePart {
        name: "freshness".to_owned(),
        score: points(4_000),
        weight: points(2_000),
        why: "three years old".to_owned(),
        statements: vec![StatementId([1; 16])],
    };
    Confidence {
        score: points(score),
        low: points(score / 2),
        high: Score::ONE,
        parts: vec![part],
    }
}

fn fact(property: Property, canonical: &str, value: &str) -> Fact {
    Fact {
        property,
        canonical: canonical.to_owned(),
        value: value.to_owned(),
        span: None,
        confidence: confidence(6_000),
        origins: 1,
        statements: vec![StatementId([1; 16])],
    }
}

fn entity(number: u8, kind: EntityKind, label: &str, facts: Vec<Fact>) -> Entity {
    let alias = Alias {
        name: "Kittiwake".to_owned(),
        property: Property::Alias,
        statements: vec![StatementId([2; 16])],
    };
    let risk = Risk {
        score: points(u64::from(number) * 2_000),
        level: Level::ALL[usize::from(number)],
        factors: vec![RiskFactor {
            name: "breach-exposure".to_owned(),
            score: points(3_000),
            weight: points(2_500),
            findings: vec![FindingId([1; 16])],
        }],
        flip: Some(RiskFlip {
            source: SourceId([1; 32]),
            level: Level::Low,
            score: points(900),
        }),
    };
    Entity {
        id: EntityId([number; 16]),
        kind,
        label: label.to_owned(),
        records: vec![RecordId([number; 16])],
        aliases: if kind == EntityKind::Person {
            vec![alias]
        } else {
            Vec::new()
        },
        facts,
        confidence: confidence(u64::from(number) * 1_000),
        risk,
        network: Network {
            degree: u32::from(number),
            ..Network::default()
        },
        sources: vec![SourceId([1; 32])],
        seen: (number == 1).then(|| span(86_400_000)),
    }
}

fn statement(number: u8, property: Property, original: &str, value: Result<CleanValue, CleanFailure>) -> Statement {
    Statement {
        id: StatementId([number; 16]),
        observation: ObservationId([number; 16]),
        source: SourceId([1; 32]),
        locator: Locator::Line(u64::from(number)),
        record: RecordId([1; 16]),
        property,
        original: original.to_owned(),
        source_text: None,
        qualifier: String::new(),
        path: "column".to_owned(),
        value,
        grade: Grade::UNKNOWN,
    }
}

fn event(number: u8, start: i64, entity: u8) -> Event {
    Event {
        id: FindingId([number; 16]),
        kind: EventKind::Seen,
        happened: span(start),
        learned: Timestamp(5),
        text: "was seen".to_owned(),
        participants: vec![Participant {
            entity: EntityId([entity; 16]),
            role: Role::Subject,
        }],
        sources: vec![SourceId([1; 32])],
        statements: vec![StatementId([1; 16])],
    }
}

pub fn pair(right: u8, decision: PairDecision) -> PairScore {
    let contribution = Contribution {
        feature: "person-name".to_owned(),
        left: "astrid quill".to_owned(),
        right: "a quill".to_owned(),
        level: 2,
        agreement: "initials agree".to_owned(),
        held_back: "a stronger sign says much the same, it counts in part".to_owned(),
        weight: MilliBits(4_200),
        rarity: MilliBits(-300),
        statements: vec![StatementId([1; 16])],
    };
    PairScore {
        left: RecordId([1; 16]),
        right: RecordId([right; 16]),
        score: MilliBits(3_900),
        prior: MilliBits(-12_000),
        probability: 930_000,
        decision,
        judgement: JudgementState::Open,
        kinds_of_evidence: 1,
        contributions: vec![contribution],
        why: "one kind of evidence only".to_owned(),
    }
}

/// A snapshot in which every type of row occurs.
pub fn snapshot() -> Snapshot {
    let source = Source {
        id: SourceId([1; 32]),
        name: "people.csv".to_owned(),
        kind: SourceKind::Osint,
        format: "csv".to_owned(),
        grade: Grade::UNKNOWN,
        graded: GradedBy::Default,
        acquired_at: Timestamp(7),
        size: 12,
        origin: Origin("csv:people".to_owned()),
        subject: None,
        rows_read: 3,
        rows_negative: 1,
        warnings: 0,
    };
    let failure = CleanFailure {
        expected: "date".into(),
        reason: "month 13".into(),
    };
    let facts = vec![
        fact(Property::Email, "p2@mail.example", "P2@mail.example"),
        fact(Property::Password, "sealed:0011", "secret 1"),
        fact(Property::Occupation, "lighthouse keeper", "Lighthouse keeper"),
    ];
    Snapshot {
        case_name: "Operation Kingfisher".to_owned(),
        revision: Revision([6; 32]),
        as_of: Timestamp(1_700_000_000_000),
        engine: "fusion-engine 0.1.0".to_owned(),
        sources: vec![SourceCard {
            source,
            observations: 2,
            statements: 6,
        }],
        statements: Arc::new(vec![
            statement(
                1,
                Property::Name,
                "Astrid Quill",
                Ok(CleanValue::shown("astrid quill", "Astrid Quill")),
            ),
            statement(2, Property::BirthDate, "1990-13-01", Err(failure)),
            statement(
                3,
                Property::Password,
                "sealed:00112233445566778899aabbccddeeff",
                Ok(CleanValue::plain("s")),
            ),
        ]),
        records: vec![RecordCard {
            id: RecordId([1; 16]),
            kind: EntityKind::Person,
            entity: EntityId([1; 16]),
            label: "Astrid Quill".to_owned(),
            sources: vec![SourceId([1; 32])],
        }],
        entities: vec![
            entity(1, EntityKind::Person, "Astrid Quill", facts),
            entity(2, EntityKind::Email, "p2@mail.example", Vec::new()),
            entity(3, EntityKind::Person, "Örjan Fenn", Vec::new()),
        ],
        relations: vec![Relation {
            id: RelationId([1; 16]),
            from: EntityId([1; 16]),
            to: EntityId([2; 16]),
            kind: RelationKind::Uses,
            score: points(8_000),
            confidence: confidence(7_000),
            grade: Grade::UNKNOWN,
            count: 2,
            span: Some(span(3)),
            amounts: vec!["12.5 ETH".to_owned()],
            why: "stated".to_owned(),
            statements: vec![StatementId([1; 16])],
        }],
        events: vec![event(4, -86_400_000, 1), event(2, 0, 3), event(3, 86_400_000, 1)],
        findings: vec![Finding {
            id: FindingId([1; 16]),
            kind: FindingKind::Risk,
            rule: "reused-secret".to_owned(),
            severity: Level::High,
            score: points(3_000),
            entity: Some(EntityId([1; 16])),
            text: "the same secret in two breaches".to_owned(),
            innocent: "a shared family account".to_owned(),
            recommendation: "ask".to_owned(),
            statements: vec![StatementId([3; 16])],
        }],
        alerts: vec![Alert {
            id: FindingId([8; 16]),
            rule: "critical-risk".to_owned(),
            severity: Level::Critical,
            entity: EntityId([1; 16]),
            text: "risk is critical".to_owned(),
            statements: vec![StatementId([1; 16])],
        }],
        pairs: vec![pair(3, PairDecision::Review), pair(2, PairDecision::Linked)],
        timeline: TimelineSummary {
            gaps: vec![Gap {
                entity: None,
                start: Timestamp(0),
                end: Timestamp(9),
                days: 40,
            }],
            bursts: vec![Burst {
                entity: Some(EntityId([1; 16])),
                start: Timestamp(0),
                end: Timestamp(9),
                events: vec![FindingId([2; 16])],
                strength: points(9_000),
            }],
            hours: vec![HourWeekday {
                entity: None,
                counts: vec![1; 168],
                implied_offset_minutes: Some(-60),
            }],
        },
        graph: GraphSummary {
            communities: vec![Community {
                number: 0,
                members: vec![EntityId([1; 16])],
                label: "Astrid".to_owned(),
            }],
            suggestions: vec![LinkSuggestion {
                left: EntityId([1; 16]),
                right: EntityId([3; 16]),
                score: points(100),
                through: vec![EntityId([2; 16])],
            }],
            bridges: vec![(EntityId([1; 16]), EntityId([2; 16]))],
            components: 2,
            modularity: -5,
            betweenness_samples: 0,
        },
        notes: vec![StageNote {
            stage: "block".to_owned(),
            text: "one block was too large".to_owned(),
        }],
    }
}
