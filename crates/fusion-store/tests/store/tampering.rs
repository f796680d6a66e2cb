//! Whatever is changed behind a case's back is noticed, and what only looks like it is told apart.

use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::{RecordId, Verdict};
use fusion_store::{Access, Case, CaseFolder, Machine, Standing, Unlock, Verdict as Found};

use crate::builders::{PASSPHRASE, create, import, new_case, open, passphrase, place, stamp, try_open};

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x40;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_flipped_byte_of_the_key_file_is_damage() {
    let place = place();
    create(&place.path).close().unwrap();
    let keys = place.path.join("case.keys");
    let length = fs::metadata(&keys).unwrap().len() as usize;
    for at in (0..length).step_by(7) {
        flip(&keys, at);
        assert_eq!(
            try_open(&place.path, Access::Read).err().unwrap().code(),
            "damaged",
            "byte {at}"
        );
        flip(&keys, at);
    }
    try_open(&place.path, Access::Read).unwrap();
}

#[test]
fn a_flipped_byte_of_any_page_is_noticed() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    let evidence = place.path.join("evidence.db");
    let pages = fs::metadata(&evidence).unwrap().len() as usize / 4096;
    assert!(pages > 10);
    for page in 0..pages {
        flip(&evidence, page * 4096 + 1_000);
        let noticed = match try_open(&place.path, Access::Read) {
            Err(error) => error.code() == "damaged",
            Ok(case) => !case.verify().is_sound(),
        };
        assert!(noticed, "page {page}");
        flip(&evidence, page * 4096 + 1_000);
    }
    assert!(open(&place.path).verify().is_sound());
}

#[test]
fn a_missing_database_and_a_foreign_key_file_are_damage() {
    let (one, other) = (place(), place());
    create(&one.path).close().unwrap();
    create(&other.path).close().unwrap();
    fs::copy(other.path.join("case.keys"), one.path.join("case.keys")).unwrap();
    assert_eq!(try_open(&one.path, Access::Write).err().unwrap().code(), "damaged");
    fs::remove_file(other.path.join("evidence.db")).unwrap();
    assert_eq!(try_open(&other.path, Access::Write).err().unwrap().code(), "damaged");
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let place = place();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    fs::write(place.path.join("derived.db"), [7; 9_000]).unwrap();
    let case = open(&place.path);
    assert_eq!(case.derived_revision().unwrap(), None);
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
}

/// A case that has been worked on twice on one computer, with copies of it from in between.
struct Worked {
    _folder: tempfile::TempDir,
    case: PathBuf,
    /// As it was closed for the first time.
    older: PathBuf,
    /// As it lay there while it was open, its newest changes in the write-ahead log.
    unfolded: PathBuf,
    machine: Machine,
    other_machine: Machine,
}

fn judge(case: &Case, number: u8) {
    let records = (RecordId([number; 16]), RecordId([200; 16]));
    case.judge(records, Verdict::Same, "same picture", &stamp()).unwrap();
}

