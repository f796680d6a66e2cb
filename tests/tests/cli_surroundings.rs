//! What lies around a case, as scripts meet it: the folder it is in, whoever reads the output, the self-test.

#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use program::{Bench, prepared};

const CASE: &str = "shared/heron.fusion";

#[test]
fn a_synchronised_folder_is_refused_for_writing_until_somebody_says_why() {
    let Some(bench) = Bench::new() else { return };
    fs::create_dir(bench.path("shared")).unwrap();
    fs::write(bench.path("shared/.stfolder"), "").unwrap();
    let refused = bench.ends(&["new", CASE], 6);
    assert!(
        refused.err.contains("a folder that Syncthing copies about"),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains("hint: ") && refused.err.contains("--anyway"),
        "{}",
        refused.err
    );
    assert!(!bench.path(CASE).exists());
    bench.ends(&["new", CASE, "--anyway", ""], 6);

    bench.ends(&["new", CASE, "--anyway", "Syncthing is paused"], 0);
    bench.ends(&["undo", CASE], 6);
    bench.ends(&["verify", CASE], 0);
    bench.ends(&["undo", CASE, "--anyway", "still paused"], 0);
    let log = bench.json(&["log", CASE, "--custody", "--kind", "write-anyway"]);
    let events = log["events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{log}");
    assert_eq!(events[0]["reason"], "still paused");
    assert_eq!(events[0]["object"], "a folder that Syncthing copies about");

    // Copies of a case arrive nowhere that a case may not lie.
    bench.ends(&["backup", CASE, "-o", "stick", "--anyway", "still paused"], 0);
    let home = fs::read_dir(bench.path("stick"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let backup = fs::read_dir(home).unwrap().next().unwrap().unwrap().path();
    let backup = backup.to_str().unwrap();
    bench.ends(&["restore", backup, "-o", "shared/again.fusion"], 6);
    bench.ends(&["restore", backup, "-o", "again.fusion"], 0);
}

#[test]
fn a_window_reads_what_it_must_not_write_and_says_why() {
    use fusion_api::bench::{Places, Workbench};
    use fusion_api::commands::case::{self, CaseCreateRequest, CaseOpenRequest};

    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        cases: folder.path().join("cases"),
        settings: folder.path().join("settings"),
        state: folder.path().join("state"),
    };
    let bench = Workbench::new(places).unwrap();
    let passphrase = || "seven quiet herons".to_owned();
    let create = CaseCreateRequest {
        name: "Heron".to_owned(),
        region: String::new(),
        passphrase: passphrase(),
        folder: None,
        anyway: None,
    };
    case::create(&bench, create).unwrap();
    fs::write(folder.path().join("cases/.stfolder"), "").unwrap();
    let handle = bench.handles.register(&folder.path().join("cases/Heron.fusion"));
    let open = |anyway: Option<&str>| CaseOpenRequest {
        handle: handle.clone(),
        passphrase: passphrase(),
        recovery: None,
        identity: None,
        anyway: anyway.map(str::to_owned),
    };
    let view = case::open(&bench, open(None)).unwrap();
    assert!(!view.writable);
    assert!(view.read_only_reason.contains("Syncthing"), "{}", view.read_only_reason);
    let view = case::open(&bench, open(Some("paused"))).unwrap();
    assert!(
        view.writable && view.read_only_reason.is_empty(),
        "{}",
        view.read_only_reason
    );
    assert!(
        !case::open(&bench, open(None)).unwrap().writable,
        "one reason serves one opening"
    );
}

#[test]
fn the_doctor_reads_the_settings_back_and_misses_a_backup() {
    let Some(bench) = Bench::new() else { return };
    let checks = |view: &serde_json::Value| {
        let rows = view["checks"].as_array().unwrap().clone();
        let row = |row: &serde_json::Value| {
            let field = |name: &str| row[name].as_str().unwrap().to_owned();
            (field("name"), (field("state"), field("text")))
        };
        rows.iter().map(row).collect::<std::collections::BTreeMap<_, _>>()
    };
    let found = checks(&bench.json(&["doctor"]));
    for (name, text) in [
        ("setting cipher_memory_security", "1"),
        ("setting journal_mode", "wal"),
        ("setting synchronous", "2"),
        ("setting foreign_keys", "1"),
        ("setting trusted_schema", "0"),
        ("setting cell_size_check", "1"),
        ("setting readable without key", "no"),
    ] {
        assert_eq!(found.get(name), Some(&("ok".to_owned(), text.to_owned())), "{name}");
    }
    let (state, versions) = &found["database"];
    assert_eq!(state, "ok");
    assert!(
        versions.contains("(at least 3.51.3)") && versions.contains("(at least 4.14.0)"),
        "{versions}"
    );

    // The clock of results makes this case older than a day.
    bench.ends(&["new", "heron.fusion"], 0);
    let view = bench.json(&["doctor", "heron.fusion"]);
    assert_eq!(checks(&view)["case settings"].0, "ok");
    assert_eq!(checks(&view)["backup"].1, "none was made on this computer");
    let advice = |view: &serde_json::Value| view["advice"].to_string().contains("fusion backup");
    assert!(advice(&view), "{}", view["advice"]);
    bench.ends(&["backup", "heron.fusion", "-o", "stick"], 0);
    let view = bench.json(&["doctor", "heron.fusion"]);
    assert!(
        checks(&view)["backup"].1.starts_with("the last one succeeded 0 h ago"),
        "{view}"
    );
    assert!(!advice(&view), "{}", view["advice"]);
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let Some(bench) = Bench::new() else { return };
    let program = program::find().unwrap();
    for arguments in [
        &["identity"][..],
        &["doctor"],
        &["doctor", "--json"],
        &["rules", "show"],
    ] {
        let mut child = prepared(&[], &program, bench.folder(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), said.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
