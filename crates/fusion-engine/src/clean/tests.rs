#![allow(clippy::unwrap_used)]

use fusion_model::derived::RelationKind;
use fusion_model::{Correction, Credibility, EntityKind, ObservationId, Property, RecordId, StatementId};

use super::clean;
use crate::cleaned::{Cleaned, Implied};
use crate::fixture::{Case, id, link, person, record};

fn originals(cleaned: &Cleaned) -> Vec<&str> {
    let mut originals: Vec<&str> = cleaned
        .statements
        .iter()
        .map(|statement| statement.original.as_str())
        .collect();
    originals.sort_unstable();
    originals
}

#[test]
fn a_record_joins_what_several_observations_say_of_it() {
    let case = Case::default()
        .file("a", vec![vec![person("mara", &[(Property::Name, "Mara Ellison")])]])
        .file("b", vec![vec![person("mara", &[(Property::Occupation, "broker")])]]);
    let cleaned = clean(&case.evidence);
    assert_eq!(cleaned.records.len(), 1);
    let mara = &cleaned.records[&id("mara")];
    assert_eq!(mara.statements.len(), 2);
    assert_eq!(mara.sources.len(), 2);
    assert_eq!(
        cleaned
            .sources
            .iter()
            .map(|card| (card.observations, card.statements))
            .collect::<Vec<_>>(),
        [(1, 1), (1, 1)]
    );
}

#[test]
fn an_identified_record_is_its_value_and_an_unreadable_one_its_key() {
    let rows = vec![vec![
        record(EntityKind::Email, "x", &[(Property::Email, "Mara@Mail.Example")]),
        record(EntityKind::Email, "y", &[(Property::Email, "not an address")]),
    ]];
    let cleaned = clean(&Case::default().file("a", rows).evidence);
    let named = RecordId::of_value("email", "mara@mail.example");
    assert_eq!(cleaned.records[&named].identity.as_deref(), Some("mara@mail.example"));
    assert_eq!(cleaned.records[&id("y")].identity, None);
    assert!(originals(&cleaned).contains(&"not an address"));
    assert!(
        cleaned
            .notes
            .iter()
            .any(|note| note.text.contains("stand by their place")),
        "{:?}",
        cleaned.notes
    );
}

#[test]
fn values_of_described_records_are_things_with_links() {
    for (property, text, kind, relation) in [
        (
            Property::Email,
            "mara@mail.example",
            EntityKind::Email,
            RelationKind::Uses,
        ),
        (Property::Phone, "+31101234567", EntityKind::Phone, RelationKind::Uses),
        (
            Property::Wallet,
            "0x52908400098527886E0F7030069857D2E4169EE7",
            EntityKind::Wallet,
            RelationKind::Owns,
        ),
        (
            Property::Account,
            "nightjar_77|github.com",
            EntityKind::Account,
            RelationKind::Owns,
        ),
        (Property::Ip, "198.51.100.23", EntityKind::Ip, RelationKind::Uses),
        (
            Property::Domain,
            "halcyon-freight.example",
            EntityKind::Domain,
            RelationKind::LinksTo,
        ),
        (
            Property::BreachName,
            "Example Breach",
            EntityKind::Breach,
            RelationKind::ExposedIn,
        ),
    ] {
        let cleaned = clean(
            &Case::default()
                .file("a", vec![vec![person("mara", &[(property, text)])]])
                .evidence,
        );
        let [made] = cleaned.links.as_slice() else {
            panic!("{property:?}: {:?}", cleaned.links)
        };
        assert_eq!(
            (made.from, made.kind, made.implied),
            (id("mara"), relation, Implied::ByValue)
        );
        assert_eq!(cleaned.records[&made.to].kind, kind);
        assert_eq!(cleaned.records[&made.to].statements, made.statements);
    }
}

#[test]
fn a_stated_link_is_not_made_twice_and_carries_its_own_credibility() {
    let rows = vec![(
        vec![
            person("mara", &[(Property::Email, "mara@mail.example")]),
            record(EntityKind::Email, "x", &[(Property::Email, "mara@mail.example")]),
        ],
        vec![link(RelationKind::Uses, Some(Credibility::Doubtful))],
    )];
    let cleaned = clean(&Case::default().linked_file("a", "a", rows).evidence);
    let [made] = cleaned.links.as_slice() else {
        panic!("{:?}", cleaned.links)
    };
    assert_eq!(made.implied, Implied::Stated);
    assert_eq!(made.grade.text(), "F4");
    assert!(!made.lends());
}

#[test]
fn the_own_page_of_an_account_is_no_thing_apart_but_another_address_is() {
    let account = record(
        EntityKind::Account,
        "x",
        &[
            (Property::Account, "nightjar_77|https://github.com/"),
            (Property::Url, "https://github.com/nightjar_77"),
            (Property::Url, "https://halcyon-freight.example/team"),
        ],
    );
    let cleaned = clean(&Case::default().file("a", vec![vec![account]]).evidence);
    let urls: Vec<&str> = cleaned
        .records
        .values()
        .filter(|record| record.kind == EntityKind::Url)
        .filter_map(|record| record.identity.as_deref())
        .collect();
    assert_eq!(urls, ["https://halcyon-freight.example/team"]);
}

