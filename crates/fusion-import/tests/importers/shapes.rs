//! The seven shapes of plain JSON that the product promises to read, however their keys are ordered.

use fusion_model::{EntityKind, Observation, Property, SourceKind};

use crate::support::{Said, dump_one, importer, run};

fn read(text: &str, kind: SourceKind) -> Vec<Observation> {
    let said = Said {
        kind: Some(kind),
        ..Said::default()
    };
    let (kept, result) = run(importer("generic-json"), "record.json", text.as_bytes(), &said);
    result.unwrap();
    assert!(kept.warnings.is_empty(), "{:?}", kept.warnings);
    kept.observations
}

const SHAPES: &[(SourceKind, &str, &str)] = &[
    (
        SourceKind::Osint,
        r#"{"email": "vera.lindqvist@northcoin.example", "name": "Vera Lindqvist", "aliases": ["V. Lind", "Northvera"], "location": "Malm\u00f6, Sweden", "occupation": "trader", "organization": "Northcoin AB"}"#,
        r#"line 1
  0 person [row]
      alias = "V. Lind"  </aliases/0>
      alias = "Northvera"  </aliases/1>
      email = "vera.lindqvist@northcoin.example"  </email>
      location = "Malmö, Sweden"  </location>
      name = "Vera Lindqvist"  </name>
      occupation = "trader"  </occupation>
      organization = "Northcoin AB"  </organization>
  1 organization [row]
      name = "Northcoin AB"  </organization>
  0 -member-of-> 1
"#,
    ),
    (
        SourceKind::Breach,
        r#"{"email": "vera.lindqvist@northcoin.example", "breach": "HarbourLeak", "password_hash": "5f4dcc3b5aa765d61d8327deb882cf99", "phone": "+46701234567", "name": "Vera Lindqvist"}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </email>
      name = "Vera Lindqvist"  </name>
      password-hash = "5f4dcc3b5aa765d61d8327deb882cf99"  </password_hash>
      phone = "+46701234567"  </phone>
  1 breach [here]
      breach-name = "HarbourLeak"  </breach>
  0 -exposed-in-> 1
"#,
    ),
    (
        SourceKind::Breach,
        r#"{"email": "vera.lindqvist@northcoin.example", "breach": "ForumDump", "password_hash": "5f4dcc3b5aa765d61d8327deb882cf99", "username": "northvera"}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </email>
      password-hash = "5f4dcc3b5aa765d61d8327deb882cf99"  </password_hash>
      handle = "northvera"  </username>
  1 breach [here]
      breach-name = "ForumDump"  </breach>
  0 -exposed-in-> 1
"#,
    ),
    (
        SourceKind::Blockchain,
        r#"{"wallet": "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359", "owner_email": "vera.lindqvist@northcoin.example", "blockchain": "Ethereum", "transactions": 42, "total_volume": "118.25", "balance": 3.50}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </owner_email>
  1 wallet [here]
      balance = "3.50" (ETH)  </balance>
      blockchain = "Ethereum"  </blockchain>
      total-volume = "118.25" (ETH)  </total_volume>
      transaction-count = "42"  </transactions>
      wallet = "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359" (Ethereum)  </wallet>
  0 -owns-> 1
"#,
    ),
    (
        SourceKind::Blockchain,
        r#"{"wallet": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "owner_email": "vera.lindqvist@northcoin.example", "blockchain": "bitcoin", "transactions": 7, "total_volume": 1.25}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </owner_email>
  1 wallet [here]
      blockchain = "bitcoin"  </blockchain>
      total-volume = "1.25" (BTC)  </total_volume>
      transaction-count = "7"  </transactions>
      wallet = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2" (bitcoin)  </wallet>
  0 -owns-> 1
"#,
    ),
    (
        SourceKind::Sherlock,
        r#"{"username": "northvera", "platforms": ["GitHub", "Reddit", {"name": "Mastodon", "url": "https://social.example/@northvera"}, "Twitter"], "email": "vera.lindqvist@northcoin.example"}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </email>
      handle = "northvera"  </username>
  1 account [here]
      account = "northvera" (GitHub)  </username>
      platform = "GitHub"  </platforms/0>
  2 account [here]
      account = "northvera" (Reddit)  </username>
      platform = "Reddit"  </platforms/1>
  3 account [here]
      account = "northvera" (Mastodon)  </username>
      platform = "Mastodon"  </platforms/2/name>
      url = "https://social.example/@northvera"  </platforms/2/url>
  4 account [here]
      account = "northvera" (Twitter)  </username>
      platform = "Twitter"  </platforms/3>
  0 -owns-> 1
  0 -owns-> 2
  0 -owns-> 3
  0 -owns-> 4
"#,
    ),
    (
        SourceKind::Socmint,
        r#"{"platform": "Twitter", "username": "northvera", "email": "vera.lindqvist@northcoin.example", "followers": 1204, "posts": 88, "joined_date": "2019-05-02", "location": "Malm\u00f6"}"#,
        r#"line 1
  0 person [row]
      email = "vera.lindqvist@northcoin.example"  </email>
      handle = "northvera"  </username>
  1 account [here]
      account = "northvera" (Twitter)  </username>
      followers = "1204"  </followers>
      created-at = "2019-05-02"  </joined_date>
      location = "Malmö"  </location>
      platform = "Twitter"  </platform>
      posts = "88"  </posts>
  0 -owns-> 1
"#,
    ),
];

