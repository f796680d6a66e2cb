//! Every way in: what adds it, what it opens, what may not be taken away.

use age::secrecy::ExposeSecret as _;

use super::*;

fn ids(file: &KeyFile, kind: SlotKind) -> Vec<u16> {
    let of_kind = file.slots().into_iter().filter(|slot| slot.kind == kind);
    of_kind.map(|slot| slot.id).collect()
}

fn same_keys(left: &KeyFile, right: &KeyFile) -> bool {
    left.case_keys().unwrap().vault.bytes() == right.case_keys().unwrap().vault.bytes()
}

#[test]
fn the_recovery_code_opens_and_a_new_one_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let first = passphrase(&file.add_recovery().unwrap().code);
    let opened = KeyFile::open(&path, Unlock::Recovery(&first)).unwrap();
    assert_eq!(opened.opened_by().kind, SlotKind::Recovery);
    assert!(same_keys(&opened, &file));
    let second = passphrase(&file.add_recovery().unwrap().code);
    assert_eq!(ids(&file, SlotKind::Recovery).len(), 1);
    file.settle(1).unwrap();
    assert_eq!(code_of(KeyFile::open(&path, Unlock::Recovery(&first))), "wrong-key");
    KeyFile::open(&path, Unlock::Recovery(&second)).unwrap();
}

#[test]
fn a_mistyped_recovery_code_is_told_before_any_key_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let code = file.add_recovery().unwrap().code;
    let typed = format!("U{}", &code[1..]);
    let refused = KeyFile::open(&path, Unlock::Recovery(&passphrase(&typed)))
        .err()
        .unwrap();
    assert_eq!(refused.code(), "conflict");
    assert_eq!(refused.to_string(), "the recovery code has a typing error in group 1");
}

#[test]
fn the_kit_and_its_code_make_a_new_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let recovery = file.add_recovery().unwrap();
    fs::remove_file(&path).unwrap();
    let printed = format!("Keep this page.\n\n{}\nThank you.\n", recovery.kit.to_uppercase());
    let kit = Kit::parse(&passphrase(&printed)).unwrap();
    let code = RecoveryCode::parse(&passphrase(&recovery.code)).unwrap();
    let next = passphrase("bone flute");
    let mut again = KeyFile::from_kit(&path, &kit, &code, &next, KdfProfile::for_tests()).unwrap();
    assert!(same_keys(&again, &file));
    assert_eq!(
        again.case_keys().unwrap().fingerprint.bytes(),
        file.case_keys().unwrap().fingerprint.bytes()
    );
    assert!(!path.exists(), "nothing is written before the evidence opened");
    again.settle(7).unwrap();
    assert_eq!(open(&path, "bone flute").unwrap().epoch(), 8);
    KeyFile::open(&path, Unlock::Recovery(&passphrase(&recovery.code))).unwrap();

    let other = RecoveryCode::random().unwrap();
    let refused = KeyFile::from_kit(&path, &kit, &other, &next, KdfProfile::for_tests());
    assert_eq!(code_of(refused), "wrong-key");
}

#[test]
fn a_kit_typed_wrong_names_its_line_and_a_forged_one_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut file) = written(folder.path());
    let recovery = file.add_recovery().unwrap();
    let lines: Vec<&str> = recovery.kit.lines().collect();
    assert_eq!(lines.len(), 12);
    for at in 1..11 {
        let digit = if lines[at].ends_with('7') { "8" } else { "7" };
        let typed = format!("{}{digit}", &lines[at][..lines[at].len() - 1]);
        let mut page: Vec<&str> = lines.clone();
        page[at] = &typed;
        let refused = Kit::parse(&passphrase(&page.join("\n"))).err().unwrap();
        assert_eq!(
            refused.to_string(),
            format!("the recovery kit has a typing error in line {at}")
        );
    }
    for (page, expected) in [
        (lines[..8].join("\n"), "the recovery kit is incomplete"),
        ("a letter".to_owned(), "there is no recovery kit in this file"),
        (
            lines.join("\n").replace("02 ", "03 "),
            "the recovery kit has a typing error in line 2",
        ),
    ] {
        let refused = Kit::parse(&passphrase(&page)).err().unwrap();
        assert_eq!(refused.to_string(), expected);
    }
    let mut kit = Kit::parse(&passphrase(&recovery.kit)).unwrap();
    kit.epoch += 1;
    let code = RecoveryCode::parse(&passphrase(&recovery.code)).unwrap();
    let refused = KeyFile::from_kit(
        &folder.path().join("x"),
        &kit,
        &code,
        &passphrase("bone flute"),
        KdfProfile::for_tests(),
    );
    assert_eq!(code_of(refused), "wrong-key");
}

