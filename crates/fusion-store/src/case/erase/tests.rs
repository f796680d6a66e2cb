//! Erasing one subject: read with the keys of the case, page by page, free pages included.

#![allow(clippy::unwrap_used)]

mod copies;

use std::fs;
use std::path::Path;

use aes::Aes256;
use aes::cipher::{BlockDecrypt, KeyInit};
use fusion_model::{EntityKind, RawRecord, RecordKey, SourceKind, Verdict, Warning, WarningCode};

use super::*;
use crate::secret::{Key, Passphrase};
use crate::{Access, CaseFolder, KdfProfile, Machine, NewCase, Secrets, SourceDraft, SourceTotals, Unlock};

const PAGE: usize = 4096;
/// Bytes at the end of a page: initialisation vector, authentication code, padding.
const RESERVED: usize = 80;

/// Words that stand in what is said of the subject, and nowhere else.
const MARKERS: &[&str] = &[
    "Quillfeather",
    "astrid.q@mail.example",
    "velvet-anchor-88",
    "her cousin said so",
    "the two Quills differ",
    "column shoe of row two",
];
const BYSTANDERS: &[&str] = &["Tobias Fenn", "fenn@mail.example", "he called twice"];

const CSV: &[u8] = b"name,email,password\nAstrid Quillfeather,astrid.q@mail.example,velvet-anchor-88\n\
Tobias Fenn,fenn@mail.example,other-word-99\nCarl Ode,ode@mail.example,third-word-77\n\
# exported for Astrid Quillfeather\n";

fn passphrase() -> Passphrase {
    Passphrase::new("seven tin boats".to_owned())
}

fn stamp() -> Stamp {
    Stamp {
        author: "analyst".to_owned(),
        at: Timestamp(1_700_000_000_000),
    }
}

fn create(path: &Path, machine: Option<&Machine>) -> Case {
    let new = NewCase {
        name: "Heron".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    CaseFolder::create_on(path, &passphrase(), new, machine).unwrap()
}

fn open(path: &Path, access: Access, machine: Option<&Machine>) -> Result<Case> {
    Case::open_on(path, Unlock::Passphrase(&passphrase()), access, machine)
}

fn draft(case: &Case, content: &[u8]) -> SourceDraft {
    SourceDraft {
        original: case.vault_add(&mut &content[..]).unwrap(),
        name: "people.csv".to_owned(),
        kind: SourceKind::Osint,
        format: "csv".to_owned(),
        grade: None,
        subject: None,
        acquired_at: Timestamp(5),
        secrets: Secrets::Keep,
        again: None,
        stamp: stamp(),
    }
}

fn person(line: u64, fields: &[&str]) -> Observation {
    let properties = [Property::Name, Property::Email, Property::Password];
    let statements = properties
        .into_iter()
        .zip(fields)
        .map(|(property, text)| RawStatement::new(property, *text, property.id()));
    let record = RawRecord {
        kind: EntityKind::Person,
        key: RecordKey::Native {
            namespace: "row".to_owned(),
            key: fields.concat(),
        },
        statements: statements.collect(),
    };
    Observation {
        locator: Locator::Line(line),
        records: vec![record],
        links: Vec::new(),
    }
}

/// Imports `content`, one observation for each of its lines with commas but the first.
fn import(case: &Case, content: &[u8], again: Option<&str>) -> Result<SourceId> {
    let mut writer = case.begin_import(SourceDraft {
        again: again.map(str::to_owned),
        ..draft(case, content)
    })?;
    for (line, text) in (1u64..).zip(std::str::from_utf8(content).unwrap().lines()) {
        if line > 1 && text.contains(',') {
            writer.push(person(line, &text.split(',').collect::<Vec<_>>())).unwrap();
        }
    }
    if content == CSV {
        let warned = Warning {
            code: WarningCode::UnknownField,
            locator: Locator::Line(2),
            message: "column shoe of row two".to_owned(),
        };
        writer.warn(warned).unwrap();
    }
    Ok(writer.finish(SourceTotals::default())?.source)
}

/// A case with three people, texts about two of them, and a cache that shows the subject.
fn filled(path: &Path, machine: Option<&Machine>) -> (Case, SourceId, Vec<ObservationId>) {
    let case = create(path, machine);
    let source = import(&case, CSV, None).unwrap();
    let evidence = case.evidence().unwrap();
    let records: Vec<RecordId> = evidence
        .observations
        .iter()
        .flat_map(|stored| records_of(stored.id, &stored.content).collect::<Vec<_>>())
        .collect();
    let note = |record, text: &str| Change::Note {
        record,
        text: text.to_owned(),
    };
    case.apply(&note(records[0], "her cousin said so"), &stamp()).unwrap();
    case.apply(&note(records[1], "he called twice"), &stamp()).unwrap();
    case.judge(
        (records[0], records[1]),
        Verdict::Different,
        "the two Quills differ",
        &stamp(),
    )
    .unwrap();
    show_in_cache(&case);
    (
        case,
        source,
        evidence.observations.iter().map(|stored| stored.id).collect(),
    )
}

fn show_in_cache(case: &Case) {
    let connection = case.derived.writer().unwrap();
    for marker in MARKERS.iter().chain(BYSTANDERS) {
        connection
            .execute("INSERT INTO search (title, body) VALUES (?1, ?1)", [marker])
            .unwrap();
    }
    database::checkpoint(&connection).unwrap();
}

/// Decrypts every page of a database file, whether in use or free.
fn pages(path: &Path, key: &Key) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    assert_eq!(bytes.len() % PAGE, 0);
    let cipher = Aes256::new(key.bytes().into());
    let mut plain = Vec::new();
    for (number, page) in bytes.chunks(PAGE).enumerate() {
        // The first page begins with the salt, which is not encrypted.
        let start = if number == 0 { 16 } else { 0 };
        let mut before = page[PAGE - RESERVED..PAGE - RESERVED + 16].to_vec();
        for block in page[start..PAGE - RESERVED].chunks(16) {
            let mut out = *aes::Block::from_slice(block);
            cipher.decrypt_block(&mut out);
            plain.extend(out.iter().zip(&before).map(|(byte, mask)| byte ^ mask));
            before = block.to_vec();
        }
    }
    plain
}

