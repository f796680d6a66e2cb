#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::sync::Mutex;

use fusion_model::derived::{RelationKind, Snapshot};
use fusion_model::{Credibility, EntityKind, Evidence, Property, RawRecord, Timestamp, Verdict};
use proptest::prelude::*;

use super::{STAGES, fuse, fuse_taking};
use crate::fixture::{Case, Said, id, link, person, record};
use crate::rules::Rules;
use crate::watch::{Stopped, Unwatched, Watch};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn fused(evidence: &Evidence) -> Snapshot {
    fuse(evidence, &Rules::shipped(), NOW, &Unwatched).unwrap()
}

/// Every field of a snapshot is a plain value in a fixed order, so its text is its bytes.
fn bytes(snapshot: &Snapshot) -> String {
    format!("{snapshot:?}")
}

/// A small case with every sort of link, a verdict, a secret used twice and a message.
fn case() -> Case {
    let secret = (Property::Password, "sealed:00112233445566778899aabbccddeeff");
    let mail = (Property::Email, "mara@mail.example");
    let account = record(
        EntityKind::Account,
        "hub",
        &[
            (Property::Account, "nightjar_77|github.com"),
            (Property::Name, "Mara E."),
            (Property::CreatedAt, "2016-04-02T09:12:44Z"),
        ],
    );
    let leak = record(
        EntityKind::Breach,
        "leak",
        &[
            (Property::BreachName, "ExampleBreach"),
            (Property::BreachDate, "2019-07"),
        ],
    );
    let wallets = vec![
        record(
            EntityKind::Wallet,
            "w",
            &[(Property::Wallet, "0x52908400098527886E0F7030069857D2E4169EE7")],
        ),
        record(
            EntityKind::Wallet,
            "v",
            &[(Property::Wallet, "0x8617E340B3D01FA5F11F306F4090FD50E238070D")],
        ),
    ];
    Case::default()
        .linked_file(
            "hunt",
            "hunt",
            vec![(
                vec![person("subject", &[(Property::Handle, "nightjar_77")]), account],
                vec![link(RelationKind::Owns, Some(Credibility::ProbablyTrue))],
            )],
        )
        .linked_file(
            "leak",
            "leak",
            vec![(
                vec![
                    person(
                        "row",
                        &[
                            (Property::Name, "Mara Ellison"),
                            mail,
                            (Property::Handle, "nightjar_77"),
                            secret,
                        ],
                    ),
                    leak,
                ],
                vec![link(RelationKind::ExposedIn, None)],
            )],
        )
        .linked_file(
            "ledger",
            "ledger",
            vec![(wallets, vec![link(RelationKind::Paid, None)])],
        )
        .file(
            "notes",
            vec![
                vec![person(
                    "card",
                    &[
                        (Property::Name, "Mara Ellison"),
                        mail,
                        (Property::BirthDate, "1988-03-04"),
                    ],
                )],
                vec![person(
                    "friend",
                    &[
                        (Property::Name, "Mara Ellison"),
                        (Property::BirthDate, "1971-11-27"),
                        secret,
                    ],
                )],
                vec![person(
                    "piet",
                    &[(Property::Name, "Piet van Dijk"), (Property::Location, "Rotterdam")],
                )],
            ],
        )
        .judged(id("piet"), id("friend"), Verdict::Different)
        .corrected("piet", "/1", "Rotterdam, Netherlands")
        .corrected("friend", "/1", "1971-11-28")
}

fn turned(evidence: &Evidence, by: usize) -> Evidence {
    let mut turned = evidence.clone();
    turned.sources.reverse();
    turned.observations.reverse();
    turned.judgements.reverse();
    turned.corrections.reverse();
    let (sources, observations) = (turned.sources.len().max(1), turned.observations.len().max(1));
    turned.sources.rotate_left(by % sources);
    turned.observations.rotate_left(by % observations);
    turned
}

