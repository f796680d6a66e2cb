//! Tests that must reach behind the interface: schemas of other programs, rows changed by someone with the key.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::Verdict;

fn passphrase() -> Passphrase {
    Passphrase::new("seven tin boats".to_owned())
}

fn create(path: &Path) -> Case {
    let new = NewCase {
        name: "Heron".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    CaseFolder::create(path, &passphrase(), new).unwrap()
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(folder.path());
    case.connection().pragma_update(None, "user_version", 99).unwrap();
    case.close().unwrap();
    for access in [Access::Write, Access::Read] {
        let refused = Case::open(folder.path(), &passphrase(), access).err().unwrap();
        assert_eq!(refused.code(), "newer-schema");
    }
}

#[test]
fn an_older_schema_is_not_changed_by_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(folder.path());
    case.connection().pragma_update(None, "user_version", 0).unwrap();
    case.close().unwrap();
    let refused = Case::open(folder.path(), &passphrase(), Access::Read).err().unwrap();
    assert_eq!(refused.code(), "older-schema");
}

#[test]
fn rows_changed_by_someone_with_the_key_are_noticed() {
    let edits = [
        ("UPDATE custody SET action = 'nothing' WHERE seq = 1", "custody"),
        ("UPDATE custody SET clock = 'fine' WHERE seq = 2", "custody"),
        ("UPDATE custody SET instance = 0 WHERE seq = 2", "custody"),
        ("DELETE FROM custody WHERE seq = 1", "custody"),
        ("UPDATE operation SET author = 'somebody else'", "operations"),
        ("UPDATE free_text SET text = 'another reason'", "operations"),
        ("DELETE FROM operation WHERE counter = 1", "operations"),
    ];
    for (edit, check) in edits {
        let folder = tempfile::tempdir().unwrap();
        let case = create(folder.path());
        let stamp = Stamp {
            author: "analyst".to_owned(),
            at: Timestamp(1),
        };
        for number in [1, 2] {
            let record = fusion_model::RecordId([number; 16]);
            case.apply(
                &crate::Change::Note {
                    record,
                    text: "seen".to_owned(),
                },
                &stamp,
            )
            .unwrap();
        }
        assert!(case.verify().is_sound());
        case.connection().execute_batch(edit).unwrap();
        let report = case.verify();
        let first = report
            .checks
            .iter()
            .find(|check| check.first_bad.is_some())
            .map(|check| check.name);
        assert_eq!(first, Some(check), "{edit}");
    }
}

#[test]
fn the_settings_of_the_writer_are_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(folder.path());
    let rows = [
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("synchronous", 2),
        ("temp_store", 2),
        ("cache_size", -32_768),
        ("mmap_size", 0),
        ("secure_delete", 1),
    ];
    for (pragma, expected) in rows {
        let found: i64 = case
            .connection()
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .unwrap_or(0);
        assert_eq!(found, expected, "{pragma}");
    }
    let secure: String = case
        .connection()
        .query_row("PRAGMA cipher_memory_security", [], |row| row.get(0))
        .unwrap();
    assert_eq!(secure, "1");
}

/// Imports two rows, so that rows can be edited.
fn with_rows(path: &Path) -> Case {
    use fusion_model::{EntityKind, Locator, Observation, Property, RawRecord, RawStatement, RecordKey, SourceKind};
    let case = create(path);
    let draft = crate::SourceDraft {
        original: case.vault_add(&mut &b"two rows"[..]).unwrap(),
        name: "rows.txt".to_owned(),
        kind: SourceKind::Osint,
        format: "text".to_owned(),
        grade: None,
        subject: None,
        acquired_at: Timestamp(0),
        secrets: crate::Secrets::default(),
        again: None,
        stamp: Stamp {
            author: "analyst".to_owned(),
            at: Timestamp(1),
        },
    };
    let mut writer = case.begin_import(draft).unwrap();
    for line in [1, 2] {
        let statements = vec![RawStatement::new(Property::Name, "Astrid Quill", "name")];
        let record = RawRecord {
            kind: EntityKind::Person,
            key: RecordKey::Here,
            statements,
        };
        writer
            .push(Observation {
                locator: Locator::Line(line),
                records: vec![record],
                links: Vec::new(),
            })
            .unwrap();
    }
    writer.finish(crate::SourceTotals::default()).unwrap();
    case
}

