//! Striking a running program: killing it at a moment or at a system call, or failing one of its calls.
//!
//! `strace` counts calls for each thread on its own; the program's files are written by its main thread. A blow falls
//! when the call is entered, so that it is not carried out.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::program::Answer;
use crate::stage::{Stage, answer};

/// Calls that change what lies on the disk.
pub const CALLS: &[&str] = &[
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "renameat2",
    "ftruncate",
    "unlink",
    "unlinkat",
    "mkdir",
    "linkat",
];

/// Says when the program is killed.
#[derive(Debug, Clone)]
pub enum Blow {
    /// After this time.
    After(Duration),
    /// When it enters its n-th call of a kind.
    At { call: &'static str, nth: u64 },
}

impl std::fmt::Display for Blow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::After(moment) => write!(f, "killed after {} µs", moment.as_micros()),
            Self::At { call, nth } => write!(f, "killed at {call} {nth}"),
        }
    }
}

/// Tells whether programs can be traced here.
pub fn can_trace() -> bool {
    let tried = std::process::Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

fn strace(log: &str, more: &[String]) -> Vec<String> {
    let mut words: Vec<String> = ["strace", "-f", "-qq", "-o", log].map(str::to_owned).to_vec();
    words.extend_from_slice(more);
    words.push("--".to_owned());
    words
}

/// Runs to the end and counts the calls of the busiest thread, each kind for itself; says how long it took.
pub fn count(stage: &Stage, arguments: &[String]) -> (BTreeMap<&'static str, u64>, Answer) {
    let log = stage.path("calls.log");
    let trace = format!("trace={}", CALLS.join(","));
    let wrapper = strace(&log.to_string_lossy(), &["-e".to_owned(), trace]);
    let ended = answer(&mut stage.command_below(&wrapper, arguments));
    let mut by_thread: BTreeMap<(&'static str, String), u64> = BTreeMap::new();
    for line in fs::read_to_string(&log).unwrap().lines() {
        let mut words = line.split_whitespace();
        let (Some(thread), Some(rest)) = (words.next(), words.next()) else {
            continue;
        };
        if let Some(call) = CALLS.iter().find(|call| rest.split('(').next() == Some(**call)) {
            *by_thread.entry((call, thread.to_owned())).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((call, _), count) in by_thread {
        let entry: &mut u64 = most.entry(call).or_default();
        *entry = count.max(*entry);
    }
    (most, ended)
}

/// Chooses where to kill: at calls spread over all kinds where the program can be traced, else at moments.
pub fn blows(stage: &Stage, arguments: &[String], wanted: usize, chance: &mut Chance) -> Vec<Blow> {
    let begun = Instant::now();
    let undisturbed = stage.copy();
    let ended = undisturbed.command(arguments).output().unwrap();
    let took = begun.elapsed();
    assert!(
        ended.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let moment = |chance: &mut Chance| Blow::After(took * chance.below(1_000) as u32 / 1_000);
    if !can_trace() {
        return (0..wanted).map(|_| moment(chance)).collect();
    }
    // One blow in four falls at a moment, so that what no call marks is met, too.
    let at_calls = wanted - wanted / 4;
    let (calls, _) = count(&stage.copy(), arguments);
    let mut chosen = Vec::new();
    let share = at_calls.div_ceil(calls.len().max(1));
    for (call, most) in &calls {
        let all: Vec<u64> = (1..=*most).collect();
        let nths = chance.some_of(&all, share);
        chosen.extend(nths.into_iter().map(|nth| Blow::At { call, nth }));
    }
    let (call, most) = calls.iter().max_by_key(|(_, most)| **most).unwrap();
    while chosen.len() < at_calls {
        let nth = 1 + chance.below(*most);
        chosen.push(Blow::At { call, nth });
    }
    let mut chosen = chance.some_of(&chosen, at_calls);
    while chosen.len() < wanted {
        chosen.push(moment(chance));
    }
    chosen
}

/// Runs the program and kills it as told; the code is −1 when the blow fell before its end.
pub fn kill(stage: &Stage, arguments: &[String], blow: &Blow) -> Answer {
    match blow {
        Blow::At { call, nth } => {
            let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
            let trace = format!("trace={call}");
            let wrapper = strace("/dev/null", &["-e".to_owned(), trace, "-e".to_owned(), inject]);
            answer(&mut stage.command_below(&wrapper, arguments))
        }
        Blow::After(moment) => {
            let child = stage
                .command(arguments)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            kill_after(child, *moment)
        }
    }
}

/// Lets a child run for a while, kills it, and returns what it had said.
pub fn kill_after(mut child: Child, moment: Duration) -> Answer {
    thread::sleep(moment);
    // A child that has ended by itself cannot be killed, which is no trouble.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs the program with failing calls: `when` is `3` for the third one, `3+` for it and all later ones.
///
/// Says besides whether a call failed at all.
pub fn fail(stage: &Stage, arguments: &[String], call: &str, errno: &str, when: &str) -> (Answer, bool) {
    let log = stage.path("calls.log");
    let wrapper = strace(
        &log.to_string_lossy(),
        &[
            "-e".to_owned(),
            format!("trace={call}"),
            "-e".to_owned(),
            format!("inject={call}:error={errno}:when={when}"),
        ],
    );
    let ended = answer(&mut stage.command_below(&wrapper, arguments));
    let hit = fs::read_to_string(&log).is_ok_and(|text| text.contains("(INJECTED)"));
    (ended, hit)
}
