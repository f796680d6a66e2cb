#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use fusion_model::derived::{Event, EventKind, RelationKind, Role};
use fusion_model::{
    EntityId, EntityKind, Evidence, Grade, GradedBy, Locator, Observation, ObservationId, Origin, Precision, Property,
    RawLink, RawRecord, RawStatement, RecordKey, Source, SourceId, SourceKind, StatementId, StoredObservation,
    Timestamp,
};
use proptest::prelude::*;

use crate::clean::clean;
use crate::resolution::{Cluster, Resolution};
use crate::rules::Rules;
use crate::timeline::{Labels, contradictions, events, summarise};

const DAY: i64 = Timestamp::DAY_MS;

/// One file: its name, the day it was acquired, its rows of records and links.
struct File {
    name: &'static str,
    day: i64,
    rows: Vec<(Vec<RawRecord>, Vec<RawLink>)>,
}

fn said(property: Property, text: &str) -> RawStatement {
    let (original, qualifier) = text.split_once('|').unwrap_or((text, ""));
    RawStatement::new(property, original, format!("/{}", property.id())).read_with(qualifier)
}

fn record(kind: EntityKind, key: &str, statements: &[(Property, &str)]) -> RawRecord {
    let statements = statements
        .iter()
        .map(|(property, text)| said(*property, text))
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

fn account(name: &str, more: &[(Property, &str)]) -> RawRecord {
    let name = format!("{name}|site.example");
    let mut statements = vec![(Property::Account, name.as_str())];
    statements.extend_from_slice(more);
    record(EntityKind::Account, "", &statements)
}

fn link(kind: RelationKind, statements: &[(Property, &str)]) -> RawLink {
    let statements = statements
        .iter()
        .map(|(property, text)| said(*property, text))
        .collect();
    RawLink {
        from: 0,
        to: 1,
        kind,
        credibility: None,
        statements,
    }
}

fn evidence(files: &[File]) -> Evidence {
    let mut evidence = Evidence::default();
    for file in files {
        let id = SourceId::of_content(file.name.as_bytes());
        evidence.sources.push(Source {
            id,
            name: file.name.to_owned(),
            kind: SourceKind::Osint,
            format: "test".to_owned(),
            grade: Grade::UNKNOWN,
            graded: GradedBy::Default,
            acquired_at: Timestamp(file.day * DAY),
            size: 1,
            origin: Origin(file.name.to_owned()),
            subject: None,
            rows_read: file.rows.len() as u64,
            rows_negative: 0,
            warnings: 0,
        });
        for ((records, links), line) in file.rows.iter().zip(1..) {
            let locator = Locator::Line(line);
            evidence.observations.push(StoredObservation {
                id: ObservationId::new(id, &locator),
                source: id,
                content: Observation {
                    locator,
                    records: records.clone(),
                    links: links.clone(),
                },
            });
        }
    }
    evidence
}

/// Makes events with every record an entity of its own.
fn told(evidence: &Evidence) -> Vec<Event> {
    let cleaned = clean(evidence);
    let mut resolution = Resolution::default();
    let mut labels = Labels::new();
    for (record, clean) in &cleaned.records {
        let entity = EntityId::from(*record);
        resolution.entities.insert(
            entity,
            Cluster {
                kind: clean.kind,
                records: vec![*record],
            },
        );
        resolution.entity_of.insert(*record, entity);
        labels.insert(
            entity,
            clean.identity.clone().unwrap_or_else(|| clean.kind.id().to_owned()),
        );
    }
    events(&cleaned, &resolution, &labels)
}

/// Kind, precision, number of sources, number of participants.
type Shape = (EventKind, Precision, usize, usize);

fn summary(events: &[Event]) -> Vec<Shape> {
    events
        .iter()
        .map(|event| {
            (
                event.kind,
                event.happened.precision,
                event.sources.len(),
                event.participants.len(),
            )
        })
        .collect()
}

#[test]
fn sources_that_agree_tell_one_event() {
    let profile = |name, day, created: &str| File {
        name,
        day,
        rows: vec![(vec![account("mara", &[(Property::CreatedAt, created)])], vec![])],
    };
    type Row = (&'static str, Vec<File>, Vec<Shape>);
    let rows: Vec<Row> = vec![
        (
            "year and day overlap",
            vec![profile("a", 5, "2019"), profile("b", 3, "2019-03-04")],
            vec![(EventKind::Created, Precision::Day, 2, 1)],
        ),
        (
            "two days do not",
            vec![profile("a", 5, "2019-03-05"), profile("b", 3, "2019-03-04")],
            vec![
                (EventKind::Created, Precision::Day, 1, 1),
                (EventKind::Created, Precision::Day, 1, 1),
            ],
        ),
        (
            "a year joins the first of two days, and does not chain them",
            vec![
                profile("a", 5, "2019-03-05"),
                profile("b", 3, "2019-08-04"),
                profile("c", 3, "2019"),
            ],
            vec![
                (EventKind::Created, Precision::Day, 2, 1),
                (EventKind::Created, Precision::Day, 1, 1),
            ],
        ),
        (
            "what is no date makes no event",
            vec![profile("a", 5, "long ago")],
            vec![],
        ),
    ];
    for (name, files, expected) in rows {
        assert_eq!(summary(&told(&evidence(&files))), expected, "{name}");
    }
    let found = told(&evidence(&[profile("a", 5, "2019"), profile("b", 3, "2019-03-04")]));
    assert_eq!((found[0].learned, found[0].statements.len()), (Timestamp(3 * DAY), 2));
    assert!(
        found[0].text.starts_with("account “") && found[0].text.ends_with("” was created"),
        "{}",
        found[0].text
    );
}

#[test]
fn owners_take_part_in_the_creation_of_their_accounts() {
    let owned = |name, credibility| {
        let records = vec![
            record(EntityKind::Person, "p", &[(Property::Name, "Mara Ellison")]),
            account("mara", &[(Property::CreatedAt, "2019-03-04")]),
        ];
        File {
            name,
            day: 1,
            rows: vec![(
                records,
                vec![RawLink {
                    credibility,
                    ..link(RelationKind::Owns, &[])
                }],
            )],
        }
    };
    let roles = |events: &[Event]| {
        events[0]
            .participants
            .iter()
            .map(|participant| participant.role)
            .collect::<BTreeSet<_>>()
    };
    let found = told(&evidence(&[owned("a", None)]));
    assert_eq!(roles(&found), BTreeSet::from([Role::Subject, Role::Actor]));
    let doubtful = told(&evidence(&[owned("a", Some(fusion_model::Credibility::Doubtful))]));
    assert_eq!(roles(&doubtful), BTreeSet::from([Role::Subject]));
}

#[test]
fn messages_of_one_file_are_kept_apart_and_those_of_two_exports_are_joined() {
    let message = |text: &str, at: &str| {
        let records = vec![
            account("mara", &[]),
            record(EntityKind::Chat, "", &[(Property::ChatId, "42|chat.example")]),
        ];
        (
            records,
            vec![link(
                RelationKind::Messaged,
                &[(Property::HappenedAt, at), (Property::Text, text)],
            )],
        )
    };
    let rows = || {
        vec![
            message("ok", "2021-05-01T10:00:00Z"),
            message("ok", "2021-05-01T10:00:00Z"),
            message("no", "2021-05-01T10:00:00Z"),
        ]
    };
    let one = File {
        name: "short export",
        day: 1,
        rows: rows(),
    };
    let two = File {
        name: "long export",
        day: 2,
        rows: rows(),
    };
    let alone = told(&evidence(std::slice::from_ref(&one)));
    assert_eq!(alone.len(), 3);
    let both = told(&evidence(&[one, two]));
    assert_eq!(both.len(), 3);
    assert!(
        both.iter()
            .all(|event| event.sources.len() == 2 && event.kind == EventKind::Message)
    );
    assert!(
        both.iter().any(|event| event.text.contains("wrote “no” in")),
        "{:?}",
        both[0].text
    );
}

#[test]
fn a_mention_belongs_to_its_message() {
    let records = vec![
        account("mara", &[]),
        record(EntityKind::Chat, "", &[(Property::ChatId, "42|chat.example")]),
        record(EntityKind::Domain, "", &[(Property::Domain, "shop.example")]),
    ];
    let links = vec![
        link(
            RelationKind::Messaged,
            &[
                (Property::HappenedAt, "2021-05-01T10:00:00Z"),
                (Property::Text, "see shop.example"),
            ],
        ),
        RawLink {
            to: 2,
            ..link(
                RelationKind::Mentions,
                &[(Property::HappenedAt, "2021-05-01T10:00:00Z")],
            )
        },
    ];
    let found = told(&evidence(&[File {
        name: "chat",
        day: 1,
        rows: vec![(records, links)],
    }]));
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0]
            .participants
            .iter()
            .filter(|participant| participant.role == Role::Mentioned)
            .count(),
        1
    );
}

