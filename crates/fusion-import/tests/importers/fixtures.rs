//! Golden fixtures: `tests/fixtures/importers/<importer id>/<file>` and beside it `<file>.expected`.
//!
//! What the analyst says about a file stands in `<file>.said` (`subject = …`, `kind = …`), a mapping in
//! `<file>.mapping`. `FUSION_BLESS=1` rewrites the expectations; the diff is the review.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fusion_import::{IMPORTERS, Mapping};
use fusion_model::{Locator, SourceKind};

use crate::support::{self, Said, bless, dump, fixtures, name_of, run};

/// Endings of files that speak about another file.
const BESIDE: [&str; 3] = [".expected", ".said", ".mapping"];

/// All fixtures: importer id and file.
pub fn inputs() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for path in support::files(&fixtures()) {
        if BESIDE.iter().any(|ending| name_of(&path).ends_with(ending)) {
            continue;
        }
        let id = name_of(path.parent().unwrap());
        found.push((id, path));
    }
    found
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    path.with_file_name(format!("{}{ending}", name_of(path)))
}

pub fn said(path: &Path) -> Said {
    let mut said = Said::default();
    for line in fs::read_to_string(beside(path, ".said")).unwrap_or_default().lines() {
        let (key, value) = line.split_once(" = ").unwrap();
        match key {
            "subject" => said.subject = Some(value.to_owned()),
            "kind" => said.kind = Some(SourceKind::from_id(value).unwrap()),
            other => panic!("{other}"),
        }
    }
    said.mapping = fs::read_to_string(beside(path, ".mapping"))
        .ok()
        .map(|text| Mapping::parse(&text).unwrap());
    said
}

#[test]
fn fixtures_give_what_is_expected() {
    for (id, path) in inputs() {
        let bytes = fs::read(&path).unwrap();
        let (kept, result) = run(support::importer(&id), &name_of(&path), &bytes, &said(&path));
        let places: BTreeSet<&Locator> = kept.observations.iter().map(|one| &one.locator).collect();
        assert_eq!(
            places.len(),
            kept.observations.len(),
            "{}: two observations at one place",
            path.display()
        );
        let mut text = dump(&kept);
        if let Err(error) = result {
            text = format!(
                "error {}: {error}\nhint {}\n",
                error.code.id(),
                error.hint.as_deref().unwrap_or("-")
            );
        }
        bless(&beside(&path, ".expected"), &text);
    }
}

#[test]
fn every_importer_has_a_fixture_and_detects_it() {
    let with: BTreeSet<String> = inputs().into_iter().map(|(id, _)| id).collect();
    let all: BTreeSet<String> = IMPORTERS.iter().map(|importer| importer.id().to_owned()).collect();
    assert_eq!(with, all);
    for (id, path) in inputs() {
        // Damaged on purpose: what a file is cannot always be told from its ruins.
        if name_of(&path).starts_with("damaged") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        assert_eq!(
            crate::detection::verdict(&name_of(&path), &bytes),
            id,
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_catalogue_is_sound() {
    let mut seen = BTreeSet::new();
    for importer in IMPORTERS {
        assert!(seen.insert(importer.id()), "{} stands twice", importer.id());
        assert!(
            importer.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{}",
            importer.id()
        );
        assert!(!importer.label().is_empty() && !importer.extensions().is_empty());
    }
}