#[test]
fn secrets_become_groups_and_no_fingerprint_is_left() {
    let one = "sealed:00112233445566778899aabbccddeeff";
    let other = "sealed:ffeeddccbbaa99887766554433221100";
    let said = |key: &str, secret: &str| vec![person(key, &[(Property::Password, secret)])];
    let rows = vec![
        said("a", one),
        said("b", other),
        said("c", one),
        said("d", "sealed:weak"),
        said("e", "hunter2"),
    ];
    let cleaned = clean(&Case::default().file("a", rows).evidence);
    let group = |key: &str| cleaned.statements_of(id(key)).next().unwrap();
    assert_eq!(group("a").value, group("c").value);
    assert_ne!(group("a").value, group("b").value);
    assert_ne!(group("d").value, group("e").value, "weak secrets never meet");
    let mut labels: Vec<String> = ["a", "b"].iter().map(|key| group(key).original.clone()).collect();
    labels.sort();
    assert_eq!(labels, ["secret 1", "secret 2"]);
    assert_eq!(group("d").original, "weak secret");
    let everything = format!("{cleaned:?}");
    assert!(!everything.contains("00112233") && !everything.contains("ffeeddcc") && !everything.contains("hunter2"));
}

#[test]
fn the_smallest_statement_has_the_first_secret() {
    let rows: Vec<_> = (0..9u8)
        .map(|at| {
            vec![person(
                &format!("p{at}"),
                &[(
                    Property::Password,
                    format!("sealed:{}", format!("{at:02x}").repeat(16)).as_str(),
                )],
            )]
        })
        .collect();
    let cleaned = clean(&Case::default().file("a", rows).evidence);
    let numbers: Vec<String> = cleaned
        .statements
        .iter()
        .map(|statement| statement.original.clone())
        .collect();
    let expected: Vec<String> = (1..=9).map(|number| format!("secret {number}")).collect();
    assert_eq!(
        numbers, expected,
        "statements are sorted by id and numbered in that order"
    );
}

#[test]
fn a_link_to_nowhere_is_left_out_with_a_note() {
    let mut dangling = link(RelationKind::Owns, None);
    dangling.to = 7;
    let rows = vec![(
        vec![person("mara", &[(Property::Name, "Mara Ellison")])],
        vec![dangling],
    )];
    let cleaned = clean(&Case::default().linked_file("a", "a", rows).evidence);
    assert!(cleaned.links.is_empty());
    assert!(cleaned.notes.iter().any(|note| note.text.contains("left out")));
}

#[test]
fn no_list_order_and_no_repetition_matters() {
    let case = Case::default()
        .file(
            "a",
            vec![vec![person(
                "mara",
                &[(Property::Name, "Mara Ellison"), (Property::Email, "m@mail.example")],
            )]],
        )
        .file("b", vec![vec![person("piet", &[(Property::Phone, "+31101234567")])]]);
    let straight = clean(&case.evidence);
    let mut turned = case.evidence.clone();
    turned.sources.reverse();
    turned.observations.reverse();
    turned.observations.extend(case.evidence.observations.clone());
    turned.sources.extend(case.evidence.sources);
    assert_eq!(format!("{straight:?}"), format!("{:?}", clean(&turned)));
}

/// Corrects the statement of `property` in the first file to `text`.
fn corrected(mut case: Case, property: Property, text: &str) -> Case {
    let cleaned = clean(&case.evidence);
    let statement = cleaned
        .statements
        .iter()
        .find(|statement| statement.property == property)
        .unwrap();
    case.evidence.corrections.push(Correction {
        observation: statement.observation,
        statement: statement.id,
        text: text.to_owned(),
    });
    case
}

#[test]
fn a_corrected_statement_keeps_its_place_and_what_the_source_says() {
    let case = Case::default().file("a", vec![vec![person("mara", &[(Property::Name, "Mara Elison")])]]);
    let before = clean(&case.evidence).statements[0].clone();
    let after = clean(&corrected(case, Property::Name, "Mara Ellison").evidence).statements[0].clone();
    assert_eq!(
        (after.id, after.record, &after.locator),
        (before.id, before.record, &before.locator)
    );
    assert_eq!(after.original, "Mara Ellison");
    assert_eq!(after.source_text.as_deref(), Some("Mara Elison"));
    assert_eq!(after.value.unwrap().display, "Mara Ellison");
}

#[test]
fn a_corrected_identity_names_another_thing() {
    let case = Case::default().file(
        "a",
        vec![vec![record(
            EntityKind::Email,
            "m",
            &[(Property::Email, "m@mial.example")],
        )]],
    );
    let cleaned = clean(&corrected(case, Property::Email, "m@mail.example").evidence);
    let named = RecordId::of_value(EntityKind::Email.id(), "m@mail.example");
    assert_eq!(cleaned.records.keys().copied().collect::<Vec<_>>(), [named]);
}

#[test]
fn secrets_and_what_is_not_there_cannot_be_corrected() {
    let sealed = format!("sealed:{}", "0a".repeat(16));
    let said = [(Property::Password, sealed.as_str())];
    let case = Case::default().file("a", vec![vec![person("mara", &said)]]);
    let straight = clean(&case.evidence);
    let mut meddled = corrected(case, Property::Password, "hunter2");
    meddled.evidence.corrections.push(Correction {
        observation: ObservationId([9; 16]),
        statement: StatementId([9; 16]),
        text: "nobody".to_owned(),
    });
    assert_eq!(format!("{straight:?}"), format!("{:?}", clean(&meddled.evidence)));
}
