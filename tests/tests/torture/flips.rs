//! One flipped byte, wherever it lies, ends `fusion verify` with exit code 5; a flipped cache changes no result (R4).

use std::fs;
use std::path::Path;

use crate::acts::with_evidence;
use crate::chance::Chance;
use crate::stage::{CASE, Stage};
use crate::strike::{self, Blow};
use crate::tally::{Held, Tally, hold, in_full, skip};

const PAGE: usize = 4096;

/// Flips one bit.
fn flip(path: &Path, at: usize, bit: u64) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1 << bit;
    fs::write(path, bytes).unwrap();
}

/// Demands that the tampering is found, and says what `fusion verify` said when it is not.
fn is_found(stage: &Stage, code: i32) -> Held {
    let verified = stage.run(&["verify", CASE]);
    hold(verified.code == code, || {
        format!(
            "verify ended with {} instead of {code}: {}{}",
            verified.code, verified.out, verified.err
        )
    })
}

/// Flips a bit at each of the places in turn.
fn each_flip(stage: &Stage, name: &str, file: &Path, places: &[usize]) {
    let (mut tally, mut chance) = (Tally::new(name), Chance::new(name));
    let sound = fs::read(file).unwrap();
    for at in places {
        flip(file, *at, chance.below(8));
        tally.round(format!("byte {at}"), is_found(stage, 5));
        fs::write(file, &sound).unwrap();
    }
    tally.round("mended", stage.is_sound(CASE));
    tally.finish();
}

fn prepared() -> Option<Stage> {
    let stage = Stage::with_case()?;
    with_evidence(&stage).unwrap();
    stage.ends(&["fuse", CASE], 0).unwrap();
    Some(stage)
}

fn some_in_ordinary_runs(places: &[usize], chance: &mut Chance, ordinary: usize) -> Vec<usize> {
    chance.some_of(places, if in_full() { places.len() } else { ordinary })
}

#[test]
fn a_flipped_byte_of_any_page_ends_verify_with_5() {
    let Some(stage) = prepared() else { return };
    let file = stage.path(CASE).join("evidence.db");
    let mut chance = Chance::new("pages");
    let pages = fs::metadata(&file).unwrap().len() as usize / PAGE;
    let places: Vec<usize> = (0..pages)
        .map(|page| page * PAGE + chance.below(PAGE as u64) as usize)
        .collect();
    assert!(pages > 10);
    let places = some_in_ordinary_runs(&places, &mut chance, 6);
    each_flip(&stage, "one flipped bit in each page", &file, &places);
}

#[test]
fn a_flipped_byte_of_the_key_file_ends_verify_with_5() {
    let Some(stage) = prepared() else { return };
    let file = stage.path(CASE).join("case.keys");
    let places: Vec<usize> = (0..fs::metadata(&file).unwrap().len() as usize).collect();
    let places = some_in_ordinary_runs(&places, &mut Chance::new("key file"), 8);
    each_flip(&stage, "one flipped bit in each byte of case.keys", &file, &places);
}

#[test]
fn a_flipped_byte_of_an_original_ends_verify_with_5() {
    let Some(stage) = prepared() else { return };
    let mut chance = Chance::new("originals");
    let originals: Vec<_> = fs::read_dir(stage.path(CASE).join("vault"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(originals.len(), 3);
    for file in originals {
        let places: Vec<usize> = (0..fs::metadata(&file).unwrap().len() as usize).collect();
        let places = chance.some_of(&places, if in_full() { 60 } else { 2 });
        each_flip(&stage, "one flipped bit in an original", &file, &places);
    }
}

#[test]
fn a_flipped_byte_of_the_cache_changes_no_result() {
    let Some(stage) = prepared() else { return };
    let expected = stage.export(CASE).unwrap();
    let file = stage.path(CASE).join("derived.db");
    let (mut tally, mut chance) = (
        Tally::new("one flipped bit in each page of the cache"),
        Chance::new("cache"),
    );
    let sound = fs::read(&file).unwrap();
    let pages: Vec<usize> = (0..sound.len() / PAGE).collect();
    for page in some_in_ordinary_runs(&pages, &mut chance, 4) {
        flip(&file, page * PAGE + chance.below(PAGE as u64) as usize, chance.below(8));
        let held = stage
            .export(CASE)
            .and_then(|bytes| hold(bytes == expected, || "the export has other bytes".to_owned()));
        tally.round(format!("page {page}"), held);
        fs::write(&file, &sound).unwrap();
    }
    tally.finish();
}

/// A stage whose case has a write-ahead log with a verdict in it that this computer remembers.
///
/// The program is killed at one call after the other, from the last to the first, until the case is sound with its
/// log and noticed without it.
fn with_unfolded_log() -> Option<Stage> {
    let scene = crate::acts::Scene::of(&crate::acts::JUDGE)?;
    let arguments = (scene.act.arguments)(&scene.stage);
    let (calls, _) = strike::count(&scene.stage.copy(), &arguments);
    let late = ["unlink", "ftruncate", "rename", "fsync", "fdatasync", "pwrite64"];
    for call in late {
        let most = calls.get(call).copied().unwrap_or_default();
        for nth in (1..=most).rev().take(12) {
            let stage = scene.stage.copy();
            strike::kill(&stage, &arguments, &Blow::At { call, nth });
            let log = stage.path(CASE).join("evidence.db-wal");
            if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
                let (whole, bare) = (stage.copy(), stage.copy());
                fs::remove_file(bare.path(CASE).join("evidence.db-wal")).unwrap();
                let without = bare.run(&["verify", CASE]).code;
                if whole.is_sound(CASE).is_ok() && matches!(without, 5 | 7) {
                    return Some(stage);
                }
            }
        }
    }
    panic!("a missing write-ahead log that held a remembered verdict is never noticed");
}

#[test]
fn a_cut_missing_or_flipped_log_of_changes_is_found() {
    let what = "write-ahead log cut, missing or flipped after kill -9";
    if !strike::can_trace() {
        skip(what, "strace is missing or may not trace");
        return;
    }
    let Some(stage) = with_unfolded_log() else { return };
    let (mut tally, mut chance) = (Tally::new(what), Chance::new(what));
    let length = fs::metadata(stage.path(CASE).join("evidence.db-wal")).unwrap().len() as usize;
    let expected = {
        let whole = stage.copy();
        whole.is_sound(CASE).unwrap();
        whole.evidence(CASE).unwrap()
    };
    let places: Vec<usize> = (0..length).collect();
    let count = if in_full() { 200 } else { 4 };
    for at in chance.some_of(&places, count) {
        for cut in [false, true] {
            let struck = stage.copy();
            let log = struck.path(CASE).join("evidence.db-wal");
            if cut {
                fs::OpenOptions::new()
                    .write(true)
                    .open(&log)
                    .unwrap()
                    .set_len(at as u64)
                    .unwrap();
            } else {
                flip(&log, at, chance.below(8));
            }
            let verified = struck.run(&["verify", CASE]);
            // Bytes after the last commit hold nothing: then the case is sound and all of it is there.
            let held = match verified.code {
                5 | 7 => Ok(()),
                0 => struck.holds(CASE, &expected),
                code => Err(format!("verify ended with {code}: {}", verified.err)),
            };
            tally.round(format!("{} at byte {at}", if cut { "cut" } else { "flipped" }), held);
        }
    }
    tally.finish();
}
