//! Two writers and two readers on one case for a while: one writes at a time, the other is told so, readers always
//! read a whole state, and everything that was acknowledged is there at the end (R10).

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::invented;
use crate::stage::{CASE, Stage, answer};
use crate::tally::{Tally, hold, in_full};

#[test]
fn two_writers_and_two_readers_lose_nothing() {
    let Some(stage) = Stage::with_case() else { return };
    let seconds = if in_full() { 20 } else { 2 };
    let mut tally = Tally::new("two writers and two readers at once");
    let parts: Vec<usize> = (0..400).map(|part| 20 + part % 7).collect();
    invented::tables(&stage.path("evidence"), &parts);
    let end = Instant::now() + Duration::from_secs(seconds);
    let rounds = Mutex::new(Vec::new());
    let acknowledged = Mutex::new(BTreeSet::new());
    let refused = Mutex::new(0u32);
    thread::scope(|scope| {
        for writer in 0..2 {
            let (stage, rounds, acknowledged, refused, parts) = (&stage, &rounds, &acknowledged, &refused, &parts);
            scope.spawn(move || {
                for part in (writer..parts.len()).step_by(2) {
                    let file = format!("evidence/part-{part}.csv");
                    // A writer that was refused tries again, as a person would.
                    loop {
                        if Instant::now() > end {
                            return;
                        }
                        let ended = answer(&mut stage.command(&["import", CASE, &file]));
                        let held = hold(matches!(ended.code, 0 | 6), || {
                            format!("a writer ended with {}: {}", ended.code, ended.err)
                        });
                        rounds.lock().unwrap().push((file.clone(), held));
                        match ended.code {
                            6 => *refused.lock().unwrap() += 1,
                            0 => {
                                acknowledged.lock().unwrap().insert(format!("part-{part}.csv"));
                                break;
                            }
                            _ => break,
                        }
                    }
                }
            });
        }
        for reader in ["verify", "log"] {
            let (stage, rounds) = (&stage, &rounds);
            scope.spawn(move || {
                while Instant::now() < end {
                    let ended = answer(&mut stage.command(&[reader, CASE]));
                    let held = hold(ended.code == 0, || {
                        format!("a reader ended with {}: {}{}", ended.code, ended.out, ended.err)
                    });
                    rounds.lock().unwrap().push((reader.to_owned(), held));
                }
            });
        }
    });
    for (place, held) in rounds.into_inner().unwrap() {
        tally.round(place, held);
    }
    tally.round("afterwards", stage.is_sound(CASE));
    let evidence = stage.evidence(CASE).unwrap();
    let present: BTreeSet<String> = evidence.sources.iter().map(|source| source.name.clone()).collect();
    let acknowledged = acknowledged.into_inner().unwrap();
    let gone: Vec<&String> = acknowledged.difference(&present).collect();
    tally.round("acknowledged", hold(gone.is_empty(), || format!("gone: {gone:?}")));
    let refused = refused.into_inner().unwrap();
    tally.round(
        "both wanted to write",
        hold(refused > 0, || "no writer was ever refused".to_owned()),
    );
    tally.figure(format!(
        "{} imports in {seconds} s, {refused} refused with 6",
        acknowledged.len()
    ));
    tally.finish();
}
