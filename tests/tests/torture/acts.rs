//! What is done to a case while the program is struck, and what must hold afterwards: before or after, never between.
//!
//! An act is settled when the case is as it was before or as it is after the act; only an import may also be in
//! between, by whole sources. Whatever happened, the same act done again must succeed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fusion_model::{Evidence, SourceId};

use crate::invented;
use crate::stage::{CASE, OTHER_PASSPHRASE, Stage, copy_tree};
use crate::tally::{Held, hold};

/// The evidence before and after the act.
pub struct Known {
    pub before: Evidence,
    pub after: Evidence,
}

/// One act.
pub struct Act {
    /// Its name in the table.
    pub name: &'static str,
    /// Brings a stage with an empty case to where the act begins.
    pub prepare: fn(&Stage) -> Held,
    /// The command line.
    pub arguments: fn(&Stage) -> Vec<String>,
    /// Says whether the act took effect, or what is neither before nor after.
    pub settled: fn(&Stage, &Known) -> Result<bool, String>,
}

/// A stage on which an act can begin, and what is known of it.
pub struct Scene {
    pub act: &'static Act,
    pub stage: Stage,
    pub known: Known,
}

impl Scene {
    /// Prepares an act and does it once undisturbed; `None` when there is no program to test.
    pub fn of(act: &'static Act) -> Option<Self> {
        let stage = Stage::with_case()?;
        (act.prepare)(&stage).unwrap();
        let undisturbed = stage.copy();
        undisturbed.ends(&(act.arguments)(&undisturbed), 0).unwrap();
        let after = evidence_of(&undisturbed).unwrap();
        // A case of an older schema cannot be read before it is brought up to date; that changes no evidence.
        let before = stage.evidence(CASE).unwrap_or_else(|_| after.clone());
        let known = Known { before, after };
        assert_eq!(
            (act.settled)(&undisturbed, &known),
            Ok(true),
            "{} undisturbed",
            act.name
        );
        assert_eq!(
            (act.settled)(&stage.copy(), &known),
            Ok(false),
            "{} not begun",
            act.name
        );
        Some(Self { act, stage, known })
    }

    /// Checks a stage on which the act was struck: settled, and possible once more.
    pub fn check(&self, stage: &Stage, code: i32) -> Held {
        let took_effect = (self.act.settled)(stage, &self.known)?;
        hold(code != 0 || took_effect, || {
            "the program said that it was done, and it was not".to_owned()
        })?;
        if !took_effect {
            stage.ends(&(self.act.arguments)(stage), 0)?;
            let done = (self.act.settled)(stage, &self.known)?;
            hold(done, || "done again, and it had no effect".to_owned())?;
        }
        Ok(())
    }
}

/// Reads the evidence by whichever passphrase opens the case.
fn evidence_of(stage: &Stage) -> Result<Evidence, String> {
    stage
        .evidence(CASE)
        .or_else(|_| stage.evidence_by(CASE, OTHER_PASSPHRASE))
}

fn words(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|word| (*word).to_owned()).collect()
}

/// Before or after, by the evidence of a sound case.
fn by_evidence(stage: &Stage, known: &Known) -> Result<bool, String> {
    stage.is_sound(CASE)?;
    let found = stage.evidence(CASE)?;
    if found == known.after {
        return Ok(true);
    }
    hold(found == known.before, || "neither before nor after".to_owned())?;
    Ok(false)
}

/// Says which sources a case holds, each of which must be whole.
pub fn whole_sources(found: &Evidence, after: &Evidence) -> Result<BTreeSet<SourceId>, String> {
    let sources: BTreeSet<SourceId> = found.sources.iter().map(|source| source.id).collect();
    for source in &found.sources {
        hold(after.sources.contains(source), || {
            format!("a source that was never imported: {}", source.id)
        })?;
    }
    let expected = after
        .observations
        .iter()
        .filter(|observation| sources.contains(&observation.source));
    hold(expected.eq(found.observations.iter()), || {
        "a source that is not whole".to_owned()
    })?;
    Ok(sources)
}

fn by_whole_sources(stage: &Stage, known: &Known) -> Result<bool, String> {
    stage.is_sound(CASE)?;
    let found = stage.evidence(CASE)?;
    let sources = whole_sources(&found, &known.after)?;
    Ok(sources.len() == known.after.sources.len())
}