#[test]
fn the_walk_ends_in_a_sorted_and_connected_snapshot() {
    let snapshot = fused(&case().evidence);
    let mara = snapshot
        .records
        .iter()
        .find(|card| card.id == id("card"))
        .unwrap()
        .entity;
    for key in ["subject", "row"] {
        assert_eq!(
            snapshot.records.iter().find(|card| card.id == id(key)).unwrap().entity,
            mara,
            "{key}"
        );
    }
    assert_ne!(
        snapshot
            .records
            .iter()
            .find(|card| card.id == id("friend"))
            .unwrap()
            .entity,
        mara
    );
    let entity = snapshot.entity(mara).unwrap();
    assert_eq!(
        (entity.kind, entity.label.as_str(), entity.records.len()),
        (EntityKind::Person, "Mara Ellison", 3)
    );
    assert!(snapshot.statements.is_sorted_by_key(|statement| statement.id));
    assert!(snapshot.records.is_sorted_by_key(|card| card.id));
    assert!(snapshot.entities.is_sorted_by_key(|entity| entity.id));
    assert!(snapshot.relations.is_sorted_by_key(|relation| relation.id));
    assert!(
        snapshot
            .events
            .is_sorted_by_key(|event| (event.happened.start, event.id))
    );
    assert!(snapshot.findings.is_sorted_by_key(|finding| finding.id));
    assert!(
        snapshot
            .relations
            .iter()
            .any(|relation| relation.from == mara && relation.kind == RelationKind::ExposedIn)
    );
    assert!(!snapshot.events.is_empty());
    assert!(snapshot.findings.iter().all(|finding| !finding.statements.is_empty()));
    assert!(
        !bytes(&snapshot).contains("00112233"),
        "no fingerprint leaves the engine"
    );
}

#[test]
fn records_are_called_by_what_they_say() {
    let snapshot = fused(&case().evidence);
    for (key, label) in [
        ("row", "Mara Ellison"),
        ("subject", "nightjar_77"),
        ("piet", "Piet van Dijk"),
    ] {
        assert_eq!(
            snapshot.records.iter().find(|card| card.id == id(key)).unwrap().label,
            label
        );
    }
}

#[test]
fn withdrawing_what_joined_two_records_parts_them_again() {
    let mut evidence = case().evidence;
    let hunt = evidence.sources.iter().find(|source| source.name == "leak").unwrap().id;
    evidence.sources.retain(|source| source.id != hunt);
    let snapshot = fused(&evidence);
    let entity = |key: &str| snapshot.records.iter().find(|card| card.id == id(key)).unwrap().entity;
    assert_ne!(entity("subject"), entity("card"));
    assert!(!snapshot.records.iter().any(|card| card.id == id("row")));
}

