//! What is left in a program's memory after its case was locked: no passphrase, no key, no word of the evidence.
//!
//! The test starts itself as a child that works on a case like a window does, and reads the child's memory from
//! outside, as an administrator could. Passphrase and evidence are invented by the parent at run time, so that the
//! program itself holds none of them; the keys are derived by a second reader of the documented key file.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "memory/mod.rs"]
mod memory;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fusion_api::bench::{Places, Workbench};
use fusion_api::commands::import::{self, ImportFileRequest, ImportRunRequest};
use fusion_api::hardening;
use fusion_api::open_case::Extent;
use fusion_api::progress::Unwatched;
use fusion_api::router::{Caller, Reply, call};
use memory::{Needles, keys_of};
use serde_json::{Value, json};

/// As in the programs.
#[global_allocator]
static ALLOCATOR: hardening::Wiping = hardening::WIPING;

const FOLDER: &str = "FUSION_TEST_MEMORY_FOLDER";
const MARKERS: usize = 20;

#[test]
fn a_locked_case_leaves_nothing_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    // Different in every run, and never a constant of this program.
    let seed = u64::from(std::process::id()) * 7_919 + 100_000_007;
    let passphrase = format!("quiet{seed}heron{}", seed * 3);
    let markers: Vec<String> = (0..MARKERS as u64)
        .map(|number| format!("Zaunkoenig{}", seed * (number + 11)))
        .collect();
    fs::write(folder.path().join("passphrase"), &passphrase).unwrap();
    let rows: String = markers
        .iter()
        .map(|marker| format!("{marker} Quill,{marker}@example.org\n"))
        .collect();
    fs::write(folder.path().join("people.csv"), format!("name,email\n{rows}")).unwrap();

    let mut child = Worker::start(folder.path());
    child.waits_at("holding");
    let words = Needles::from([("passphrase".to_owned(), passphrase.clone().into_bytes())]);
    assert_eq!(child.holds(&words).len(), 1, "the search finds nothing at all");

    child.go_on();
    child.waits_at("open");
    let mut needles: Needles = markers
        .iter()
        .map(|marker| (marker.clone(), marker.clone().into_bytes()))
        .collect();
    needles.extend(keys_of(&folder.path().join("case/heron.fusion/case.keys"), &passphrase));
    let held = child.holds(&needles);
    for name in markers
        .iter()
        .map(String::as_str)
        .chain(["master", "evidence", "vault", "names", "fingerprint"])
    {
        assert!(
            held.contains_key(name),
            "{name} is not in the memory of an open case: {held:?}"
        );
    }
    needles.extend(words);

    let asked = Instant::now();
    child.go_on();
    child.waits_at("locked");
    let left = child.holds(&needles);
    assert_eq!(left, BTreeMap::new(), "still in memory after the lock");
    println!("locked and looked through in {:?}", asked.elapsed());
    child.go_on();
}

/// Works on a case when the parent asks for it; otherwise there is nothing to do.
#[test]
fn work_of_the_child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let places = Places {
        cases: folder.join("case"),
        settings: folder.join("settings"),
        state: folder.join("state"),
    };
    let bench = Workbench::new(places).unwrap();
    let ask = |method: &str, request: Value| -> Value {
        match call(&bench, Caller::MainWindow, method, &request.to_string()).unwrap() {
            Reply::Json(text) => serde_json::from_str(&text).unwrap(),
            Reply::Bytes(_) => Value::Null,
        }
    };
    {
        let passphrase = fs::read_to_string(folder.join("passphrase")).unwrap();
        wait_at("holding");
        ask(
            "case.create",
            json!({ "name": "heron", "region": "", "passphrase": passphrase }),
        );
        ask("case.lock", json!({}));
        let handle = bench.handles.register(&folder.join("case/heron.fusion"));
        ask("case.open", json!({ "handle": handle, "passphrase": passphrase }));
    }
    let file = ImportFileRequest {
        handle: bench.handles.register(&folder.join("people.csv")),
        ..Default::default()
    };
    let imported = import::import(&bench, &ImportRunRequest { files: vec![file] }, &Unwatched).unwrap();
    assert_eq!(imported.files[0].state, "imported", "{}", imported.files[0].message);
    bench.case().unwrap().fuse(Extent::WhatChanged, &Unwatched).unwrap();
    let status = ask("case.status", json!({}));
    assert!(
        status["open"]["entities"].as_u64().unwrap() >= MARKERS as u64,
        "{status}"
    );
    drop((status, imported));
    wait_at("open");
    ask("case.lock", json!({}));
    wait_at("locked");
}

fn wait_at(point: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nat: {point}").unwrap();
    out.flush().unwrap();
    drop(out);
    std::io::stdin().lock().read_line(&mut String::new()).unwrap();
}

/// The child, and the two pipes that lead it.
struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Worker {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "work_of_the_child", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self {
            child,
            input,
            output: BufReader::new(output),
        }
    }

    fn waits_at(&mut self, point: &str) {
        let mut line = String::new();
        let wanted = format!("at: {point}");
        while line.trim() != wanted {
            line.clear();
            assert_ne!(
                self.output.read_line(&mut line).unwrap(),
                0,
                "the child ended before {point}"
            );
        }
    }

    fn go_on(&mut self) {
        self.input.write_all(b"\n").unwrap();
        self.input.flush().unwrap();
    }

    /// Names what of `needles` lies anywhere in the child's memory, each with one place.
    fn holds(&self, needles: &Needles) -> BTreeMap<String, String> {
        // Keys have to be gone a second after the lock.
        std::thread::sleep(Duration::from_secs(1));
        memory::held(self.child.id(), needles).unwrap()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