#[test]
fn evidence_that_was_edited_lost_or_added_is_noticed() {
    let edits = [
        (
            "UPDATE observation SET packed = (SELECT packed FROM observation WHERE number = 1) WHERE number = 2",
            true,
        ),
        ("DELETE FROM observation WHERE number = 2", true),
        ("UPDATE observation SET leaf = zeroblob(32) WHERE number = 1", true),
        ("UPDATE source SET origin = 'another'", false),
        ("DELETE FROM observation_by_id WHERE number = 2", false),
        ("UPDATE observation_by_id SET number = 3 - number", false),
    ];
    for (edit, refused_when_read) in edits {
        let folder = tempfile::tempdir().unwrap();
        let case = with_rows(folder.path());
        assert!(case.verify().is_sound());
        case.connection().execute_batch(edit).unwrap();
        assert_eq!(
            case.evidence().is_err_and(|error| error.code() == "damaged"),
            refused_when_read,
            "{edit}"
        );
        let report = case.verify();
        let first = report
            .checks
            .iter()
            .find(|check| check.first_bad.is_some())
            .map(|check| check.name);
        assert_eq!(first, Some("observations"), "{edit}");
    }
}

#[test]
fn an_erased_row_keeps_its_commitment_and_the_case_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let case = with_rows(folder.path());
    case.connection()
        .execute_batch("UPDATE observation SET packed = x'', salt = x'' WHERE number = 1")
        .unwrap();
    assert!(case.verify().is_sound());
    assert_eq!(case.evidence().unwrap().observations.len(), 1);
}

