//! What comes out of the shared samples: the counts and facts that the product's own promises rest on.

use std::collections::BTreeSet;
use std::fs;

use fusion_model::derived::RelationKind;
use fusion_model::{CleanContext, Credibility, EntityKind, Observation, Property, RawStatement, ValueType};

use crate::support::{Kept, Said, importer, run, samples};

fn read(id: &str, file: &str, subject: Option<&str>) -> Option<Kept> {
    let path = samples()?.join(file);
    let bytes = fs::read(&path).unwrap();
    let said = Said {
        subject: subject.map(str::to_owned),
        ..Said::default()
    };
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let (kept, result) = run(importer(id), &name, &bytes, &said);
    result.unwrap_or_else(|error| panic!("{file}: {error}"));
    Some(kept)
}

/// All texts that `property` states of things of `kind`.
fn texts(kept: &Kept, kind: EntityKind, property: Property) -> BTreeSet<String> {
    let records = kept
        .observations
        .iter()
        .flat_map(|observation| &observation.records)
        .filter(|record| record.kind == kind);
    let said = records
        .flat_map(|record| &record.statements)
        .filter(|statement| statement.property == property);
    said.map(|statement| statement.original.clone()).collect()
}

fn links(kept: &Kept, kind: RelationKind) -> usize {
    kept.observations
        .iter()
        .flat_map(|observation| &observation.links)
        .filter(|link| link.kind == kind)
        .count()
}

/// The accounts of an observation as name and site.
fn accounts(observation: &Observation) -> impl Iterator<Item = (String, String)> {
    let records = observation
        .records
        .iter()
        .filter(|record| record.kind == EntityKind::Account);
    let said = records
        .flat_map(|record| &record.statements)
        .filter(|statement| statement.property == Property::Account);
    said.map(|statement| (statement.original.clone(), statement.qualifier.clone()))
}

#[test]
fn a_hunt_is_one_hunt_in_both_formats() {
    let Some(csv) = read("sherlock-csv", "sherlock/nightjar_77.csv", None) else {
        return;
    };
    let txt = read("sherlock-txt", "sherlock/nightjar_77.txt", None).unwrap();
    assert_eq!(
        (csv.rows, csv.negative, csv.observations.len(), csv.warnings.len()),
        (14, 0, 14, 0)
    );
    assert_eq!(
        (txt.rows, txt.negative, txt.observations.len(), txt.warnings.len()),
        (14, 0, 14, 0)
    );
    assert_eq!(csv.origin.as_deref(), Some("sherlock:nightjar_77"));
    assert_eq!((&csv.origin, &csv.subject), (&txt.origin, &txt.subject));
    for (one, other) in csv.observations.iter().zip(&txt.observations) {
        assert_eq!(accounts(one).collect::<Vec<_>>(), accounts(other).collect::<Vec<_>>());
        assert_eq!(one.records[0].key, other.records[0].key);
    }
    assert!(
        csv.observations
            .iter()
            .all(|one| one.links[0].credibility == Some(Credibility::PossiblyTrue))
    );
}

#[test]
fn rows_without_a_find_are_coverage() {
    let Some(kept) = read("sherlock-csv", "sherlock/mara.ellison.csv", None) else {
        return;
    };
    assert_eq!(kept.observations.len(), 2);
    assert_eq!(kept.rows, kept.negative + 2);
    assert!(kept.negative > 400, "{}", kept.negative);
    let txt = read("sherlock-txt", "sherlock/mara.ellison.txt", None).unwrap();
    assert_eq!((txt.observations.len(), txt.origin), (2, kept.origin));
}

