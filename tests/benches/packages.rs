//! How fast a case becomes a sealed package, and a package a case: megabytes of the case a second.
//!
//! `cargo bench -p fusion-tests --bench packages -- [MEBIBYTES]`. The case holds originals that do not compress; the key
//! derivation is the cheapest there is, so that what is measured is the copying, hashing and sealing.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::io::{Cursor, Read};
use std::path::Path;

use fusion_model::{SourceKind, Timestamp};
use fusion_store::{
    Arrival, CaseFolder, KdfProfile, Machine, NewCase, PackOrder, PackageKey, Passphrase, Sealing, Secrets,
    SourceDraft, SourceTotals, Stamp, Unwatched, unpack,
};

#[path = "../measure/mod.rs"]
mod measure;

/// Bytes that no compressor shortens, the same for the same seed.
struct Noise(u64);

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for chunk in buffer.chunks_mut(8) {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            chunk.copy_from_slice(&self.0.to_le_bytes()[..chunk.len()]);
        }
        Ok(buffer.len())
    }
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| match entry.file_type().unwrap().is_dir() {
            true => size(&entry.path()),
            false => entry.metadata().unwrap().len(),
        })
        .sum()
}

fn main() {
    let mebibytes = measure::argument(512);
    let folder = tempfile::tempdir().unwrap();
    let machine = Machine::at(folder.path().join("machine"));
    let passphrase = Passphrase::new("bench".to_owned());
    let new = NewCase {
        name: "Bench".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let stamp = Stamp {
        author: "bench".to_owned(),
        at: Timestamp(0),
    };
    let path = folder.path().join("case");
    let case = CaseFolder::create_on(&path, &passphrase, new, Some(&machine)).unwrap();
    for part in 0..4u64 {
        let noise = Noise(0x1234_5678_9abc_def1 + part).take(mebibytes * 1024 * 1024 / 4);
        let draft = SourceDraft {
            original: case.vault_add(&mut Cursor::new(Vec::new()).chain(noise)).unwrap(),
            name: format!("part-{part}.bin"),
            kind: SourceKind::Osint,
            format: "csv".to_owned(),
            grade: None,
            subject: None,
            again: None,
            secrets: Secrets::default(),
            acquired_at: Timestamp(0),
            stamp: stamp.clone(),
        };
        case.begin_import(draft)
            .unwrap()
            .finish(SourceTotals::default())
            .unwrap();
    }
    let megabytes = size(&path) as f64 / 1e6;
    let file = folder.path().join("case.fusionpack");
    let identity = machine.identity().unwrap();
    let sealing = Sealing::Recipients(vec![identity.recipient()]);
    let order = PackOrder {
        sealing: &sealing,
        selection: None,
        reason: "a bench",
        stamp: &stamp,
    };
    let (_, packed, packed_cpu) = measure::timed(|| case.pack(&file, &order, &Unwatched).unwrap());
    println!("packed {megabytes:.0} MB in {packed:.2} s, {packed_cpu:.2} s of the processor");
    let arrival = Arrival {
        stamp: &stamp,
        machine: Some(&machine),
    };
    let target = folder.path().join("unpacked");
    let (_, unpacked, unpacked_cpu) = measure::timed(|| {
        unpack(
            (&file, PackageKey::Machine(&machine)),
            &target,
            (&passphrase, KdfProfile::for_tests()),
            arrival,
            &Unwatched,
        )
        .unwrap()
    });
    println!("unpacked it in {unpacked:.2} s, {unpacked_cpu:.2} s of the processor");
    measure::figure("pack-megabytes-a-second", megabytes / packed);
    measure::figure("unpack-megabytes-a-second", megabytes / unpacked);
}
