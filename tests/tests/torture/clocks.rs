//! A clock that jumps by ten years back and forth: the order of the log and its soundness do not depend on it (R9).

use std::process::{Command, Stdio};

use crate::invented;
use crate::stage::{CASE, Stage, answer};
use crate::tally::{Tally, hold, skip};

/// Shifts of the clock, one for each change, in the words of `faketime`.
const SHIFTS: &[&str] = &["+0d", "-3652d", "+3652d", "-1h", "+1h", "-3652d", "+0d"];

#[test]
fn the_order_of_the_log_does_not_depend_on_the_clock() {
    let what = "clock ten years back and forth";
    let tried = Command::new("faketime")
        .args(["-f", "+1d", "true"])
        .stderr(Stdio::null())
        .status();
    if !tried.is_ok_and(|status| status.success()) {
        skip(what, "faketime is missing");
        return;
    }
    let Some(stage) = Stage::with_case() else { return };
    let mut tally = Tally::new(what);
    let parts: Vec<usize> = (0..SHIFTS.len()).map(|part| 5 + part).collect();
    invented::tables(&stage.path("evidence"), &parts);
    for (part, shift) in SHIFTS.iter().enumerate() {
        let wrapper = ["faketime", "-f", shift].map(str::to_owned);
        let file = format!("evidence/part-{part}.csv");
        let ended = answer(&mut stage.command_below(&wrapper, &["import", CASE, &file]));
        let held = hold(ended.code == 0, || format!("ended with {}: {}", ended.code, ended.err));
        tally.round(format!("import at {shift}"), held);
        let verified = answer(&mut stage.command_below(&wrapper, &["verify", CASE]));
        let held = hold(verified.code == 0, || {
            format!("ended with {}: {}", verified.code, verified.out)
        });
        tally.round(format!("verify at {shift}"), held);
    }
    let log = stage.ends(&["log", CASE, "--json"], 0).unwrap().out;
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let texts: Vec<String> = log["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|operation| operation["text"].as_str().unwrap().to_owned())
        .collect();
    // Latest first.
    let in_order = texts.len() == SHIFTS.len()
        && (texts.iter().rev().enumerate()).all(|(part, text)| text.contains(&format!("part-{part}.csv")));
    tally.round("order", hold(in_order, || format!("{texts:?}")));
    tally.round("by the true clock", stage.is_sound(CASE));
    tally.finish();
}