fn holds(bytes: &[u8], marker: &str) -> bool {
    bytes
        .windows(marker.len())
        .any(|window| window.eq_ignore_ascii_case(marker.as_bytes()))
}

/// Everything that the case holds, decrypted: both databases, their logs, the vault.
fn everything(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut found = vec![
        (
            "evidence".to_owned(),
            pages(&case.folder.evidence(), &case.keys.evidence),
        ),
        ("derived".to_owned(), pages(&case.folder.derived(), &case.keys.derived)),
    ];
    for log in ["evidence.db-wal", "derived.db-wal"] {
        let length = fs::metadata(case.folder.root().join(log)).map_or(0, |found| found.len());
        assert_eq!(length, 0, "{log} is not empty");
    }
    let rows = source::list(&case.connection()).unwrap();
    let named: Vec<VaultEntry> = rows.iter().filter_map(SourceRow::original).collect();
    assert_eq!(fs::read_dir(case.folder.vault()).unwrap().count(), named.len());
    for entry in named {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut case.vault().open(&entry).unwrap(), &mut bytes).unwrap();
        found.push(("vault".to_owned(), bytes));
    }
    found
}

fn where_found(case: &Case, marker: &str) -> Vec<String> {
    let found = everything(case).into_iter().filter(|(_, bytes)| holds(bytes, marker));
    found.map(|(place, _)| place).collect()
}

