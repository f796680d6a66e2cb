//! One flipped byte, wherever it lies, is noticed.

use std::fs;
use std::path::Path;

use fusion_store::Access;

use crate::builders::{create, import, open, place, try_open};

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x40;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_flipped_byte_of_the_key_file_is_damage() {
    let place = place();
    create(&place.path).close().unwrap();
    let keys = place.path.join("case.keys");
    let length = fs::metadata(&keys).unwrap().len() as usize;
    for at in (0..length).step_by(7) {
        flip(&keys, at);
        assert_eq!(
            try_open(&place.path, Access::Read).err().unwrap().code(),
            "damaged",
            "byte {at}"
        );
        flip(&keys, at);
    }
    try_open(&place.path, Access::Read).unwrap();
}

#[test]
fn a_flipped_byte_of_any_page_is_noticed() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    let evidence = place.path.join("evidence.db");
    let pages = fs::metadata(&evidence).unwrap().len() as usize / 4096;
    assert!(pages > 10);
    for page in 0..pages {
        flip(&evidence, page * 4096 + 1_000);
        let noticed = match try_open(&place.path, Access::Read) {
            Err(error) => error.code() == "damaged",
            Ok(case) => !case.verify().is_sound(),
        };
        assert!(noticed, "page {page}");
        flip(&evidence, page * 4096 + 1_000);
    }
    assert!(open(&place.path).verify().is_sound());
}

#[test]
fn a_missing_database_and_a_foreign_key_file_are_damage() {
    let (one, other) = (place(), place());
    create(&one.path).close().unwrap();
    create(&other.path).close().unwrap();
    fs::copy(other.path.join("case.keys"), one.path.join("case.keys")).unwrap();
    assert_eq!(try_open(&one.path, Access::Write).err().unwrap().code(), "damaged");
    fs::remove_file(other.path.join("evidence.db")).unwrap();
    assert_eq!(try_open(&other.path, Access::Write).err().unwrap().code(), "damaged");
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    fs::write(place.path.join("derived.db"), [7; 9_000]).unwrap();
    let case = open(&place.path);
    assert_eq!(case.derived_revision().unwrap(), None);
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
}
