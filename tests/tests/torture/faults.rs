//! A disk that fails at its n-th call, n = 1, 2, 3 … until a run is clean: an error in words and no panic, everything
//! acknowledged is there, and the same act succeeds as soon as the disk does (R2).

use crate::acts::{self, Act, Scene};
use crate::chance::Chance;
use crate::program::Answer;
use crate::stage::Stage;
use crate::strike;
use crate::tally::{Held, Tally, hold, in_full, skip};

/// What the disk answers.
const ERRORS: &[&str] = &["EIO", "ENOSPC"];

/// Calls of a kind that are failed one by one before the steps grow.
const ONE_BY_ONE: u64 = 40;
/// As many, of an act that derives several keys from passphrases in each round.
const FEW: u64 = 10;

/// What must hold of a run during which a call failed.
fn survived(scene: &Scene, stage: &Stage, ended: &Answer, call: &str) -> Held {
    hold(!ended.err.contains("panicked"), || format!("a panic: {}", ended.err))?;
    hold((0..=7).contains(&ended.code), || {
        format!("ended with {}: {}", ended.code, ended.err)
    })?;
    // Where writing fails altogether, standard error may be mute, and the exit code alone tells.
    let told = matches!(ended.code, 0 | 3) || ended.err.contains("error: ") || call == "write";
    hold(told, || {
        format!("ended with {} and no word why: {}", ended.code, ended.err)
    })?;
    scene.check(stage, ended.code)
}

/// Fails calls of an act one after the other.
fn failing(act: &'static Act, ordinary: usize) {
    failing_from(act, ordinary, ONE_BY_ONE);
}

/// Fails the first `one_by_one` calls of a kind each, then fewer and fewer of those that follow.
fn failing_from(act: &'static Act, ordinary: usize, one_by_one: u64) {
    let Some(empty) = Stage::empty() else { return };
    let name = format!("failing disk during {}", act.name);
    if !strike::can_trace() {
        skip(&name, "strace is missing or may not trace");
        return;
    }
    let command = act.name.split(' ').next().unwrap();
    if command != "small" && !empty.knows(command) {
        return;
    }
    let Some(scene) = Scene::of(act) else { return };
    let mut tally = Tally::new(&name);
    let arguments = (act.arguments)(&scene.stage);
    let (calls, _) = strike::count(&scene.stage.copy(), &arguments);
    let kinds: Vec<(&str, &str)> = calls
        .keys()
        .flat_map(|call| ERRORS.iter().map(move |errno| (*call, *errno)))
        .collect();
    let mut chance = Chance::new(&name);
    let mut failed = 0;
    // An ordinary run fails a few calls, each somewhere; a full one fails them in turn until a run is clean.
    for (call, errno) in chance.some_of(&kinds, if in_full() { kinds.len() } else { ordinary }) {
        let nths = if in_full() {
            steps(one_by_one)
        } else {
            vec![1 + chance.below(calls[call])]
        };
        for nth in nths {
            // A full disk stays full; a bad sector fails once.
            let when = if errno == "ENOSPC" {
                format!("{nth}+")
            } else {
                nth.to_string()
            };
            let stage = scene.stage.copy();
            let (ended, hit) = strike::fail(&stage, &arguments, call, errno, &when);
            if !hit {
                break;
            }
            failed += 1;
            tally.round(format!("{call} {when} {errno}"), survived(&scene, &stage, &ended, call));
        }
    }
    tally.figure(format!("{failed} calls of {} kinds failed", calls.len()));
    tally.finish();
}

/// 1, 2, 3 … `one_by_one`, then each step a quarter larger; the series ends where a run is clean.
fn steps(one_by_one: u64) -> Vec<u64> {
    let mut steps: Vec<u64> = (1..=one_by_one).collect();
    let mut next = one_by_one;
    while next < 1_000_000 {
        next += next / 4;
        steps.push(next);
    }
    steps
}

#[test]
fn an_import_on_a_failing_disk_loses_nothing() {
    failing(&acts::SMALL_IMPORT, 4);
}

#[test]
fn an_undo_on_a_failing_disk_loses_nothing() {
    failing(&acts::UNDO, 2);
}

#[test]
fn a_passphrase_change_on_a_failing_disk_locks_nobody_out() {
    failing(&acts::CHANGE_PASSPHRASE, 1);
}

#[test]
fn a_new_master_key_on_a_failing_disk_locks_nobody_out() {
    failing_from(&acts::ROTATE, 1, FEW);
}

#[test]
fn a_backup_on_a_failing_disk_is_whole_or_not_listed() {
    failing(&acts::BACKUP, 2);
}

#[test]
fn unpacking_on_a_failing_disk_leaves_no_half_case() {
    failing(&acts::UNPACK, 1);
}
