//! The case "Nightjar" from the shared samples: what many tools found becomes one person, and nobody too many.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod program;
mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use fusion_api::commands::entities::{self, StatementsGetRequest};
use fusion_api::commands::import::FileOutcomeView;
use fusion_api::view::{EntityView, RelationView, StatementView};
use program::Bench;
use support::{TestCase, shared};

const FOLDERS: [&str; 6] = ["sherlock", "maigret", "leakcheck", "dehashed", "etherscan", "telegram"];
const HIBP: &str = "samples/hibp/breachedaccount_nightjar77.json";
const PERSON: &str = "Mara Ellison";
const HANDLE: &str = "nightjar_77";
const MAIL: &str = "nightjar77@mail.example";
const PHONE: &str = "+31101234567";
const WALLET: &str = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
const TELEGRAM: &str = "user700000077";
/// Files of these folders that no importer reads yet.
const FOREIGN: [&str; 6] = [
    "nightjar_77.xlsx",
    "report_nightjar_77.csv",
    "report_nightjar_77.cypher",
    "report_nightjar_77.md",
    "report_nightjar_77.xmind",
    "report_nightjar_77_plain.html",
];

fn samples() -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let entries = std::fs::read_dir(shared(&format!("samples/{folder}"))?).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    Some(files)
}

fn nightjar() -> Option<(TestCase, Vec<FileOutcomeView>)> {
    let files = samples()?;
    let case = TestCase::new("nightjar");
    let outcomes = files.iter().map(|file| case.import(file, |_| {})).collect();
    let hibp = case.import(&shared(HIBP)?, |file| file.subject = Some(MAIL.to_owned()));
    assert_eq!(hibp.state, "imported", "{}", hibp.message);
    case.fuse();
    Some((case, outcomes))
}

fn related<'p>(profile: &'p EntityView, kind: &str) -> Vec<&'p RelationView> {
    profile
        .relations
        .iter()
        .filter(|relation| relation.other.kind == kind)
        .collect()
}

fn labels(relations: &[&RelationView]) -> Vec<String> {
    relations.iter().map(|relation| relation.other.label.clone()).collect()
}

fn statements(case: &TestCase, ids: impl IntoIterator<Item = String>) -> Vec<StatementView> {
    let ids: BTreeSet<String> = ids.into_iter().collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let request = StatementsGetRequest { ids: some.to_vec() };
        found.extend(entities::statements(&case.bench, request).unwrap().statements);
    }
    found
}

#[test]
fn one_person_holds_what_the_files_claim() {
    let Some((case, outcomes)) = nightjar() else { return };
    for outcome in &outcomes {
        let expected = if FOREIGN.contains(&outcome.name.as_str()) {
            "no-importer"
        } else {
            "imported"
        };
        assert_eq!(outcome.state, expected, "{}: {}", outcome.name, outcome.message);
        assert!(
            outcome.state == "imported" || outcome.message.contains("no importer"),
            "{}",
            outcome.message
        );
    }

    let profile = case.profile(HANDLE);
    assert_eq!(
        (profile.entity.kind.as_str(), profile.entity.label.as_str()),
        ("person", PERSON)
    );
    for other in [MAIL, PHONE] {
        assert_eq!(
            case.profile(other).entity.id,
            profile.entity.id,
            "{other} leads to somebody else"
        );
    }
    let has = |property: &str, value: &str| {
        profile
            .facts
            .iter()
            .any(|fact| fact.property == property && fact.canonical == value)
    };
    assert!(
        has("email", MAIL) && has("phone", PHONE),
        "{:?}",
        profile.facts.iter().map(|fact| &fact.canonical).collect::<Vec<_>>()
    );

    let mut breaches = labels(&related(&profile, "breach"));
    breaches.sort();
    assert_eq!(
        breaches,
        [
            "BreachedWebsite.example",
            "Compilation",
            "ExampleBreach",
            "StealerBatch2024"
        ]
    );

    let accounts = related(&profile, "account");
    for account in &accounts {
        let grade = &account.grade.text;
        assert!(
            grade.len() == 2 && grade.as_bytes()[0].is_ascii_uppercase() && grade.as_bytes()[1].is_ascii_digit(),
            "{grade}"
        );
        assert!(
            !account.statements.is_empty(),
            "{} is held without a statement",
            account.other.label
        );
    }
    every_claimed_row_is_held(&case, &accounts);
    assert!(
        profile.confidence.score > 0.0 && profile.confidence.parts.len() == 5,
        "{:?}",
        profile.confidence
    );
    assert_eq!(profile.risk.factors.len(), 6);
    assert!(!profile.events.is_empty());
    assert!(profile.network.degree > 0);
}

