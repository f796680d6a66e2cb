//! A new master key: everything under it, everybody who needs no secret of somebody else let in again, nothing lost.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use fusion_model::Property;
use fusion_store::{
    Access, Arrival, Case, CaseFolder, KdfProfile, Machine, Passphrase, Recovery, SlotKind, Standing, Unlock,
    Unwatched, Verdict, restore,
};

use crate::backups::{Ground, later, note, tree};
use crate::builders::{PASSPHRASE, import, passphrase, stamp};

const NEW: &str = "eleven glass bells";

fn rotate(case: &mut Case) -> Option<Recovery> {
    let next = passphrase(NEW);
    case.change_master_key((&next, KdfProfile::for_tests()), "it leaked", &stamp(), &Unwatched)
        .unwrap()
}

fn by(ground: &Ground, unlock: Unlock<'_>, access: Access) -> Result<Case, &'static str> {
    Case::open_on(ground.at("case"), unlock, access, Some(&ground.machine)).map_err(|error| error.code())
}

fn by_passphrase(ground: &Ground, text: &str) -> Result<Case, &'static str> {
    by(ground, Unlock::Passphrase(&passphrase(text)), Access::Read)
}

fn names(folder: &Path) -> BTreeSet<OsString> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name()).collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(if path.is_dir() {
            &target
        } else {
            target.parent().unwrap()
        })
        .unwrap();
        if path.is_file() {
            fs::write(target, bytes).unwrap();
        }
    }
}

fn secret(text: &str) -> Passphrase {
    passphrase(text)
}

#[test]
fn a_new_master_key_lets_in_who_is_trusted_and_nothing_from_before() {
    let ground = Ground::new();
    let mut case = ground.case("case");
    let colleague = Machine::at(ground.at("colleague"));
    let stamp = stamp();
    let keys = case.change_keys(&stamp, "");
    let former = keys.add_recovery().unwrap();
    keys.add_passphrase(&passphrase("deputy"), "deputy", KdfProfile::for_tests())
        .unwrap();
    keys.add_colleague(&colleague.identity().unwrap().recipient(), "Ines")
        .unwrap();
    let (before, files) = (case.evidence().unwrap(), names(&ground.at("case/vault")));
    let database = fs::read(ground.at("case/evidence.db")).unwrap();

    let renewed = rotate(&mut case).unwrap();
    // In the same opening.
    assert_eq!(case.evidence().unwrap(), before);
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert_eq!(case.verify().verdict(), Verdict::Verified);
    assert!(names(&ground.at("case/vault")).is_disjoint(&files));
    import(&case, b"worked on");
    // A password that two imports hold still matches: fingerprints are made as before.
    let evidence = case.evidence().unwrap();
    let records = evidence.observations.iter().flat_map(|row| &row.content.records);
    let said = records.flat_map(|record| &record.statements);
    let passwords = said.filter(|statement| statement.property == Property::Password);
    let sealed: BTreeSet<&str> = passwords.map(|statement| statement.original.as_str()).collect();
    assert_eq!((evidence.observations.len(), sealed.len()), (6, 1), "{sealed:?}");
    case.close().unwrap();
    let folder = names(&ground.at("case"));
    let left: Vec<_> = folder
        .iter()
        .filter(|name| name.to_string_lossy().contains("rotation"))
        .collect();
    assert!(
        left.is_empty() && !folder.contains(&OsString::from("case.keys.previous")),
        "{folder:?}"
    );
    assert_ne!(
        fs::read(ground.at("case/evidence.db")).unwrap()[..4096],
        database[..4096]
    );

    for text in [PASSPHRASE, "deputy"] {
        assert_eq!(by_passphrase(&ground, text).err(), Some("wrong-key"), "{text}");
    }
    assert_eq!(
        by(&ground, Unlock::Recovery(&secret(&former.code)), Access::Read).err(),
        Some("wrong-key")
    );
    let case = by_passphrase(&ground, NEW).unwrap();
    assert_eq!(case.verify().verdict(), Verdict::Verified, "{:?}", case.standing());
    let kinds: Vec<SlotKind> = case.slots().iter().map(|slot| slot.kind).collect();
    assert_eq!(kinds, [SlotKind::Passphrase, SlotKind::Recovery, SlotKind::Colleague]);
    assert_eq!(case.slots()[2].label, "Ines");
    let events = case.custody().unwrap();
    let reasons: Vec<_> = events
        .iter()
        .filter(|event| event.action.ends_with("-master-key"))
        .collect();
    assert_eq!(reasons.len(), 2);
    assert!(
        reasons
            .iter()
            .all(|event| event.reason == "it leaked" && event.who == "analyst")
    );
    drop(case);
    by(&ground, Unlock::Recovery(&secret(&renewed.code)), Access::Read).unwrap();
    let identity = fs::read_to_string(ground.at("colleague/identity")).unwrap();
    by(&ground, Unlock::Colleague(&secret(&identity)), Access::Read).unwrap();

    // The printed page of before holds the former master key, which opens nothing here.
    let profile = KdfProfile::for_tests();
    let recover = |recovery: &Recovery| {
        let (kit, code) = (secret(&recovery.kit), secret(&recovery.code));
        CaseFolder::recover(
            ground.at("case"),
            &kit,
            &code,
            &passphrase("third"),
            profile,
            Some(&ground.machine),
        )
    };
    assert_eq!(recover(&former).err().unwrap().code(), "damaged");
    by_passphrase(&ground, NEW).unwrap();
    fs::remove_file(ground.at("case/case.keys")).unwrap();
    recover(&renewed).unwrap().close().unwrap();
    by_passphrase(&ground, "third").unwrap();
}