/// Three small tables in the folder `evidence`, imported.
pub fn with_evidence(stage: &Stage) -> Held {
    invented::tables(&stage.path("evidence"), &[40, 12, 25]);
    stage.ends(&["import", CASE, "evidence"], 0).map(drop)
}

/// Importing three tables, the largest of which needs several batches.
pub const IMPORT: Act = Act {
    name: "import",
    prepare: |stage| {
        invented::tables(&stage.path("evidence"), &[300, 11_000, 900]);
        Ok(())
    },
    arguments: |_| words(&["import", CASE, "evidence"]),
    settled: by_whole_sources,
};

/// Importing three small tables.
pub const SMALL_IMPORT: Act = Act {
    name: "small import",
    prepare: |stage| {
        invented::tables(&stage.path("evidence"), &[40, 12, 25]);
        Ok(())
    },
    arguments: |_| words(&["import", CASE, "evidence"]),
    settled: by_whole_sources,
};

/// Taking an import back.
pub const WITHDRAW: Act = Act {
    name: "withdraw",
    prepare: with_evidence,
    arguments: |stage| {
        let evidence = stage.evidence(CASE).unwrap();
        let source = evidence.sources[0].id.to_string();
        words(&["withdraw", CASE, &source, "--reason", "a wrong file"])
    },
    settled: by_evidence,
};

/// Undoing an import.
pub const UNDO: Act = Act {
    name: "undo",
    prepare: with_evidence,
    arguments: |_| words(&["undo", CASE]),
    settled: by_evidence,
};

/// A verdict on two records.
pub const JUDGE: Act = Act {
    name: "judge",
    prepare: |stage| {
        with_evidence(stage)?;
        stage.ends(&["fuse", CASE], 0).map(drop)
    },
    arguments: |_| {
        words(&[
            "judge",
            CASE,
            "p0.3@mail.example",
            "p0.7@mail.example",
            "different",
            "--reason",
            "two addresses of two people",
        ])
    },
    settled: by_evidence,
};

/// The former passphrase opens a case as it was, or the new one does, never both and never neither.
fn by_either_passphrase(stage: &Stage, known: &Known) -> Result<bool, String> {
    // The first opening for writing by the new passphrase takes the way back by the old one away.
    let by_new = stage.run_with_key("new-passphrase", &["fuse", CASE]);
    let by_old = stage.run(&["verify", CASE]);
    match (by_new.code, by_old.code) {
        (0, 4) => {
            let verified = stage.run_with_key("new-passphrase", &["verify", CASE]);
            hold(verified.code == 0, || verified.out)?;
            let found = stage.evidence_by(CASE, OTHER_PASSPHRASE)?;
            hold(found == known.before, || "the evidence differs".to_owned())?;
            Ok(true)
        }
        (4, 0) => {
            stage.holds(CASE, &known.before)?;
            Ok(false)
        }
        (new, old) => Err(format!(
            "opening ended with {new} by the new passphrase and {old} by the old one: {}{}",
            by_new.err, by_old.err
        )),
    }
}

/// Changing the passphrase.
pub const CHANGE_PASSPHRASE: Act = Act {
    name: "keys change-passphrase",
    prepare: with_evidence,
    arguments: |_| {
        words(&[
            "keys",
            CASE,
            "change-passphrase",
            "--new-passphrase-file",
            "new-passphrase",
        ])
    },
    settled: by_either_passphrase,
};

/// Putting the case under a new master key.
pub const ROTATE: Act = Act {
    name: "keys rotate",
    prepare: with_evidence,
    arguments: |_| {
        words(&[
            "keys",
            CASE,
            "rotate",
            "--new-passphrase-file",
            "new-passphrase",
            "--reason",
            "it leaked",
        ])
    },
    settled: by_either_passphrase,
};