/// Each row that says "claimed" is a statement of an account that she holds; no other row is.
fn every_claimed_row_is_held(case: &TestCase, accounts: &[&RelationView]) {
    let cited = accounts.iter().flat_map(|account| account.statements.clone());
    let rows: BTreeSet<(String, u64)> = statements(case, cited)
        .into_iter()
        .filter_map(|one| Some((one.source_name, one.line?)))
        .collect();
    let held = |file: &str, line: usize| rows.contains(&(file.to_owned(), line as u64));
    for (file, claimed) in [
        ("sherlock/nightjar_77.csv", ",Claimed,"),
        ("maigret/report_nightjar_77_ndjson.json", "\"status\": \"Claimed\""),
    ] {
        let path = shared(&format!("samples/{file}")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut expected = 0;
        for (index, row) in text.lines().enumerate().filter(|(_, row)| row.contains(claimed)) {
            assert!(
                held(&name, index + 1),
                "{name}:{}: she does not hold {row:.120}",
                index + 1
            );
            expected += 1;
        }
        assert!(expected > 10, "{file} claims only {expected}");
        let found = rows.iter().filter(|(source, _)| *source == name).count();
        assert_eq!(found, expected, "rows of {file} that claim nothing became accounts");
    }
}

#[test]
fn every_fact_leads_to_a_line_of_a_file() {
    let Some((case, _)) = nightjar() else { return };
    let profile = case.profile(HANDLE);
    let mut cited: Vec<String> = profile.facts.iter().flat_map(|fact| fact.statements.clone()).collect();
    for (what, ids) in profile
        .relations
        .iter()
        .map(|relation| (&relation.other.label, &relation.statements))
        .chain(profile.events.iter().map(|event| (&event.text, &event.statements)))
        .chain(
            profile
                .findings
                .iter()
                .map(|finding| (&finding.text, &finding.statements)),
        )
        .chain(profile.aliases.iter().map(|alias| (&alias.name, &alias.statements)))
    {
        assert!(!ids.is_empty(), "{what} rests on nothing");
        cited.extend(ids.clone());
    }
    for one in statements(&case, cited) {
        let source = profile.sources.iter().find(|source| source.id == one.source);
        let source = source.unwrap_or_else(|| {
            panic!(
                "{} is of a source that the profile does not list: {}",
                one.id, one.source_name
            )
        });
        let folder = FOLDERS.iter().copied().chain(["hibp"]);
        let text = folder
            .filter_map(|folder| std::fs::read_to_string(shared(&format!("samples/{folder}"))?.join(&source.name)).ok())
            .next()
            .unwrap();
        let line = one
            .line
            .unwrap_or_else(|| panic!("{} {} has no line", one.source_name, one.locator));
        assert!(
            (line as usize) <= text.lines().count(),
            "{} has no line {line}",
            one.source_name
        );
        assert!(!one.locator.is_empty() && !one.original.is_empty());
        let is_given = source.subject.as_ref() == Some(&one.original);
        if !is_given && one.original != "weak secret" && !one.original.starts_with("secret ") {
            // A name may stand there in two fields, and JSON writes some characters as escapes; the words stand there.
            let words = one
                .original
                .split(|c: char| c.is_whitespace() || "\"\\/<>&".contains(c));
            for word in words {
                assert!(
                    text.contains(word),
                    "{}:{line} does not say {word} of {}",
                    one.source_name,
                    one.original
                );
            }
        }
    }
}

#[test]
fn what_nothing_ties_to_her_stays_apart() {
    let Some((case, _)) = nightjar() else { return };
    let profile = case.profile(HANDLE);
    let wallets = labels(&related(&profile, "wallet"));
    assert!(
        !wallets.iter().any(|label| label.eq_ignore_ascii_case(WALLET)),
        "{wallets:?}"
    );
    let wallet = case.profile(WALLET);
    assert_eq!(wallet.entity.kind, "wallet");
    assert_eq!(labels(&related(&wallet, "person")), Vec::<String>::new());
    assert!(!related(&wallet, "wallet").is_empty(), "its transfers are lost");

    let other = case.profile("mara.ellison");
    assert_ne!(
        other.entity.id, profile.entity.id,
        "another hunt of a similar name was merged without a verdict"
    );
    let waiting = case.waiting();
    let between = waiting.iter().find(|pair| {
        let ends = [pair.left.entity.as_str(), pair.right.entity.as_str()];
        ends.contains(&profile.entity.id.as_str()) && ends.contains(&other.entity.id.as_str())
    });
    let between =
        between.unwrap_or_else(|| panic!("mara.ellison does not wait for review: {:?}", case.review_labels()));
    assert!(!between.contributions.is_empty() && !between.why.is_empty());
}

#[test]
fn the_telegram_user_is_hers_or_waits_with_reasons() {
    let Some((case, _)) = nightjar() else { return };
    let profile = case.profile(HANDLE);
    let accounts = related(&profile, "account");
    let cites_chat = |ids: &[String]| {
        statements(&case, ids.to_vec())
            .iter()
            .any(|one| one.source_name == "result.json" && one.original.contains(TELEGRAM))
    };
    if accounts.iter().any(|account| cites_chat(&account.statements)) {
        return;
    }
    let waiting = case.waiting();
    let reasons = waiting.iter().find(|pair| {
        let sides = [&pair.left, &pair.right];
        sides.iter().any(|side| side.entity == profile.entity.id)
            && sides
                .iter()
                .any(|side| side.sources.iter().any(|source| source == "result.json"))
    });
    let reasons = reasons.unwrap_or_else(|| panic!("neither joined nor in review: {:?}", case.review_labels()));
    assert!(
        !reasons.why.is_empty() && reasons.contributions.iter().any(|part| part.feature.contains("name")),
        "{reasons:?}"
    );
}

#[test]
fn the_commands_of_the_story_say_the_same() {
    let Some(files) = samples() else { return };
    let Some(bench) = Bench::new() else { return };
    bench.ends(&["new", "c"], 0);
    let mut import = vec!["import".to_owned(), "c".to_owned()];
    import.extend(files.iter().map(|file| file.display().to_string()));
    let told = bench.ends(&import, 3).out;
    for name in FOREIGN {
        let line = told.lines().find(|line| line.split_whitespace().next() == Some(name));
        assert!(
            line.is_some_and(|line| line.contains("no-importer")),
            "{name} is not named as such:\n{told}"
        );
    }
    let hibp = shared(HIBP).unwrap().display().to_string();
    bench.ends(&["import", "c", &hibp, "--subject", MAIL], 0);
    bench.ends(&["fuse", "c"], 0);
    let profile = bench.json(&["profile", "c", HANDLE]);
    assert_eq!(profile["entity"]["label"], PERSON);
    let relations = profile["relations"].as_array().unwrap();
    assert_eq!(
        relations
            .iter()
            .filter(|relation| relation["other"]["kind"] == "breach")
            .count(),
        4
    );
    for part in [
        "confidence",
        "risk",
        "facts",
        "aliases",
        "relations",
        "events",
        "network",
        "findings",
        "sources",
        "revision",
    ] {
        assert!(!profile[part].is_null(), "the profile has no {part}");
    }
}
