#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use fusion_model::derived::{
    Burst, Confidence, Entity, Event, EventKind, Fact, Finding, FindingKind, GraphSummary, Network, RecordCard,
    Relation, RelationKind, Revision, Risk, RiskFactor, Snapshot, TimelineSummary,
};
use fusion_model::{
    CleanValue, EntityId, EntityKind, FindingId, Grade, Level, Locator, ObservationId, Precision, Property, RecordId,
    RelationId, Score, SourceId, Statement, StatementId, TimeSpan, Timestamp,
};

use super::raise;
use crate::rules::{AlertCondition, Rules, load};

const MARA: EntityId = EntityId([1; 16]);
const OTHER: EntityId = EntityId([2; 16]);

fn statement(number: u8, property: Property, text: &str) -> Statement {
    Statement {
        id: StatementId([number; 16]),
        observation: ObservationId([number; 16]),
        source: SourceId([1; 32]),
        locator: Locator::Line(1),
        record: RecordId([1; 16]),
        property,
        original: text.to_owned(),
        source_text: None,
        qualifier: String::new(),
        path: String::new(),
        value: Ok(CleanValue::plain(text)),
        grade: Grade::UNKNOWN,
    }
}

fn sure() -> Confidence {
    let score = Score::from_basis_points(7_000);
    Confidence {
        score,
        low: score,
        high: score,
        parts: Vec::new(),
    }
}

fn entity(id: EntityId, label: &str) -> Entity {
    Entity {
        id,
        kind: EntityKind::Person,
        label: label.to_owned(),
        records: vec![RecordId(id.0)],
        aliases: Vec::new(),
        facts: Vec::new(),
        confidence: sure(),
        risk: Risk {
            score: Score::ZERO,
            level: Level::Minimal,
            factors: Vec::new(),
            flip: None,
        },
        network: Network::default(),
        sources: Vec::new(),
        seen: None,
    }
}

fn finding(number: u8, kind: FindingKind) -> Finding {
    Finding {
        id: FindingId([number; 16]),
        kind,
        rule: "reused-secret".to_owned(),
        severity: Level::Medium,
        score: Score::ZERO,
        entity: Some(MARA),
        text: "two things cannot both hold".to_owned(),
        innocent: String::new(),
        recommendation: String::new(),
        statements: vec![StatementId([number; 16])],
    }
}

/// A case in which everything that a condition can ask for is true of Mara and nothing of the other.
fn snapshot() -> Snapshot {
    let mut mara = entity(MARA, "Mara Ellison");
    mara.risk = Risk {
        score: Score::from_basis_points(8_000),
        level: Level::High,
        factors: vec![RiskFactor {
            name: "network".to_owned(),
            score: Score::ONE,
            weight: Score::ONE,
            findings: vec![FindingId([31; 16])],
        }],
        flip: None,
    };
    mara.network = Network {
        influence: Score::from_basis_points(9_000),
        betweenness: 400_000,
        degree: 3,
        ..Network::default()
    };
    mara.facts = vec![Fact {
        property: Property::Phone,
        canonical: "+15550100".to_owned(),
        value: "+1 555-0100".to_owned(),
        span: None,
        confidence: sure(),
        origins: 1,
        statements: vec![StatementId([11; 16])],
    }];
    let relation = |number: u8| Relation {
        id: RelationId([number; 16]),
        from: MARA,
        to: EntityId([number; 16]),
        kind: RelationKind::ExposedIn,
        score: Score::ONE,
        confidence: sure(),
        grade: Grade::UNKNOWN,
        count: 1,
        span: None,
        amounts: Vec::new(),
        why: String::new(),
        statements: vec![StatementId([number; 16])],
    };
    let moment = TimeSpan {
        start: Timestamp(0),
        end: Timestamp(1),
        precision: Precision::Second,
        zone_known: true,
    };
    let event = Event {
        id: FindingId([41; 16]),
        kind: EventKind::Message,
        happened: moment,
        learned: Timestamp(0),
        text: String::new(),
        participants: Vec::new(),
        sources: Vec::new(),
        statements: vec![StatementId([41; 16])],
    };
    let burst = Burst {
        entity: Some(MARA),
        start: Timestamp(0),
        end: Timestamp(1),
        events: vec![event.id],
        strength: Score::ONE,
    };
    Snapshot {
        case_name: String::new(),
        revision: Revision([0; 32]),
        as_of: Timestamp(0),
        engine: String::new(),
        sources: Vec::new(),
        statements: Arc::new(vec![
            statement(10, Property::Text, "Selling FULLZ, best price"),
            statement(11, Property::Phone, "+1 555-0100"),
        ]),
        records: vec![RecordCard {
            id: RecordId([1; 16]),
            kind: EntityKind::Person,
            entity: MARA,
            label: String::new(),
            sources: Vec::new(),
        }],
        entities: vec![mara, entity(OTHER, "Odd Stranger")],
        relations: vec![relation(21), relation(22), relation(23)],
        events: vec![event],
        findings: vec![finding(31, FindingKind::Risk), finding(32, FindingKind::Contradiction)],
        alerts: Vec::new(),
        pairs: Vec::new(),
        timeline: TimelineSummary {
            bursts: vec![burst],
            ..TimelineSummary::default()
        },
        graph: GraphSummary::default(),
        notes: Vec::new(),
    }
}

