//! Seven records of five kinds about one person become one profile.
//!
//! The same holds under other names, with the keys of every object in another order, with the files in another
//! order, and with a decoy in between who shares the name and nothing else.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use fusion_api::view::EntityView;
use serde_json::{Map, Value, json};
use support::TestCase;

/// The names that a variant is told with.
struct Cast {
    name: &'static str,
    email: &'static str,
    handle: &'static str,
    aliases: [&'static str; 2],
}

const VERA: Cast = Cast {
    name: "Vera Lindqvist",
    email: "vera.lindqvist@northcoin.example",
    handle: "vlindq",
    aliases: ["V. Lindqvist", "northvera"],
};

const OMAR: Cast = Cast {
    name: "Omar Haddad",
    email: "o.haddad@atlas-ledger.example",
    handle: "ohaddad88",
    aliases: ["Omar H.", "atlasomar"],
};

const BTC: &str = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
const ETH: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

fn seven(cast: &Cast) -> Vec<(&'static str, &'static str, Value)> {
    vec![
        (
            "profile.json",
            "osint",
            json!({ "email": cast.email, "name": cast.name, "aliases": cast.aliases, "location": "Malmö, Sweden",
                    "occupation": "treasury analyst", "organization": "NorthCoin Exchange AB" }),
        ),
        (
            "breach-forum.json",
            "breach",
            json!({ "email": cast.email, "breach": "ForumLeak2021", "password_hash": "5f4dcc3b5aa765d61d8327deb882cf99",
                    "phone": "+46401234567", "name": cast.name }),
        ),
        (
            "breach-shop.json",
            "breach",
            json!({ "email": cast.email, "breach": "ShopDump2023", "password_hash": "482c811da5d5b4bc6d497ffa98491e38",
                    "username": cast.handle }),
        ),
        (
            "wallet-btc.json",
            "blockchain",
            json!({ "wallet": BTC, "owner_email": cast.email, "blockchain": "bitcoin", "transactions": 42,
                    "total_volume": "3.75", "balance": "0.5" }),
        ),
        (
            "wallet-eth.json",
            "blockchain",
            json!({ "wallet": ETH, "owner_email": cast.email, "blockchain": "ethereum", "transactions": 7,
                    "total_volume": "12.25" }),
        ),
        (
            "hunt.json",
            "sherlock",
            json!({ "username": cast.handle, "platforms": ["GitHub", "Twitter", "Reddit", "Mastodon"], "email": cast.email }),
        ),
        (
            "social.json",
            "socmint",
            json!({ "platform": "Twitter", "username": cast.handle, "email": cast.email, "followers": 1280, "posts": 312,
                    "joined_date": "2017-03-09", "location": "Malmö" }),
        ),
    ]
}

/// The same object with its keys written in the opposite order.
fn text_with_keys_reversed(value: &Value) -> String {
    let object: &Map<String, Value> = value.as_object().unwrap();
    let members: Vec<String> = object
        .iter()
        .rev()
        .map(|(key, value)| format!("{}: {value}", json!(key)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn check(profile: &EntityView, cast: &Cast) {
    let others = |kind: &str| -> BTreeSet<String> {
        let found = profile.relations.iter().filter(|relation| relation.other.kind == kind);
        found.map(|relation| relation.other.id.clone()).collect()
    };
    assert_eq!(profile.entity.kind, "person");
    assert_eq!(profile.entity.label, cast.name);
    assert_eq!(others("wallet").len(), 2, "wallets: {:?}", labels(profile, "wallet"));
    assert_eq!(others("account").len(), 4, "accounts: {:?}", labels(profile, "account"));
    assert_eq!(others("breach").len(), 2, "breaches: {:?}", labels(profile, "breach"));
    for alias in cast.aliases {
        assert!(
            profile.aliases.iter().any(|known| known.name == alias),
            "alias {alias}: {:?}",
            profile.aliases
        );
    }
    assert!(!profile.events.is_empty(), "the timeline is empty");
    assert!(
        profile
            .facts
            .iter()
            .any(|fact| fact.property == "email" && fact.canonical == cast.email)
    );
    assert!(profile.sources.len() == 7, "sources: {}", profile.sources.len());
    for fact in &profile.facts {
        assert!(!fact.statements.is_empty(), "{} has no statement", fact.property);
    }
}

fn labels(profile: &EntityView, kind: &str) -> Vec<String> {
    let found = profile.relations.iter().filter(|relation| relation.other.kind == kind);
    found
        .map(|relation| format!("{} {}", relation.kind, relation.other.label))
        .collect()
}

fn fuse(files: &[(&str, &str, String)]) -> TestCase {
    let case = TestCase::new("seven");
    for (name, kind, text) in files {
        case.import_text(name, text, Some(kind));
    }
    case.fuse();
    case
}

#[test]
fn seven_records_fuse_into_one_profile() {
    let files: Vec<_> = seven(&VERA)
        .into_iter()
        .map(|(name, kind, value)| (name, kind, value.to_string()))
        .collect();
    let case = fuse(&files);
    check(&case.profile(VERA.email), &VERA);
    assert_eq!(case.persons().len(), 1, "{:?}", case.persons());
}

#[test]
fn other_names_other_key_order_and_other_file_order_change_nothing() {
    let mut files: Vec<_> = seven(&OMAR)
        .into_iter()
        .map(|(name, kind, value)| (name, kind, text_with_keys_reversed(&value)))
        .collect();
    files.reverse();
    let case = fuse(&files);
    check(&case.profile(OMAR.email), &OMAR);
    assert_eq!(case.persons().len(), 1, "{:?}", case.persons());
}

#[test]
fn a_decoy_of_the_same_name_stays_apart() {
    let mut files: Vec<_> = seven(&VERA)
        .into_iter()
        .map(|(name, kind, value)| (name, kind, value.to_string()))
        .collect();
    let decoy = json!({ "email": "vera.l@garden-club.example", "name": VERA.name, "location": "Kiruna, Sweden",
                        "occupation": "gardener" });
    files.insert(3, ("decoy.json", "osint", decoy.to_string()));
    let case = fuse(&files);
    check(&case.profile(VERA.email), &VERA);
    assert_eq!(case.persons().len(), 2, "{:?}", case.persons());
    let decoy = case.profile("vera.l@garden-club.example");
    assert_eq!(decoy.sources.len(), 1);
    assert!(
        case.review_labels().iter().any(|pair| pair.contains(VERA.name)),
        "the pair of equal names waits for review"
    );
}
