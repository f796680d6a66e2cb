//! Tests that must reach behind the interface: schemas of other programs, rows changed by someone with the key.

#![allow(clippy::unwrap_used)]

use super::*;

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
        ("UPDATE operation SET author = 'somebody else'", "operations"),
        ("UPDATE free_text SET text = 'another reason'", "operations"),
        ("DELETE FROM operation WHERE counter = 1", "operations"),
    ];
    for (edit, check) in edits {
        let folder = tempfile::tempdir().unwrap();
        let case = create(folder.path());
        let stamp = crate::Stamp {
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
        ("cache_size", -262_144),
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
        stamp: crate::Stamp {
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
fn a_chain_of_custody_without_its_head_does_not_open() {
    for edit in [
        "DELETE FROM custody WHERE seq = 1",
        "UPDATE custody SET at = 0 WHERE seq = 2",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let case = with_rows(folder.path());
        case.connection().execute_batch(edit).unwrap();
        case.close().unwrap();
        let refused = Case::open(folder.path(), &passphrase(), Access::Write).unwrap_err();
        assert_eq!(refused.code(), "damaged", "{edit}");
    }
}
