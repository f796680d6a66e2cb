//! `fusion keys` as scripts use it: every way in, the way out of a mistake, and what a wrong key is told.

#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::path::Path;

use program::Bench;

const CASE: &str = "heron.fusion";

fn with_case() -> Option<Bench> {
    let bench = Bench::new()?;
    bench.ends(&["new", CASE, "--name", "Heron"], 0);
    fs::write(bench.path("next"), "eleven glass bells\n").unwrap();
    Some(bench)
}

/// Runs with another file for the passphrase, or with none at hand.
fn ends_with(bench: &Bench, passphrase: Option<&Path>, arguments: &[&str], code: i32) -> String {
    let variables: Vec<(&str, &Path)> = passphrase
        .map(|file| ("FUSION_PASSPHRASE_FILE", file))
        .into_iter()
        .collect();
    let answer = bench.run_with(arguments, &variables);
    assert_eq!(answer.code, code, "{arguments:?}: {}{}", answer.out, answer.err);
    answer.err
}

#[test]
fn a_changed_passphrase_opens_and_the_former_one_does_not() {
    let Some(bench) = with_case() else { return };
    let next = bench.path("next");
    ends_with(&bench, None, &["keys", CASE, "list"], 2);
    let mistake = ends_with(&bench, Some(&next), &["keys", CASE, "list"], 4);
    assert!(!mistake.contains("glass"), "{mistake}");
    bench.ends(&["keys", CASE, "change-passphrase"], 2);
    bench.ends(&["keys", CASE, "change-passphrase", "--new-passphrase-file", "next"], 0);
    let view = ends_with(&bench, Some(&next), &["undo", CASE], 0);
    assert!(view.is_empty(), "{view}");
    bench.ends(&["keys", CASE, "list"], 4);
    let answer = bench.run_with(&["keys", CASE, "list", "--json"], &[("FUSION_PASSPHRASE_FILE", &next)]);
    let keys: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (&keys["mode"], &keys["previous_kept"]),
        (&"standard".into(), &false.into())
    );
    assert_eq!(keys["slots"][0]["kind"], "passphrase");
    assert_eq!(keys["slots"][0]["cost"], "Argon2id, 256 MiB, 3 passes, 4 lanes");
    assert_eq!(keys["slots"][0]["removable"], false);
}

#[test]
fn the_recovery_code_opens_and_the_kit_brings_a_lost_key_file_back() {
    let Some(bench) = with_case() else { return };
    let view = bench.json(&["keys", CASE, "add", "recovery", "-o", "kit.txt"]);
    let code = view["code"].as_str().unwrap();
    let kit = fs::read_to_string(bench.path("kit.txt")).unwrap();
    assert_eq!(view["kit"], kit.as_str());
    assert!(!kit.contains(code), "the page gives the code away");
    bench.ends(&["keys", CASE, "add", "recovery", "-o", "kit.txt"], 1);
    assert_eq!(
        fs::read_to_string(bench.path("kit.txt")).unwrap(),
        kit,
        "a kit was overwritten"
    );

    fs::write(bench.path("code"), code.to_lowercase()).unwrap();
    ends_with(&bench, None, &["keys", CASE, "list", "--recovery-file", "code"], 0);
    let typo = code.replacen(&code[5..6], if &code[5..6] == "Z" { "Y" } else { "Z" }, 1);
    fs::write(bench.path("typo"), &typo).unwrap();
    let told = ends_with(&bench, None, &["keys", CASE, "list", "--recovery-file", "typo"], 2);
    assert!(told.contains("typing error"), "{told}");

    fs::remove_file(bench.path(CASE).join("case.keys")).unwrap();
    let recover = [
        "keys",
        CASE,
        "recover",
        "--kit",
        "kit.txt",
        "--new-passphrase-file",
        "next",
        "--recovery-file",
    ];
    ends_with(&bench, None, &[&recover[..], &["typo"]].concat(), 2);
    assert!(!bench.path(CASE).join("case.keys").exists());
    ends_with(&bench, None, &[&recover[..], &["code"]].concat(), 0);
    ends_with(&bench, Some(&bench.path("next")), &["keys", CASE, "list"], 0);
    bench.ends(&["keys", CASE, "list"], 4);
}

#[test]
fn a_forgotten_passphrase_is_replaced_by_whoever_holds_the_code() {
    let Some(bench) = with_case() else { return };
    let view = bench.json(&["keys", CASE, "add", "recovery"]);
    fs::write(bench.path("code"), view["code"].as_str().unwrap()).unwrap();
    let change = [
        "keys",
        CASE,
        "change-passphrase",
        "--new-passphrase-file",
        "next",
        "--recovery-file",
        "code",
    ];
    ends_with(&bench, None, &change, 0);
    ends_with(&bench, Some(&bench.path("next")), &["undo", CASE], 0);
    bench.ends(&["keys", CASE, "list"], 4);
}

