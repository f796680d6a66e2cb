//! Real key files in temporary folders: right and wrong keys, damage, tampering, rewriting.

#![allow(clippy::unwrap_used)]

use super::*;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn written(folder: &Path) -> (PathBuf, KeyFile) {
    let path = folder.join("case.keys");
    let file = KeyFile::generate(&path, &passphrase("tin whistle"), KdfProfile::for_tests()).unwrap();
    file.save().unwrap();
    (path, file)
}

#[test]
fn the_passphrase_opens_and_derives_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (path, file) = written(folder.path());
    let again = KeyFile::unlock(&path, &passphrase("tin whistle")).unwrap();
    let (before, after) = (file.case_keys().unwrap(), again.case_keys().unwrap());
    assert_eq!(before.evidence.bytes(), after.evidence.bytes());
    assert_eq!(before.fingerprint.bytes(), after.fingerprint.bytes());
    assert_ne!(before.evidence.bytes(), before.derived.bytes());
}

#[test]
fn every_flipped_byte_of_the_key_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let sound = fs::read(&path).unwrap();
    for index in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[index] ^= 0x01;
        assert_eq!(Header::decode(&bytes).unwrap_err().code(), "damaged", "byte {index}");
    }
    for length in 0..sound.len() {
        assert_eq!(
            Header::decode(&sound[..length]).unwrap_err().code(),
            "damaged",
            "length {length}"
        );
    }
}

#[test]
fn a_slot_taken_out_by_someone_who_repairs_the_checksum_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.add_keyring_slot(&Key::random().unwrap()).unwrap();
    let sound = fs::read(&path).unwrap();
    let mut header = Header::decode(&sound).unwrap();
    header.slots.pop();
    let forged = header.encode(&Key::random().unwrap()).unwrap();
    fs::write(&path, forged).unwrap();
    assert_eq!(
        KeyFile::unlock(&path, &passphrase("tin whistle")).err().unwrap().code(),
        "damaged"
    );
}

#[test]
fn a_changed_passphrase_opens_and_the_former_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let before = file.case_keys().unwrap();
    file.change_passphrase(&passphrase("bone flute"), KdfProfile::for_tests())
        .unwrap();
    assert_eq!(file.epoch(), 2);
    assert_eq!(
        KeyFile::unlock(&path, &passphrase("tin whistle")).err().unwrap().code(),
        "wrong-key"
    );
    let again = KeyFile::unlock(&path, &passphrase("bone flute")).unwrap();
    assert_eq!(again.case_keys().unwrap().vault.bytes(), before.vault.bytes());
    assert!(!path.with_extension("keys.new").exists());
}

#[test]
fn the_keyring_secret_opens_its_own_slot_only() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    let secret = Key::random().unwrap();
    file.add_keyring_slot(&secret).unwrap();
    assert_eq!(file.slots().len(), 2);
    let opened = KeyFile::unlock_by_secret(&path, &secret).unwrap();
    assert_eq!(
        opened.case_keys().unwrap().names.bytes(),
        file.case_keys().unwrap().names.bytes()
    );
    let stranger = KeyFile::unlock_by_secret(&path, &Key::random().unwrap());
    assert_eq!(stranger.err().unwrap().code(), "no-keyring");
    KeyFile::unlock(&path, &passphrase("tin whistle")).unwrap();
}

#[test]
fn a_case_that_was_never_remembered_asks_for_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    assert_eq!(KeyFile::unlock_by_keyring(&path).err().unwrap().code(), "no-keyring");
}

#[test]
fn an_empty_passphrase_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = KeyFile::generate(
        &folder.path().join("case.keys"),
        &passphrase(""),
        KdfProfile::for_tests(),
    );
    assert_eq!(refused.err().unwrap().code(), "empty-passphrase");
}

#[test]
fn the_standard_profile_opens_what_it_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.keys");
    KeyFile::generate(&path, &passphrase("tin whistle"), KdfProfile::standard())
        .unwrap()
        .save()
        .unwrap();
    let file = KeyFile::unlock(&path, &passphrase("tin whistle")).unwrap();
    assert_eq!(file.slots()[0].profile, Some(KdfProfile::standard()));
}

#[test]
fn a_crafted_file_cannot_ask_for_more_memory_than_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    // Magic, version, case id, epoch, fingerprint key, count, slot id, slot kind; then the memory in KiB.
    let at = 8 + 2 + 16 + 8 + wrap::WRAPPED_LEN + 2 + 2 + 1;
    assert_eq!(bytes[at..at + 4], (8u32 * 1024).to_le_bytes());
    bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let body = bytes.len() - 32;
    let checksum = fusion_model::sha256(&bytes[..body]);
    bytes[body..].copy_from_slice(&checksum);
    fs::write(&path, bytes).unwrap();
    assert_eq!(
        KeyFile::unlock(&path, &passphrase("tin whistle")).err().unwrap().code(),
        "damaged"
    );
}
