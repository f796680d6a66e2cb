//! Backups that make themselves: when one is due, that it is made, and that missing ones are told of.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::time::{Duration, Instant};

use super::*;
use crate::bench::Places;
use crate::clock;
use crate::commands::case::CaseCreateRequest;

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// A workbench with a new case on it, created as the window does.
fn with_case(folder: &Path) -> Arc<Workbench> {
    let places = Places {
        cases: folder.join("cases"),
        settings: folder.join("settings"),
        state: folder.join("state"),
    };
    let bench = Workbench::new(places).unwrap();
    let request = CaseCreateRequest {
        name: "Heron".to_owned(),
        region: String::new(),
        passphrase: "seven quiet herons".to_owned(),
        folder: None,
        anyway: None,
    };
    case::create(&bench, request).unwrap();
    bench
}

fn choose(bench: &Arc<Workbench>, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let folder = Some(bench.handles.register(folder));
    let automatic = true;
    configure(bench, BackupConfigureRequest { folder, automatic }).unwrap();
}

/// Makes what this computer remembers say that the last backup succeeded so long ago.
fn age(bench: &Workbench, ms: i64) {
    let file = fs::read_dir(bench.places.state.join("backups"))
        .unwrap()
        .next()
        .unwrap();
    let file = file.unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    let lines = text.lines().map(|line| match line.strip_prefix("success ") {
        Some(rest) => format!("success {} {}\n", clock::wall().0 - ms, rest.split_once(' ').unwrap().1),
        None => format!("{line}\n"),
    });
    fs::write(file, lines.collect::<String>()).unwrap();
}

fn finish(bench: &Workbench) {
    let begun = Instant::now();
    while bench.jobs.are_running() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the backup does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    let job = bench.jobs.list().pop().unwrap();
    assert_eq!((job.kind.as_str(), job.state.as_str()), ("backup", "done"), "{job:?}");
}

fn change(bench: &Workbench) {
    let store = &bench.case().unwrap().store;
    let region = fusion_store::Change::Region {
        region: "SE".to_owned(),
    };
    store.apply(&region, &crate::open_case::stamp()).unwrap();
}

#[test]
fn a_backup_makes_itself_daily_and_after_changes_that_have_settled() {
    let folder = tempfile::tempdir().unwrap();
    let bench = with_case(folder.path());
    assert!(
        bench.watched.load(Ordering::Relaxed),
        "nobody watches a case that was created"
    );
    assert!(look_after(&bench).is_none(), "nobody chose a folder");
    choose(&bench, &folder.path().join("stick"));
    let made = |bench: &Arc<Workbench>| status(bench, BackupStatusRequest {}).unwrap().backups.len();
    assert!(look_after(&bench).is_some());
    finish(&bench);
    assert_eq!(made(&bench), 1);

    assert!(!is_due(&bench), "right after one");
    age(&bench, 23 * HOUR);
    assert!(!is_due(&bench), "nothing was changed for less than a day");
    change(&bench);
    for (ago, due) in [
        (10 * MINUTE, false),
        (31 * MINUTE, true),
        (25 * HOUR, true),
        (-HOUR, true),
    ] {
        age(&bench, ago);
        assert_eq!(is_due(&bench), due, "changed, {ago} ms after the last");
    }
    assert!(look_after(&bench).is_some());
    finish(&bench);
    age(&bench, 31 * MINUTE);
    assert!(!is_due(&bench), "the change is in the last backup");

    // A case that is open for reading, or not at all, is left alone.
    age(&bench, 30 * HOUR);
    assert!(is_due(&bench));
    bench.take();
    assert!(!is_due(&bench));
}

#[test]
fn a_day_and_an_hour_without_a_backup_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let bench = with_case(folder.path());
    choose(&bench, &folder.path().join("stick"));
    run(&bench, BackupRunRequest {}).unwrap();
    finish(&bench);
    let told = |bench: &Arc<Workbench>| {
        let open = case::open_view(&bench.case().unwrap()).unwrap();
        (
            status(bench, BackupStatusRequest {}).unwrap().overdue,
            open.backup_alert,
        )
    };
    age(&bench, 24 * HOUR + 59 * MINUTE);
    assert_eq!(told(&bench), (false, String::new()));
    age(&bench, 25 * HOUR + MINUTE);
    let (overdue, alert) = told(&bench);
    assert!(overdue && alert.starts_with("The last backup succeeded on "), "{alert}");
    run(&bench, BackupRunRequest {}).unwrap();
    finish(&bench);
    assert_eq!(told(&bench), (false, String::new()));
}
