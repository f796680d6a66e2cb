//! Key files that nobody wrote honestly: flipped, cut, moved, forged, and those of the first version.

use fusion_model::sha256;

use super::*;
use crate::keys::slot::{self, Binding};

/// Bytes before the first slot's parameters: magic, version, case id, epoch, fingerprint key, count, slot id, kind.
const PARAMETERS: usize = 8 + 2 + 16 + 8 + wrap::WRAPPED_LEN + 2 + 2 + 1;

fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let body = bytes.len() - 32;
    let checksum = sha256(&bytes[..body]);
    bytes[body..].copy_from_slice(&checksum);
    bytes
}

#[test]
fn every_flipped_byte_and_every_cut_of_the_key_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.add_recovery().unwrap();
    let colleague = age::x25519::Identity::generate().to_public().to_string();
    file.add_colleague(&colleague, "Ines").unwrap();
    let sound = fs::read(&path).unwrap();
    for index in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[index] ^= 0x01;
        assert_eq!(Header::decode(&bytes).unwrap_err().code(), "damaged", "byte {index}");
    }
    for length in 0..sound.len() {
        let cut = Header::decode(&sound[..length]).unwrap_err();
        assert_eq!(cut.code(), "damaged", "length {length}");
    }
}

/// The checksum stops accidents; against somebody who repairs it stand the wraps and the mac.
#[test]
fn every_flipped_byte_is_noticed_with_a_repaired_checksum_too() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let sound = fs::read(&path).unwrap();
    for index in 0..sound.len() - 32 {
        // More memory or passes would be tried honestly, at a price this test need not pay.
        if (PARAMETERS..PARAMETERS + 12).contains(&index) {
            continue;
        }
        let mut bytes = sound.clone();
        bytes[index] ^= 0x01;
        fs::write(&path, with_checksum(bytes)).unwrap();
        let code = code_of(open(&path, "tin whistle"));
        assert!(
            matches!(code, "damaged" | "wrong-key" | "newer-schema"),
            "byte {index}: {code}"
        );
    }
}

#[test]
fn slots_taken_out_turned_round_or_doubled_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.add_passphrase(&passphrase("glass harp"), "", KdfProfile::for_tests())
        .unwrap();
    file.settle(1).unwrap();
    let sound = fs::read(&path).unwrap();
    let forgeries: [fn(&mut Header); 5] = [
        |header| drop(header.slots.pop()),
        |header| header.slots.reverse(),
        |header| {
            let mut double = header.slots[0].clone();
            double.id = 40;
            header.slots.push(double);
        },
        |header| header.epoch += 1,
        |header| header.slots[0].label = "chief".to_owned(),
    ];
    for (number, forge) in forgeries.into_iter().enumerate() {
        let mut header = Header::decode(&sound).unwrap();
        forge(&mut header);
        fs::write(&path, header.encode(&Key::random().unwrap()).unwrap()).unwrap();
        let code = code_of(open(&path, "tin whistle"));
        assert!(matches!(code, "damaged" | "wrong-key"), "forgery {number}: {code}");
    }
    let mut header = Header::decode(&sound).unwrap();
    header.slots.push(header.slots[0].clone());
    let bytes = header.encode(&Key::random().unwrap()).unwrap();
    assert_eq!(Header::decode(&bytes).unwrap_err().code(), "damaged");
}

#[test]
fn a_slot_of_another_case_opens_nothing() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, file) = written(here.path());
    let (_, other) = written(there.path());
    let mut header = file.header.clone();
    header.slots = other.header.slots;
    fs::write(&path, header.encode(&file.master).unwrap()).unwrap();
    assert_eq!(code_of(open(&path, "tin whistle")), "wrong-key");
}

#[test]
fn parameters_at_the_limits_are_read_and_beyond_them_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    let sound = fs::read(&path).unwrap();
    let with = |offset: usize, value: u32| {
        let mut bytes = sound.clone();
        bytes[PARAMETERS + offset..PARAMETERS + offset + 4].copy_from_slice(&value.to_le_bytes());
        Header::decode(&with_checksum(bytes)).map_err(|error| error.code())
    };
    let rows = [(0, 8 * 1024, 1024 * 1024), (4, 1, 20), (8, 1, 16)];
    for (offset, least, most) in rows {
        for fine in [least, most] {
            with(offset, fine).unwrap();
        }
        for beyond in [0, least - 1, most + 1, u32::MAX] {
            assert_eq!(with(offset, beyond).unwrap_err(), "damaged", "{offset}: {beyond}");
        }
    }
}