#[test]
fn after_erasing_a_subject_its_markers_are_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let (case, source, ids) = filled(&path, None);
    database::checkpoint(&case.connection()).unwrap();
    // Secrets are sealed and lie in the original only; everything else is found, so the search can find.
    for marker in MARKERS.iter().filter(|marker| **marker != "velvet-anchor-88") {
        assert!(where_found(&case, marker).contains(&"derived".to_owned()), "{marker}");
        assert!(where_found(&case, marker).contains(&"evidence".to_owned()), "{marker}");
    }
    assert!(where_found(&case, "velvet-anchor-88").contains(&"vault".to_owned()));
    let planned = case.plan_erasure(&[], &ids[..1]).unwrap();
    let plan = case
        .erase_observations(&ids[..1], "request of the subject", &stamp())
        .unwrap();
    assert_eq!(planned, plan);
    assert_eq!((plan.observation_count, plan.rewritten, plan.texts), (1, 1, 2));
    let nowhere = |case: &Case| {
        for marker in MARKERS {
            assert_eq!(where_found(case, marker), Vec::<String>::new(), "{marker}");
        }
        for marker in BYSTANDERS {
            assert!(where_found(case, marker).contains(&"evidence".to_owned()), "{marker}");
        }
        assert!(case.verify().is_sound(), "{:?}", case.verify());
    };
    nowhere(&case);
    case.close().unwrap();
    let case = open(&path, Access::Write, None).unwrap();
    nowhere(&case);
    let kept = String::from_utf8(case.vault_read(source).unwrap()).unwrap();
    assert_eq!(kept.len(), CSV.len());
    assert!(
        kept.contains("Tobias Fenn") && kept.contains("# exported for *"),
        "{kept}"
    );
    let evidence = case.evidence().unwrap();
    assert_eq!(evidence.observations.len(), 2);
    assert!(evidence.warnings.is_empty());
    let texts: Vec<String> = case
        .state()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.text.clone())
        .collect();
    assert_eq!(texts, ["he called twice"]);
}

#[test]
fn a_source_goes_whole_with_name_key_and_original() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let (case, source, ids) = filled(&path, None);
    import(&case, b"name,email\nCarl Ode,ode@mail.example\n", None).unwrap();
    case.withdraw(source, "about Quillfeather", &stamp()).unwrap();
    let plan = case.erase_source(source, "request of the subject", &stamp()).unwrap();
    assert_eq!((plan.sources.as_slice(), plan.observation_count), (&[source][..], 3));
    for marker in MARKERS.iter().chain(BYSTANDERS) {
        assert_eq!(where_found(&case, marker), Vec::<String>::new(), "{marker}");
    }
    assert!(where_found(&case, "ode@mail.example").contains(&"evidence".to_owned()));
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert_eq!(case.vault_read(source).unwrap_err().code(), "erased");
    let entry = case.source(source).unwrap().unwrap();
    assert_eq!((entry.live, entry.source.name.as_str()), (false, ""));
    assert!(case.observation(ids[0]).unwrap().is_none());
    assert_eq!(
        case.erase_source(source, "again", &stamp()).unwrap_err().code(),
        "missing"
    );
    case.close().unwrap();
    assert!(open(&path, Access::Read, None).unwrap().verify().is_sound());
}

#[test]
fn a_source_of_which_nothing_is_left_goes_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (case, source, ids) = filled(&folder.path().join("case"), None);
    case.erase_observations(&ids[..1], "first", &stamp()).unwrap();
    let plan = case.erase_observations(&ids, "the rest", &stamp()).unwrap();
    assert_eq!((plan.sources.as_slice(), plan.observation_count), (&[source][..], 2));
    assert!(case.verify().is_sound(), "{:?}", case.verify());
}

#[test]
fn a_text_about_a_record_that_others_speak_of_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (case, _, ids) = filled(&folder.path().join("case"), None);
    // The second source names the same person by the same key.
    import(
        &case,
        b"head\nAstrid Quillfeather,astrid.q@mail.example,velvet-anchor-88\nx,y\n",
        None,
    )
    .unwrap();
    let plan = case.erase_observations(&ids[..1], "one row only", &stamp()).unwrap();
    assert_eq!(plan.texts, 0);
    assert_eq!(case.state().unwrap().notes[0].text, "her cousin said so");
}