fn with(condition: &str) -> Rules {
    load(
        &format!("alerts:\n  conditions:\n    - {{name: tried, {condition}}}\n"),
        "test.yaml",
    )
    .unwrap()
}

#[test]
fn each_condition_holds_from_its_threshold_on() {
    // Condition, then the statements behind the alert; none when it must not be raised.
    let rows: &[(&str, &[u8])] = &[
        ("when: risk-level, level: HIGH", &[31]),
        ("when: risk-level, level: CRITICAL", &[]),
        ("when: breaches, count: 3", &[21, 22, 23]),
        ("when: breaches, count: 4", &[]),
        ("when: relations, count: 3", &[21, 22, 23]),
        ("when: findings, count: 2", &[31, 32]),
        ("when: findings, rules: [reused-secret]", &[31, 32]),
        ("when: findings, rules: [mixer]", &[]),
        ("when: keyword", &[10]),
        ("when: keyword, words: [best price]", &[10]),
        ("when: keyword, words: [full]", &[]),
        ("when: watch-list, words: [\"+1 (555) 0100\"]", &[11]),
        ("when: watch-list, words: [\"+1 555 0101\"]", &[]),
        ("when: measure, share: 0.9", &[21, 22, 23]),
        ("when: measure, share: 0.91", &[]),
        ("when: measure, measure: betweenness, share: 0.4", &[21, 22, 23]),
        ("when: measure, measure: pagerank, share: 0.01", &[]),
        ("when: burst", &[41]),
        ("when: burst, count: 2", &[]),
        ("when: contradictions", &[32]),
        ("when: contradictions, kinds: [account]", &[]),
        ("when: burst, enabled: false", &[]),
    ];
    for (condition, expected) in rows {
        let found = raise(&snapshot(), &with(condition));
        let statements: Vec<u8> = found
            .iter()
            .flat_map(|alert| alert.statements.iter().map(|id| id.0[0]))
            .collect();
        assert_eq!(statements, *expected, "{condition}: {found:?}");
        assert!(
            found
                .iter()
                .all(|alert| alert.entity == MARA && alert.rule == "tried" && !alert.text.is_empty()),
            "{condition}"
        );
    }
}

#[test]
fn the_confidence_of_everyone_is_tested() {
    assert_eq!(raise(&snapshot(), &with("when: confidence, share: 0.7")).len(), 2);
}

#[test]
fn the_gravest_alert_comes_first_and_all_can_be_switched_off() {
    let mut rules = Rules::shipped();
    let found = raise(&snapshot(), &rules);
    assert!(found.len() >= 5, "{found:?}");
    assert!(
        found
            .windows(2)
            .all(|pair| (std::cmp::Reverse(pair[0].severity), pair[0].id)
                < (std::cmp::Reverse(pair[1].severity), pair[1].id))
    );
    assert_eq!(found[0].severity, Level::High);
    rules.alerts.enabled = false;
    assert!(raise(&snapshot(), &rules).is_empty());
}

#[test]
fn an_alert_keeps_its_id_when_more_evidence_arrives() {
    let rules = with("when: breaches, count: 2");
    let before = raise(&snapshot(), &rules);
    let mut grown = snapshot();
    grown.relations.pop();
    let after = raise(&grown, &rules);
    assert_eq!(before[0].id, after[0].id);
    assert_ne!(before[0].statements, after[0].statements);
    let renamed = Rules {
        alerts: crate::rules::Alerts {
            enabled: true,
            conditions: conditions(&rules),
        },
        ..rules
    };
    assert_ne!(raise(&snapshot(), &renamed)[0].id, before[0].id);
}

fn conditions(rules: &Rules) -> Vec<AlertCondition> {
    rules
        .alerts
        .conditions
        .iter()
        .map(|condition| AlertCondition {
            name: "renamed".to_owned(),
            ..condition.clone()
        })
        .collect()
}