#[test]
fn transfers_are_told_apart_by_transaction_and_amount() {
    let moved = |hash: &str, amount: &str| {
        let wallet = |text: &str| record(EntityKind::Wallet, "", &[(Property::Wallet, text)]);
        let records = vec![
            wallet("0x52908400098527886E0F7030069857D2E4169EE7"),
            wallet("0x8617E340B3D01FA5F11F306F4090FD50E238070D"),
        ];
        let mut said = vec![
            (Property::HappenedAt, "2021-05-01T10:00:00Z"),
            (Property::Amount, amount),
        ];
        if !hash.is_empty() {
            said.push((Property::TransactionHash, hash));
        }
        (records, vec![link(RelationKind::Paid, &said)])
    };
    let rows: Vec<(&str, Vec<File>, usize)> = vec![
        (
            "the same transaction in two files",
            vec![
                File {
                    name: "a",
                    day: 1,
                    rows: vec![moved("0xaa", "1.5|ETH")],
                },
                File {
                    name: "b",
                    day: 1,
                    rows: vec![moved("0xaa", "1.5|ETH")],
                },
            ],
            1,
        ),
        (
            "the same transaction twice in one file",
            vec![File {
                name: "a",
                day: 1,
                rows: vec![moved("0xaa", "1.5|ETH"), moved("0xaa", "1.5|ETH")],
            }],
            1,
        ),
        (
            "two transactions",
            vec![File {
                name: "a",
                day: 1,
                rows: vec![moved("0xaa", "1.5|ETH"), moved("0xbb", "1.5|ETH")],
            }],
            2,
        ),
        (
            "two amounts without hash",
            vec![File {
                name: "a",
                day: 1,
                rows: vec![moved("", "1.5|ETH"), moved("", "2|ETH")],
            }],
            2,
        ),
        (
            "one amount twice without hash",
            vec![File {
                name: "a",
                day: 1,
                rows: vec![moved("", "1.5|ETH"), moved("", "1.5|ETH")],
            }],
            2,
        ),
    ];
    for (name, files, expected) in rows {
        let found = told(&evidence(&files));
        assert_eq!(found.len(), expected, "{name}: {found:?}");
        assert!(
            found
                .iter()
                .all(|event| event.kind == EventKind::Transfer && event.participants.len() == 2),
            "{name}"
        );
    }
    let found = told(&evidence(&[File {
        name: "a",
        day: 1,
        rows: vec![moved("0xaa", "1.5|ETH")],
    }]));
    assert!(found[0].text.contains("moved 1.5 ETH to"), "{}", found[0].text);
}