#[test]
fn an_erasure_is_final() {
    let folder = tempfile::tempdir().unwrap();
    let (case, source, ids) = filled(&folder.path().join("case"), None);
    for reason in ["", "  "] {
        assert_eq!(
            case.erase_observations(&ids[..1], reason, &stamp()).unwrap_err().code(),
            "conflict"
        );
    }
    case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    let logged = case.operations(0, usize::MAX).unwrap().pop().unwrap().operation;
    assert_eq!(logged.change.kind(), "erase");
    assert_eq!(case.retract(logged.id, &stamp()).unwrap_err().code(), "conflict");
    let undone = case.undo(&stamp()).unwrap().unwrap();
    assert_eq!(undone.change.kind(), "judge");
    assert!(case.observation(ids[0]).unwrap().is_none());
    assert_eq!(import(&case, CSV, None).unwrap_err().code(), "erased");
    assert_eq!(import(&case, CSV, Some(" ")).unwrap_err().code(), "erased");
    assert_eq!(import(&case, CSV, Some("a new court order")).unwrap(), source);
    assert!(case.observation(ids[0]).unwrap().is_some());
    assert_eq!(case.vault_read(source).unwrap(), CSV);
    let reasons = case.operations(0, usize::MAX).unwrap().into_iter().filter(
        |logged| matches!(&logged.operation.change, Change::Disclose { reason, .. } if reason == "a new court order"),
    );
    assert_eq!(reasons.count(), 1);
    assert!(case.verify().is_sound(), "{:?}", case.verify());
}

#[test]
fn an_older_copy_is_erased_before_anybody_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("case"), folder.path().join("copy"));
    let machine = Machine::at(folder.path().join("state"));
    let (case, source, ids) = filled(&path, Some(&machine));
    case.close().unwrap();
    copy_folder(&path, &copy);
    let case = open(&path, Access::Write, Some(&machine)).unwrap();
    case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    import(&case, CSV, Some("a new court order")).unwrap();
    case.close().unwrap();
    // The erasure was carried out here once; what came after it stays.
    let case = open(&path, Access::Write, Some(&machine)).unwrap();
    assert!(case.observation(ids[0]).unwrap().is_some());
    let refused = open(&copy, Access::Read, Some(&machine)).err().unwrap();
    assert_eq!(refused.code(), "erasure-waits");
    let case = open(&copy, Access::Write, Some(&machine)).unwrap();
    // It is behind what was seen here, so it waits for somebody to say that this is meant.
    assert_eq!(case.access(), Access::Read);
    case.acknowledge("taken from the safe", &stamp()).unwrap();
    for marker in MARKERS {
        assert_eq!(where_found(&case, marker), Vec::<String>::new(), "{marker}");
    }
    assert_eq!(case.source(source).unwrap().unwrap().observations, 3);
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    case.close().unwrap();
    assert!(open(&copy, Access::Read, Some(&machine)).unwrap().verify().is_sound());
}

#[test]
fn a_computer_that_meets_an_erased_case_remembers_the_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("case"), folder.path().join("copy"));
    let (case, _, ids) = filled(&path, None);
    case.close().unwrap();
    copy_folder(&path, &copy);
    let case = open(&path, Access::Write, None).unwrap();
    case.erase_observations(&ids[..1], "request", &stamp()).unwrap();
    case.close().unwrap();
    let machine = Machine::at(folder.path().join("state"));
    open(&path, Access::Write, Some(&machine)).unwrap().close().unwrap();
    let case = open(&copy, Access::Write, Some(&machine)).unwrap();
    assert!(case.observation(ids[0]).unwrap().is_none());
    let register = fs::read_dir(folder.path().join("state/erasures"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = fs::read(&register).unwrap();
    assert!(!bytes.windows(16).any(|window| window == ids[0].0));
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&register, bytes).unwrap();
    case.close().unwrap();
    assert_eq!(
        open(&copy, Access::Write, Some(&machine)).err().unwrap().code(),
        "conflict"
    );
}

#[test]
fn two_sources_may_keep_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let case = create(&folder.path().join("case"), None);
    let rest = "name\n%,x\nTobias Fenn,y\n";
    let sources: Vec<SourceId> = ["Ann Aa", "Bob Bb"]
        .map(|name| import(&case, rest.replace('%', name).as_bytes(), None).unwrap())
        .to_vec();
    for source in &sources {
        let place = ObservationId::new(*source, &Locator::Line(2));
        case.erase_observations(&[place], "request", &stamp()).unwrap();
    }
    assert_eq!(
        case.vault_read(sources[0]).unwrap(),
        case.vault_read(sources[1]).unwrap()
    );
    case.erase_source(sources[0], "request", &stamp()).unwrap();
    assert!(case.vault_read(sources[1]).is_ok());
    assert!(case.verify().is_sound(), "{:?}", case.verify());
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            fs::copy(&path, &place).unwrap();
        }
    }
}