#[test]
fn a_colleague_opens_with_the_private_key_and_nobody_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let colleague = age::x25519::Identity::generate();
    let recipient = colleague.to_public().to_string();
    file.add_colleague(&recipient, "Ines").unwrap();
    file.add_colleague(&format!(" {recipient}\n"), "Ines, laptop").unwrap();
    let slot = file.slots().pop().unwrap();
    assert_eq!(
        (slot.label.as_str(), slot.recipient.as_str()),
        ("Ines, laptop", recipient.as_str())
    );
    assert_eq!(ids(&file, SlotKind::Colleague), [slot.id]);
    let page = format!("# made today\n{}\n", colleague.to_string().expose_secret());
    let opened = KeyFile::open(&path, Unlock::Colleague(&passphrase(&page))).unwrap();
    assert!(same_keys(&opened, &file));
    for (given, expected) in [
        ("age1qqqq", "conflict"),
        ("", "conflict"),
        (
            age::x25519::Identity::generate().to_string().expose_secret(),
            "wrong-key",
        ),
    ] {
        assert_eq!(
            code_of(KeyFile::open(&path, Unlock::Colleague(&passphrase(given)))),
            expected
        );
    }
    assert_eq!(file.add_colleague("age1nobody", "").unwrap_err().code(), "conflict");
    assert_eq!(
        file.add_colleague(&recipient, &"x".repeat(65)).unwrap_err().code(),
        "conflict"
    );
    assert_eq!(
        file.add_colleague(&recipient, "a\u{7}b").unwrap_err().code(),
        "conflict"
    );
}

#[test]
fn the_keyring_opens_its_own_slot_only_and_is_never_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let keyring = Arc::clone(&file.keyring);
    let by_keyring = |keyring: Arc<dyn Keyring>| KeyFile::open_with(&path, Unlock::Keyring, keyring);
    assert_eq!(code_of(by_keyring(Arc::clone(&keyring))), "no-keyring");
    file.remember().unwrap();
    assert!(same_keys(&by_keyring(Arc::clone(&keyring)).unwrap(), &file));
    let reason = "this is the last way into the case";
    let id = ids(&file, SlotKind::Passphrase)[0];
    assert_eq!(file.remove_slot(id).unwrap_err().to_string(), reason);
    assert_eq!(file.slots()[0].kept_because, Some(reason));

    keyring.put(&file.case_id(), &Key::random().unwrap()).unwrap();
    assert_eq!(code_of(by_keyring(Arc::clone(&keyring))), "no-keyring");
    file.remember().unwrap();
    by_keyring(Arc::clone(&keyring)).unwrap();
    file.remove_slot(ids(&file, SlotKind::Keyring)[0]).unwrap();
    assert!(keyring.find(&file.case_id()).unwrap().is_none());
    file.settle(1).unwrap();
    assert_eq!(code_of(by_keyring(keyring)), "no-keyring");
}

#[test]
fn one_more_passphrase_opens_and_each_is_replaced_and_removed_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let profile = KdfProfile::for_tests();
    file.add_passphrase(&passphrase("glass harp"), "deputy", profile)
        .unwrap();
    file.replace_passphrase(&passphrase("glass harp"), &passphrase("water harp"), profile)
        .unwrap();
    assert_eq!(file.slots()[1].label, "deputy");
    file.settle(1).unwrap();
    for text in ["tin whistle", "water harp"] {
        assert!(same_keys(&open(&path, text).unwrap(), &file));
    }
    assert_eq!(code_of(open(&path, "glass harp")), "wrong-key");
    let refused = file.replace_passphrase(&passphrase("glass harp"), &passphrase("x"), profile);
    assert_eq!(refused.unwrap_err().code(), "wrong-key");
    file.remove_slot(ids(&file, SlotKind::Passphrase)[0]).unwrap();
    file.settle(1).unwrap();
    assert_eq!(code_of(open(&path, "tin whistle")), "wrong-key");
    assert_eq!(file.remove_slot(99).unwrap_err().code(), "missing");
}

#[test]
fn no_more_passphrases_are_taken_than_a_wrong_one_can_be_tried_on() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let profile = KdfProfile::for_tests();
    for number in 2..=header::MAX_GUESSABLE {
        file.add_passphrase(&passphrase(&number.to_string()), "", profile)
            .unwrap();
    }
    assert_eq!(
        file.add_passphrase(&passphrase("9"), "", profile).unwrap_err().code(),
        "conflict"
    );
    assert_eq!(file.slots().len(), header::MAX_GUESSABLE);
    open(&path, "8").unwrap();
}

