//! Other people's readers on our output, where they are installed; a missing one is said and skipped.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::path::Path;
use std::process::Command;

use common::text_of;
use fusion_testkit::{hostile_snapshot, nightjar_snapshot, shared_or_skip};

fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}

fn files(folder: &Path, id: &str) -> Vec<std::path::PathBuf> {
    [("nightjar", nightjar_snapshot()), ("hostile", hostile_snapshot())]
        .into_iter()
        .map(|(name, snapshot)| {
            let file = folder.join(format!("{name}.{id}"));
            std::fs::write(&file, text_of(id, &snapshot)).unwrap();
            file
        })
        .collect()
}

#[test]
fn gexf_is_valid_against_the_published_schema() {
    let Some(schema) = shared_or_skip("validators/gexf/1.3/gexf.xsd") else {
        return;
    };
    if !is_installed("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in files(folder.path(), "gexf") {
        let run = Command::new("xmllint")
            .arg("--noout")
            .arg("--nonet")
            .arg("--schema")
            .arg(&schema)
            .arg(&file)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn svg_is_read_by_xmllint() {
    if !is_installed("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in files(folder.path(), "timeline-svg") {
        let run = Command::new("xmllint")
            .arg("--noout")
            .arg("--nonet")
            .arg(&file)
            .output()
            .unwrap();
        assert!(
            run.stderr.is_empty() && run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
    }
}

#[test]
fn html_passes_tidy_without_a_warning() {
    if !is_installed("tidy") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = ["html", "timeline-html"].map(|id| files(folder.path(), id));
    for file in pages.concat() {
        let run = Command::new("tidy")
            .args([
                "-q",
                "-e",
                "--drop-empty-elements",
                "no",
                "--mute",
                "BLANK_TITLE_ELEMENT",
            ])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(said.trim().is_empty(), "{said}");
    }
}

#[test]
fn networkx_counts_the_same_nodes_and_edges() {
    if !is_installed("python3")
        || !Command::new("python3")
            .args(["-c", "import networkx"])
            .status()
            .is_ok_and(|status| status.success())
    {
        println!("skipped: networkx is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let snapshot = nightjar_snapshot();
    for (id, reader) in [("gexf", "read_gexf"), ("graphml", "read_graphml")] {
        let file = &files(folder.path(), id)[0];
        let script = format!(
            "import networkx as n, sys; g = n.{reader}(sys.argv[1]); print(g.number_of_nodes(), g.number_of_edges())"
        );
        let run = Command::new("python3")
            .args(["-c", &script])
            .arg(file)
            .output()
            .unwrap();
        let counted = String::from_utf8_lossy(&run.stdout).trim().to_owned();
        assert_eq!(
            counted,
            format!("{} {}", snapshot.entities.len(), snapshot.relations.len()),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
    }
}