fn worked() -> Worked {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let machine = Machine::at(at("state"));
    let path = at("case");
    let case = CaseFolder::create_on(&path, &passphrase(PASSPHRASE), new_case(), Some(&machine)).unwrap();
    import(&case, b"first");
    judge(&case, 1);
    case.close().unwrap();
    copy(&path, &at("older"));
    let case = open_on(&path, Access::Write, &machine);
    import(&case, b"second");
    for number in 2..9 {
        judge(&case, number);
    }
    copy(&path, &at("unfolded"));
    case.close().unwrap();
    Worked {
        case: path,
        older: at("older"),
        unfolded: at("unfolded"),
        machine,
        other_machine: Machine::at(at("other")),
        _folder: folder,
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to.join("vault")).unwrap();
    for folder in ["", "vault"] {
        for entry in fs::read_dir(from.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let leave = ["case.lock", "case.lease", "evidence.db-shm", "derived.db-shm"];
            if entry.path().is_file() && !leave.iter().any(|name| entry.file_name() == *name) {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
}

fn try_open_on(path: &Path, access: Access, machine: &Machine) -> fusion_store::Result<Case> {
    Case::open_on(path, Unlock::Passphrase(&passphrase(PASSPHRASE)), access, Some(machine))
}

fn open_on(path: &Path, access: Access, machine: &Machine) -> Case {
    try_open_on(path, access, machine).unwrap()
}

/// What `fusion verify` comes to, and the first bad thing.
fn verified(path: &Path, machine: &Machine) -> (Found, String) {
    match try_open_on(path, Access::Read, machine) {
        Err(error) => {
            assert_eq!(error.code(), "damaged", "{error}");
            (Found::Damaged, error.to_string())
        }
        Ok(case) => {
            let report = case.verify();
            (report.verdict(), report.first_bad().unwrap_or_default().to_owned())
        }
    }
}

type Tampering = fn(&Worked);
/// Names the folder that is looked at.
type Looked = fn(&Worked) -> PathBuf;

fn log(worked: &Worked) -> PathBuf {
    worked.unfolded.join("evidence.db-wal")
}

#[test]
fn each_tampering_gets_its_verdict_and_a_name() {
    let rows: [(&str, Tampering, Looked, Found, &str); 11] = [
        ("nothing", |_| {}, |worked| worked.case.clone(), Found::Verified, ""),
        (
            "a state from before the case was closed, with its log",
            |worked| copy(&worked.unfolded, &worked.case),
            |worked| worked.case.clone(),
            Found::Damaged,
            "write-ahead log",
        ),
        (
            "a whole older folder",
            |worked| copy(&worked.older, &worked.case),
            |worked| worked.case.clone(),
            Found::Behind,
            "event 5 is missing",
        ),
        (
            "an older database",
            |worked| {
                fs::copy(worked.older.join("evidence.db"), worked.case.join("evidence.db")).unwrap();
            },
            |worked| worked.case.clone(),
            Found::Behind,
            "event 5 is missing",
        ),
        (
            "a missing write-ahead log",
            |worked| fs::remove_file(log(worked)).unwrap(),
            |worked| worked.unfolded.clone(),
            Found::Behind,
            "is missing",
        ),
        (
            "a write-ahead log cut in half",
            |worked| {
                let bytes = fs::read(log(worked)).unwrap();
                fs::write(log(worked), &bytes[..bytes.len() / 2]).unwrap();
            },
            |worked| worked.unfolded.clone(),
            Found::Behind,
            "is missing",
        ),
        (
            "a bit flipped in the write-ahead log",
            |worked| {
                let middle = fs::metadata(log(worked)).unwrap().len() as usize / 2;
                flip(&log(worked), middle);
            },
            |worked| worked.unfolded.clone(),
            Found::Behind,
            "is missing",
        ),
        (
            "a write-ahead log put beside a closed database",
            |worked| {
                fs::copy(log(worked), worked.case.join("evidence.db-wal")).unwrap();
            },
            |worked| worked.case.clone(),
            Found::Damaged,
            "write-ahead log",
        ),
        (
            "an original changed",
            |worked| {
                let mut originals = fs::read_dir(worked.case.join("vault")).unwrap();
                flip(&originals.next().unwrap().unwrap().path(), 20);
            },
            |worked| worked.case.clone(),
            Found::Damaged,
            "source",
        ),
        (
            "an original gone",
            |worked| {
                let mut originals = fs::read_dir(worked.case.join("vault")).unwrap();
                fs::remove_file(originals.next().unwrap().unwrap().path()).unwrap();
            },
            |worked| worked.case.clone(),
            Found::Damaged,
            "source",
        ),
        (
            "pages added at the end",
            |worked| {
                let evidence = worked.case.join("evidence.db");
                let mut bytes = fs::read(&evidence).unwrap();
                bytes.extend_from_within(bytes.len() - 4096..);
                fs::write(evidence, bytes).unwrap();
            },
            |worked| worked.case.clone(),
            Found::Damaged,
            "",
        ),
    ];
    for (name, tamper, place, verdict, named) in rows {
        let worked = worked();
        assert!(
            fs::metadata(log(&worked)).unwrap().len() > 8 * 4096,
            "the log is too short to cut"
        );
        tamper(&worked);
        let (found, first_bad) = verified(&place(&worked), &worked.machine);
        assert_eq!(found, verdict, "{name}: {first_bad}");
        assert!(first_bad.contains(named), "{name}: {first_bad}");
        assert_eq!(found == Found::Verified, first_bad.is_empty(), "{name}: {first_bad}");
        if found != Found::Verified {
            // Whoever asks to write gets to read, or is refused; nothing is written over the traces.
            match try_open_on(&place(&worked), Access::Write, &worked.machine) {
                Err(error) => assert_eq!(error.code(), "damaged", "{name}"),
                Ok(case) if case.standing().lets_write() => assert!(first_bad.starts_with("source"), "{name}"),
                Ok(case) => assert_eq!(case.access(), Access::Read, "{name}"),
            }
        }
    }
}

#[test]
fn every_older_page_that_is_put_back_is_noticed_and_named() {
    let worked = worked();
    let evidence = worked.case.join("evidence.db");
    let (older, newer) = (
        fs::read(worked.older.join("evidence.db")).unwrap(),
        fs::read(&evidence).unwrap(),
    );
    let changed: Vec<usize> = (0..older.len() / 4096)
        .filter(|page| older[page * 4096..][..4096] != newer[page * 4096..][..4096])
        .collect();
    assert!(changed.len() > 5, "{changed:?}");
    for page in changed {
        let mut bytes = newer.clone();
        bytes[page * 4096..][..4096].copy_from_slice(&older[page * 4096..][..4096]);
        fs::write(&evidence, bytes).unwrap();
        let (found, first_bad) = verified(&worked.case, &worked.machine);
        assert!(
            matches!(found, Found::Damaged | Found::Behind),
            "page {page}: {first_bad}"
        );
        assert!(!first_bad.is_empty(), "page {page}");
        let refused = try_open_on(&worked.case, Access::Write, &worked.machine).map(|case| case.access());
        assert!(
            !matches!(refused, Ok(Access::Write)),
            "page {page} was written over: {found:?} {first_bad}"
        );
    }
    fs::write(&evidence, newer).unwrap();
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Verified);
}

#[test]
fn an_older_copy_is_read_only_until_somebody_says_why_it_is_the_one_to_go_on_with() {
    let worked = worked();
    let newer = verified_head(&worked.case, &worked.machine);
    copy(&worked.older, &worked.case);
    let case = open_on(&worked.case, Access::Write, &worked.machine);
    assert_eq!((case.access(), case.standing().verdict()), (Access::Read, "behind"));
    let refused = case.judge((RecordId([7; 16]), RecordId([8; 16])), Verdict::Same, "", &stamp());
    assert_eq!(refused.unwrap_err().code(), "behind");
    drop(case);
    let reader = open_on(&worked.case, Access::Read, &worked.machine);
    assert_eq!(reader.acknowledge("why", &stamp()).unwrap_err().code(), "read-only");
    drop(reader);

    let case = open_on(&worked.case, Access::Write, &worked.machine);
    case.acknowledge("the disk broke, this is the backup", &stamp())
        .unwrap();
    assert_eq!(case.access(), Access::Write);
    judge(&case, 77);
    let events = case.custody().unwrap();
    let said = events.iter().find(|event| event.action == "acknowledge").unwrap();
    assert_eq!(said.object, newer.1);
    assert_eq!(
        (said.who.as_str(), said.reason.as_str()),
        ("analyst", "the disk broke, this is the backup")
    );
    assert_eq!(case.acknowledge("again", &stamp()).unwrap_err().code(), "conflict");
    case.close().unwrap();
    assert_eq!(
        verified(&worked.case, &worked.machine),
        (Found::Verified, String::new())
    );
}

fn verified_head(path: &Path, machine: &Machine) -> (u64, [u8; 32]) {
    let case = open_on(path, Access::Read, machine);
    assert_eq!(case.verify().verdict(), Found::Verified);
    case.head().unwrap()
}

#[test]
fn a_second_computer_a_copy_and_a_lost_memory_do_not_cry_wolf() {
    let worked = worked();
    // A second computer: unknown here, and writable as a copy of its own.
    let there = worked.case.with_file_name("there");
    copy(&worked.case, &there);
    assert_eq!(
        verified(&there, &worked.other_machine),
        (Found::Unverified, String::new())
    );
    let case = open_on(&there, Access::Write, &worked.other_machine);
    assert_eq!(case.access(), Access::Write);
    judge(&case, 50);
    case.close().unwrap();
    assert_eq!(verified(&there, &worked.other_machine).0, Found::Verified);
    // Carried back over an original that nobody has touched since: it goes on from what was seen here.
    copy(&there, &worked.case);
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Verified);
    let case = open_on(&worked.case, Access::Write, &worked.machine);
    judge(&case, 51);
    case.close().unwrap();
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Verified);
    // A lost memory: unknown, then known again.
    let memory = worked.case.with_file_name("state").join("heads");
    fs::remove_dir_all(&memory).unwrap();
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Unverified);
    open_on(&worked.case, Access::Write, &worked.machine).close().unwrap();
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Verified);
    // A garbled memory is told, and not believed.
    for entry in fs::read_dir(&memory).unwrap() {
        fs::write(entry.unwrap().path(), b"nonsense").unwrap();
    }
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Unverified);
    let case = open_on(&worked.case, Access::Read, &worked.machine);
    assert_eq!(case.standing(), Standing::MemoryGarbled);
}

