//! The cache: a snapshot comes back equal, pages, searches and resolves.

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
use fusion_store::{
    Access, AlertState, Change, EntityQuery, EntitySort, EventQuery, FindingQuery, HitKind, MatchedBy, Order,
    PairQuery, RelationQuery, StatementQuery,
};

use crate::builders::{create, open, place, stamp, try_open};

fn points(points: u64) -> Score {
    Score::from_basis_points(points)
}

fn span(start: i64) -> TimeSpan {
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

fn pair(right: u8, decision: PairDecision) -> PairScore {
    let contribution = Contribution {
        feature: "person-name".to_owned(),
        left: "astrid quill".to_owned(),
        right: "a quill".to_owned(),
        level: 2,
        agreement: "initials agree".to_owned(),
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
        statements: vec![
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
        ],
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

#[test]
fn a_snapshot_comes_back_equal_after_reopening_and_after_being_replaced() {
    let place = place();
    let case = create(&place.path);
    assert_eq!(case.load_snapshot().unwrap(), None);
    let mut former = snapshot();
    former.revision = Revision([5; 32]);
    former.entities.clear();
    case.write_derived(&former).unwrap();
    case.write_derived(&snapshot()).unwrap();
    assert_eq!(case.load_snapshot().unwrap(), Some(snapshot()));
    case.close().unwrap();
    let case = open(&place.path);
    assert_eq!(case.derived_revision().unwrap(), Some(Revision([6; 32])));
    assert_eq!(case.load_snapshot().unwrap(), Some(snapshot()));
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.load_snapshot().unwrap(), Some(snapshot()));
    assert_eq!(reader.write_derived(&snapshot()).unwrap_err().code(), "read-only");
}

#[test]
fn entities_are_sorted_filtered_and_paged() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let all = EntityQuery {
        limit: 10,
        ..EntityQuery::default()
    };
    let rows: [(&str, EntityQuery, &[u8], u64); 8] = [
        ("by label", all.clone(), &[1, 2, 3], 3),
        (
            "by risk",
            EntityQuery {
                sort: EntitySort::Risk,
                order: Order::Descending,
                ..all.clone()
            },
            &[3, 2, 1],
            3,
        ),
        (
            "by seen",
            EntityQuery {
                sort: EntitySort::Seen,
                order: Order::Descending,
                ..all.clone()
            },
            &[1, 2, 3],
            3,
        ),
        (
            "persons",
            EntityQuery {
                kinds: vec![EntityKind::Person],
                ..all.clone()
            },
            &[1, 3],
            2,
        ),
        (
            "medium risk",
            EntityQuery {
                min_risk: Some(Level::Medium),
                ..all.clone()
            },
            &[2, 3],
            2,
        ),
        (
            "text",
            EntityQuery {
                text: " P2@MAIL".to_owned(),
                ..all.clone()
            },
            &[1, 2],
            2,
        ),
        (
            "wildcards are letters",
            EntityQuery {
                text: "%".to_owned(),
                ..all.clone()
            },
            &[],
            0,
        ),
        (
            "second page",
            EntityQuery {
                offset: 1,
                limit: 1,
                ..all
            },
            &[2],
            3,
        ),
    ];
    for (name, query, expected, total) in rows {
        let page = case.entities_page(&query).unwrap();
        let found: Vec<u8> = page.rows.iter().map(|row| row.id.0[0]).collect();
        assert_eq!((found.as_slice(), page.total), (expected, total), "{name}");
    }
    let row = case
        .entities_page(&EntityQuery {
            limit: 1,
            ..EntityQuery::default()
        })
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(
        (row.label.as_str(), row.level, row.degree, row.seen),
        ("Astrid Quill", Level::Low, 1, Some(span(86_400_000)))
    );
    assert_eq!(case.entity(row.id).unwrap().unwrap(), snapshot().entities[0]);
    assert_eq!(case.records_of(row.id).unwrap(), snapshot().records);
}

#[test]
fn the_other_lists_are_filtered_too() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let (astrid, orjan) = (EntityId([1; 16]), EntityId([3; 16]));
    assert_eq!(case.relations_of(EntityId([2; 16])).unwrap(), snapshot().relations);
    assert!(case.relations_of(orjan).unwrap().is_empty());
    let query = RelationQuery {
        kinds: vec![RelationKind::Owns],
        limit: 9,
        ..RelationQuery::default()
    };
    assert_eq!(case.relations_page(&query).unwrap().total, 0);
    let events = |query: EventQuery| {
        let page = case.events_page(&EventQuery { limit: 9, ..query }).unwrap();
        page.rows.iter().map(|event| event.id.0[0]).collect::<Vec<_>>()
    };
    assert_eq!(events(EventQuery::default()), [4, 2, 3]);
    assert_eq!(
        events(EventQuery {
            entity: Some(astrid),
            order: Order::Descending,
            ..EventQuery::default()
        }),
        [3, 4]
    );
    assert_eq!(
        events(EventQuery {
            from: Some(Timestamp(1)),
            ..EventQuery::default()
        }),
        [2, 3]
    );
    assert_eq!(
        events(EventQuery {
            until: Some(Timestamp(0)),
            ..EventQuery::default()
        }),
        [4]
    );
    let finding = |level| FindingQuery {
        min_severity: Some(level),
        entity: Some(astrid),
        limit: 9,
        ..FindingQuery::default()
    };
    assert_eq!(
        case.findings_page(&finding(Level::High)).unwrap().rows,
        snapshot().findings
    );
    assert_eq!(case.findings_page(&finding(Level::Critical)).unwrap().total, 0);
    let review = PairQuery {
        decisions: vec![PairDecision::Review],
        limit: 9,
        ..PairQuery::default()
    };
    assert_eq!(case.pairs_page(&review).unwrap().rows, [pair(3, PairDecision::Review)]);
    let linked = PairQuery {
        record: Some(RecordId([2; 16])),
        limit: 9,
        ..PairQuery::default()
    };
    assert_eq!(case.pairs_page(&linked).unwrap().rows, [pair(2, PairDecision::Linked)]);
    let ids = [StatementId([2; 16]), StatementId([77; 16]), StatementId([1; 16])];
    let said: Vec<u8> = case
        .statements_by_id(&ids)
        .unwrap()
        .iter()
        .map(|said| said.id.0[0])
        .collect();
    assert_eq!(said, [2, 1]);
    let names = StatementQuery {
        properties: vec![Property::Name],
        limit: 9,
        ..StatementQuery::default()
    };
    assert_eq!(case.statements_page(&names).unwrap().total, 1);
    let change = Change::AlertState {
        alert: FindingId([8; 16]),
        state: AlertState::Seen,
        reason: String::new(),
    };
    assert_eq!(case.alerts().unwrap()[0].1, AlertState::New);
    case.apply(&change, &stamp()).unwrap();
    assert_eq!(case.alerts().unwrap()[0].1, AlertState::Seen);
}

