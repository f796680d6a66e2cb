//! Nothing of a case can be read from its closed folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::builders::{PASSPHRASE, create, import, place, stamp};
use crate::derived::snapshot;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn holds(bytes: &[u8], marker: &[u8]) -> bool {
    bytes
        .windows(marker.len())
        .any(|window| window.eq_ignore_ascii_case(marker))
}

#[test]
fn no_file_or_name_of_a_closed_case_holds_a_word_of_it() {
    let place = place();
    let case = create(&place.path);
    let outcome = import(
        &case,
        b"name,email,password\nAstrid Quill,p2@mail.example,velvet-anchor-88\n",
    );
    case.withdraw(outcome.source, "mistaken identity", &stamp()).unwrap();
    case.undo(&stamp()).unwrap();
    case.write_derived(&snapshot()).unwrap();
    case.close().unwrap();
    let markers = [
        "Astrid",
        "Quill",
        "Fenn",
        "mail.example",
        "velvet-anchor-88",
        "people.csv",
        "csv:people",
        "Kingfisher",
        "mistaken",
        "analyst",
        PASSPHRASE,
        "SQLite format",
        "osint",
        "observation",
    ];
    let files = files(&place.path);
    assert!(files.len() >= 5, "{files:?}");
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let name = path.strip_prefix(&place.path).unwrap().to_string_lossy().into_owned();
        for marker in markers {
            assert!(!holds(&bytes, marker.as_bytes()), "{marker} in {name}");
            assert!(
                !holds(name.as_bytes(), marker.as_bytes()) || name.starts_with("evidence"),
                "{marker} in {name}"
            );
        }
    }
}

#[test]
fn a_closed_case_leaves_no_log_and_no_lease() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    let mut names: Vec<_> = fs::read_dir(&place.path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["case.keys", "case.lock", "derived.db", "evidence.db", "vault"]);
}
