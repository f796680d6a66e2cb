//! Real key files in temporary folders: right and wrong keys, damage, tampering, rewriting.

#![allow(clippy::unwrap_used)]

mod crafted;
mod ways;

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

use super::*;

/// Keeps secrets in memory, where a test must not touch the keyring of whoever runs it.
#[derive(Default)]
struct DeskDrawer(Mutex<BTreeMap<[u8; 16], Vec<u8>>>);

impl Keyring for DeskDrawer {
    fn find(&self, case_id: &[u8; 16]) -> Result<Option<Key>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(case_id)
            .map(|secret| Key::take(&mut secret.clone()))
            .transpose()
    }

    fn put(&self, case_id: &[u8; 16], secret: &Key) -> Result<()> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(*case_id, secret.bytes().to_vec());
        Ok(())
    }

    fn remove(&self, case_id: &[u8; 16]) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(case_id);
        Ok(())
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn written(folder: &Path) -> (PathBuf, KeyFile) {
    let path = folder.join("case.keys");
    let mut file = KeyFile::generate(&path, &passphrase("tin whistle"), KdfProfile::for_tests()).unwrap();
    file.keyring = Arc::new(DeskDrawer::default());
    file.save().unwrap();
    (path, file)
}

fn open(path: &Path, text: &str) -> Result<KeyFile> {
    KeyFile::open(path, Unlock::Passphrase(&passphrase(text)))
}

fn code_of(opened: Result<KeyFile>) -> &'static str {
    opened.err().unwrap().code()
}

#[test]
fn the_passphrase_opens_and_derives_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (path, file) = written(folder.path());
    let again = open(&path, "tin whistle").unwrap();
    let (before, after) = (file.case_keys().unwrap(), again.case_keys().unwrap());
    assert_eq!(before.evidence.bytes(), after.evidence.bytes());
    assert_eq!(before.fingerprint.bytes(), after.fingerprint.bytes());
    assert_ne!(before.evidence.bytes(), before.derived.bytes());
}

#[test]
fn a_changed_passphrase_opens_and_the_former_one_only_until_then() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let before = file.case_keys().unwrap();
    file.change_passphrase(&passphrase("bone flute"), KdfProfile::for_tests())
        .unwrap();
    assert_eq!(file.epoch(), 2);
    assert!(file.previous_kept());
    let escape = open(&path, "tin whistle").unwrap();
    assert_eq!((escape.opened_by().file, escape.epoch()), (KeySource::Previous, 1));
    let mut again = open(&path, "bone flute").unwrap();
    assert_eq!(again.opened_by().file, KeySource::Present);
    assert_eq!(again.case_keys().unwrap().vault.bytes(), before.vault.bytes());
    again.settle(1).unwrap();
    assert_eq!(code_of(open(&path, "tin whistle")), "wrong-key");
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["case.keys"]);
}

#[test]
fn a_mistyped_new_passphrase_is_escaped_by_the_former_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    for next in ["bone flut", "bone flutw"] {
        file.change_passphrase(&passphrase(next), KdfProfile::for_tests())
            .unwrap();
    }
    let mistyped = fs::read(&path).unwrap();
    assert_eq!(code_of(open(&path, "bone flute")), "wrong-key");
    let mut escape = open(&path, "tin whistle").unwrap();
    escape.settle(1).unwrap();
    assert_eq!(escape.epoch(), 4, "beyond the file that did not open");
    let again = open(&path, "tin whistle").unwrap();
    assert_eq!((again.opened_by().file, again.epoch()), (KeySource::Present, 4));
    assert!(!again.previous_kept());
    assert!(Header::decode(&mistyped).unwrap().epoch < again.epoch());
}

#[test]
fn a_torn_key_file_is_escaped_by_the_former_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.change_passphrase(&passphrase("bone flute"), KdfProfile::for_tests())
        .unwrap();
    let new = fs::read(&path).unwrap();
    fs::write(&path, &new[..new.len() / 2]).unwrap();
    assert_eq!(code_of(open(&path, "bone flute")), "damaged");
    let mut escape = open(&path, "tin whistle").unwrap();
    escape.settle(1).unwrap();
    assert_eq!(open(&path, "tin whistle").unwrap().epoch(), 2);
}

#[test]
fn an_empty_passphrase_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.keys");
    let refused = KeyFile::generate(&path, &passphrase(""), KdfProfile::for_tests());
    assert_eq!(code_of(refused), "empty-passphrase");
    let (path, mut file) = written(folder.path());
    let sound = fs::read(&path).unwrap();
    let refused = file.change_passphrase(&passphrase(""), KdfProfile::for_tests());
    assert_eq!(refused.unwrap_err().code(), "empty-passphrase");
    assert_eq!(fs::read(&path).unwrap(), sound);
    assert!(!file.previous_kept());
}

#[test]
fn the_standard_profile_opens_what_it_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.keys");
    KeyFile::generate(&path, &passphrase("tin whistle"), KdfProfile::standard())
        .unwrap()
        .save()
        .unwrap();
    let file = open(&path, "tin whistle").unwrap();
    assert_eq!(file.slots()[0].profile, Some(KdfProfile::standard()));
}

/// How many wrong keys are tried; the long run of `cargo xtask torture` tries more.
fn rounds() -> usize {
    if std::env::var_os("FUSION_TORTURE").is_some() {
        200
    } else {
        20
    }
}

#[test]
fn wrong_keys_of_every_kind_open_nothing_and_are_told_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.add_recovery().unwrap();
    let colleague = age::x25519::Identity::generate().to_public().to_string();
    file.add_colleague(&colleague, "Ines").unwrap();
    file.settle(1).unwrap();
    let mut told = std::collections::BTreeSet::new();
    for round in 0..rounds() {
        use age::secrecy::ExposeSecret as _;
        let wrong = passphrase(&format!("tin whistle {round}"));
        let code = passphrase(&RecoveryCode::random().unwrap().text());
        let identity = passphrase(age::x25519::Identity::generate().to_string().expose_secret());
        for unlock in [
            Unlock::Passphrase(&wrong),
            Unlock::Recovery(&code),
            Unlock::Colleague(&identity),
        ] {
            let refused = KeyFile::open(&path, unlock).err().unwrap();
            told.insert((refused.code(), refused.to_string(), refused.hint()));
        }
    }
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told.first().unwrap().0, "wrong-key");
}
