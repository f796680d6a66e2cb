//! Backups: what comes back is what was backed up, whatever is done to the folder in between.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use fusion_model::{RecordId, Timestamp};
use fusion_store::{
    Access, Arrival, BackupEntry, BackupState, Case, CaseFolder, Change, Error, KdfProfile, Kept, Machine, NewCase,
    Passphrase, Stamp, Unlock, Unwatched, Watch, restore,
};
use tempfile::TempDir;

use crate::builders::{PASSPHRASE, import, passphrase, stamp};

const DAY: i64 = 24 * 60 * 60 * 1000;

pub struct Ground {
    pub folder: TempDir,
    pub machine: Machine,
}

impl Ground {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::at(folder.path().join("state"));
        Self { folder, machine }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A case with two sources, a judgement and a note.
    pub fn case(&self, name: &str) -> Case {
        let new = NewCase {
            name: "Operation Kingfisher".to_owned(),
            region: "SE".to_owned(),
            created_at: Timestamp(1_700_000_000_000),
            profile: KdfProfile::for_tests(),
        };
        let case = CaseFolder::create_on(self.at(name), &passphrase(PASSPHRASE), new, Some(&self.machine)).unwrap();
        import(&case, b"two people");
        import(&case, b"two people, seen again");
        note(&case, "seen at the pier");
        case
    }

    pub fn open(&self, name: &str, access: Access) -> Case {
        let key = passphrase(PASSPHRASE);
        Case::open_on(self.at(name), Unlock::Passphrase(&key), access, Some(&self.machine)).unwrap()
    }

    fn restore(&self, backup: &BackupEntry, key: &Passphrase, name: &str, watch: &dyn Watch) -> Result<(), Error> {
        let arrival = Arrival {
            stamp: &later(5),
            machine: Some(&self.machine),
        };
        restore(&backup.path, Unlock::Passphrase(key), &self.at(name), arrival, watch).map(drop)
    }

    fn restored(&self, backup: &BackupEntry, name: &str) -> Result<Case, Error> {
        let key = passphrase(PASSPHRASE);
        self.restore(backup, &key, name, &Unwatched)?;
        Ok(self.open(name, Access::Write))
    }
}

pub fn note(case: &Case, text: &str) {
    let change = Change::Note {
        record: RecordId([1; 16]),
        text: text.to_owned(),
    };
    case.apply(&change, &stamp()).unwrap();
}

pub fn later(days: i64) -> Stamp {
    Stamp {
        at: Timestamp(stamp().at.0 + days * DAY),
        ..stamp()
    }
}

/// Every file below `root` with its content.
pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.insert(path.clone(), Vec::new());
            files.extend(tree(&path));
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

fn back_up(ground: &Ground, case: &Case, days: i64) -> BackupEntry {
    case.back_up(&ground.at("backups"), &later(days), &Unwatched).unwrap()
}

#[test]
fn a_restored_backup_is_the_case_as_it_was() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    note(&case, "written after the backup");
    let restored = ground.restored(&backup, "restored").unwrap();
    assert!(restored.verify().is_sound(), "{:?}", restored.verify());
    assert_eq!(restored.case_id(), case.case_id());
    assert_eq!(restored.evidence().unwrap(), case.evidence().unwrap());
    assert_eq!(restored.state().unwrap().notes.len(), 1);
    for entry in case.sources().unwrap() {
        let id = entry.source.id;
        assert_eq!(restored.vault_read(id).unwrap(), case.vault_read(id).unwrap());
    }
    // Both go on, each as an instance of its own.
    note(&restored, "written after the restore");
    let instances = |case: &Case| -> Vec<u64> {
        let logged = case.operations(0, usize::MAX).unwrap();
        logged.iter().map(|logged| logged.operation.id.instance).collect()
    };
    assert_ne!(instances(&restored).last(), instances(&case).last());
    assert!(
        restored
            .custody()
            .unwrap()
            .iter()
            .any(|event| event.reason.starts_with("restored from the backup "))
    );
    restored.close().unwrap();
    ground.open("restored", Access::Write);
}

#[test]
fn restoring_overwrites_nothing_and_needs_the_passphrase_of_then() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    case.change_keys(&stamp(), "")
        .change_passphrase(&passphrase("eleven grey herons"), KdfProfile::for_tests())
        .unwrap();
    case.close().unwrap();
    let before = tree(ground.folder.path());
    let old = passphrase(PASSPHRASE);
    let refused = ground.restore(&backup, &old, "case", &Unwatched).unwrap_err();
    assert_eq!(refused.code(), "exists");
    let new = passphrase("eleven grey herons");
    let refused = ground.restore(&backup, &new, "other", &Unwatched).unwrap_err();
    assert_eq!(refused.code(), "wrong-key");
    assert_eq!(tree(ground.folder.path()), before);
    ground.restored(&backup, "other").unwrap();
}

#[test]
fn a_backup_taken_in_the_middle_of_an_import_holds_what_was_finished() {
    let ground = Ground::new();
    let case = ground.case("case");
    let mut writer = crate::builders::begin(&case, b"half a file");
    for line in 0..6_000 {
        writer.push(crate::builders::person(line + 2, "Astrid Quill")).unwrap();
    }
    let backup = back_up(&ground, &case, 0);
    assert_eq!(backup.totals.sources, 2);
    writer.finish(crate::builders::totals()).unwrap();
    let restored = ground.restored(&backup, "restored").unwrap();
    assert_eq!(restored.sources().unwrap().len(), 2);
    assert!(restored.verify().is_sound());
    assert_eq!(case.sources().unwrap().len(), 3);
}

