//! kill -9 at any moment: nothing acknowledged is lost, nothing is there by half, and the same act done again ends
//! where an undisturbed one does (R1, R7).

use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::acts::{self, Act, Scene, whole_sources};
use crate::chance::Chance;
use crate::stage::{CASE, Stage};
use crate::strike::{self, Blow};
use crate::tally::{Held, Tally, hold, rounds};

fn in_few_rounds() -> bool {
    rounds(1, 60) < 10
}

/// Kills an act at many points and checks each time what is left.
fn killed(act: &'static Act, ordinary: usize, full: usize) {
    let Some(empty) = Stage::empty() else { return };
    let command = act.name.split(' ').next().unwrap();
    if command != "small" && !empty.knows(command) {
        return;
    }
    let Some(scene) = Scene::of(act) else { return };
    let name = format!("kill -9 during {}", act.name);
    let (mut tally, mut chance) = (Tally::new(&name), Chance::new(&name));
    let arguments = (act.arguments)(&scene.stage);
    let mut fell = 0;
    for blow in strike::blows(&scene.stage, &arguments, rounds(ordinary, full), &mut chance) {
        let stage = scene.stage.copy();
        let ended = strike::kill(&stage, &(act.arguments)(&stage), &blow);
        fell += u32::from(ended.code == -1);
        tally.round(&blow, scene.check(&stage, ended.code));
    }
    tally.figure(format!("{fell} fell before the end"));
    // One or two blows may miss by chance; many that all miss prove nothing.
    assert!(fell > 0 || in_few_rounds(), "{name}: no blow fell in time");
    tally.finish();
}

#[test]
fn undo_is_done_or_not_done() {
    killed(&acts::UNDO, 3, 60);
}

#[test]
fn a_verdict_is_there_or_not_there() {
    killed(&acts::JUDGE, 3, 60);
}

#[test]
fn a_withdrawal_is_done_or_not_done() {
    killed(&acts::WITHDRAW, 2, 60);
}

#[test]
fn a_changed_passphrase_leaves_the_old_or_the_new_one() {
    killed(&acts::CHANGE_PASSPHRASE, 1, 60);
}

#[test]
fn a_new_master_key_leaves_the_old_case_or_the_new_one() {
    killed(&acts::ROTATE, 3, 60);
}

#[test]
fn a_backup_is_whole_or_not_listed() {
    killed(&acts::BACKUP, 2, 60);
}

#[test]
fn a_restored_case_is_whole_or_no_case() {
    killed(&acts::RESTORE, 2, 60);
}

#[test]
fn a_package_is_whole_or_not_there() {
    killed(&acts::PACK, 1, 60);
}

#[test]
fn an_unpacked_case_is_whole_or_no_case() {
    killed(&acts::UNPACK, 1, 60);
}

#[test]
fn a_case_of_the_first_schema_is_brought_up_to_date_or_left_alone() {
    killed(&acts::MIGRATE, 2, 60);
}

/// Lists the sources again and again, as another program would see them, until told to stop.
fn acknowledged(stage: &Stage, stop: &AtomicBool) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    while !stop.load(Ordering::Relaxed) {
        let mut lister = stage.command(&["list", CASE, "sources", "--json"]);
        let mut child = lister.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // A lister that outlived the import would fold the write-ahead log: it goes with it.
        while child.try_wait().unwrap().is_none() {
            if stop.load(Ordering::Relaxed) {
                let _ = child.kill();
            }
            thread::sleep(Duration::from_millis(2));
        }
        let output = child.wait_with_output().unwrap();
        let listed: Option<serde_json::Value> = serde_json::from_slice(&output.stdout).ok();
        let items = listed.and_then(|listed| listed["items"].as_array().cloned());
        seen.extend(
            items
                .into_iter()
                .flatten()
                .filter_map(|item| item["id"].as_str().map(str::to_owned)),
        );
    }
    seen
}

/// Kills an import after a while and returns what was acknowledged until then.
fn kill_import(stage: &Stage, moment: Duration, watched: bool) -> BTreeSet<String> {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let watching = watched.then(|| scope.spawn(|| acknowledged(stage, &stop)));
        let import = stage
            .command(&["import", CASE, "evidence"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        strike::kill_after(import, moment);
        stop.store(true, Ordering::Relaxed);
        watching.map(|watching| watching.join().unwrap()).unwrap_or_default()
    })
}

/// What must hold after an import was killed: acknowledged sources are there and whole, and a second run ends alike.
fn import_survived(scene: &Scene, stage: &Stage, seen: &BTreeSet<String>, writer_first: bool) -> Held {
    if writer_first {
        stage.ends(&["undo", CASE], 0)?;
        stage.ends(&["redo", CASE], 0)?;
    }
    stage.is_sound(CASE)?;
    let found = whole_sources(&stage.evidence(CASE)?, &scene.known.after)?;
    let found: BTreeSet<String> = found.iter().map(ToString::to_string).collect();
    if let Some(gone) = seen.difference(&found).next() {
        return Err(format!("acknowledged and gone: source {gone}"));
    }
    stage.ends(&["import", CASE, "evidence"], 0)?;
    stage.is_sound(CASE)?;
    stage.holds(CASE, &scene.known.after)
}

#[test]
fn an_import_loses_no_acknowledged_row() {
    let Some(scene) = Scene::of(&acts::IMPORT) else { return };
    let mut chance = Chance::new("import");
    let mut tally = Tally::new("kill -9 during import, at a random moment");
    let begun = Instant::now();
    scene.stage.copy().ends(&["import", CASE, "evidence"], 0).unwrap();
    let took = begun.elapsed();
    let mut acknowledged = 0;
    for round in 0..rounds(6, 200) {
        let stage = scene.stage.copy();
        let moment = took * chance.below(1_100) as u32 / 1_000;
        let seen = kill_import(&stage, moment, round % 2 == 0);
        acknowledged += seen.len();
        tally.round(
            Blow::After(moment),
            import_survived(&scene, &stage, &seen, round % 3 == 2),
        );
    }
    tally.figure(format!("{acknowledged} acknowledged sources, all there"));
    tally.finish();
}

#[test]
fn an_import_killed_at_any_call_ends_alike_when_run_again() {
    killed(&acts::IMPORT, 4, 100);
}

#[test]
fn a_resumed_import_exports_the_same_bytes() {
    let Some(scene) = Scene::of(&acts::SMALL_IMPORT) else {
        return;
    };
    let mut tally = Tally::new("export after a killed and resumed import");
    let mut chance = Chance::new("export");
    let arguments = (scene.act.arguments)(&scene.stage);
    let export = |stage: &Stage| -> Result<Vec<u8>, String> {
        stage.ends(&["import", CASE, "evidence"], 0)?;
        stage.ends(&["fuse", CASE], 0)?;
        stage.export(CASE)
    };
    let expected = export(&scene.stage.copy()).unwrap();
    assert!(expected.len() > 10_000, "an empty export proves nothing");
    for blow in strike::blows(&scene.stage, &arguments, rounds(2, 40), &mut chance) {
        let stage = scene.stage.copy();
        strike::kill(&stage, &arguments, &blow);
        let held = export(&stage).and_then(|bytes| hold(bytes == expected, || "the export has other bytes".to_owned()));
        tally.round(&blow, held);
    }
    tally.finish();
}