#[test]
fn search_finds_beginnings_of_words_and_never_a_secret() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let hits = |query: &str| {
        case.search(query, 10)
            .unwrap()
            .into_iter()
            .map(|hit| (hit.kind, hit.id[..2].to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        hits("astr qui"),
        [
            (HitKind::Entity, "01".to_owned()),
            (HitKind::Statement, "01".to_owned())
        ]
    );
    assert_eq!(hits("ORJAN"), [(HitKind::Entity, "03".to_owned())]);
    assert_eq!(hits("lightho"), [(HitKind::Entity, "01".to_owned())]);
    assert_eq!(
        hits("p2@mail.ex"),
        [(HitKind::Entity, "02".to_owned()), (HitKind::Entity, "01".to_owned())]
    );
    for query in [
        "sealed",
        "00112233445566778899aabbccddeeff",
        "secret",
        "NEAR(",
        "\"",
        "a AND",
        "* NOT -",
        "",
    ] {
        assert!(hits(query).is_empty(), "{query}");
    }
    let hit = case.search("astrid", 1).unwrap().remove(0);
    assert_eq!(
        (hit.label.as_str(), hit.entity),
        ("Astrid Quill", Some(EntityId([1; 16])))
    );
}

#[test]
fn a_target_is_found_by_id_name_identifier_and_alias() {
    let place = place();
    let case = create(&place.path);
    case.write_derived(&snapshot()).unwrap();
    let rows: [(&str, &[u8]); 6] = [
        ("01010101010101010101010101010101", &[1]),
        ("astrid quill", &[1]),
        (" P2@mail.example", &[2, 1]),
        ("kittiwake", &[1, 3]),
        ("secret 1", &[]),
        ("nobody", &[]),
    ];
    for (text, expected) in rows {
        let found: Vec<u8> = case
            .resolve_target(text)
            .unwrap()
            .iter()
            .map(|entity| entity.0[0])
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    let matches = case.target_matches("p2@mail.example").unwrap();
    assert_eq!(
        (matches[0].by, matches[1].by),
        (MatchedBy::Label, MatchedBy::Identifier)
    );
}

#[test]
fn a_reader_without_a_cache_is_told_to_fuse() {
    let place = place();
    create(&place.path).close().unwrap();
    std::fs::remove_file(place.path.join("derived.db")).unwrap();
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.derived_revision().unwrap(), None);
    assert_eq!(
        reader.entities_page(&EntityQuery::default()).unwrap_err().code(),
        "not-derived"
    );
}

#[test]
fn the_totals_are_those_of_the_snapshot() {
    let place = place();
    let case = create(&place.path);
    assert_eq!(case.derived_totals().unwrap(), None);
    let snapshot = snapshot();
    case.write_derived(&snapshot).unwrap();
    let totals = case.derived_totals().unwrap().unwrap();
    assert_eq!(totals, fusion_store::DerivedTotals::of(&snapshot));
    assert_eq!(totals.entities, snapshot.entities.len() as u64);
    assert!(totals.waiting > 0 && !totals.alerts.is_empty());
    let by_kind = case.entity_kinds(&EntityQuery::default()).unwrap();
    assert_eq!(by_kind.iter().map(|(_, count)| count).sum::<u64>(), totals.entities);
}

#[test]
fn a_snapshot_shown_aside_is_read_and_not_kept() {
    let place = place();
    let case = create(&place.path);
    let kept = snapshot();
    case.write_derived(&kept).unwrap();
    let mut aside = snapshot();
    aside.revision = Revision([9; 32]);
    aside.entities.truncate(1);
    case.show_aside(&aside).unwrap();
    assert_eq!(case.derived_revision().unwrap(), Some(aside.revision));
    assert_eq!(case.derived_totals().unwrap().unwrap().entities, 1);
    case.show_present();
    assert_eq!(case.derived_revision().unwrap(), Some(kept.revision));
    case.show_aside(&aside).unwrap();
    case.close().unwrap();
    let again = open(&place.path);
    assert_eq!(again.derived_revision().unwrap(), Some(kept.revision));
}

#[test]
fn a_cache_that_cannot_be_read_is_thrown_away_and_filled_again() {
    let place = place();
    let case = create(&place.path);
    let snapshot = snapshot();
    case.write_derived(&snapshot).unwrap();
    case.close().unwrap();
    let file = place.path.join("derived.db");
    let sound = std::fs::read(&file).unwrap();
    let mut refused = 0;
    for page in 1..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 100] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        let case = open(&place.path);
        if case.load_snapshot().is_err_and(|error| error.code() == "damaged") {
            refused += 1;
            case.renew_derived().unwrap();
            assert_eq!(case.load_snapshot().unwrap(), None, "page {page}");
            case.write_derived(&snapshot).unwrap();
            assert_eq!(case.load_snapshot().unwrap().unwrap(), snapshot, "page {page}");
        }
        case.close().unwrap();
    }
    assert!(refused > 0);
}