#[test]
fn a_test_finds_a_backup_whole_and_leaves_nothing_behind() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    let before = tree(&ground.at("backups"));
    let outcome = case.test_backup(&backup, later(1).at, &Unwatched).unwrap();
    assert_eq!(outcome.wrong, None);
    assert_eq!(tree(&ground.at("backups")), before);
    let listed = case.backups(&ground.at("backups"), later(1).at).unwrap();
    assert_eq!(listed[0].state, BackupState::Whole);
    assert_eq!(listed[0].tested_at, Some(later(1).at));
}

#[test]
fn every_file_of_a_backup_that_is_changed_cut_or_missing_is_noticed() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    let files: Vec<PathBuf> = tree(&backup.path).into_keys().filter(|path| path.is_file()).collect();
    assert_eq!(files.len(), 7);
    for path in files {
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        for (what, bytes) in [
            ("flipped", Some(flipped)),
            ("cut", Some(whole[..whole.len() - 1].to_vec())),
            ("missing", None),
        ] {
            match bytes {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let outcome = case.test_backup(&backup, later(1).at, &Unwatched).unwrap();
            assert!(outcome.wrong.is_some(), "{} {what}", path.display());
            assert!(
                ground.restored(&backup, "restored").is_err(),
                "{} {what}",
                path.display()
            );
            assert!(!ground.at("restored").exists(), "{} {what}", path.display());
            fs::write(&path, &whole).unwrap();
        }
    }
    assert_eq!(case.test_backup(&backup, later(1).at, &Unwatched).unwrap().wrong, None);
}

#[test]
fn originals_are_shared_between_backups_unless_they_rotted() {
    use std::os::unix::fs::MetadataExt as _;
    let ground = Ground::new();
    let case = ground.case("case");
    let originals = |backup: &BackupEntry| -> Vec<PathBuf> {
        let entries = fs::read_dir(backup.path.join("vault")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let first = back_up(&ground, &case, 0);
    let second = back_up(&ground, &case, 1);
    for path in originals(&second) {
        assert_eq!(fs::metadata(&path).unwrap().nlink(), 2);
    }
    for path in originals(&second) {
        let mut bytes = fs::read(&path).unwrap();
        bytes[9] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    let third = back_up(&ground, &case, 2);
    for path in originals(&third) {
        assert_eq!(fs::metadata(&path).unwrap().nlink(), 1);
    }
    for (backup, whole) in [(first, false), (second, false), (third, true)] {
        let outcome = case.test_backup(&backup, later(3).at, &Unwatched).unwrap();
        assert_eq!(outcome.wrong.is_none(), whole);
    }
}

#[test]
fn rotation_destroys_the_keys_of_what_it_removes_and_keeps_the_newest() {
    let ground = Ground::new();
    let case = ground.case("case");
    let home = ground.at("backups");
    let old = back_up(&ground, &case, 0);
    let middle = back_up(&ground, &case, 400);
    assert_eq!(case.rotate_backups(&home, later(400).at).unwrap(), 1);
    assert!(!old.path.exists());
    case.destroy_backup(&middle).unwrap();
    let listed = case.backups(&home, later(401).at).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].state, BackupState::Destroyed);
    assert_eq!(listed[0].kept, Some(Kept::Newest));
    assert_eq!(
        ground.restored(&middle, "restored").unwrap_err().code(),
        "damaged-backup"
    );
    let copies = case.copies().unwrap();
    assert_eq!(copies.len(), 2);
    assert!(copies.iter().all(|copy| copy.destroyed));
    assert!(case.verify().is_sound());
}

#[test]
fn a_stopped_backup_or_restore_leaves_no_trace() {
    struct Impatient;
    impl Watch for Impatient {
        fn report(&self, stage: &str, _: u64, _: u64) -> ControlFlow<()> {
            if stage.contains("originals") {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
    let ground = Ground::new();
    let case = ground.case("case");
    let home = ground.at("backups");
    let stopped = case.back_up(&home, &later(0), &Impatient).unwrap_err();
    assert_eq!(stopped.code(), "stopped");
    assert!(case.backups(&home, later(0).at).unwrap().is_empty());
    assert!(case.copies().unwrap().is_empty());
    let backup = back_up(&ground, &case, 0);
    let before = tree(ground.folder.path());
    let key = passphrase(PASSPHRASE);
    ground.restore(&backup, &key, "restored", &Impatient).unwrap_err();
    case.test_backup(&backup, later(1).at, &Impatient).unwrap_err();
    assert_eq!(tree(ground.folder.path()), before);
}

#[test]
fn what_a_killed_run_left_is_swept_by_the_next_and_never_listed() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    let name = backup.path.file_name().unwrap().to_string_lossy().into_owned();
    let left = backup.path.with_file_name(format!("{name}.partial-0011223344556677"));
    fs::rename(&backup.path, &left).unwrap();
    assert!(case.backups(&ground.at("backups"), later(0).at).unwrap().is_empty());
    back_up(&ground, &case, 0);
    assert!(!left.exists());
}

#[test]
fn a_backup_shows_nothing_of_the_evidence() {
    let ground = Ground::new();
    let case = ground.case("case");
    let backup = back_up(&ground, &case, 0);
    for (path, bytes) in tree(&backup.path) {
        for marker in [
            "Astrid",
            "Quill",
            "mail.example",
            "velvet-anchor",
            "SQLite format",
            "people.csv",
            "pier",
        ] {
            let found = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
            assert!(!found, "{marker} in {}", path.display());
        }
    }
}
