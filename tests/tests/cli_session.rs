//! The `fusion` program as scripts use it: every command once on real evidence, its exit codes, and what it must
//! never print.

#![allow(clippy::unwrap_used)]

mod invented;
mod program;

use std::path::Path;

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::case::{self, Mode};
use invented::{HANDLE, MAIL, OTHER, PERSON, PHONE, SECRET};
use program::{Bench, PASSPHRASE, labels};
use serde_json::Value;
use zeroize::Zeroizing;

const CASE: &str = "harbour.fusion";

/// A bench with a case that holds the invented evidence.
fn with_evidence() -> Option<Bench> {
    let bench = Bench::new()?;
    invented::write(&bench.path("evidence"));
    bench.ends(&["new", CASE, "--name", "Harbour Lights", "--region", "NL"], 0);
    bench.ends(&["import", CASE, "evidence"], 0);
    bench.ends(&["fuse", CASE], 0);
    Some(bench)
}

fn total(bench: &Bench, what: &str) -> u64 {
    bench.json(&["list", CASE, what])["total"].as_u64().unwrap()
}

#[test]
fn a_session_from_new_to_report() {
    let Some(bench) = Bench::new() else { return };
    invented::write(&bench.path("evidence"));

    let created = bench.json(&["new", CASE, "--name", "Harbour Lights", "--region", "NL"]);
    assert_eq!(
        (&created["name"], &created["sources"]),
        (&"Harbour Lights".into(), &0.into())
    );

    let plan = bench.json(&["import", CASE, "evidence", "--plan"]);
    let states: Vec<&str> = plan["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["ready"; 4]);
    assert_eq!(total(&bench, "sources"), 0, "a plan stored something");
    assert_eq!(total(&bench, "statements"), 0, "a plan stored something");

    let imported = bench.json(&["import", CASE, "evidence"]);
    for (outcome, planned) in imported["files"]
        .as_array()
        .unwrap()
        .iter()
        .zip(plan["files"].as_array().unwrap())
    {
        assert_eq!(outcome["state"], "imported", "{outcome}");
        for count in ["rows", "negative", "observations", "statements"] {
            assert_eq!(outcome[count], planned[count], "{count} of {}", outcome["name"]);
        }
    }
    let again = bench.json(&["import", CASE, "evidence"]);
    assert!(
        again["files"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| file["state"] == "already-present"),
        "{again}"
    );

    let fused = bench.json(&["fuse", CASE]);
    assert_eq!(fused["sources"], 4);
    for (what, count) in [
        ("entities", "entities"),
        ("relations", "relations"),
        ("events", "events"),
    ] {
        assert_eq!(total(&bench, what), fused[count].as_u64().unwrap(), "{what}");
    }
    for what in ["findings", "alerts", "judgements"] {
        assert!(bench.json(&["list", CASE, what])["items"].is_array(), "{what}");
    }

    let hits = bench.json(&["search", CASE, "korhonen"]);
    assert!(
        hits["hits"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hit| hit["entity"]["label"] == PERSON),
        "{hits}"
    );

    join_the_hunt(&bench);
    for target in [PERSON, HANDLE, MAIL] {
        assert_eq!(
            bench.json(&["profile", CASE, target])["entity"]["label"],
            PERSON,
            "{target}"
        );
    }
    check_profile(&bench);

    let proof = bench.json(&["why", CASE, PERSON, "confidence"]);
    assert!(!proof["confidence"]["parts"].as_array().unwrap().is_empty());
    assert!(!proof["statements"].as_array().unwrap().is_empty());
    assert_eq!(
        bench.json(&["why", CASE, PERSON, "risk"])["risk"]["factors"]
            .as_array()
            .unwrap()
            .len(),
        6
    );

    let explained = bench.json(&["explain", CASE, PERSON, OTHER]);
    assert_eq!(explained["together"], false);

    let ways = bench.json(&["path", CASE, PERSON, OTHER]);
    let first = &ways["paths"][0]["entities"];
    assert_eq!(labels(first).first().map(String::as_str), Some(PERSON), "{ways}");
    assert_eq!(labels(first).last().map(String::as_str), Some(OTHER), "{ways}");
    assert_eq!(
        bench.json(&["graph", CASE, "metrics", PERSON])[0]["entity"]["label"],
        PERSON
    );
    assert!(
        !bench.json(&["graph", CASE, "communities"])["communities"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(
        !bench
            .json(&["graph", CASE, "ego", PERSON])
            .as_array()
            .unwrap()
            .is_empty()
    );

    check_files(&bench);
}

/// A user name alone joins nobody: the hunt waits for a verdict, and a verdict joins it.
fn join_the_hunt(bench: &Bench) {
    let ambiguous = bench.ends(&["profile", CASE, HANDLE], 2).err;
    assert!(ambiguous.contains(PERSON), "the holders are not listed: {ambiguous}");
    let waiting = bench.json(&["review", CASE]);
    let pairs = waiting["pairs"].as_array().unwrap();
    let is_hunt = |pair: &&Value| pair["left"]["label"] == HANDLE || pair["right"]["label"] == HANDLE;
    let pair = pairs
        .iter()
        .find(is_hunt)
        .unwrap_or_else(|| panic!("the hunt does not wait: {waiting:#}"));
    assert!(!pair["why"].as_str().unwrap().is_empty() && !pair["contributions"].as_array().unwrap().is_empty());
    let (left, right) = (
        pair["left"]["id"].as_str().unwrap(),
        pair["right"]["id"].as_str().unwrap(),
    );
    bench.json(&["judge", CASE, left, right, "same", "--reason", "she signs with it"]);
    assert_eq!(bench.json(&["explain", CASE, left, right])["together"], true);
    let verdicts = bench.json(&["list", CASE, "judgements"]);
    assert_eq!(verdicts["items"][0]["reason"], "she signs with it");
}

fn check_profile(bench: &Bench) {
    let profile = bench.json(&["profile", CASE, PERSON]);
    let kinds = |kind: &str| {
        let relations = profile["relations"].as_array().unwrap();
        relations
            .iter()
            .filter(|relation| relation["other"]["kind"] == kind)
            .count()
    };
    assert_eq!(kinds("breach"), 2, "{profile:#}");
    assert!(kinds("account") >= 3, "{profile:#}");
    let cited: Vec<&str> = profile["facts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|fact| strings(&fact["statements"]))
        .collect();
    assert!(!cited.is_empty());
    let mut wanted = vec!["list", CASE, "statements", "--id"];
    wanted.extend(&cited);
    let statements = bench.json(&wanted);
    for statement in statements["items"].as_array().unwrap() {
        for part in ["source", "source_name", "locator", "original"] {
            assert!(!statement[part].as_str().unwrap().is_empty(), "{part} of {statement}");
        }
    }
    let both = bench.json(&["profile", CASE, PERSON, OTHER]);
    assert_eq!(both.as_array().unwrap().len(), 2);
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array()
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

#[test]
fn timelines_are_written_in_every_form() {
    let Some(bench) = with_evidence() else { return };
    check_written(
        &bench,
        &[
            (&["timeline", CASE, "-o"], "time.json", "2024-02-10"),
            (&["timeline", CASE, "-o"], "time.csv", "2024-02-10"),
            (&["timeline", CASE, "-o"], "time.html", "<html"),
            (&["timeline", CASE, PERSON, "-o"], "time.svg", "<svg"),
        ],
    );
}

fn check_files(bench: &Bench) {
    check_written(
        bench,
        &[
            (
                &["report", CASE, PERSON, "--tlp", "RED", "-o"],
                "person.html",
                "TLP:RED",
            ),
            (&["report", CASE, PERSON, "-o"], "person.md", PERSON),
            (&["report", CASE, "--case", "-o"], "case.json", OTHER),
            (&["export", CASE, "-o"], "all.json", MAIL),
            (&["export", CASE, "-o"], "all.csv", PERSON),
            (&["export", CASE, "-o"], "all.gexf", "<gexf"),
            (&["export", CASE, "-o"], "all.graphml", "<graphml"),
        ],
    );
}

/// Writes files and looks into each.
fn check_written(bench: &Bench, rows: &[(&[&str], &str, &str)]) {
    for (start, file, wanted) in rows {
        let mut arguments = start.to_vec();
        arguments.push(file);
        let told = bench.json(&arguments);
        let text = std::fs::read_to_string(bench.path(file)).unwrap();
        assert_eq!(told["size"].as_u64().unwrap(), text.len() as u64, "{file}");
        assert!(text.contains(wanted), "{file} does not say {wanted}");
        assert!(!text.contains(SECRET), "{file} tells a password");
    }
}

#[test]
fn changes_are_logged_and_can_be_taken_back() {
    let Some(bench) = with_evidence() else { return };
    let before = bench.json(&["export", CASE, "-o", "before.json"])["sha256"].clone();

    bench.json(&[
        "judge",
        CASE,
        PERSON,
        OTHER,
        "same",
        "--reason",
        "a mistake to be taken back",
    ]);
    assert!(bench.json(&["undo", CASE])["text"].is_string());
    assert_eq!(total(&bench, "judgements"), 0);
    assert_eq!(
        bench.json(&["export", CASE, "-o", "after.json"])["sha256"],
        before,
        "undo left a trace in the result"
    );
    assert!(bench.json(&["redo", CASE])["text"].is_string());
    assert_eq!(total(&bench, "judgements"), 1);
    bench.json(&["undo", CASE]);

    let sources = bench.json(&["list", CASE, "sources"]);
    let chat = sources["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|source| source["kind"] == "socmint")
        .unwrap()
        .clone();
    let id = chat["id"].as_str().unwrap();
    assert_eq!(
        bench.json(&["withdraw", CASE, id, "--reason", "wrong chat"])["withdrawn"],
        true
    );
    assert_eq!(
        bench.json(&["search", CASE, "lights"])["hits"],
        Value::Array(Vec::new()),
        "a withdrawn text is found"
    );
    bench.json(&["undo", CASE]);
    assert_eq!(
        bench.json(&["export", CASE, "-o", "back.json"])["sha256"],
        before,
        "the withdrawal was not undone"
    );

    let log = bench.json(&["log", CASE]);
    let texts: Vec<&str> = log["operations"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["kind"].as_str())
        .collect();
    assert!(log["total"].as_u64().unwrap() >= 4, "{texts:?}");
    assert!(
        log["operations"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["retracted"] == true),
        "{log}"
    );

    let verified = bench.json(&["verify", CASE]);
    assert_eq!(verified["verdict"], "verified", "{verified}");
    let doctor = bench.json(&["doctor", CASE]);
    assert!(
        doctor["checks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|check| check["state"] == "ok"),
        "{doctor}"
    );
}

#[test]
fn exit_codes_are_kept() {
    let Some(bench) = with_evidence() else { return };
    std::fs::write(bench.path("wrong"), "no heron ever\n").unwrap();
    std::fs::write(bench.path("noise.bin"), [0u8, 159, 1, 2, 255, 0, 7, 7].repeat(64)).unwrap();
    let rows: &[(&[&str], i32)] = &[
        (&["list", CASE, "sources"], 0),
        (&["doctor"], 0),
        (&["profile", CASE, "Nobody Whatsoever"], 1),
        (&["list", "absent.fusion", "sources"], 1),
        (&[], 2),
        (&["new", CASE], 2),
        (&["list", CASE, "everything"], 2),
        (&["report", CASE, PERSON, "-o", "person.docx"], 2),
        (&["export", CASE, "-o", "all.json", "--tlp", "PINK"], 2),
        (&["import", CASE, "evidence/crew.csv", "--grade", "Z9"], 2),
        (&["import", CASE, "noise.bin"], 3),
        (&["profile", CASE, PERSON, "Nobody Whatsoever"], 3),
        (&["--passphrase-file", "wrong", "list", CASE, "sources"], 4),
    ];
    for (arguments, code) in rows {
        let answer = bench.ends(arguments, *code);
        if *code == 1 || *code == 2 || *code == 4 {
            assert!(
                answer.out.is_empty() && !answer.err.is_empty(),
                "{arguments:?}: {answer:?}"
            );
        }
    }
    let unasked = bench.run_with(&["list", CASE, "sources"], &[]);
    assert_eq!(unasked.code, 2, "without a passphrase and a terminal: {}", unasked.err);
    assert!(unasked.err.contains("hint: "), "{}", unasked.err);
}

#[test]
fn a_case_that_is_open_elsewhere_is_left_alone() {
    let Some(bench) = with_evidence() else { return };
    let places = Places {
        cases: bench.path("cases"),
        settings: bench.path("settings"),
        state: bench.path("state"),
    };
    let elsewhere = Workbench::new(places).unwrap();
    case::open_folder(
        &elsewhere,
        &bench.path(CASE),
        Zeroizing::new(PASSPHRASE.to_owned()),
        Mode::Write,
    )
    .unwrap();
    bench.ends(&["judge", CASE, PERSON, OTHER, "different", "--reason", "no"], 6);
    bench.ends(&["list", CASE, "sources"], 0);
    drop(elsewhere.take());
    bench.ends(&["judge", CASE, PERSON, OTHER, "different", "--reason", "yes"], 0);
}

#[test]
fn a_damaged_case_is_refused() {
    let Some(bench) = with_evidence() else { return };
    let original = first_original(&bench.path(CASE).join("vault"));
    let mut bytes = std::fs::read(&original).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&original, bytes).unwrap();
    let verified = bench.json_ending(&["verify", CASE], 5);
    assert_eq!(verified["verdict"], "damaged");
    assert!(verified["first_bad"].is_string(), "{verified}");
}

fn first_original(folder: &Path) -> std::path::PathBuf {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let first = entries.first().unwrap();
    if first.is_dir() {
        first_original(first)
    } else {
        first.clone()
    }
}

#[test]
fn every_wrong_passphrase_gets_the_same_words() {
    let Some(bench) = Bench::new() else { return };
    bench.ends(&["new", CASE], 0);
    let mut told = Vec::new();
    for wrong in ["x", "seven quiet herons at dusK", "seven quiet herons at dusk "] {
        std::fs::write(bench.path("wrong"), wrong).unwrap();
        let answer = bench.ends(&["--passphrase-file", "wrong", "list", CASE, "sources"], 4);
        assert!(!answer.err.contains(wrong.trim()) || wrong == "x", "{}", answer.err);
        told.push(answer.err);
    }
    assert!(told.iter().all(|words| *words == told[0]), "{told:?}");
    assert!(
        told[0].starts_with("error: ") && told[0].contains("passphrase"),
        "{}",
        told[0]
    );
}

#[test]
fn secrets_are_never_printed() {
    let Some(bench) = with_evidence() else { return };
    let commands: &[&[&str]] = &[
        &["list", CASE, "statements"],
        &["list", CASE, "entities"],
        &["list", CASE, "findings"],
        &["list", CASE, "alerts"],
        &["profile", CASE, PERSON],
        &["why", CASE, PERSON, "risk"],
        &["why", CASE, PERSON, "confidence"],
        &["search", CASE, "lantern-quill"],
        &["search", CASE, SECRET],
        &["log", CASE],
    ];
    for command in commands {
        bench.ends(command, 0);
        bench.json(command);
    }
    let printed = bench.transcript();
    assert!(
        printed.contains(MAIL) && printed.contains(PHONE),
        "the search looks at the wrong text"
    );
    // What was searched for is the script's own word; what the case says of it must not be.
    let hits = bench.json(&["search", CASE, "lantern-quill"]);
    assert_eq!(hits["hits"], Value::Array(Vec::new()));
    for word in [SECRET, PASSPHRASE] {
        assert!(!printed.contains(word), "{word} was printed");
    }
}

#[test]
fn control_characters_of_evidence_are_shown_and_not_obeyed() {
    const ESCAPE: char = '\u{1b}';
    const BELL: char = '\u{7}';
    const RIGHT_TO_LEFT: char = '\u{202e}';
    let Some(bench) = Bench::new() else { return };
    let plain = "Plain Person,plain@mail.example,Gouda\n".repeat(8);
    let table = format!(
        "name,email,city\n{plain}Mallory {ESCAPE}[31mRed,mallory@mail.example,Delft\nOtto {RIGHT_TO_LEFT}dlog,otto@mail.example,{BELL}Breda\n"
    );
    std::fs::write(bench.path("ward.csv"), table).unwrap();
    bench.ends(&["new", CASE], 0);
    bench.run(&["import", CASE, "ward.csv"]);
    bench.ends(&["fuse", CASE], 0);
    let statements = bench.ends(&["list", CASE, "statements"], 0).out;
    assert!(statements.contains("Mallory \\u{1b}[31mRed"), "{statements}");
    assert!(statements.contains("Otto \\u{202e}dlog"), "{statements}");
    for command in [
        ["profile", CASE, "mallory@mail.example"],
        ["search", CASE, "mallory"],
        ["list", CASE, "entities"],
    ] {
        bench.ends(&command, 0);
    }
    bench.ends(&["profile", CASE, "Nobody \u{1b}[31m \u{202e}x"], 1);
    let obeyed = bench
        .transcript()
        .chars()
        .find(|c| (c.is_control() && *c != '\n' && *c != '\t') || *c == '\u{202e}');
    assert_eq!(obeyed, None, "a terminal would obey this");
}

#[test]
fn wrong_rules_are_refused_with_line_and_column() {
    let Some(bench) = Bench::new() else { return };
    std::fs::write(bench.path("none.yaml"), "").unwrap();
    bench.ends(&["rules", "show"], 0);
    let shown = bench.json(&["rules", "show"])["text"].as_str().unwrap().to_owned();
    std::fs::write(bench.path("good.yaml"), shown).unwrap();
    bench.ends(&["rules", "check", "good.yaml"], 0);
    assert_eq!(bench.json(&["rules", "diff", "good.yaml"]), Value::Array(Vec::new()));

    let rows = [
        ("correlation:\n  time_window_dayz: 3\n", "2:3", "time_window_dayz"),
        ("correlation:\n  time_window_days: many\n", "2:", "time_window_days"),
        ("correlation:\n  - [\n", "", ""),
    ];
    for (text, place, key) in rows {
        std::fs::write(bench.path("bad.yaml"), text).unwrap();
        let answer = bench.ends(&["rules", "check", "bad.yaml"], 2);
        assert!(
            answer.err.contains("bad.yaml") && answer.err.contains(place) && answer.err.contains(key),
            "{}",
            answer.err
        );
    }
    bench.ends(&["rules", "check"], 2);
    bench.ends(&["rules", "check", "absent.yaml"], 2);
}