#[test]
fn the_case_of_before_put_back_is_behind_and_its_key_file_alone_opens_nothing() {
    let ground = Ground::new();
    ground.case("case").close().unwrap();
    copy(&ground.at("case"), &ground.at("former"));
    let mut case = ground.open("case", Access::Write);
    assert!(rotate(&mut case).is_none(), "a code that nobody had asked for");
    note(&case, "after it leaked");
    case.close().unwrap();
    let keys = fs::read(ground.at("case/case.keys")).unwrap();
    fs::copy(ground.at("former/case.keys"), ground.at("case/case.keys")).unwrap();
    assert_eq!(by_passphrase(&ground, PASSPHRASE).err(), Some("damaged"));
    fs::write(ground.at("case/case.keys"), keys).unwrap();
    by_passphrase(&ground, NEW).unwrap();

    fs::remove_dir_all(ground.at("case")).unwrap();
    copy(&ground.at("former"), &ground.at("case"));
    let former = by(&ground, Unlock::Passphrase(&passphrase(PASSPHRASE)), Access::Write).unwrap();
    assert!(
        matches!(former.standing(), Standing::Behind { .. }),
        "{:?}",
        former.standing()
    );
    assert_eq!(former.access(), Access::Read);
}

#[test]
fn a_backup_of_before_opens_by_the_passphrase_of_then_and_a_new_one_by_the_new() {
    let ground = Ground::new();
    let mut case = ground.case("case");
    let back_up = |case: &Case, days| case.back_up(&ground.at("backups"), &later(days), &Unwatched).unwrap();
    let former = back_up(&case, 0);
    assert_eq!(case.test_backup(&former, later(0).at, &Unwatched).unwrap().wrong, None);
    rotate(&mut case);
    let refused = case.test_backup(&former, later(1).at, &Unwatched).unwrap_err();
    assert!(refused.to_string().contains("a passphrase of then"), "{refused}");
    let newer = back_up(&case, 1);
    assert_eq!(case.test_backup(&newer, later(1).at, &Unwatched).unwrap().wrong, None);
    let stamp = later(2);
    let arrival = Arrival {
        stamp: &stamp,
        machine: Some(&ground.machine),
    };
    for (backup, text, name) in [(&former, PASSPHRASE, "one"), (&newer, NEW, "two")] {
        let other = passphrase(if text == NEW { PASSPHRASE } else { NEW });
        let wrong = restore(
            &backup.path,
            Unlock::Passphrase(&other),
            &ground.at(name),
            arrival,
            &Unwatched,
        );
        assert_eq!(wrong.err().unwrap().code(), "wrong-key");
        let right = passphrase(text);
        restore(
            &backup.path,
            Unlock::Passphrase(&right),
            &ground.at(name),
            arrival,
            &Unwatched,
        )
        .unwrap();
        let restored = Case::open(ground.at(name), &right, Access::Read).unwrap();
        assert!(restored.verify().is_sound(), "{name}: {:?}", restored.verify());
        assert_eq!(restored.evidence().unwrap(), case.evidence().unwrap());
    }
}

#[test]
fn nobody_may_read_meanwhile_and_a_reader_asks_for_an_unfinished_change_to_be_finished() {
    let ground = Ground::new();
    let mut case = ground.case("case");
    let reader = ground.open("case", Access::Read);
    let next = passphrase(NEW);
    let change = |case: &mut Case| {
        case.change_master_key((&next, KdfProfile::for_tests()), "", &stamp(), &Unwatched)
            .map(drop)
    };
    assert_eq!(change(&mut case).unwrap_err().code(), "busy");
    assert_eq!(reader.evidence().unwrap(), case.evidence().unwrap());
    drop(reader);
    // What was tried and refused leaves a case that works.
    note(&case, "still here");
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert!(!ground.at("case/rotation.partial").exists());
    change(&mut case).unwrap();
    assert_eq!(change(&mut case).map_err(|error| error.code()), Ok(()), "a second time");
    case.close().unwrap();

    fs::create_dir(ground.at("case/rotation")).unwrap();
    assert_eq!(by_passphrase(&ground, NEW).err(), Some("rotation-waits"));
    by(&ground, Unlock::Passphrase(&passphrase(NEW)), Access::Write)
        .unwrap()
        .close()
        .unwrap();
    by_passphrase(&ground, NEW).unwrap();
}