#[test]
fn a_host_hears_every_stage_and_can_stop_at_each() {
    struct Listener {
        heard: Mutex<Vec<String>>,
        stop_at: Option<&'static str>,
    }
    impl Watch for Listener {
        fn stage(&self, stage: &str, done: u64, total: u64) -> ControlFlow<()> {
            assert!(done <= total);
            self.heard.lock().unwrap().push(stage.to_owned());
            if self.stop_at == Some(stage) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
    let listener = Listener {
        heard: Mutex::default(),
        stop_at: None,
    };
    fuse(&case().evidence, &Rules::shipped(), NOW, &listener).unwrap();
    let mut heard = listener.heard.into_inner().unwrap();
    heard.dedup();
    assert_eq!(heard, STAGES);
    for stage in STAGES {
        let listener = Listener {
            heard: Mutex::default(),
            stop_at: Some(stage),
        };
        let stopped = fuse(&case().evidence, &Rules::shipped(), NOW, &listener).unwrap_err();
        assert_eq!(
            stopped,
            Stopped::ByHost {
                stage: stage.to_owned()
            }
        );
    }
}

#[test]
fn empty_evidence_makes_an_empty_snapshot() {
    let snapshot = fused(&Evidence::default());
    assert!(snapshot.entities.is_empty() && snapshot.relations.is_empty() && snapshot.findings.is_empty());
}

#[test]
fn a_day_has_one_snapshot_and_no_list_order_changes_it() {
    let evidence = case().evidence;
    let straight = bytes(&fused(&evidence));
    for by in 0..6 {
        assert_eq!(straight, bytes(&fused(&turned(&evidence, by))), "turned by {by}");
    }
    let later = Timestamp(NOW.0 - NOW.0 % Timestamp::DAY_MS + 1);
    assert_eq!(
        straight,
        bytes(&fuse(&evidence, &Rules::shipped(), later, &Unwatched).unwrap())
    );
}

#[test]
fn using_the_evidence_up_changes_nothing() {
    let mut evidence = case().evidence;
    let straight = bytes(&fused(&evidence));
    evidence.observations.extend(evidence.observations.clone());
    for by in 0..6 {
        let taken = fuse_taking(turned(&evidence, by), &Rules::shipped(), NOW, &Unwatched).unwrap();
        assert_eq!(straight, bytes(&taken), "turned by {by}");
    }
}

#[test]
fn importing_in_halves_ends_in_the_same_snapshot_as_at_once() {
    let whole = case().evidence;
    for cut in 0..=whole.sources.len() {
        let mut halves = Evidence {
            judgements: whole.judgements.clone(),
            corrections: whole.corrections.clone(),
            ..Evidence::default()
        };
        for part in [&whole.sources[cut..], &whole.sources[..cut]] {
            for source in part {
                halves.sources.push(source.clone());
                halves.observations.extend(
                    whole
                        .observations
                        .iter()
                        .filter(|stored| stored.source == source.id)
                        .cloned(),
                );
                fused(&halves);
            }
        }
        assert_eq!(bytes(&fused(&halves)), bytes(&fused(&whole)), "cut at {cut}");
    }
}

fn any_person() -> impl Strategy<Value = Vec<(Property, String)>> {
    let said = prop_oneof![
        prop::sample::select(vec![
            "Mara Ellison",
            "Ellison, Mara",
            "Mara E.",
            "Tom Ellison",
            "Piet van Dijk",
            "nightjar"
        ])
        .prop_map(|text| (Property::Name, text.to_owned())),
        (0..4u8).prop_map(|at| (Property::Email, format!("m{at}@a.example"))),
        (0..3u8).prop_map(|at| (Property::Phone, format!("+3110123456{at}"))),
        prop::sample::select(vec!["nightjar_77", "nightjar77", "mara.ellison"])
            .prop_map(|text| (Property::Handle, text.to_owned())),
        prop::sample::select(vec!["1988-03-04", "1988-03", "1971-11-27"])
            .prop_map(|text| (Property::BirthDate, text.to_owned())),
        (0..3u8).prop_map(|at| (Property::Password, format!("sealed:{}", format!("{at:02x}").repeat(16)))),
        (0..3u8).prop_map(|at| (Property::Account, format!("nightjar_7{at}|github.com"))),
        Just((Property::Location, "Rotterdam".to_owned())),
    ];
    prop::collection::vec(said, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_evidence_in_any_order_gives_the_same_bytes(
        people in prop::collection::vec((0..6u8, any_person()), 1..9),
        verdicts in prop::collection::vec((0..6u8, 0..6u8, prop::sample::select(Verdict::ALL)), 0..4),
        by in 0usize..50,
    ) {
        let mut case = Case::default();
        for (at, (key, said)) in people.iter().enumerate() {
            let said: Vec<Said<'_>> = said.iter().map(|(property, text)| (*property, text.as_str())).collect();
            let row: Vec<RawRecord> = vec![person(&format!("p{key}"), &said)];
            case = case.file(&format!("file {at}"), vec![row]);
        }
        for (one, other, verdict) in verdicts {
            case = case.judged(id(&format!("p{one}")), id(&format!("p{other}")), verdict);
        }
        let straight = fused(&case.evidence);
        let other = fused(&turned(&case.evidence, by));
        prop_assert_eq!(bytes(&straight), bytes(&other));
        let placed: usize = straight.entities.iter().map(|entity| entity.records.len()).sum();
        prop_assert_eq!(placed, straight.records.len(), "every record is in exactly one entity");
    }
}
