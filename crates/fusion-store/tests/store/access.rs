//! Who gets in: passphrases, folders, readers and writers.

use std::fs;

use fusion_model::Timestamp;
use fusion_store::{
    Access, Case, CaseFolder, Error, KdfProfile, KeyMode, KeySource, NewCase, Owner, Passphrase, SlotKind, Unlock,
};

use crate::builders::{self, PASSPHRASE, begin, create, import, open, passphrase, person, place, stamp, try_open};

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
    case.change_keys(&stamp(), "")
        .change_passphrase(&passphrase("eleven glass bells"), KdfProfile::for_tests())
        .unwrap();
    case.close().unwrap();
    Case::open(&place.path, &passphrase("eleven glass bells"), Access::Write)
        .unwrap()
        .close()
        .unwrap();
    assert_eq!(try_open(&place.path, Access::Write).err().unwrap().code(), "wrong-key");
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
        Case::open_on(&place.path, Unlock::Keyring, Access::Write, None)
            .err()
            .unwrap()
            .code(),
        "no-keyring"
    );
}

#[test]
fn a_mistyped_new_passphrase_locks_nobody_out_and_the_way_out_closes_behind() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"first");
    case.change_keys(&stamp(), "")
        .change_passphrase(&passphrase("eleven glas bells"), KdfProfile::for_tests())
        .unwrap();
    assert!(case.previous_keys_kept());
    let mistyped = fs::read(place.path.join("case.keys")).unwrap();
    case.close().unwrap();
    let meant = passphrase("eleven glass bells");
    assert_eq!(
        Case::open(&place.path, &meant, Access::Write).err().unwrap().code(),
        "wrong-key"
    );
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(reader.opened_by().file, KeySource::Previous);
    assert!(reader.previous_keys_kept(), "a reader leaves it");
    drop(reader);
    let case = open(&place.path);
    assert_eq!(case.opened_by().file, KeySource::Previous);
    assert!(!case.previous_keys_kept());
    assert_eq!(case.sources().unwrap().len(), 1);
    let actions: Vec<String> = case.custody().unwrap().into_iter().map(|event| event.action).collect();
    assert!(actions.iter().any(|action| action == "change-passphrase"));
    assert!(actions.iter().any(|action| action == "restore-keys"));
    case.close().unwrap();
    assert_eq!(open(&place.path).opened_by().file, KeySource::Present);
    fs::write(place.path.join("case.keys"), mistyped).unwrap();
    let refused = Case::open(&place.path, &passphrase("eleven glas bells"), Access::Write);
    assert!(
        refused
            .err()
            .unwrap()
            .to_string()
            .contains("an earlier copy was put back")
    );
}

#[test]
fn a_former_key_file_put_back_under_either_name_is_refused_in_its_own_words() {
    let place = place();
    let case = create(&place.path);
    let keys = place.path.join("case.keys");
    let former = fs::read(&keys).unwrap();
    let next = passphrase("eleven glass bells");
    case.change_keys(&stamp(), "")
        .change_passphrase(&next, KdfProfile::for_tests())
        .unwrap();
    case.close().unwrap();
    Case::open(&place.path, &next, Access::Write).unwrap().close().unwrap();
    let present = fs::read(&keys).unwrap();
    for (name, damage) in [
        ("case.keys", false),
        ("case.keys.previous", false),
        ("case.keys.previous", true),
    ] {
        fs::write(&keys, if damage { &present[..99] } else { &present[..] }).unwrap();
        fs::write(place.path.join(name), &former).unwrap();
        for access in [Access::Read, Access::Write] {
            let refused = try_open(&place.path, access).err().unwrap();
            assert_eq!(refused.code(), "damaged", "{name}");
            assert!(
                refused.to_string().contains("an earlier copy was put back"),
                "{refused}"
            );
        }
        fs::write(&keys, &present).unwrap();
    }
    Case::open(&place.path, &next, Access::Write).unwrap();
    assert!(!place.path.join("case.keys.previous").exists());
}

