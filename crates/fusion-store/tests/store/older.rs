//! Cases that older programs made: a folder of schema 1, written before any migration existed.

use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::{Locator, RecordId};
use fusion_store::{Access, CaseFacts, Landing};

use crate::builders::{import, open, place, stamp, try_open};

/// The content of its live source.
const PEOPLE: &[u8] = b"name,email,password\nAstrid Quill,p2@mail.example,velvet-anchor-88\nTobias Fenn,p3@mail.example,velvet-anchor-88\n";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/case-v1")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).unwrap();
        }
    }
}

fn counts(facts: &CaseFacts) -> [u64; 3] {
    [facts.sources, facts.observations, facts.operations]
}

#[test]
fn a_case_of_the_first_schema_opens_and_works() {
    let place = place();
    copy(&fixture(), &place.path);
    let case = open(&place.path);
    let facts = case.facts().unwrap();
    assert_eq!(counts(&facts), [2, 4, 7]);
    assert!(facts.schema > 1, "schema {}", facts.schema);
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
    assert_eq!(case.state().unwrap().notes[0].record, RecordId([1; 16]));
    assert_eq!(case.slots().len(), 1);
    assert_eq!(import(&case, PEOPLE).landing, Landing::Unchanged);
    let live = case.sources().unwrap().into_iter().find(|entry| entry.live).unwrap();
    assert_eq!(case.vault_read(live.source.id).unwrap(), PEOPLE);
    let quote = case
        .quote(live.source.id, &Locator::Line(3), "check", &stamp())
        .unwrap();
    assert!(quote.text.starts_with("Tobias"));
    import(&case, b"new lines\n");
    case.close().unwrap();
    assert!(try_open(&place.path, Access::Read).unwrap().verify().is_sound());
}

/// Copies of the evidence that a change of schema left beside it.
fn safety_copies(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let is_copy = |path: &PathBuf| path.to_string_lossy().contains("evidence.db.before-");
    entries.filter(is_copy).collect()
}

#[test]
fn the_evidence_from_before_lies_beside_until_the_case_was_closed_in_its_new_schema() {
    let place = place();
    copy(&fixture(), &place.path);
    let before = fs::read(place.path.join("evidence.db")).unwrap();
    let case = open(&place.path);
    let copies = safety_copies(&place.path);
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert_eq!(copies[0].file_name().unwrap(), "evidence.db.before-1");
    assert_eq!(fs::read(&copies[0]).unwrap(), before);
    case.close().unwrap();
    assert_eq!(safety_copies(&place.path), Vec::<PathBuf>::new());
    // An opening without a change of schema makes none.
    let case = open(&place.path);
    assert_eq!(safety_copies(&place.path), Vec::<PathBuf>::new());
    case.close().unwrap();
    // What it is for: put in the place of the evidence, it is the case of before.
    fs::write(place.path.join("evidence.db"), before).unwrap();
    fs::remove_file(place.path.join("derived.db")).unwrap();
    let case = open(&place.path);
    assert_eq!(counts(&case.facts().unwrap()), [2, 4, 7]);
}

#[test]
fn a_reader_asks_for_the_first_schema_to_be_brought_up_to_date() {
    let place = place();
    copy(&fixture(), &place.path);
    let before = fs::read(place.path.join("evidence.db")).unwrap();
    assert_eq!(
        try_open(&place.path, Access::Read).err().unwrap().code(),
        "older-schema"
    );
    assert_eq!(fs::read(place.path.join("evidence.db")).unwrap(), before);
}