#[test]
fn a_crafted_file_cannot_ask_for_more_work_than_one_slot_at_the_limits() {
    let folder = tempfile::tempdir().unwrap();
    let (_, file) = written(folder.path());
    let heavy = KdfProfile::new(1024 * 1024, 20, 4).unwrap();
    let mut header = file.header.clone();
    header.slots[0].opener = Opener::Passphrase(heavy);
    let bytes = header.encode(&file.master).unwrap();
    Header::decode(&bytes).unwrap();
    let mut second = header.slots[0].clone();
    second.id = 2;
    header.slots.push(second);
    assert_eq!(header.encode(&file.master).unwrap_err().code(), "conflict");

    // The same by hand: nine light slots, which no honest program writes either.
    let mut header = file.header.clone();
    while header.slots.len() <= header::MAX_GUESSABLE {
        let mut slot = header.slots[0].clone();
        slot.id += u16::try_from(header.slots.len()).unwrap();
        header.slots.push(slot);
    }
    let mut bytes = file.header.encode(&file.master).unwrap();
    bytes.truncate(PARAMETERS - 5);
    bytes.extend_from_slice(&u16::try_from(header.slots.len()).unwrap().to_le_bytes());
    header.slots.iter().for_each(|slot| slot.write(&mut bytes));
    bytes.extend_from_slice(&[0; 64]);
    let refused = Header::decode(&with_checksum(bytes)).unwrap_err();
    assert!(refused.to_string().contains("more work"), "{refused}");
}

#[test]
fn a_file_that_is_far_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = written(folder.path());
    fs::write(&path, vec![0; 65 * 1024]).unwrap();
    assert_eq!(code_of(open(&path, "tin whistle")), "damaged");
}

/// Writes a file as version 1 did: slots of `id, kind, parameters, salt, wrapped`.
fn first_version(file: &KeyFile, slots: &[Slot]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(header::MAGIC);
    out.extend_from_slice(&1u16.to_le_bytes());
    out.extend_from_slice(&file.header.case_id);
    out.extend_from_slice(&file.header.epoch.to_le_bytes());
    out.extend_from_slice(&file.header.fingerprint.to_bytes());
    out.extend_from_slice(&u16::try_from(slots.len()).unwrap().to_le_bytes());
    for slot in slots {
        let (memory, passes, lanes) = slot.opener.profile().map_or((0, 0, 0), |profile| profile.parameters());
        out.extend_from_slice(&slot.id.to_le_bytes());
        out.push(slot.opener.kind());
        for number in [memory, passes, lanes] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&slot.salt);
        out.extend_from_slice(&slot.wrapped.to_bytes());
    }
    let key = wrap::derive(&file.master, &file.header.case_id, "fusion key file v1").unwrap();
    let mac = keyed_digest(&key, &[&out]);
    out.extend_from_slice(&mac);
    out.extend_from_slice(&[0; 32]);
    with_checksum(out)
}

#[test]
fn a_file_of_the_first_version_opens_and_is_rewritten_as_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut file) = written(folder.path());
    file.remember().unwrap();
    let secret = file.keyring.fetch(&file.case_id()).unwrap();
    let mut slots = file.header.slots.clone();
    for slot in &mut slots {
        let by = match &slot.opener {
            Opener::Passphrase(profile) => profile.derive(&passphrase("tin whistle"), &slot.salt).unwrap(),
            _ => unlock::keyring_key(&secret, &slot.salt).unwrap(),
        };
        let case_id = file.case_id();
        let context = slot::context(Binding::First, &case_id, slot.id, &slot.opener, &slot.salt, "");
        slot.wrapped = Wrapped::seal(&file.master, &by, &context).unwrap();
    }
    file::drop_previous(&path).unwrap();
    fs::write(&path, first_version(&file, &slots)).unwrap();
    let keyring = Arc::clone(&file.keyring);
    let whistle = passphrase("tin whistle");
    let mut old = KeyFile::open_with(&path, Unlock::Passphrase(&whistle), Arc::clone(&keyring)).unwrap();
    KeyFile::open_with(&path, Unlock::Keyring, Arc::clone(&keyring)).unwrap();
    old.add_recovery().unwrap();
    old.settle(1).unwrap();
    assert_eq!(fs::read(&path).unwrap()[8..10], 2u16.to_le_bytes());
    open(&path, "tin whistle").unwrap();
    KeyFile::open_with(&path, Unlock::Keyring, keyring).unwrap();
}
