//! Custody on the command line: verdicts, exit codes, acknowledging an older copy, receipts and codes.

#![allow(clippy::unwrap_used, missing_docs)]

mod program;

use std::fs;
use std::path::Path;

use program::Bench;

const CASE: &str = "heron.fusion";
const TABLE: &str = "full_name,email\nAstrid Quill,astrid@mail.example\nTobias Fenn,tobias@mail.example\n";

fn worked(bench: &Bench) {
    fs::write(bench.path("people.csv"), TABLE).unwrap();
    bench.ends(&["new", CASE, "--name", "Heron"], 0);
    bench.ends(&["import", CASE, "people.csv"], 0);
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to.join("vault")).unwrap();
    for folder in ["", "vault"] {
        for entry in fs::read_dir(from.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
}

#[test]
fn an_older_copy_ends_with_seven_until_it_is_acknowledged() {
    let Some(bench) = Bench::new() else { return };
    worked(&bench);
    copy(&bench.path(CASE), &bench.path("older"));
    bench.ends(&["undo", CASE], 0);
    let verified = bench.json(&["verify", CASE]);
    assert_eq!(verified["verdict"], "verified", "{verified}");

    // Another computer, or the same one after its memory was lost: not verified here, and no alarm.
    let elsewhere = bench.path("another/state");
    let passphrase = bench.path("passphrase");
    let variables: [(&str, &Path); 2] = [("FUSION_PASSPHRASE_FILE", &passphrase), ("XDG_STATE_HOME", &elsewhere)];
    let there = bench.run_with(&["verify", CASE, "--json"], &variables);
    assert_eq!(there.code, 0, "{}", there.err);
    assert!(there.out.contains("\"unverified\""), "{}", there.out);

    copy(&bench.path("older"), &bench.path(CASE));
    let verified = bench.json_ending(&["verify", CASE], 7);
    assert_eq!(verified["verdict"], "behind", "{verified}");
    assert!(
        verified["first_bad"].as_str().unwrap().contains("is missing"),
        "{verified}"
    );
    let refused = bench.ends(&["undo", CASE], 7);
    assert!(refused.err.contains("hint:"), "{}", refused.err);
    let listed = bench.ends(&["list", CASE, "sources"], 0);
    assert!(listed.err.contains("warning: "), "{}", listed.err);
    bench.ends(&["verify", CASE, "--acknowledge", ""], 2);
    bench.ends(
        &[
            "verify",
            CASE,
            "--acknowledge",
            "the disk broke; this is what was saved",
        ],
        0,
    );
    assert_eq!(bench.json(&["verify", CASE])["verdict"], "verified");
    let log = bench.json(&["log", CASE, "--custody"]);
    let events = log["events"].as_array().unwrap();
    let said = events.iter().find(|event| event["action"] == "acknowledge").unwrap();
    assert_eq!(said["reason"], "the disk broke; this is what was saved");
    let imported = events.iter().find(|event| event["action"] == "import").unwrap();
    assert!(
        imported["object"].as_str().unwrap().contains("people.csv"),
        "{imported}"
    );
    assert!(imported["tool"].as_str().unwrap().starts_with("fusion "), "{imported}");
    // The clock of results is fixed on this bench; custody goes by the real one and says so.
    assert!(
        imported["clock"].as_str().unwrap().contains("results clock fixed"),
        "{imported}"
    );
    assert!(imported["at"].as_str().unwrap() > "2026-01-01T00:00:01", "{imported}");
    bench.ends(&["undo", CASE], 0);
}

#[test]
fn a_page_put_back_ends_with_five_and_is_named() {
    let Some(bench) = Bench::new() else { return };
    worked(&bench);
    let evidence = bench.path(CASE).join("evidence.db");
    let older = fs::read(&evidence).unwrap();
    bench.ends(&["undo", CASE], 0);
    let newer = fs::read(&evidence).unwrap();
    let pages = older.len().min(newer.len()) / 4096;
    let page = (1..pages)
        .rev()
        .find(|page| older[page * 4096..][..4096] != newer[page * 4096..][..4096])
        .unwrap();
    let mut mixed = newer.clone();
    mixed[page * 4096..][..4096].copy_from_slice(&older[page * 4096..][..4096]);
    fs::write(&evidence, mixed).unwrap();
    let verified = bench.json_ending(&["verify", CASE], 5);
    assert_eq!(verified["verdict"], "damaged", "{verified}");
    assert!(!verified["first_bad"].as_str().unwrap().is_empty());
    bench.ends(&["redo", CASE], 5);
    fs::write(&evidence, newer).unwrap();
    assert_eq!(bench.json(&["verify", CASE])["verdict"], "verified");
}

#[test]
fn a_receipt_proves_the_file_with_and_without_the_case() {
    let Some(bench) = Bench::new() else { return };
    worked(&bench);
    bench.ends(&["fuse", CASE], 0);
    bench.ends(&["export", CASE, "-o", "out.json"], 0);
    let receipt = "out.json.receipt.txt";
    let alone = bench.json(&["verify", "--receipt", receipt]);
    let with_case = bench.json(&["verify", CASE, "--receipt", receipt]);
    assert_eq!(alone["sha256"], with_case["sha256"]);
    assert_ne!(alone["text"], with_case["text"]);
    let code = alone["code"].as_str().unwrap();
    bench.ends(&["verify", CASE, "--code", code], 0);
    bench.ends(&["verify", CASE, "--code", "0000-0000-0000-0000"], 5);
    let first = fs::read(bench.path("out.json")).unwrap();
    // The file is the same each time; only its receipt is another.
    bench.ends(&["export", CASE, "-o", "again.json"], 0);
    assert_eq!(fs::read(bench.path("again.json")).unwrap(), first);
    assert_ne!(
        fs::read(bench.path(receipt)).unwrap(),
        fs::read(bench.path("again.json.receipt.txt")).unwrap()
    );
    fs::write(bench.path("out.json"), [&first[..], b" "].concat()).unwrap();
    bench.ends(&["verify", "--receipt", receipt], 5);
    let text = fs::read_to_string(bench.path(receipt)).unwrap();
    fs::write(
        bench.path("again.json.receipt.txt"),
        text.replace("bytes: ", "bytes: 1"),
    )
    .unwrap();
    bench.ends(&["verify", "--receipt", "again.json.receipt.txt"], 5);
}