#[test]
fn a_colleague_opens_with_a_key_file_and_a_stranger_is_told_what_everybody_is_told() {
    let Some(bench) = with_case() else { return };
    // The key of whoever works on this computer, whose file any workbench writes.
    let machine = fusion_store::Machine::at(bench.path("colleague"));
    let recipient = machine.identity().unwrap().recipient();
    let stranger = fusion_store::Machine::at(bench.path("stranger"));
    stranger.identity().unwrap();
    bench.ends(&["keys", CASE, "add", "colleague", "--recipient", "age1nobody"], 2);
    bench.ends(
        &[
            "keys",
            CASE,
            "add",
            "colleague",
            "--recipient",
            &recipient,
            "--label",
            "Ines",
        ],
        0,
    );
    ends_with(
        &bench,
        None,
        &["keys", CASE, "list", "--identity-file", "colleague/identity"],
        0,
    );
    bench.ends(&["undo", CASE], 0);
    let by_key = ends_with(
        &bench,
        None,
        &["keys", CASE, "list", "--identity-file", "stranger/identity"],
        4,
    );
    fs::write(bench.path("wrong"), "no heron ever\n").unwrap();
    let by_passphrase = ends_with(&bench, Some(&bench.path("wrong")), &["keys", CASE, "list"], 4);
    assert_eq!(by_key, by_passphrase);
    let view = bench.json(&["keys", CASE, "list"]);
    let slot = &view["slots"][1];
    assert_eq!(
        (&slot["label"], &slot["recipient"]),
        (&"Ines".into(), &recipient.as_str().into())
    );
    bench.ends(&["keys", CASE, "remove", &slot["id"].to_string()], 0);
    bench.ends(&["undo", CASE], 0);
    ends_with(
        &bench,
        None,
        &["keys", CASE, "list", "--identity-file", "colleague/identity"],
        4,
    );
    bench.ends(&["keys", CASE, "remove", "1"], 2);
    bench.ends(&["keys", CASE, "remove", "77"], 1);
}

#[test]
fn who_changed_the_keys_and_why_stands_in_the_log_of_custody() {
    let Some(bench) = with_case() else { return };
    let add = ["keys", CASE, "add", "passphrase", "--new-passphrase-file", "next"];
    bench.ends(&[&add[..], &["--reason", "the deputy joined"]].concat(), 0);
    bench.ends(&["keys", CASE, "--reason", "the deputy left", "remove", "2"], 0);
    bench.ends(&["keys", CASE, "add", "recovery"], 0);
    let told = |action: &str| {
        let log = bench.json(&["log", CASE, "--custody", "--kind", action]);
        let field = |name: &str| log["events"][0][name].as_str().unwrap().to_owned();
        (field("who").is_empty(), field("reason"))
    };
    assert_eq!(told("add-passphrase"), (false, "the deputy joined".to_owned()));
    assert_eq!(told("remove-key"), (false, "the deputy left".to_owned()));
    assert_eq!(told("add-recovery"), (false, String::new()));
    bench.ends(&["verify", CASE], 0);
}

#[test]
fn a_leaked_passphrase_is_answered_by_a_new_master_key() {
    let Some(bench) = with_case() else { return };
    bench.ends(&["keys", CASE, "add", "recovery", "-o", "former.txt"], 0);
    bench.ends(&["backup", CASE, "-o", "stick"], 0);
    let rotate = ["keys", CASE, "rotate", "--new-passphrase-file", "next", "-o", "kit.txt"];
    bench.ends(&["keys", CASE, "rotate"], 2);
    let view = bench.json(&[&rotate[..], &["--reason", "seen over the shoulder"]].concat());
    assert_eq!(view["keys"]["slots"].as_array().unwrap().len(), 2);
    assert_eq!(view["kit"], fs::read_to_string(bench.path("kit.txt")).unwrap().as_str());
    let backups = view["backups"].as_array().unwrap();
    assert!(
        backups.len() == 1 && backups[0].as_str().unwrap().contains("stick"),
        "{view}"
    );
    assert!(view["text"].as_str().unwrap().contains("Make a new backup"), "{view}");

    bench.ends(&["verify", CASE], 4);
    let next = bench.path("next");
    let with_new = |arguments: &[&str]| ends_with(&bench, Some(&next), arguments, 0);
    with_new(&["verify", CASE]);
    with_new(&["fuse", CASE]);
    with_new(&["log", CASE, "--custody", "--kind", "change-master-key"]);
    assert!(bench.transcript().contains("seen over the shoulder"));
    fs::write(bench.path("code"), view["code"].as_str().unwrap()).unwrap();
    ends_with(&bench, None, &["verify", CASE, "--recovery-file", "code"], 0);
    // The place of the page is not taken where there is nothing to print.
    ends_with(&bench, Some(&bench.path("passphrase")), &rotate, 4);
    assert_eq!(view["kit"], fs::read_to_string(bench.path("kit.txt")).unwrap().as_str());
}

#[test]
fn without_a_keyring_there_is_a_sentence_and_the_passphrase_still_opens() {
    let Some(bench) = with_case() else { return };
    let answer = bench.run(&["keys", CASE, "add", "keyring"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer
            .err
            .contains("no key in the system keyring: this session has none"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("hint: "), "{}", answer.err);
    bench.ends(&["keys", CASE, "add", "recovery"], 0);
    bench.ends(&["keys", CASE, "mode", "high"], 1);
    bench.ends(&["keys", CASE, "list"], 0);
}
