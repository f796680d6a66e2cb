//! Where a case lies: in a folder that is copied about, or where nothing can be written.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use fusion_store::{Access, Case, CaseFolder, Machine, Unlock};

use crate::builders::{PASSPHRASE, create, import, new_case, passphrase, place, stamp, try_open};

/// Names the case that a test's own child looks at.
const CHILD: &str = "FUSION_TEST_READ_ONLY_CASE";

fn names(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_that_is_copied_about_is_read_and_written_only_with_a_reason() {
    let place = place();
    let outer = place.path.parent().unwrap();
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    let rows = [
        (".dropbox", "Dropbox"),
        (".sync_9f3c.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".tmp.drivedownload", "Google Drive"),
    ];
    for (mark, by) in rows {
        fs::write(outer.join(mark), "").unwrap();
        let refused = try_open(&place.path, Access::Write).err().unwrap();
        assert_eq!(refused.code(), "not-own-disk");
        assert!(refused.to_string().contains(by), "{refused}");
        fs::remove_file(outer.join(mark)).unwrap();
    }
    try_open(&place.path, Access::Write).unwrap().close().unwrap();

    fs::write(outer.join(".dropbox"), "").unwrap();
    assert!(try_open(&place.path, Access::Read).unwrap().verify().is_sound());
    let another = outer.join("another");
    let refused = CaseFolder::create(&another, &passphrase(PASSPHRASE), new_case());
    assert_eq!(refused.err().unwrap().code(), "not-own-disk");
    assert!(!another.exists());

    let machine = Machine::at(outer.join("state"));
    let open = |machine: &Machine| {
        let passphrase = passphrase(PASSPHRASE);
        Case::open_on(
            &place.path,
            Unlock::Passphrase(&passphrase),
            Access::Write,
            Some(machine),
        )
    };
    let silent = machine.clone().writing_anyway(" ");
    assert_eq!(open(&silent).err().unwrap().code(), "not-own-disk");
    let case = open(&machine.writing_anyway("syncing is paused")).unwrap();
    case.undo(&stamp()).unwrap();
    let events = case.custody().unwrap();
    let noted = events.iter().find(|event| event.action == "write-anyway").unwrap();
    assert_eq!(noted.reason, "syncing is paused");
    assert!(String::from_utf8_lossy(&noted.object).contains("Dropbox"));
    assert!(case.verify().is_sound());
}

/// What must hold where nothing can be written.
fn look_at(path: &Path) {
    let before = names(path);
    let case = try_open(path, Access::Read).unwrap();
    assert!(case.verify().is_sound(), "{:?}", case.verify());
    assert_eq!(case.evidence().unwrap().observations.len(), 2);
    let source = case.sources().unwrap().remove(0);
    assert_eq!(case.vault_read(source.source.id).unwrap(), b"x");
    let refused = try_open(path, Access::Write).err().unwrap();
    assert_eq!(refused.code(), "read-only-medium");
    assert!(refused.hint().unwrap().contains("copy the whole folder"), "{refused}");
    drop(case);
    assert_eq!(names(path), before);
}

/// Runs this program again below `script`, as the test `name`.
fn again(name: &str, script: &str, path: &Path) {
    let output = Command::new("unshare")
        .args(["-m", "sh", "-c", script, "sh"])
        .arg(path)
        .arg(std::env::current_exe().unwrap())
        .arg(format!("places::{name}"))
        .env(CHILD, path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}{err}");
}

/// Mounts the case over itself, so that nobody can write there, and runs the test.
const READ_ONLY: &str =
    "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && exec \"$2\" --exact \"$3\" --nocapture";

fn can_mount() -> bool {
    let tried = Command::new("unshare").args(["-m", "true"]).status();
    tried.is_ok_and(|status| status.success())
}

#[test]
fn a_case_where_nothing_can_be_written_is_read_and_left_as_it_is() {
    let name = "a_case_where_nothing_can_be_written_is_read_and_left_as_it_is";
    if let Some(path) = std::env::var_os(CHILD) {
        return look_at(Path::new(&path));
    }
    let mut place = place();
    // Every odd form of a name is to be met here, too.
    place.path = place.path.with_file_name("fäll %3f?#\u{202e} e\u{301}");
    let case = create(&place.path);
    import(&case, b"x");
    case.close().unwrap();
    if can_mount() {
        again(name, READ_ONLY, &place.path);
    } else {
        without_rights(&place.path);
    }
}

/// Takes the right to write away from everybody but the administrator, and looks.
#[cfg(unix)]
fn without_rights(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let set = |mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(0o500);
    if fs::write(path.join("probe"), "").is_ok() {
        println!("skipped: this user may write everywhere and may not mount");
    } else {
        look_at(path);
    }
    set(0o700);
}

#[cfg(not(unix))]
fn without_rights(_: &Path) {
    println!("skipped: folders cannot be closed for writing here");
}

#[test]
fn changes_that_wait_in_a_log_are_not_passed_over_where_nothing_can_be_written() {
    let name = "changes_that_wait_in_a_log_are_not_passed_over_where_nothing_can_be_written";
    if let Some(path) = std::env::var_os(CHILD) {
        let refused = try_open(Path::new(&path), Access::Read).err().unwrap();
        assert_eq!(refused.code(), "read-only-medium", "{refused}");
        assert!(refused.to_string().contains("write-ahead log"), "{refused}");
        return;
    }
    if !can_mount() {
        println!("skipped: this user may not mount");
        return;
    }
    let (place, copied) = (place(), place());
    let case = create(&place.path);
    import(&case, b"x");
    case.withdraw(case.sources().unwrap().remove(0).source.id, "wrong", &stamp())
        .unwrap();
    // A copy of a case that is open, without the file that only shares memory.
    fs::create_dir_all(copied.path.join("vault")).unwrap();
    for file in ["case.keys", "evidence.db", "evidence.db-wal"] {
        fs::copy(place.path.join(file), copied.path.join(file)).unwrap();
    }
    assert!(fs::metadata(copied.path.join("evidence.db-wal")).unwrap().len() > 0);
    again(name, READ_ONLY, &copied.path);
}
