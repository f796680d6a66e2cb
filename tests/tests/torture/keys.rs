//! Wrong keys and crafted key files: nothing opens, every refusal reads alike, and memory stays bounded (R6).

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use fusion_model::{Timestamp, sha256};
use fusion_store::{Access, KdfProfile, Passphrase, Stamp};

use crate::chance::Chance;
use crate::program::{Answer, PASSPHRASE};
use crate::stage::{CASE, Stage};
use crate::tally::{Held, Tally, hold, in_full, rounds};

/// Most memory that opening may take, whatever the key file asks for.
const MOST_KIB: u64 = 1_258_291;

/// Runs `fusion verify` and returns the most memory it was seen to hold, in KiB: 0 if it ended before it was looked at,
/// as a refusal may that derives no key.
fn verify_measured(stage: &Stage) -> (Answer, u64) {
    let child = stage
        .command(&["verify", CASE])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watching = thread::spawn(move || {
        let mut most = 0;
        // The high-water mark only grows; the last reading before the end is the figure.
        while let Ok(text) = fs::read_to_string(&status) {
            let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else {
                break;
            };
            most = line.split_whitespace().next().unwrap().parse().unwrap();
            thread::sleep(Duration::from_millis(3));
        }
        most
    });
    let output = child.wait_with_output().unwrap();
    let answer = Answer {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    (answer, watching.join().unwrap())
}

#[test]
fn a_wrong_passphrase_never_opens_and_always_reads_alike() {
    let Some(stage) = Stage::with_case() else { return };
    let (mut tally, mut chance) = (Tally::new("wrong passphrases"), Chance::new("wrong passphrases"));
    let mut said: Option<String> = None;
    for round in 0..rounds(10, 200) {
        // Near misses first, then anything.
        let wrong = match round {
            0 => String::new(),
            1 => PASSPHRASE.to_uppercase(),
            2 => format!("{PASSPHRASE} "),
            3 => PASSPHRASE[1..].to_owned(),
            _ => (0..1 + chance.below(40))
                .map(|_| char::from(b'!' + chance.below(90) as u8))
                .collect(),
        };
        fs::write(stage.path("wrong"), format!("{wrong}\n")).unwrap();
        let answer = stage.run_with_key("wrong", &["verify", CASE]);
        // Without a passphrase the keyring is asked, which has its own words.
        let alike = wrong.is_empty() || *said.get_or_insert_with(|| answer.err.clone()) == answer.err;
        tally.round(
            round,
            hold(answer.code == 4 && alike, || {
                format!("ended with {}: {}", answer.code, answer.err)
            }),
        );
    }
    tally.finish();
}

/// Puts other key derivation parameters into the key file and mends its checksum.
fn craft(stage: &Stage, parameters: [u32; 3]) {
    let file = stage.path(CASE).join("case.keys");
    let mut bytes = fs::read(&file).unwrap();
    let (memory, passes, lanes) = KdfProfile::for_tests().parameters();
    let written: Vec<u8> = [memory, passes, lanes]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    let crafted: Vec<u8> = parameters.iter().flat_map(|number| number.to_le_bytes()).collect();
    let at = bytes.windows(12).position(|window| window == written).unwrap();
    bytes[at..at + 12].copy_from_slice(&crafted);
    let body = bytes.len() - 32;
    let checksum = sha256(&bytes[..body]);
    bytes[body..].copy_from_slice(&checksum);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_crafted_key_file_neither_opens_nor_eats_the_memory() {
    let Some(stage) = Stage::with_case() else { return };
    let mut tally = Tally::new("crafted key derivation parameters");
    let mut parameters = vec![
        [u32::MAX, 1, 1],
        [1_048_577, 1, 1],
        [8_192, u32::MAX, 1],
        [8_192, 21, 1],
        [8_192, 1, u32::MAX],
        [8_192, 1, 17],
        [0, 0, 0],
        [1_048_576, 1, 4],
    ];
    if in_full() {
        parameters.extend([[1_048_576, 20, 16], [8_192, 20, 16], [1_048_576, 1, 1]]);
    }
    let mut most = 0;
    for parameters in parameters {
        let struck = stage.copy();
        craft(&struck, parameters);
        let (answer, memory) = verify_measured(&struck);
        most = memory.max(most);
        let held = hold(matches!(answer.code, 4 | 5), || {
            format!("ended with {}: {}", answer.code, answer.err)
        });
        let bounded = hold(memory <= MOST_KIB, || format!("took {memory} KiB"));
        tally.round(format!("{parameters:?}"), held.and(bounded));
    }
    // The dearest parameters that are let through show that the watch sees what is taken.
    tally.round(
        "watched",
        hold(most >= 1_048_576, || format!("never seen above {most} KiB")),
    );
    tally.figure(format!("most memory {} MiB", most / 1_024));
    tally.finish();
}

#[test]
fn a_case_of_the_default_cost_takes_no_more_memory_than_promised() {
    let Some(stage) = Stage::with_case() else { return };
    let mut tally = Tally::new("memory of one opening at the default and at the highest cost");
    let mut figures = Vec::new();
    let mut profiles = vec![KdfProfile::standard()];
    if in_full() {
        profiles.push(KdfProfile::new(1_048_576, 3, 4).unwrap());
    }
    for profile in profiles {
        let case = stage.open(CASE, PASSPHRASE, Access::Write).unwrap();
        let stamp = Stamp {
            author: "analyst".to_owned(),
            at: Timestamp(0),
        };
        case.change_keys(&stamp, "")
            .change_passphrase(&Passphrase::new(PASSPHRASE.to_owned()), profile)
            .unwrap();
        case.close().unwrap();
        let (answer, memory) = verify_measured(&stage);
        let (asked, _, _) = profile.parameters();
        let held: Held = hold(
            answer.code == 0 && memory >= u64::from(asked) && memory <= MOST_KIB,
            || format!("ended with {}, {memory} KiB: {}", answer.code, answer.err),
        );
        figures.push(format!("{} MiB", memory / 1_024));
        tally.round(format!("{} MiB asked", asked / 1_024), held);
    }
    tally.figure(figures.join(", "));
    tally.finish();
}

#[test]
fn a_key_file_of_another_case_opens_nothing() {
    let Some(stage) = Stage::with_case() else { return };
    let mut tally = Tally::new("swapped key files");
    stage.create("other.fusion");
    let (here, there) = (stage.path(CASE).join("case.keys"), stage.path("other.fusion/case.keys"));
    let (one, other) = (fs::read(&here).unwrap(), fs::read(&there).unwrap());
    fs::write(&here, other).unwrap();
    fs::write(&there, one).unwrap();
    for case in [CASE, "other.fusion"] {
        for arguments in [["verify", case], ["undo", case]] {
            let answer = stage.run(&arguments);
            tally.round(
                format!("{arguments:?}"),
                hold(answer.code == 5, || {
                    format!("ended with {}: {}", answer.code, answer.err)
                }),
            );
        }
    }
    tally.finish();
}
