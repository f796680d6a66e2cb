//! What lies in the memory of a running program, read from outside as an administrator could; and the keys of a case,
//! derived by a second reader of the documented key file.
//!
//! The reader has to be the only one who knows the words it looks for: a test makes them up at run time.

#![allow(clippy::unwrap_used, dead_code)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf;

/// What is read at once.
const PIECE: u64 = 1 << 20;
/// No word or key that is looked for is longer.
const LONGEST: usize = 128;

/// What is looked for in memory, by name.
pub type Needles = BTreeMap<String, Vec<u8>>;

/// Names what of `needles` lies anywhere in the memory of a process, each with one place.
///
/// Fails when the process is gone or this user may not look into it.
pub fn held(process: u32, needles: &Needles) -> io::Result<BTreeMap<String, String>> {
    let process = Path::new("/proc").join(process.to_string());
    let mut memory = File::open(process.join("mem"))?;
    let mut pages = File::open(process.join("pagemap"))?;
    let mut found = BTreeMap::new();
    let mut looked_at = 0u64;
    for line in fs::read_to_string(process.join("maps"))?.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        let place = fields.nth(3).unwrap_or("anonymous");
        if !rights.starts_with('r') || place.starts_with("[v") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (
            u64::from_str_radix(from, 16).unwrap(),
            u64::from_str_radix(to, 16).unwrap(),
        );
        let mut bytes = Vec::new();
        for start in (from..to).step_by(PIECE as usize) {
            let length = PIECE.min(to - start);
            if !is_in_use(&mut pages, start, length) {
                bytes.clear();
                continue;
            }
            // What lies across two pieces is found in the second.
            bytes.drain(..bytes.len().saturating_sub(LONGEST));
            let kept = bytes.len();
            memory.seek(SeekFrom::Start(start))?;
            // A page that was given back meanwhile ends the piece early.
            let _ = (&memory).take(length).read_to_end(&mut bytes);
            looked_at += (bytes.len() - kept) as u64;
            search(&bytes, needles, |name, at| {
                found.insert(
                    name.to_owned(),
                    format!("{place} at {:x}", start + at as u64 - kept as u64),
                );
            });
        }
    }
    if looked_at < 1_000_000 {
        return Err(io::Error::other(format!("only {looked_at} bytes could be read")));
    }
    Ok(found)
}

/// Tells whether any page of a range was ever written to; a web view reserves far more than it uses.
fn is_in_use(pages: &mut File, start: u64, length: u64) -> bool {
    const PAGE: u64 = 4096;
    const PRESENT_OR_SWAPPED: u64 = 0b11 << 62;
    let mut entries = Vec::new();
    let read = pages
        .seek(SeekFrom::Start(start / PAGE * 8))
        .and_then(|_| pages.take(length.div_ceil(PAGE) * 8).read_to_end(&mut entries));
    let in_use = |entry: &[u8]| u64::from_le_bytes(entry.try_into().unwrap()) & PRESENT_OR_SWAPPED != 0;
    // What cannot be told is looked at.
    read.is_err() || entries.is_empty() || entries.chunks_exact(8).any(in_use)
}

/// Calls back with each place of each needle.
pub fn search(bytes: &[u8], needles: &Needles, mut found: impl FnMut(&str, usize)) {
    let mut by_start: BTreeMap<[u8; 2], Vec<(&str, &[u8])>> = BTreeMap::new();
    let mut may_start = vec![false; 65_536];
    for (name, needle) in needles {
        let start = [needle[0], needle[1]];
        may_start[usize::from(u16::from_be_bytes(start))] = true;
        by_start.entry(start).or_default().push((name, needle));
    }
    for (at, start) in bytes.windows(2).enumerate() {
        let start = [start[0], start[1]];
        if may_start[usize::from(u16::from_be_bytes(start))] {
            for (name, needle) in &by_start[&start] {
                if bytes[at..].starts_with(needle) {
                    found(name, at);
                }
            }
        }
    }
}

/// Opens the key file as its documentation describes it, and derives every key of the case.
pub fn keys_of(path: &Path, passphrase: &str) -> Needles {
    let bytes = fs::read(path).unwrap();
    let (case_id, fingerprint) = (&bytes[10..26], &bytes[34..94]);
    let slot = &bytes[96..];
    let number = |at: usize| u32::from_le_bytes(slot[at..at + 4].try_into().unwrap());
    let (memory, passes, lanes, salt) = (number(3), number(7), number(11), &slot[15..31]);
    assert_eq!(
        (slot[2], &slot[31..33]),
        (1, &[2, 0][..]),
        "the first slot is not a passphrase"
    );
    // Label, recipient and envelope are empty: three lengths of nought.
    let (parts, wrapped) = (&slot[33..39], &slot[39..99]);
    assert_eq!(parts, [0; 6]);
    let mut wrapping = [0; 32];
    let params = argon2::Params::new(memory, passes, lanes, Some(32)).unwrap();
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut wrapping)
        .unwrap();
    let context = [&bytes[..10], case_id, &slot[..31], parts].concat();
    let master = opened(&wrapping, &context, wrapped);
    let mut keys = Needles::from([
        ("wrapping".to_owned(), wrapping.to_vec()),
        (
            "fingerprint".to_owned(),
            opened(&master, b"fusion fingerprint key v1", fingerprint),
        ),
    ]);
    for (name, label) in [
        ("evidence", "fusion evidence.db v1"),
        ("derived", "fusion derived.db v1"),
        ("vault", "fusion vault v1"),
        ("names", "fusion vault names v1"),
    ] {
        let mut key = vec![0; 32];
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, case_id).extract(&master);
        let info = [label.as_bytes()];
        root.expand(&info, hkdf::HKDF_SHA256).unwrap().fill(&mut key).unwrap();
        keys.insert(name.to_owned(), key);
    }
    keys.insert("master".to_owned(), master);
    keys
}

fn opened(key: &[u8], context: &[u8], wrapped: &[u8]) -> Vec<u8> {
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap());
    let nonce = Nonce::try_assume_unique_for_key(&wrapped[..12]).unwrap();
    let mut buffer = wrapped[12..].to_vec();
    cipher
        .open_in_place(nonce, Aad::from(context), &mut buffer)
        .unwrap()
        .to_vec()
}
