//! Builders shared by the tests: a case, an observation, a finished import.

use std::path::{Path, PathBuf};

use fusion_model::{
    EntityKind, Locator, Observation, Property, RawRecord, RawStatement, RecordKey, SourceKind, Timestamp, Warning,
    WarningCode,
};
use fusion_store::{
    Access, Case, CaseFolder, ImportOutcome, KdfProfile, NewCase, Passphrase, Result, Secrets, SourceDraft,
    SourceTotals, SourceWriter, Stamp,
};
use tempfile::TempDir;

pub const PASSPHRASE: &str = "nine paper lanterns";

pub struct Place {
    _folder: TempDir,
    pub path: PathBuf,
}

pub fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    Place { _folder: folder, path }
}

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

pub fn new_case() -> NewCase {
    NewCase {
        name: "Operation Kingfisher".to_owned(),
        region: "SE".to_owned(),
        created_at: Timestamp(1_700_000_000_000),
        profile: KdfProfile::for_tests(),
    }
}

pub fn create(path: &Path) -> Case {
    CaseFolder::create(path, &passphrase(PASSPHRASE), new_case()).unwrap()
}

pub fn try_open(path: &Path, access: Access) -> Result<Case> {
    Case::open(path, &passphrase(PASSPHRASE), access)
}

pub fn open(path: &Path) -> Case {
    try_open(path, Access::Write).unwrap()
}

pub fn stamp() -> Stamp {
    Stamp {
        author: "analyst".to_owned(),
        at: Timestamp(1_700_000_100_000),
    }
}

/// One person with a name, an e-mail address and a password, on line `line`.
pub fn person(line: u64, name: &str) -> Observation {
    let statements = vec![
        RawStatement::new(Property::Name, name, "name"),
        RawStatement::new(Property::Email, format!("p{line}@mail.example"), "email"),
        RawStatement::new(Property::Password, "velvet-anchor-88", "password"),
    ];
    let key = RecordKey::Native {
        namespace: "row".to_owned(),
        key: line.to_string(),
    };
    let record = RawRecord {
        kind: EntityKind::Person,
        key,
        statements,
    };
    Observation {
        locator: Locator::Line(line),
        records: vec![record],
        links: Vec::new(),
    }
}

pub fn draft(case: &Case, content: &[u8]) -> SourceDraft {
    SourceDraft {
        original: case.vault_add(&mut &content[..]).unwrap(),
        name: "people.csv".to_owned(),
        kind: SourceKind::Osint,
        format: "csv".to_owned(),
        grade: None,
        subject: None,
        acquired_at: Timestamp(1_700_000_050_000),
        secrets: Secrets::default(),
        again: None,
        stamp: stamp(),
    }
}

pub fn begin<'case>(case: &'case Case, content: &[u8]) -> SourceWriter<'case> {
    case.begin_import(draft(case, content)).unwrap()
}

pub fn totals() -> SourceTotals {
    SourceTotals {
        origin: "csv:people".to_owned(),
        subject: None,
        rows_read: 3,
        rows_negative: 1,
    }
}

/// Imports `content` as two people and one warning.
pub fn import(case: &Case, content: &[u8]) -> ImportOutcome {
    let mut writer = begin(case, content);
    writer.push(person(2, "Astrid Quill")).unwrap();
    writer.push(person(3, "Tobias Fenn")).unwrap();
    let message = "column \"shoe\" is unknown".to_owned();
    writer
        .warn(Warning {
            code: WarningCode::UnknownField,
            locator: Locator::Line(1),
            message,
        })
        .unwrap();
    writer.finish(totals()).unwrap()
}