#[test]
fn maigret_says_the_same_in_all_formats() {
    let Some(simple) = read("maigret-simple", "maigret/report_nightjar_77_simple.json", None) else {
        return;
    };
    let ndjson = read("maigret-ndjson", "maigret/report_nightjar_77_ndjson.json", None).unwrap();
    let txt = read("maigret-txt", "maigret/report_nightjar_77.txt", None).unwrap();
    assert_eq!(
        (
            simple.observations.len(),
            ndjson.observations.len(),
            txt.observations.len()
        ),
        (13, 13, 13)
    );
    assert_eq!(simple.origin.as_deref(), Some("maigret:nightjar_77"));
    assert_eq!((&simple.origin, &simple.origin), (&ndjson.origin, &txt.origin));
    for kind in [EntityKind::Person, EntityKind::Account, EntityKind::Wallet] {
        for property in Property::ALL {
            assert_eq!(
                texts(&simple, kind, *property),
                texts(&ndjson, kind, *property),
                "{property:?} of {kind:?}"
            );
        }
    }
    let hunted = |kept: &Kept| {
        kept.observations
            .iter()
            .filter_map(|one| accounts(one).next())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(hunted(&simple), hunted(&txt));
    let of_accounts = |property| texts(&simple, EntityKind::Account, property);
    assert!(
        of_accounts(Property::Email).contains("nightjar77@mail.example"),
        "the address in a bio"
    );
    assert!(of_accounts(Property::Wallet).contains("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
    assert!(of_accounts(Property::Organization).contains("Halcyon Freight Ltd"));
    assert!(of_accounts(Property::Handle).contains("mara_nightjar"));
    assert!(
        of_accounts(Property::Url).contains("https://nightjar-field.example"),
        "a list written in Python"
    );
}

#[test]
fn four_breaches_from_three_services() {
    let Some(hibp) = read(
        "hibp",
        "hibp/breachedaccount_nightjar77.json",
        Some("nightjar77@mail.example"),
    ) else {
        return;
    };
    let leakcheck = read("leakcheck", "leakcheck/query.json", None).unwrap();
    let v1 = read("dehashed", "dehashed/search_v1.json", None).unwrap();
    let v2 = read("dehashed", "dehashed/search_v2.json", None).unwrap();
    let mut breaches = BTreeSet::new();
    for kept in [&hibp, &leakcheck, &v1, &v2] {
        breaches.extend(texts(kept, EntityKind::Breach, Property::BreachName));
        assert_eq!(links(kept, RelationKind::ExposedIn), kept.observations.len());
        assert_eq!(
            texts(kept, EntityKind::Person, Property::Email),
            BTreeSet::from(["nightjar77@mail.example".to_owned()])
        );
    }
    let expected = [
        "BreachedWebsite.example",
        "Compilation",
        "ExampleBreach",
        "StealerBatch2024",
    ];
    assert_eq!(breaches, expected.map(str::to_owned).into());
    assert_eq!(hibp.origin.as_deref(), Some("hibp:nightjar77@mail.example"));
    // One entry of the service in both versions is one record of one origin.
    assert_eq!(v1.origin.as_deref(), Some("dehashed:ExampleBreach"));
    assert_eq!(v1.origin, v2.origin);
    assert_eq!(v1.observations[0].records[0].key, v2.observations[0].records[0].key);
    assert_eq!(
        texts(&leakcheck, EntityKind::Person, Property::Name),
        BTreeSet::from(["Mara Ellison".to_owned()])
    );
    assert_eq!(
        texts(&leakcheck, EntityKind::Breach, Property::BreachDate),
        BTreeSet::from(["2019-07".to_owned()])
    );
    // Blank members of version 1 say nothing.
    assert!(texts(&v1, EntityKind::Person, Property::Password).is_empty());
}

#[test]
fn an_answer_without_its_question_asks_for_it() {
    let Some(folder) = samples() else { return };
    let bytes = fs::read(folder.join("hibp/breachedaccount_nightjar77.json")).unwrap();
    let (kept, result) = run(
        importer("hibp"),
        "breachedaccount_nightjar77.json",
        &bytes,
        &Said::default(),
    );
    let error = result.unwrap_err();
    assert_eq!(error.code, fusion_import::ErrorCode::SubjectNeeded);
    assert!(error.hint.unwrap().contains("--subject"));
    assert!(kept.observations.is_empty());
    let (kept, result) = run(
        importer("hibp"),
        "breachedaccount_nightjar77@mail.example.json",
        &bytes,
        &Said::default(),
    );
    result.unwrap();
    assert_eq!(kept.subject.as_deref(), Some("nightjar77@mail.example"));
}

#[test]
fn payments_are_those_that_moved_value() {
    const OWN: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let Some(normal) = read("etherscan-csv", &format!("etherscan/export-{OWN}.csv"), None) else {
        return;
    };
    assert_eq!(
        (normal.observations.len(), links(&normal, RelationKind::Paid)),
        (14, 13),
        "one row ran out of gas"
    );
    assert_eq!(normal.origin, Some(format!("etherscan:{}", OWN.to_lowercase())));
    let internal = read("etherscan-csv", &format!("etherscan/export-internal-{OWN}.csv"), None).unwrap();
    assert_eq!(
        (internal.observations.len(), links(&internal, RelationKind::Paid)),
        (4, 4)
    );
    let tokens = read(
        "etherscan-csv",
        &format!("etherscan/export-address-token-{OWN}.csv"),
        None,
    )
    .unwrap();
    assert_eq!((tokens.observations.len(), links(&tokens, RelationKind::Paid)), (6, 6));
    assert_eq!(
        texts(&tokens, EntityKind::Token, Property::Name),
        BTreeSet::from(["Tether USD".to_owned()])
    );
    let api = read("etherscan-api", "etherscan/api_txlist.json", None).unwrap();
    assert_eq!((api.observations.len(), links(&api, RelationKind::Paid)), (5, 5));
    let link = &api.observations[0].links[0];
    let amount = link
        .statements
        .iter()
        .find(|statement| statement.property == Property::Amount)
        .unwrap();
    assert_eq!((amount.original.as_str(), amount.qualifier.as_str()), ("1", "ETH"));
}

#[test]
fn a_chat_tells_who_wrote_and_what_was_named() {
    let Some(kept) = read("telegram-json", "telegram/result.json", None) else {
        return;
    };
    assert_eq!((kept.rows, kept.observations.len(), kept.warnings.len()), (5, 5, 0));
    assert_eq!(kept.origin.as_deref(), Some("telegram:1500000001"));
    assert_eq!(
        texts(&kept, EntityKind::Wallet, Property::Wallet),
        BTreeSet::from(["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4".to_owned()])
    );
    assert_eq!(
        texts(&kept, EntityKind::Phone, Property::Phone),
        BTreeSet::from(["+31101234567".to_owned()])
    );
    assert!(texts(&kept, EntityKind::Account, Property::Account).contains("nightjar_77"));
    let line = kept.observations[1].locator.line().unwrap();
    let source = fs::read_to_string(samples().unwrap().join("telegram/result.json")).unwrap();
    assert_eq!(
        source.lines().nth(line as usize).unwrap().trim(),
        "\"id\": 2,",
        "the line on which the message starts"
    );
    // A shared contact is a person with a name and a number.
    let card = kept.observations[4]
        .records
        .iter()
        .find(|record| record.kind == EntityKind::Person)
        .unwrap();
    let said: BTreeSet<(Property, &str)> = card
        .statements
        .iter()
        .map(|one| (one.property, one.original.as_str()))
        .collect();
    assert_eq!(
        said,
        BTreeSet::from([(Property::Name, "Mara Ellison"), (Property::Phone, "+31101234567")])
    );
}

#[test]
fn the_model_reads_what_importers_state() {
    if samples().is_none() {
        return;
    }
    let files = [
        ("sherlock-csv", "sherlock/nightjar_77.csv"),
        ("sherlock-txt", "sherlock/nightjar_77.txt"),
        ("maigret-simple", "maigret/report_nightjar_77_simple.json"),
        ("leakcheck", "leakcheck/query.json"),
        ("dehashed", "dehashed/search_v2.json"),
        ("hibp", "hibp/breachedaccount_nightjar77.json"),
        (
            "etherscan-csv",
            "etherscan/export-0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed.csv",
        ),
        (
            "etherscan-csv",
            "etherscan/export-address-token-0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed.csv",
        ),
        ("etherscan-api", "etherscan/api_txlist.json"),
        ("telegram-json", "telegram/result.json"),
    ];
    let mut refused = BTreeSet::new();
    for (id, file) in files {
        let kept = read(id, file, (id == "hibp").then_some("nightjar77@mail.example")).unwrap();
        for observation in &kept.observations {
            let of_records = observation.records.iter().flat_map(|record| &record.statements);
            let of_links = observation.links.iter().flat_map(|link| &link.statements);
            // Secrets are read only after the store has sealed them.
            let is_open = |one: &&RawStatement| one.property.value_type() != ValueType::Secret;
            for statement in of_records.chain(of_links).filter(is_open) {
                let cleaned =
                    statement
                        .property
                        .clean(&statement.original, &statement.qualifier, &CleanContext::default());
                if let Err(failure) = cleaned {
                    refused.insert(format!(
                        "{id} {} {:?}: {failure}",
                        statement.property.id(),
                        statement.original
                    ));
                }
            }
        }
    }
    assert_eq!(refused, BTreeSet::new());
}