#[test]
fn each_shape_says_what_it_means() {
    for (kind, text, expected) in SHAPES {
        let observations = read(text, *kind);
        assert_eq!(observations.len(), 1);
        assert_eq!(dump_one(&observations[0]), *expected, "{text}");
    }
}

#[test]
fn shapes_are_found_without_their_kind() {
    for (_, text, expected) in SHAPES {
        assert_eq!(dump_one(&read(text, SourceKind::Custom)[0]), *expected, "{text}");
    }
}

/// Rewrites an object with its members rotated; nested values stay as they are.
fn rotated(text: &str, by: usize) -> String {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut members: Vec<(&String, &serde_json::Value)> = value.as_object().unwrap().iter().collect();
    let count = members.len();
    members.rotate_left(by % count);
    if by >= count {
        members.reverse();
    }
    let body: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{}: {value}", serde_json::Value::from(key.as_str())))
        .collect();
    format!("{{{}}}", body.join(", "))
}

#[test]
fn key_order_makes_no_difference() {
    for (kind, text, _) in SHAPES {
        let straight = read(text, *kind);
        for by in 0..12 {
            assert_eq!(read(&rotated(text, by), *kind), straight, "{by}: {text}");
        }
    }
}

#[test]
fn an_array_of_records_reads_like_its_elements() {
    let all = format!(
        "[{}]",
        SHAPES.iter().map(|(_, text, _)| *text).collect::<Vec<_>>().join(",\n")
    );
    let observations = read(&all, SourceKind::Custom);
    assert_eq!(observations.len(), SHAPES.len());
    for (index, (observation, (_, _, expected))) in observations.iter().zip(SHAPES).enumerate() {
        let text = dump_one(observation);
        let (place, body) = text.split_once('\n').unwrap();
        assert_eq!(place, format!("/{index} (line {})", index + 1));
        assert_eq!(body, expected.split_once('\n').unwrap().1);
    }
}

#[test]
fn others_in_a_record_do_not_become_the_subject() {
    let text = r#"{"name": "Vera Lindqvist", "mother": {"name": "Elsa Lindqvist", "email": "elsa@x.example"}, "employer": {"name": "Northcoin AB", "founded": 2011}, "shoe size": 38, "friends": [{"name": "Piet", "email": "piet@x.example"}]}"#;
    let observations = read(text, SourceKind::Osint);
    let names = |observation: &Observation| -> Vec<String> {
        let people = observation
            .records
            .iter()
            .filter(|record| record.kind == EntityKind::Person);
        let said = people.flat_map(|record| &record.statements);
        said.filter(|statement| statement.property == Property::Name)
            .map(|statement| statement.original.clone())
            .collect()
    };
    let mut all: Vec<Vec<String>> = observations.iter().map(names).collect();
    all.sort();
    assert_eq!(all, [vec!["Elsa Lindqvist"], vec!["Piet"], vec!["Vera Lindqvist"]]);
    let vera = observations
        .iter()
        .find(|one| names(one) == ["Vera Lindqvist"])
        .unwrap();
    let notes: Vec<&str> = vera.records[0]
        .statements
        .iter()
        .filter(|statement| statement.property == Property::Note)
        .map(|statement| statement.path.as_str())
        .collect();
    assert_eq!(notes, ["/employer/founded", "/shoe size"]);
}