/// Folders of finished backups below `backups`.
fn backups(stage: &Stage) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![stage.path("backups")];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "fusionbackup") {
                found.push(path);
            } else if path.is_dir() {
                waiting.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Making a backup: the case stays as it was, and every backup with a finished name can be restored.
pub const BACKUP: Act = Act {
    name: "backup",
    prepare: with_evidence,
    arguments: |_| words(&["backup", CASE, "-o", "backups"]),
    settled: |stage, known| {
        stage.is_sound(CASE)?;
        stage.holds(CASE, &known.before)?;
        let found = backups(stage);
        for (number, backup) in found.iter().enumerate() {
            let target = format!("restored-{number}.fusion");
            let _ = fs::remove_dir_all(stage.path(&target));
            let elsewhere = stage.copy();
            let backup = elsewhere.path("").join(backup.strip_prefix(stage.folder()).unwrap());
            elsewhere.ends(&["restore", &backup.to_string_lossy(), "-o", &target], 0)?;
            elsewhere.is_sound(&target)?;
            elsewhere.holds(&target, &known.before)?;
        }
        Ok(!found.is_empty())
    },
};

/// A new case folder is whole, or no case at all.
fn whole_or_none(stage: &Stage, known: &Known, target: &str) -> Result<bool, String> {
    stage.is_sound(CASE)?;
    stage.holds(CASE, &known.before)?;
    let verified = stage.run(&["verify", target]);
    match verified.code {
        0 => {
            stage.holds(target, &known.before)?;
            Ok(true)
        }
        1 if verified.err.contains("there is no case at") => Ok(false),
        code => Err(format!("a half case: verify ended with {code}: {}", verified.err)),
    }
}

/// Restoring a backup.
pub const RESTORE: Act = Act {
    name: "restore",
    prepare: |stage| {
        with_evidence(stage)?;
        stage.ends(&["backup", CASE, "-o", "backups"], 0).map(drop)
    },
    arguments: |stage| {
        let backup = backups(stage).pop().unwrap();
        words(&["restore", &backup.to_string_lossy(), "-o", "restored.fusion"])
    },
    settled: |stage, known| whole_or_none(stage, known, "restored.fusion"),
};

const PACK_WORDS: &[&str] = &[
    "pack",
    CASE,
    "-o",
    "case.fusionpack",
    "--package-passphrase-file",
    "new-passphrase",
    "--reason",
    "for the colleague across the river",
];

const UNPACK_WORDS: &[&str] = &[
    "unpack",
    "case.fusionpack",
    "-o",
    "unpacked.fusion",
    "--package-passphrase-file",
    "new-passphrase",
];

/// Packing the case: the package is whole, or it is not there.
pub const PACK: Act = Act {
    name: "pack",
    prepare: with_evidence,
    arguments: |_| words(PACK_WORDS),
    settled: |stage, known| {
        stage.is_sound(CASE)?;
        stage.holds(CASE, &known.before)?;
        if !stage.path("case.fusionpack").exists() {
            return Ok(false);
        }
        let elsewhere = stage.copy();
        elsewhere.ends(UNPACK_WORDS, 0)?;
        elsewhere.is_sound("unpacked.fusion")?;
        elsewhere.holds("unpacked.fusion", &known.before)?;
        Ok(true)
    },
};

/// Unpacking a package.
pub const UNPACK: Act = Act {
    name: "unpack",
    prepare: |stage| {
        with_evidence(stage)?;
        stage.ends(PACK_WORDS, 0).map(drop)
    },
    arguments: |_| words(UNPACK_WORDS),
    settled: |stage, known| whole_or_none(stage, known, "unpacked.fusion"),
};

/// Bringing a case of the first schema up to date, as the first opening for writing does.
pub const MIGRATE: Act = Act {
    name: "fuse of an older case",
    prepare: |stage| {
        let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/case-v1");
        fs::remove_dir_all(stage.path(CASE)).unwrap();
        copy_tree(&older, &stage.path(CASE));
        fs::write(stage.path("passphrase"), "nine paper lanterns\n").unwrap();
        Ok(())
    },
    arguments: |_| words(&["fuse", CASE]),
    settled: |stage, known| {
        let verified = stage.run(&["verify", CASE]);
        match verified.code {
            0 => {
                stage.holds(CASE, &known.after)?;
                Ok(true)
            }
            1 if verified.err.contains("older schema") => Ok(false),
            code => Err(format!("verify ended with {code}: {}", verified.err)),
        }
    },
};
