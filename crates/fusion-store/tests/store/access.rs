//! Who gets in: passphrases, folders, readers and writers.

use std::fs;

use fusion_model::Timestamp;
use fusion_store::{Access, Case, CaseFolder, Error, KdfProfile, NewCase, Owner};

use crate::builders::{PASSPHRASE, begin, create, import, open, passphrase, person, place, stamp, try_open};

#[test]
fn a_wrong_passphrase_is_told_from_damage() {
    let place = place();
    create(&place.path).close().unwrap();
    let refused = Case::open(&place.path, &passphrase("nine paper lantern"), Access::Read)
        .err()
        .unwrap();
    assert_eq!(refused.code(), "wrong-key");
}

#[test]
fn what_was_created_is_read_back() {
    let place = place();
    create(&place.path).close().unwrap();
    let case = open(&place.path);
    assert_eq!(case.name(), "Operation Kingfisher");
    assert_eq!(case.region().unwrap(), "SE");
    assert_eq!(case.created_at().unwrap(), Timestamp(1_700_000_000_000));
    assert_eq!(case.derived_revision().unwrap(), None);
}

#[test]
fn a_folder_in_use_and_a_folder_without_a_case_are_refused() {
    let place = place();
    assert_eq!(try_open(&place.path, Access::Read).err().unwrap().code(), "not-a-case");
    fs::create_dir(&place.path).unwrap();
    fs::write(place.path.join("letter.txt"), "mine").unwrap();
    let new = NewCase {
        name: String::new(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    assert_eq!(
        CaseFolder::create(&place.path, &passphrase("x"), new.clone())
            .err()
            .unwrap()
            .code(),
        "exists"
    );
    assert_eq!(fs::read_to_string(place.path.join("letter.txt")).unwrap(), "mine");
    let elsewhere = place.path.join("new");
    assert_eq!(
        CaseFolder::create(&elsewhere, &passphrase(""), new)
            .err()
            .unwrap()
            .code(),
        "empty-passphrase"
    );
    assert!(!elsewhere.exists());
}

#[test]
fn a_second_writer_is_refused_and_told_who_writes_while_a_reader_gets_in() {
    let place = place();
    let writer = create(&place.path);
    import(&writer, b"first");
    match try_open(&place.path, Access::Write).err().unwrap() {
        error @ Error::Busy {
            owner: Owner::Here { pid },
        } => {
            assert_eq!(pid, std::process::id());
            assert_eq!(error.code(), "busy");
        }
        other => panic!("not busy: {other}"),
    }
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.sources().unwrap().len(), 1);
    assert_eq!(reader.undo(&stamp()).unwrap_err().code(), "read-only");
    assert_eq!(reader.vault_add(&mut &b"x"[..]).unwrap_err().code(), "read-only");
    import(&writer, b"second");
    assert_eq!(reader.sources().unwrap().len(), 2);
    drop(writer);
    drop(reader);
    open(&place.path).close().unwrap();
}

#[test]
fn a_reader_does_not_see_an_import_under_way() {
    let place = place();
    let case = create(&place.path);
    let mut writer = begin(&case, b"content");
    for line in 0..6_000 {
        writer.push(person(line, "Astrid Quill")).unwrap();
    }
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert!(reader.evidence().unwrap().observations.is_empty());
    assert!(reader.sources().unwrap().is_empty());
}

#[test]
fn a_changed_passphrase_holds_and_an_old_key_file_put_back_is_noticed() {
    let place = place();
    let case = create(&place.path);
    let former = fs::read(place.path.join("case.keys")).unwrap();
    case.change_passphrase(&passphrase("eleven glass bells"), KdfProfile::for_tests())
        .unwrap();
    case.close().unwrap();
    assert_eq!(try_open(&place.path, Access::Write).err().unwrap().code(), "wrong-key");
    Case::open(&place.path, &passphrase("eleven glass bells"), Access::Write)
        .unwrap()
        .close()
        .unwrap();
    fs::write(place.path.join("case.keys"), former).unwrap();
    let refused = Case::open(&place.path, &passphrase(PASSPHRASE), Access::Write)
        .err()
        .unwrap();
    assert_eq!(refused.code(), "damaged");
}

#[test]
fn a_case_that_was_not_remembered_asks_for_its_passphrase() {
    let place = place();
    create(&place.path).close().unwrap();
    assert_eq!(
        Case::open_on(&place.path, fusion_store::Unlock::Keyring, Access::Write, None)
            .err()
            .unwrap()
            .code(),
        "no-keyring"
    );
}