#[test]
fn a_breach_is_one_event_with_everyone_exposed() {
    let row = |key: &str, date: &str| {
        let records = vec![
            record(EntityKind::Person, key, &[(Property::Email, "mara@mail.example")]),
            record(
                EntityKind::Breach,
                "",
                &[(Property::BreachName, "ShopLeak"), (Property::BreachDate, date)],
            ),
        ];
        (records, vec![link(RelationKind::ExposedIn, &[])])
    };
    let files = [
        File {
            name: "a",
            day: 1,
            rows: vec![row("p", "2018-07-09"), row("q", "2018-07-09")],
        },
        File {
            name: "b",
            day: 1,
            rows: vec![row("p", "2018-07")],
        },
    ];
    let found = told(&evidence(&files));
    assert_eq!(summary(&found), [(EventKind::Breached, Precision::Day, 2, 3)]);
}

fn day_text() -> impl Strategy<Value = String> {
    (2015_i32..2022, 1_u32..13, 1_u32..28, 0_u32..3).prop_map(|(year, month, day, precision)| match precision {
        0 => format!("{year}"),
        1 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    })
}

proptest! {
    #[test]
    fn the_order_of_evidence_never_matters(dates in proptest::collection::vec(day_text(), 1..14), turn in 0_usize..14) {
        let files: Vec<File> = dates
            .iter()
            .zip(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"])
            .map(|(date, name)| {
                let records = vec![record(EntityKind::Person, "p", &[(Property::BirthDate, date.as_str())]), account("mara", &[(Property::CreatedAt, date.as_str())])];
                File { name, day: 1, rows: vec![(records, vec![link(RelationKind::Owns, &[])])] }
            })
            .collect();
        let mut evidence = evidence(&files);
        let first = told(&evidence);
        let count = evidence.observations.len();
        evidence.observations.rotate_left(turn % count);
        evidence.sources.reverse();
        let second = told(&evidence);
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(contradictions(&first, &Rules::shipped()), contradictions(&second, &Rules::shipped()));
        prop_assert_eq!(summarise(&first, &Rules::shipped()), summarise(&second, &Rules::shipped()));
        // No statement is lost and none tells two events.
        let told: Vec<StatementId> = first.iter().flat_map(|event| event.statements.iter().copied()).collect();
        prop_assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len());
        prop_assert_eq!(told.len(), 2 * dates.len());
    }
}