#[test]
fn the_key_file_of_another_case_opens_nothing() {
    let (here, there) = (place(), place());
    create(&here.path).close().unwrap();
    let new = NewCase {
        name: "Other".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let theirs = passphrase("four clay pots");
    CaseFolder::create(&there.path, &theirs, new).unwrap().close().unwrap();
    fs::copy(there.path.join("case.keys"), here.path.join("case.keys")).unwrap();
    assert_eq!(try_open(&here.path, Access::Read).err().unwrap().code(), "wrong-key");
    for access in [Access::Read, Access::Write] {
        let refused = Case::open(&here.path, &theirs, access).err().unwrap();
        assert_eq!(refused.code(), "damaged");
    }
}

#[test]
fn a_case_without_its_key_file_is_recovered_by_kit_and_code() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"first");
    let recovery = case.change_keys(&stamp(), "").add_recovery().unwrap();
    let (kit, code) = (passphrase(&recovery.kit), passphrase(&recovery.code));
    drop(case);
    open(&place.path).close().unwrap();
    fs::remove_file(place.path.join("case.keys")).unwrap();
    assert_eq!(try_open(&place.path, Access::Write).err().unwrap().code(), "not-a-case");
    let next = passphrase("eleven glass bells");
    let recover = |kit: &Passphrase, code: &Passphrase| {
        CaseFolder::recover(&place.path, kit, code, &next, KdfProfile::for_tests(), None)
    };
    let stranger = passphrase("0000-0000");
    assert_eq!(recover(&kit, &stranger).err().unwrap().code(), "conflict");
    let case = recover(&kit, &code).unwrap();
    assert_eq!(case.opened_by().file, KeySource::Kit);
    assert_eq!(case.sources().unwrap().len(), 1);
    assert!(case.verify().is_sound());
    drop(case);
    Case::open(&place.path, &next, Access::Write).unwrap().close().unwrap();
    let opened = Case::open_on(&place.path, Unlock::Recovery(&code), Access::Write, None).unwrap();
    assert_eq!(opened.opened_by().kind, SlotKind::Recovery);
    drop(opened);
    assert_eq!(try_open(&place.path, Access::Write).err().unwrap().code(), "wrong-key");

    let elsewhere = builders::place();
    create(&elsewhere.path).close().unwrap();
    let refused = CaseFolder::recover(&elsewhere.path, &kit, &code, &next, KdfProfile::for_tests(), None);
    assert_eq!(refused.err().unwrap().code(), "damaged");
    open(&elsewhere.path);
}

#[test]
fn every_change_of_keys_is_an_event_of_custody() {
    let place = place();
    let case = create(&place.path);
    let profile = KdfProfile::for_tests();
    case.change_keys(&stamp(), "")
        .add_passphrase(&passphrase("deputy"), "deputy", profile)
        .unwrap();
    case.change_keys(&stamp(), "").add_recovery().unwrap();
    case.change_keys(&stamp(), "")
        .replace_passphrase(&passphrase("deputy"), &passphrase("chief"), profile)
        .unwrap();
    let id = case.slots().iter().find(|slot| slot.label == "deputy").unwrap().id;
    case.change_keys(&stamp(), "").remove_slot(id).unwrap();
    assert_eq!(case.key_mode(), KeyMode::Standard);
    drop(case);
    let case = open(&place.path);
    let actions: Vec<String> = case.custody().unwrap().into_iter().map(|event| event.action).collect();
    let expected = [
        "add-passphrase",
        "add-recovery",
        "change-passphrase",
        "remove-key",
        "confirm-keys",
    ];
    let mut wanted = expected.iter().peekable();
    for action in &actions {
        if wanted.peek().is_some_and(|next| *next == action) {
            wanted.next();
        }
    }
    assert_eq!(wanted.next(), None, "{actions:?}");
    let reader = try_open(&place.path, Access::Read).unwrap();
    assert_eq!(
        reader.change_keys(&stamp(), "").add_recovery().err().unwrap().code(),
        "read-only"
    );
}