#[test]
fn an_older_copy_that_was_worked_on_elsewhere_and_put_back_is_a_fork() {
    let worked = worked();
    let case = open_on(&worked.older, Access::Write, &worked.other_machine);
    for number in 100..120 {
        judge(&case, number);
    }
    case.close().unwrap();
    copy(&worked.older, &worked.case);
    let (found, first_bad) = verified(&worked.case, &worked.machine);
    assert_eq!(found, Found::Damaged);
    assert!(first_bad.contains("event 5 is not the one"), "{first_bad}");
    let case = open_on(&worked.case, Access::Write, &worked.machine);
    assert_eq!((case.access(), case.standing().verdict()), (Access::Read, "diverged"));
    assert_eq!(case.acknowledge("whatever", &stamp()).unwrap_err().code(), "conflict");
}

#[test]
fn a_stopped_program_and_a_reader_beside_a_writer_do_not_cry_wolf() {
    let worked = worked();
    // What lies there when a program is stopped: the memory was opened for writing, the log is not folded in.
    let writer = open_on(&worked.case, Access::Write, &worked.machine);
    judge(&writer, 60);
    let beside = open_on(&worked.case, Access::Read, &worked.machine);
    assert_eq!(beside.verify().verdict(), Found::Verified);
    let stopped = worked.case.with_file_name("stopped");
    copy(&worked.case, &stopped);
    assert_eq!(verified(&stopped, &worked.machine).0, Found::Verified);
    judge(&writer, 61);
    assert_eq!(beside.verify().verdict(), Found::Verified);
    drop((beside, writer));
    assert_eq!(verified(&worked.case, &worked.machine).0, Found::Verified);
}

