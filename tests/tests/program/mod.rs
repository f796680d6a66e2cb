//! The built `fusion` program, run as a person's script runs it: arguments and files in, text and an exit code out.
//!
//! Each bench has a home of its own, a fixed clock and no session bus. Everything that the program ever printed is
//! kept, so that a test can say what must never have been among it.

#![allow(clippy::unwrap_used, clippy::print_stdout, dead_code)]

use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The clock of every run, in seconds since 1970.
pub const CLOCK: &str = "1767225600";
pub const PASSPHRASE: &str = "seven quiet herons at dusk";

/// What one run left behind.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A home, a passphrase file and the program.
pub struct Bench {
    program: PathBuf,
    folder: TempDir,
    transcript: RefCell<String>,
}

/// Finds the program, or says that the test is skipped.
pub fn find() -> Option<PathBuf> {
    let named = std::env::var_os("FUSION_CLI_BIN")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    if named.is_some() {
        return named;
    }
    // Test programs lie in `deps`, one folder below the programs of the workspace.
    let beside = std::env::current_exe()
        .ok()?
        .parent()?
        .parent()?
        .join(format!("fusion{}", std::env::consts::EXE_SUFFIX));
    if beside.is_file() {
        return Some(beside);
    }
    println!(
        "skipped: FUSION_CLI_BIN is not set, and there is no {}",
        beside.display()
    );
    None
}

/// Prepares a run of the program in `folder`, perhaps below another program such as a tracer.
pub fn prepared<A: AsRef<OsStr>>(wrapper: &[String], program: &Path, folder: &Path, arguments: &[A]) -> Command {
    let mut command = match wrapper.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
        None => Command::new(program),
    };
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("FUSION_CONFIG")
        .env_remove("FUSION_PASSPHRASE_FILE")
        .env("HOME", folder.join("home"))
        .env("XDG_CONFIG_HOME", folder.join("home/config"))
        .env("XDG_DATA_HOME", folder.join("home/data"))
        .env("XDG_STATE_HOME", folder.join("home/state"))
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("SOURCE_DATE_EPOCH", CLOCK)
        .stdin(Stdio::null());
    command
}

impl Bench {
    /// Makes a bench, or says that the test is skipped.
    pub fn new() -> Option<Self> {
        let program = find()?;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Some(Self {
            program,
            folder,
            transcript: RefCell::default(),
        })
    }

    /// A place in the bench's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder that all runs start in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program with the right passphrase at hand.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Answer {
        self.run_with(arguments, &[("FUSION_PASSPHRASE_FILE", &self.path("passphrase"))])
    }

    /// Runs the program with other variables.
    pub fn run_with<A: AsRef<OsStr>>(&self, arguments: &[A], variables: &[(&str, &Path)]) -> Answer {
        let output = prepared(&[], &self.program, self.folder.path(), arguments)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let answer = Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        let mut transcript = self.transcript.borrow_mut();
        transcript.push_str(&answer.out);
        transcript.push_str(&answer.err);
        answer
    }

    /// Runs the program and demands an exit code.
    pub fn ends<A: AsRef<OsStr> + std::fmt::Debug>(&self, arguments: &[A], code: i32) -> Answer {
        let answer = self.run(arguments);
        assert_eq!(answer.code, code, "{arguments:?}\n{}\n{}", answer.out, answer.err);
        answer
    }

    /// Runs the program with `--json`, demands success, and reads what it printed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.json_ending(arguments, 0)
    }

    /// As [`Bench::json`], for runs that end with another code.
    pub fn json_ending(&self, arguments: &[&str], code: i32) -> Value {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        let answer = self.ends(&arguments, code);
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", answer.out))
    }

    /// Everything printed so far.
    pub fn transcript(&self) -> String {
        self.transcript.borrow().clone()
    }
}

/// The labels of a list of things that have one.
pub fn labels(items: &Value) -> Vec<String> {
    let items = items.as_array().cloned().unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item["label"].as_str().map(str::to_owned))
        .collect()
}
