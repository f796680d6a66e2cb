//! A stage: one home with the program's memory, cases, evidence files and a passphrase file, all in one folder.
//!
//! A stage can be copied whole, memory of the computer included, so that every round starts from the same state.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fusion_model::{Evidence, Timestamp};
use fusion_store::{Access, Case, CaseFolder, KdfProfile, Machine, NewCase, Passphrase, Unlock};
use tempfile::TempDir;

use crate::program::{self, Answer, PASSPHRASE};
use crate::tally::{Held, hold};

/// Name of the case on every stage.
pub const CASE: &str = "case.fusion";
/// The passphrase that `new-passphrase` holds.
pub const OTHER_PASSPHRASE: &str = "eleven glass bells at noon";

/// One folder with everything a round needs.
pub struct Stage {
    program: PathBuf,
    folder: TempDir,
}

impl Stage {
    /// Makes a stage with a case, or says that the test is skipped.
    pub fn with_case() -> Option<Self> {
        let stage = Self::empty()?;
        stage.create(CASE);
        Some(stage)
    }

    /// Makes a stage without a case, or says that the test is skipped.
    pub fn empty() -> Option<Self> {
        let stage = Self {
            program: program::find()?,
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(stage.path("home")).unwrap();
        fs::write(stage.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        fs::write(stage.path("new-passphrase"), format!("{OTHER_PASSPHRASE}\n")).unwrap();
        Some(stage)
    }

    /// Creates a case with a key derivation that is fast and weak.
    pub fn create(&self, name: &str) {
        let new = NewCase {
            name: "Harbour Lights".to_owned(),
            region: "NL".to_owned(),
            created_at: Timestamp(1_767_225_600_000),
            profile: KdfProfile::for_tests(),
        };
        let passphrase = Passphrase::new(PASSPHRASE.to_owned());
        CaseFolder::create_on(self.path(name), &passphrase, new, Some(&self.machine()))
            .unwrap()
            .close()
            .unwrap();
    }

    /// Copies the whole stage.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_tree(self.folder.path(), folder.path());
        Self {
            program: self.program.clone(),
            folder,
        }
    }

    /// A place on the stage.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the stage.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the computer of this stage remembers.
    pub fn machine(&self) -> Machine {
        Machine::at(self.path("home/state/fusion-workbench"))
    }

    /// Tells whether the program has a command, and says that the test is skipped when it has not.
    pub fn knows(&self, command: &str) -> bool {
        let known = self.run(&[command, "--help"]).code == 0;
        if !known {
            crate::tally::skip(command, "the program has no such command");
        }
        known
    }

    /// Prepares a run of the program.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        self.command_below(&[], arguments)
    }

    /// Prepares a run of the program below another one.
    pub fn command_below<A: AsRef<OsStr>>(&self, wrapper: &[String], arguments: &[A]) -> Command {
        let mut command = program::prepared(wrapper, &self.program, self.folder.path(), arguments);
        command.env("FUSION_PASSPHRASE_FILE", self.path("passphrase"));
        command
    }

    /// Runs the program to its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Answer {
        answer(&mut self.command(arguments))
    }

    /// Runs the program with the passphrase in another file.
    pub fn run_with_key<A: AsRef<OsStr>>(&self, key: &str, arguments: &[A]) -> Answer {
        answer(self.command(arguments).env("FUSION_PASSPHRASE_FILE", self.path(key)))
    }

    /// Runs the program and says what went wrong when it does not end with `code`.
    pub fn ends<A: AsRef<OsStr> + std::fmt::Debug>(&self, arguments: &[A], code: i32) -> Result<Answer, String> {
        let answer = self.run(arguments);
        match answer.code == code {
            true => Ok(answer),
            false => Err(format!(
                "{arguments:?} ended with {} instead of {code}: {}{}",
                answer.code, answer.out, answer.err
            )),
        }
    }

    /// Demands that `fusion verify` finds the case sound.
    pub fn is_sound(&self, case: &str) -> Held {
        self.ends(&["verify", case], 0).map(drop)
    }

    /// Opens a case through the store, as the computer of this stage.
    pub fn open(&self, case: &str, passphrase: &str, access: Access) -> fusion_store::Result<Case> {
        let passphrase = Passphrase::new(passphrase.to_owned());
        Case::open_on(
            self.path(case),
            Unlock::Passphrase(&passphrase),
            access,
            Some(&self.machine()),
        )
    }

    /// Reads the whole evidence of a case, each row checked against its commitment.
    pub fn evidence(&self, case: &str) -> Result<Evidence, String> {
        let file = fs::read_to_string(self.path("passphrase")).unwrap();
        self.evidence_by(case, file.trim_end())
    }

    /// As [`Stage::evidence`], by another passphrase.
    pub fn evidence_by(&self, case: &str, passphrase: &str) -> Result<Evidence, String> {
        let told = |error: fusion_store::Error| format!("the evidence cannot be read: {error}");
        let case = self.open(case, passphrase, Access::Read).map_err(told)?;
        let mut evidence = case.evidence().map_err(told)?;
        evidence.sources.sort_by_key(|source| source.id);
        evidence.observations.sort_by_key(|observation| observation.id);
        // A verdict bears the real time, which no two runs share.
        for judgement in &mut evidence.judgements {
            judgement.at = Timestamp(0);
        }
        Ok(evidence)
    }

    /// Demands that a case holds exactly this evidence.
    pub fn holds(&self, case: &str, expected: &Evidence) -> Held {
        let found = self.evidence(case)?;
        hold(found == *expected, || {
            format!(
                "the evidence differs: {} sources and {} observations instead of {} and {}",
                found.sources.len(),
                found.observations.len(),
                expected.sources.len(),
                expected.observations.len()
            )
        })
    }

    /// Writes the JSON export and returns its bytes.
    pub fn export(&self, case: &str) -> Result<Vec<u8>, String> {
        let file = self.path("export.json");
        let _ = fs::remove_file(&file);
        self.ends(&["export", case, "-o", "export.json"], 0)?;
        fs::read(&file).map_err(|error| format!("no export: {error}"))
    }
}

/// Runs a prepared command to its end; one that a signal ended has the code −1.
pub fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Copies a folder with everything below it.
pub fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// Lists a folder's files by relative name, with their bytes.
pub fn tree(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
