//! Copies of a case, as scripts make and use them: backups, packages, and two copies that come together again.

#![allow(clippy::unwrap_used)]

mod invented;
mod program;

use std::path::PathBuf;

use program::Bench;

const CASE: &str = "harbour.fusion";

/// A bench with a fused case that holds the invented evidence.
fn with_evidence() -> Option<Bench> {
    let bench = Bench::new()?;
    invented::write(&bench.path("evidence"));
    bench.ends(&["new", CASE, "--name", "Harbour Lights", "--region", "NL"], 0);
    bench.ends(&["import", CASE, "evidence"], 0);
    bench.ends(&["fuse", CASE], 0);
    Some(bench)
}

fn exported(bench: &Bench, case: &str, name: &str) -> Vec<u8> {
    bench.ends(&["export", case, "-o", name], 0);
    std::fs::read(bench.path(name)).unwrap()
}

/// The one backup below `folder`.
fn backup_in(bench: &Bench, folder: &str) -> PathBuf {
    let home = std::fs::read_dir(bench.path(folder))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::read_dir(home).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn a_backup_restores_to_the_same_export_bytes() {
    let Some(bench) = with_evidence() else { return };
    let made = bench.json(&["backup", CASE, "-o", "stick", "--test"]);
    assert_eq!(made["tested"], true);
    let before = exported(&bench, CASE, "before.json");
    let backup = backup_in(&bench, "stick");
    let backup = backup.to_str().unwrap();
    assert_eq!(
        made["path"].as_str().map(|path| bench.folder().join(path)),
        Some(PathBuf::from(backup))
    );
    bench.ends(&["restore", backup, "-o", CASE], 2);
    bench.ends(&["restore", backup, "-o", "again.fusion"], 0);
    bench.ends(&["verify", "again.fusion"], 0);
    assert_eq!(exported(&bench, "again.fusion", "after.json"), before);
    // A backup with a flipped byte is damaged, and what is damaged is not restored.
    let evidence = PathBuf::from(backup).join("evidence.db");
    let mut bytes = std::fs::read(&evidence).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&evidence, bytes).unwrap();
    bench.ends(&["restore", backup, "-o", "never.fusion"], 5);
    assert!(!bench.path("never.fusion").exists());
}

#[test]
fn a_package_unpacks_to_the_same_export_bytes_and_comes_home_again() {
    let Some(bench) = with_evidence() else { return };
    let keys = bench.json(&["identity"]);
    let recipient = keys["recipient"].as_str().unwrap().to_owned();
    let packed = bench.json(&[
        "pack",
        CASE,
        "-o",
        "harbour.fusionpack",
        "--to",
        &recipient,
        "--reason",
        "joint case",
    ]);
    assert_eq!(packed["extent"], "whole");
    let looked = bench.json(&["pack", "--inspect", "harbour.fusionpack"]);
    assert_eq!(looked["observations"], packed["observations"]);
    assert_eq!(looked["sender_known"], true);
    bench.ends(&["unpack", "harbour.fusionpack", "-o", CASE], 2);
    bench.ends(&["unpack", "harbour.fusionpack", "-o", "copy.fusion"], 0);
    bench.ends(&["verify", "copy.fusion"], 0);
    let there = exported(&bench, "copy.fusion", "there.json");
    assert_eq!(there, exported(&bench, CASE, "here.json"));

    std::fs::create_dir(bench.path("more")).unwrap();
    let name = bench.path("more/more.csv");
    std::fs::write(name, "full_name,email\nIda Brandt,ida.brandt@mail.example\n").unwrap();
    bench.ends(&["import", "copy.fusion", "more"], 0);
    bench.ends(&["fuse", "copy.fusion"], 0);
    bench.ends(&["pack", "copy.fusion", "-o", "back.fusionpack", "--to", &recipient], 0);
    let plan = bench.json(&["merge", CASE, "back.fusionpack", "--plan"]);
    assert_eq!(plan["conflicts"], 0);
    let sources = |case: &str| bench.json(&["list", case, "sources"])["total"].as_u64().unwrap();
    let (before, there) = (sources(CASE), sources("copy.fusion"));
    assert_eq!(there, before + 1, "a plan merged something");
    let merged = bench.json(&["merge", CASE, "back.fusionpack"]);
    assert_eq!(merged["new"], plan["new"]);
    assert_eq!(sources(CASE), there);
    bench.ends(&["verify", CASE], 0);
    assert_eq!(
        exported(&bench, CASE, "merged.json"),
        exported(&bench, "copy.fusion", "copied.json")
    );
}

#[test]
fn a_package_without_recipients_opens_with_the_passphrase_and_with_no_other() {
    let Some(bench) = with_evidence() else { return };
    bench.ends(&["pack", CASE, "-o", "harbour.fusionpack"], 0);
    bench.ends(&["unpack", "harbour.fusionpack", "-o", "copy.fusion"], 0);
    std::fs::write(bench.path("wrong"), "eight quiet herons at dusk\n").unwrap();
    bench.ends(
        &[
            "unpack",
            "harbour.fusionpack",
            "-o",
            "never.fusion",
            "--package-passphrase-file",
            "wrong",
        ],
        4,
    );
    let mut bytes = std::fs::read(bench.path("harbour.fusionpack")).unwrap();
    bytes.truncate(bytes.len() - 1);
    std::fs::write(bench.path("cut.fusionpack"), bytes).unwrap();
    bench.ends(&["unpack", "cut.fusionpack", "-o", "never.fusion"], 5);
    assert!(!bench.path("never.fusion").exists());
}