#[test]
fn the_high_mode_needs_passphrase_and_keyring_together() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let (keyring, profile) = (Arc::clone(&file.keyring), KdfProfile::for_tests());
    let whistle = passphrase("tin whistle");
    let high = |file: &mut KeyFile, text: &str| file.set_mode(KeyMode::High, &passphrase(text), profile);
    let refused = high(&mut file, "tin whistle").unwrap_err();
    assert!(refused.to_string().contains("needs a recovery code first"), "{refused}");
    let code = passphrase(&file.add_recovery().unwrap().code);
    file.remember().unwrap();
    file.add_passphrase(&passphrase("glass harp"), "", profile).unwrap();
    assert_eq!(high(&mut file, "tin drum").unwrap_err().code(), "wrong-key");
    high(&mut file, "tin whistle").unwrap();
    file.settle(1).unwrap();

    let kinds: Vec<SlotKind> = file.slots().iter().map(|slot| slot.kind).collect();
    assert_eq!(kinds, [SlotKind::Recovery, SlotKind::TwoSecret]);
    let given = Unlock::Passphrase(&whistle);
    let opened = KeyFile::open_with(&path, given, Arc::clone(&keyring)).unwrap();
    assert_eq!(
        (opened.opened_by().kind, opened.mode()),
        (SlotKind::TwoSecret, KeyMode::High)
    );
    assert!(same_keys(&opened, &file));
    let elsewhere: Arc<dyn Keyring> = Arc::new(DeskDrawer::default());
    assert_eq!(
        code_of(KeyFile::open_with(&path, given, Arc::clone(&elsewhere))),
        "no-keyring"
    );
    elsewhere.put(&file.case_id(), &Key::random().unwrap()).unwrap();
    assert_eq!(code_of(KeyFile::open_with(&path, given, elsewhere)), "wrong-key");
    let wrong = passphrase("tin drum");
    let refused = KeyFile::open_with(&path, Unlock::Passphrase(&wrong), Arc::clone(&keyring));
    assert_eq!(code_of(refused), "wrong-key");
    KeyFile::open(&path, Unlock::Recovery(&code)).unwrap();

    for slot in file.slots() {
        assert_eq!(file.remove_slot(slot.id).unwrap_err().code(), "conflict");
    }
    assert_eq!(file.remember().unwrap_err().code(), "conflict");
    assert_eq!(file.forget().unwrap_err().code(), "conflict");
    file.change_passphrase(&passphrase("bone flute"), profile).unwrap();
    assert_eq!(file.mode(), KeyMode::High);

    file.set_mode(KeyMode::Standard, &passphrase("bone flute"), profile)
        .unwrap();
    file.settle(1).unwrap();
    assert!(same_keys(&open(&path, "bone flute").unwrap(), &file));
}

#[test]
fn a_keyring_that_does_not_answer_changes_nothing() {
    /// A session without a keyring.
    struct Shut;
    impl Keyring for Shut {
        fn find(&self, _: &[u8; 16]) -> Result<Option<Key>> {
            Err(Error::NoKeyring {
                why: "this session has none".to_owned(),
            })
        }
        fn put(&self, case_id: &[u8; 16], _: &Key) -> Result<()> {
            self.find(case_id).map(drop)
        }
        fn remove(&self, case_id: &[u8; 16]) -> Result<()> {
            self.find(case_id).map(drop)
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.add_recovery().unwrap();
    let sound = fs::read(&path).unwrap();
    file.keyring = Arc::new(Shut);
    let high = file.set_mode(KeyMode::High, &passphrase("tin whistle"), KdfProfile::for_tests());
    for refused in [file.remember(), high] {
        let refused = refused.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "no key in the system keyring: this session has none"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), sound);
    open(&path, "tin whistle").unwrap();
}

#[test]
fn a_new_master_key_opens_by_the_keyring_and_in_the_high_mode_too() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let (next, profile) = (passphrase("bone flute"), KdfProfile::for_tests());
    let keyring = Arc::clone(&file.keyring);
    let open = |unlock: Unlock<'_>| KeyFile::open_with(&path, unlock, Arc::clone(&keyring));
    let put = |renewed: &KeyFile| {
        fs::write(&path, renewed.encode().unwrap()).unwrap();
        file::drop_previous(&path).unwrap();
    };

    file.remember().unwrap();
    let renewed = file.renew(&next, profile).unwrap();
    assert!(renewed.recovery.is_none());
    put(&renewed.file);
    for unlock in [Unlock::Keyring, Unlock::Passphrase(&next)] {
        assert!(same_keys(&open(unlock).unwrap(), &renewed.file));
    }
    assert_eq!(
        code_of(open(Unlock::Passphrase(&passphrase("tin whistle")))),
        "wrong-key"
    );
    assert!(!same_keys(&renewed.file, &file));
    let fingerprint = |file: &KeyFile| *file.case_keys().unwrap().fingerprint.bytes();
    assert_eq!(fingerprint(&renewed.file), fingerprint(&file));
    assert!(renewed.file.epoch() > file.epoch());

    let mut file = renewed.file;
    let former = passphrase(&file.add_recovery().unwrap().code);
    file.set_mode(KeyMode::High, &next, profile).unwrap();
    let third = passphrase("glass harp");
    let renewed = file.renew(&third, profile).unwrap();
    put(&renewed.file);
    assert_eq!(renewed.file.mode(), KeyMode::High);
    assert!(same_keys(&open(Unlock::Passphrase(&third)).unwrap(), &renewed.file));
    let code = passphrase(&renewed.recovery.unwrap().code);
    assert!(same_keys(&open(Unlock::Recovery(&code)).unwrap(), &renewed.file));
    assert_eq!(code_of(open(Unlock::Recovery(&former))), "wrong-key");
    keyring.remove(&file.case_id()).unwrap();
    assert_eq!(code_of(open(Unlock::Passphrase(&third))), "no-keyring");
}
