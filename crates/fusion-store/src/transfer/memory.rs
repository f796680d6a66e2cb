//! What this computer remembers of a case's backups: where they go, when one last succeeded, which were tested.
//!
//! It lies outside the case, because a destination belongs to a computer. A memory that is lost or cannot be read
//! loses nothing but itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use fusion_model::{Timestamp, sha256};

use super::write_file;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::hex;
use crate::machine::Machine;
use crate::secret::random;

const FIRST_LINE: &str = "fusion backups 1";

/// Says where backups go and whether they are made by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackupPlan {
    /// Folder they go to; none before one was chosen.
    pub folder: Option<PathBuf>,
    /// Whether one is made by itself, daily and after changes.
    pub automatic: bool,
}

/// Holds what this computer remembers of the backups of one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackupMemory {
    /// Where they go.
    pub plan: BackupPlan,
    /// When the plan was made.
    pub since: Option<Timestamp>,
    /// When one last succeeded.
    pub last_success: Option<Timestamp>,
    /// Number of operations in that one.
    pub operations: u64,
    /// What the tests said, by the digest of the manifest: when, and what was found wrong (empty when whole).
    pub tests: BTreeMap<[u8; 32], (Timestamp, String)>,
}

impl BackupMemory {
    fn encode(&self) -> Result<String> {
        let mut out = format!("{FIRST_LINE}\n");
        // Writing to a String cannot fail.
        if let Some(folder) = &self.plan.folder {
            let folder = folder.to_str().filter(|folder| !folder.contains('\n'));
            let folder = folder.ok_or_else(|| Error::conflict("the name of the folder cannot be remembered"))?;
            let _ = writeln!(out, "folder {folder}");
        }
        let _ = writeln!(out, "automatic {}", u8::from(self.plan.automatic));
        if let Some(at) = self.since {
            let _ = writeln!(out, "since {}", at.0);
        }
        if let Some(at) = self.last_success {
            let _ = writeln!(out, "success {} {}", at.0, self.operations);
        }
        for (digest, (at, wrong)) in &self.tests {
            let wrong = wrong.replace(char::is_control, " ");
            let _ = writeln!(out, "test {} {} {wrong}", hex::encode(digest), at.0);
        }
        Ok(out)
    }

    fn decode(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next()? == FIRST_LINE).then_some(())?;
        let mut memory = Self::default();
        for line in lines {
            let (key, rest) = line.split_once(' ')?;
            match key {
                "folder" => memory.plan.folder = Some(PathBuf::from(rest)),
                "automatic" => memory.plan.automatic = rest == "1",
                "since" => memory.since = Some(Timestamp(rest.parse().ok()?)),
                "success" => {
                    let (at, operations) = rest.split_once(' ')?;
                    memory.last_success = Some(Timestamp(at.parse().ok()?));
                    memory.operations = operations.parse().ok()?;
                }
                "test" => {
                    let mut words = rest.splitn(3, ' ');
                    let digest = hex::decode(words.next()?)?.try_into().ok()?;
                    let at = Timestamp(words.next()?.parse().ok()?);
                    memory.tests.insert(digest, (at, words.next()?.to_owned()));
                }
                _ => return None,
            }
        }
        Some(memory)
    }
}

impl Case {
    /// Returns what this computer remembers of the case's backups.
    pub fn backup_memory(&self) -> BackupMemory {
        let read = || {
            let text = fs::read_to_string(memory_place(self.machine()?, &self.case_id()).ok()?).ok()?;
            BackupMemory::decode(&text)
        };
        read().unwrap_or_default()
    }

    /// Chooses where backups go from this computer.
    pub fn plan_backups(&self, plan: BackupPlan, now: Timestamp) -> Result<()> {
        self.remember_of_backups(|memory| {
            memory.plan = plan;
            memory.since = Some(now);
        })
    }

    /// Changes what is remembered; without a computer's memory nothing is.
    pub(super) fn remember_of_backups(&self, change: impl FnOnce(&mut BackupMemory)) -> Result<()> {
        let Some(machine) = self.machine() else { return Ok(()) };
        let mut memory = self.backup_memory();
        change(&mut memory);
        let place = memory_place(machine, &self.case_id())?;
        let beside = place.with_extension(hex::encode(&random::<8>()?));
        write_file(&beside, memory.encode()?.as_bytes())?;
        fs::rename(&beside, &place).map_err(Error::io("remembering a backup"))?;
        crate::folder::sync_parent(&place)
    }
}

fn memory_place(machine: &Machine, case_id: &[u8; 16]) -> Result<PathBuf> {
    let name = hex::encode(&sha256(&[b"fusion backups of ".as_slice(), case_id].concat())[..16]);
    machine.place(&format!("backups/{name}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_remembered_comes_back() {
        let memory = BackupMemory {
            plan: BackupPlan {
                folder: Some(PathBuf::from("/media/stick/Fälle 2")),
                automatic: true,
            },
            since: Some(Timestamp(3)),
            last_success: Some(Timestamp(-5)),
            operations: 7,
            tests: [
                ([1; 32], (Timestamp(4), String::new())),
                ([2; 32], (Timestamp(5), "two words".to_owned())),
            ]
            .into(),
        };
        assert_eq!(BackupMemory::decode(&memory.encode().unwrap()), Some(memory));
        for damaged in [
            "",
            "fusion backups 2\n",
            "fusion backups 1\nother 1\n",
            "fusion backups 1\ntest 00 1 \n",
        ] {
            assert_eq!(BackupMemory::decode(damaged), None);
        }
    }
}