#[test]
fn a_chain_of_custody_without_its_head_opens_for_reading_only_and_says_so() {
    for (edit, named) in [
        ("DELETE FROM custody WHERE seq = 1", "event 1"),
        ("UPDATE custody SET at = 0 WHERE seq = 2", "event 2"),
        ("UPDATE meta SET value = x'58' WHERE key = 'region'", "event 2"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let case = with_rows(folder.path());
        case.connection().execute_batch(edit).unwrap();
        case.close().unwrap();
        let case = Case::open(folder.path(), &passphrase(), Access::Write).unwrap();
        assert_eq!(
            (case.access(), case.standing().verdict()),
            (Access::Read, "damaged"),
            "{edit}"
        );
        let refused = case.start_instance("whatever", &analyst()).unwrap_err();
        assert_eq!(refused.code(), "damaged", "{edit}");
        assert!(refused.to_string().contains(named), "{edit}: {refused}");
        let written = case.connection().execute_batch("DELETE FROM custody");
        assert!(written.is_err(), "{edit}: the connection writes");
    }
}

fn analyst() -> Stamp {
    Stamp {
        author: "analyst".to_owned(),
        at: Timestamp(1),
    }
}

fn note(text: &str) -> crate::Change {
    crate::Change::Note {
        record: fusion_model::RecordId([1; 16]),
        text: text.to_owned(),
    }
}

/// A case of three notes that `machine` remembers.
fn remembered(path: &Path, machine: &Machine) {
    let new = NewCase {
        name: "Heron".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let case = CaseFolder::create_on(path, &passphrase(), new, Some(machine)).unwrap();
    for text in ["one", "two", "three"] {
        case.apply(&note(text), &analyst()).unwrap();
    }
    case.close().unwrap();
}

#[test]
fn whoever_holds_the_key_cannot_cut_or_rewrite_what_this_computer_has_seen() {
    // Each edit leaves a case that agrees with itself, or breaks exactly what is named.
    let edits = [
        (
            "the newest events cut, their operations, too",
            "DELETE FROM checkpoint; DELETE FROM signer; DELETE FROM custody WHERE seq > 3;
             DELETE FROM free_text WHERE counter > 2; DELETE FROM operation WHERE counter > 2",
            "behind",
            "event 4",
        ),
        (
            "an event cut that a head was signed over",
            "DELETE FROM custody WHERE seq = (SELECT max(seq) FROM custody)",
            "damaged",
            "event 5",
        ),
        (
            "an operation cut, its event kept",
            "DELETE FROM free_text WHERE counter = 3; DELETE FROM operation WHERE counter = 3",
            "damaged",
            "witnessed by event 4",
        ),
        (
            "a signed head exchanged",
            "UPDATE checkpoint SET note = replace(note, 'A', 'B')",
            "damaged",
            "signed head",
        ),
        (
            "a signer added",
            "INSERT INTO signer (key, seq) VALUES (zeroblob(32), 2)",
            "damaged",
            "event 2 enrolled no such signer",
        ),
        (
            "a signer exchanged",
            "UPDATE signer SET key = zeroblob(32)",
            "damaged",
            "enrolled no such signer",
        ),
        (
            "a name changed",
            "UPDATE meta SET value = x'58' WHERE key = 'name'",
            "damaged",
            "settings",
        ),
        (
            "an older number of this copy",
            "UPDATE meta SET value = zeroblob(8) WHERE key = 'instance'",
            "damaged",
            "settings",
        ),
    ];
    for (name, edit, verdict, named) in edits {
        let (folder, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let machine = Machine::at(state.path());
        remembered(folder.path(), &machine);
        let key = Unlock::Passphrase;
        let passphrase = passphrase();
        let case = Case::open_on(folder.path(), key(&passphrase), Access::Read, Some(&machine)).unwrap();
        assert_eq!(case.verify().verdict().id(), "verified", "{name}: {:?}", case.verify());
        drop(case);
        // By another program that holds the key.
        let keys = KeyFile::open(&CaseFolder::at(folder.path()).keys(), key(&passphrase)).unwrap();
        let evidence = CaseFolder::at(folder.path()).evidence();
        let connection = database::open(&evidence, &keys.case_keys().unwrap().evidence, Purpose::Write).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        connection.execute_batch(edit).unwrap();
        drop(connection);
        let case = Case::open_on(folder.path(), key(&passphrase), Access::Read, Some(&machine)).unwrap();
        let report = case.verify();
        // The pages differ from how the case was closed here, too; what is asked for is what the history itself tells.
        let told: Vec<&str> = report
            .checks
            .iter()
            .filter(|check| check.name != "closing")
            .filter_map(|check| check.first_bad.as_deref())
            .collect();
        assert_eq!(report.verdict().id(), verdict, "{name}: {told:?}");
        assert!(told.iter().any(|text| text.contains(named)), "{name}: {told:?}");
    }
}

#[test]
fn tags_of_pages_that_were_removed_are_missed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, machine) = (folder.path().join("case"), Machine::at(folder.path().join("state")));
    remembered(&path, &machine);
    let open = |access| Case::open_on(&path, Unlock::Passphrase(&passphrase()), access, Some(&machine)).unwrap();
    let case = open(Access::Read);
    assert_eq!(
        (case.verify().verdict(), case.pages_unseen()),
        (Verdict::Verified, None)
    );
    case.close().unwrap();
    let heads = std::fs::read_dir(folder.path().join("state/heads")).unwrap();
    let tags = heads.map(|entry| entry.unwrap().path());
    let tags: Vec<_> = tags
        .filter(|path| path.extension().is_some_and(|ending| ending == "pages"))
        .collect();
    assert_eq!(tags.len(), 1);
    for garbled in [true, false] {
        if garbled {
            std::fs::write(&tags[0], [7; 800]).unwrap();
        } else {
            std::fs::remove_file(&tags[0]).unwrap();
        }
        let case = open(Access::Read);
        let report = case.verify();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!(report.verdict(), Verdict::Unverified);
        assert!(report.unseen().unwrap().contains("missing"));
        let closing = report.checks.iter().find(|check| check.name == "closing").unwrap();
        assert_eq!(closing.looked_at, 0);
    }
    // Going on without is recorded; closing leaves tags to compare with again.
    let case = open(Access::Write);
    assert_eq!(case.access(), Access::Write);
    case.close().unwrap();
    let case = open(Access::Read);
    assert_eq!(case.verify().verdict(), Verdict::Verified);
    let events = case.custody().unwrap();
    assert_eq!(
        events
            .iter()
            .filter(|event| event.action == "pages-not-compared")
            .count(),
        1
    );
}

#[test]
fn a_long_history_gets_signed_heads_on_the_way_and_is_checked_in_one_pass() {
    let torture = std::env::var_os("FUSION_TORTURE").is_some_and(|value| value == "1");
    let batches = if torture { 1_000 } else { 3 };
    let (folder, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let machine = Machine::at(state.path());
    remembered(folder.path(), &machine);
    let passphrase = passphrase();
    let case = Case::open_on(
        folder.path(),
        Unlock::Passphrase(&passphrase),
        Access::Write,
        Some(&machine),
    )
    .unwrap();
    for _ in 0..batches {
        case.transact(|connection| {
            (0..1_000).try_for_each(|_| {
                let event = Event::new("backup").about("copy", &[7; 16]);
                case.witness(connection, &event.by("analyst", "a thousand times"))
            })
        })
        .unwrap();
    }
    case.close().unwrap();
    let case = Case::open_on(
        folder.path(),
        Unlock::Passphrase(&passphrase),
        Access::Read,
        Some(&machine),
    )
    .unwrap();
    assert!(
        case.checkpoints().unwrap() >= batches,
        "{}",
        case.checkpoints().unwrap()
    );
    let began = std::time::Instant::now();
    let report = case.verify();
    assert_eq!(report.verdict().id(), "verified", "{:?}", report.first_bad());
    assert!(report.checks.iter().any(|check| check.looked_at >= batches * 1_000));
    // A figure for people; speed is not asserted here.
    #[allow(clippy::print_stdout)]
    {
        println!("{} events verified in {:?}", batches * 1_000, began.elapsed());
    }
}

/// Clocks that a test sets; time since the start grows by a second at each reading.
#[derive(Debug, Default)]
struct SetClocks(std::sync::atomic::AtomicI64, AtomicU64);

impl crate::Clocks for SetClocks {
    fn read(&self) -> crate::ClockReading {
        crate::ClockReading {
            wall: Timestamp(self.0.load(Ordering::SeqCst)),
            since_start_ms: self.1.fetch_add(1_000, Ordering::SeqCst),
            start: [7; 16],
            remark: "",
        }
    }
}

#[test]
fn clocks_that_jump_change_neither_order_nor_verdict_and_are_noted() {
    const YEARS: i64 = 3650 * 86_400_000;
    const NOW: i64 = 1_800_000_000_000;
    let (folder, state) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let clocks = Arc::new(SetClocks::default());
    clocks.0.store(NOW, Ordering::SeqCst);
    let machine = Machine::at(state.path())
        .with_clocks(clocks.clone())
        .with_tool("test 1");
    remembered(folder.path(), &machine);
    let passphrase = passphrase();
    let case = Case::open_on(
        folder.path(),
        Unlock::Passphrase(&passphrase),
        Access::Write,
        Some(&machine),
    )
    .unwrap();
    for (at, wall) in [NOW - YEARS, NOW + YEARS, NOW, NOW - 3_600_000, NOW]
        .into_iter()
        .enumerate()
    {
        clocks.0.store(wall, Ordering::SeqCst);
        case.apply(&note(&format!("after jump {at}")), &analyst()).unwrap();
    }
    let events = case.custody().unwrap();
    let jumps: Vec<&str> = events
        .iter()
        .filter(|event| event.action == "clock-jump")
        .map(|event| event.clock.as_str())
        .collect();
    assert_eq!(
        jumps,
        [
            "stepped back",
            "jumped ahead",
            "stepped back",
            "stepped back",
            "jumped ahead"
        ]
    );
    assert!(events.iter().zip(1..).all(|(event, seq)| event.seq == seq));
    assert!(events.iter().all(|event| event.tool == "test 1"));
    let texts: Vec<String> = case
        .state()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    assert_eq!(
        texts[3..],
        (0..5).map(|at| format!("after jump {at}")).collect::<Vec<_>>()
    );
    assert!(case.verify().is_sound());
}

#[test]
fn another_copy_begins_on_the_record_and_gets_a_chain_of_operations_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(folder.path());
    let stamp = Stamp {
        author: "analyst".to_owned(),
        at: Timestamp(1),
    };
    let record = fusion_model::RecordId([1; 16]);
    let note = crate::Change::Note {
        record,
        text: "seen".to_owned(),
    };
    let first = case.apply(&note, &stamp).unwrap();
    case.start_instance("restored from a backup", &stamp).unwrap();
    let second = case.apply(&note, &stamp).unwrap();
    assert_ne!(first.instance, second.instance);
    assert_eq!((first.counter, second.counter), (1, 1));
    let events = case.custody().unwrap();
    let began = &events[2];
    assert_eq!(
        (began.action.as_str(), began.about.as_str()),
        ("start-instance", "instance")
    );
    assert_eq!(
        (began.who.as_str(), began.reason.as_str()),
        ("analyst", "restored from a backup")
    );
    assert_eq!(began.object, second.instance.to_le_bytes());
    assert!(case.verify().is_sound());
    drop(case);
    let case = Case::open(folder.path(), &passphrase(), Access::Write).unwrap();
    assert_eq!(case.apply(&note, &stamp).unwrap().instance, second.instance);
}

#[test]
fn an_event_of_an_older_program_stays_part_of_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(folder.path());
    let mut hasher = fusion_model::ContentHasher::new("custody");
    hasher.part(&[]).number(1).part(&7i64.to_le_bytes()).text("create");
    let digest = hasher.part(&[1; 16]).part(&[]).part(&[]).finish();
    case.connection()
        .execute_batch("DELETE FROM custody_text; DELETE FROM custody")
        .unwrap();
    case.connection()
        .execute(
            "INSERT INTO custody (seq, previous, at, action, object, before, after, digest)
             VALUES (1, x'', 7, 'create', ?1, x'', x'', ?2)",
            rusqlite::params![[1u8; 16], digest],
        )
        .unwrap();
    let stamp = Stamp {
        author: "analyst".to_owned(),
        at: Timestamp(1),
    };
    case.start_instance("brought up to date", &stamp).unwrap();
    assert!(case.verify().is_sound());
    let events = case.custody().unwrap();
    assert_eq!(
        (events[0].tool.as_str(), events[1].tool.as_str()),
        ("", tables::custody::TOOL)
    );
    case.connection()
        .execute_batch("UPDATE custody SET tool = 'another' WHERE seq = 1")
        .unwrap();
    assert!(!case.verify().is_sound());
}