#[test]
fn a_receipt_holds_without_the_case_and_against_it() {
    let worked = worked();
    let (sha256, now) = (fusion_model::sha256(b"a report"), stamp().at);
    let case = open_on(&worked.case, Access::Write, &worked.machine);
    case.log_export("html", &sha256, "court order", &stamp()).unwrap();
    let text = case.receipt("report.html", &sha256, 8, now).unwrap();
    let receipt = fusion_store::Receipt::read(&text).unwrap();
    assert_eq!(
        (receipt.sha256, receipt.size, receipt.file.as_str()),
        (sha256, 8, "report.html")
    );
    case.check_receipt(&receipt).unwrap();
    judge(&case, 90);
    case.check_receipt(&receipt).unwrap();
    assert_eq!(
        case.find_code(&fusion_store::head_code(&receipt.head)).unwrap(),
        Some(receipt.seq)
    );
    assert_eq!(case.find_code("0000-0000-0000-0000").unwrap(), None);
    assert_eq!(case.find_code("what").unwrap_err().code(), "conflict");
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        assert!(fusion_store::Receipt::read(&changed).is_err(), "byte {at}");
    }
    // Another case, and the same one from before the export.
    let older = open_on(&worked.older, Access::Read, &worked.machine);
    assert_eq!(older.check_receipt(&receipt).unwrap_err().code(), "damaged");
    let elsewhere = place();
    assert_eq!(
        create(&elsewhere.path).check_receipt(&receipt).unwrap_err().code(),
        "damaged"
    );
}
