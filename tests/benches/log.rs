//! How long it takes to check a case with a long log: processor seconds of `verify` over many logged changes.
//!
//! `cargo bench -p fusion-tests --bench log -- [CHANGES]`. Every change is an operation and an event of custody. The case
//! lies in memory where the system has a place for that, since only making it waits for the disk.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::time::Instant;

use fusion_model::{RecordId, Timestamp, Verdict};
use fusion_store::{Access, Case, CaseFolder, KdfProfile, Machine, NewCase, Passphrase, Stamp, Unlock};

#[path = "../measure/mod.rs"]
mod measure;

fn main() {
    let changes = measure::argument(1_000_000);
    let shared = Path::new("/dev/shm");
    let folder = match shared.is_dir() {
        true => tempfile::tempdir_in(shared).unwrap(),
        false => tempfile::tempdir().unwrap(),
    };
    let (path, machine) = (folder.path().join("case"), Machine::at(folder.path().join("machine")));
    let passphrase = Passphrase::new("bench".to_owned());
    let new = NewCase {
        name: "Bench".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let case = CaseFolder::create_on(&path, &passphrase, new, Some(&machine)).unwrap();
    let stamp = Stamp {
        author: "bench".to_owned(),
        at: Timestamp(0),
    };
    let making = Instant::now();
    for number in 0..changes {
        let mut records = [[0u8; 16], [1u8; 16]];
        records[0][..8].copy_from_slice(&number.to_le_bytes());
        case.judge(
            (RecordId(records[0]), RecordId(records[1])),
            Verdict::Different,
            "two people",
            &stamp,
        )
        .unwrap();
        if number == changes / 10 && number > 0 {
            println!(
                "making: {:.0} changes/s",
                number as f64 / making.elapsed().as_secs_f64()
            );
        }
    }
    case.close().unwrap();
    println!("made {changes} changes in {:.0} s", making.elapsed().as_secs_f64());

    let opening = Instant::now();
    let case = Case::open_on(&path, Unlock::Passphrase(&passphrase), Access::Read, Some(&machine)).unwrap();
    println!("opened in {:.2} s", opening.elapsed().as_secs_f64());
    let (report, wall, cpu) = measure::timed(|| case.verify());
    assert!(report.is_sound(), "{:?}", report.first_bad());
    let events = report
        .checks
        .iter()
        .find(|check| check.name == "custody")
        .unwrap()
        .looked_at;
    assert!(events > changes, "{events} events");
    println!("verified {events} events in {wall:.2} s by the clock, {cpu:.2} s of the processor");
    measure::figure("verify-million-events-cpu-secs", cpu * 1_000_000.0 / events as f64);
}
