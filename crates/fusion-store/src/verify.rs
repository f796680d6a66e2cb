//! Checking a whole case: pages, custody, operations, every row, every original.
//!
//! Each check says what it looked at, or the first thing it found wrong; one that fails does not keep the others from
//! running. Nothing is repaired here.

use std::collections::BTreeMap;
use std::io::{self, Read};

use fusion_model::SourceId;
use rusqlite::Connection;

use crate::case::{Access, Case};
use crate::change::Change;
use crate::database;
use crate::error::Result;
use crate::merkle::MerkleRoot;
use crate::standing::Standing;
use crate::tables::{observation, operation, source};
use crate::vault::read_error;

mod history;

/// Name of the check against what this computer remembers: it alone may fail in a case that is merely old.
const MEMORY: &str = "memory";

/// Holds the outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyCheck {
    /// Stable name, e.g. `custody`.
    pub name: &'static str,
    /// How many things were looked at.
    pub looked_at: u64,
    /// The first bad one, in words; `None` when all are sound.
    pub first_bad: Option<String>,
    /// What could not be looked at although it was to be, in words.
    pub unseen: Option<&'static str>,
}

/// Holds the outcome of all checks, in the order they ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// The checks.
    pub checks: Vec<VerifyCheck>,
    /// How the case stands against what this computer remembers.
    pub standing: Standing,
}

/// Says what all checks together come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong, and the case goes on from what this computer has seen.
    Verified,
    /// Nothing is wrong in the case itself; this computer has not seen it before, or lost a part of what it had seen.
    Unverified,
    /// Nothing is wrong in the case itself, but it is older than what this computer has seen.
    Behind,
    /// Something is not what was written.
    Damaged,
}

impl Verdict {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Behind => "behind",
            Self::Damaged => "damaged",
        }
    }
}

impl VerifyReport {
    /// Returns what all checks together come to.
    pub fn verdict(&self) -> Verdict {
        let wrong_inside = self
            .checks
            .iter()
            .any(|check| check.name != MEMORY && check.first_bad.is_some());
        match &self.standing {
            _ if wrong_inside => Verdict::Damaged,
            Standing::Diverged { .. } | Standing::Damaged { .. } => Verdict::Damaged,
            Standing::Behind { .. } => Verdict::Behind,
            Standing::UnknownHere | Standing::MemoryGarbled => Verdict::Unverified,
            // A file of this computer's memory that got lost is no damage of the case, but neither is the case verified:
            // whoever can put an old page back can remove the tags that would have told.
            Standing::Extends { .. } if self.unseen().is_some() => Verdict::Unverified,
            Standing::Extends { .. } => Verdict::Verified,
        }
    }

    /// Returns what could not be looked at although it was to be.
    pub fn unseen(&self) -> Option<&'static str> {
        self.checks.iter().find_map(|check| check.unseen)
    }

    /// Tells whether every check passed.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.first_bad.is_none())
    }

    /// Returns the first thing found wrong.
    pub fn first_bad(&self) -> Option<&str> {
        self.checks.iter().find_map(|check| check.first_bad.as_deref())
    }
}

impl Case {
    /// Checks the whole case; trouble is in the report, not in the result.
    pub fn verify(&self) -> VerifyReport {
        // One state for all checks: what another program writes meanwhile would look like a contradiction. An opening that
        // writes is the only one that does.
        let one_state = self.access() == Access::Read && self.connection().execute_batch("BEGIN").is_ok();
        let history = self.history();
        let checks = [
            check("pages", || self.check_pages()),
            check("structure", || self.check_structure()),
            check("custody", || self.check_custody(&history)),
            check("operations", || {
                Ok((operation::list(&self.connection())?.len() as u64, None))
            }),
            check("agreement", || self.check_agreement(&history)),
            check("checkpoints", || self.check_checkpoints(&history)),
            check(MEMORY, || self.check_memory()),
            self.check_closing(),
            check("observations", || self.check_rows()),
            check("originals", || self.check_originals()),
        ];
        if one_state {
            // Nothing was written in it, so nothing can be lost at its end.
            let _ = self.connection().execute_batch("COMMIT");
        }
        VerifyReport {
            checks: checks.into(),
            standing: self.standing(),
        }
    }

    fn check_pages(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        Ok((
            crate::tables::from_sql(pages),
            database::page_complaints(&connection)?.into_iter().next(),
        ))
    }

    fn check_structure(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let answer: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let orphan = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
        let bad = if answer != "ok" {
            Some(answer)
        } else {
            orphan.then(|| "a row belongs to no source".to_owned())
        };
        Ok((1, bad))
    }

    fn check_rows(&self) -> Result<(u64, Option<String>)> {
        let connection = self.connection();
        let (mut count, mut bad) = (0u64, None);
        let mut trees: BTreeMap<i64, MerkleRoot> = BTreeMap::new();
        observation::check(&connection, |row| {
            count += 1;
            if !row.sound && bad.is_none() {
                bad = Some(format!("observation {} is not what was imported", row.id));
            }
            trees.entry(row.source).or_default().push(row.leaf);
        })?;
        let logged = logged_digests(&connection)?;
        for row in source::list(&connection)? {
            let tree = trees.remove(&row.number).unwrap_or_default();
            let complete = tree.count() == row.observations && tree.root().as_slice() == row.root;
            let as_logged = logged.get(&row.source.id) == Some(&row.digest());
            if !(complete && as_logged) && bad.is_none() {
                bad = Some(format!(
                    "source {} is not what was imported, or lost or gained rows",
                    row.source.id.short()
                ));
            }
        }
        if bad.is_none() && !observation::are_all_placed(&connection)? {
            bad = Some("the list of observations by id is not that of the rows".to_owned());
        }
        Ok((count, bad))
    }

    fn check_originals(&self) -> Result<(u64, Option<String>)> {
        let rows = source::list(&self.connection())?;
        let mut count = 0;
        for row in rows {
            // What was erased whole has no original; that it was erased stands in the row's digest.
            let Some(entry) = row.original() else { continue };
            count += 1;
            let read = self
                .vault()
                .open(&entry)
                .and_then(|mut reader| io::copy(&mut reader.by_ref(), &mut io::sink()).map_err(read_error));
            if let Err(error) = read {
                return Ok((count, Some(format!("source {}: {error}", row.source.id.short()))));
            }
        }
        Ok((count, None))
    }
}

/// Returns the digest that the last import or erasure of each source logged, in the order that all copies agree on.
pub(crate) fn logged_digests(connection: &Connection) -> Result<BTreeMap<SourceId, [u8; 32]>> {
    let mut operations: Vec<_> = operation::list(connection)?
        .into_iter()
        .map(|logged| logged.operation)
        .collect();
    operations.sort_by_key(crate::state::Operation::place);
    let mut digests = BTreeMap::new();
    for operation in operations {
        match operation.change {
            Change::Import { source, digest, .. } => {
                digests.insert(source, digest);
            }
            Change::Erase { rows, .. } => digests.extend(rows),
            _ => {}
        }
    }
    Ok(digests)
}

fn check(name: &'static str, run: impl FnOnce() -> Result<(u64, Option<String>)>) -> VerifyCheck {
    match run() {
        Ok((looked_at, first_bad)) => VerifyCheck {
            name,
            looked_at,
            first_bad,
            unseen: None,
        },
        Err(error) => VerifyCheck {
            name,
            looked_at: 0,
            first_bad: Some(error.to_string()),
            unseen: None,
        },
    }
}
