//! Importing one file: rows are staged in batches and count only when the last one is in.
//!
//! A writer that is dropped takes its rows along; one that is killed leaves them staged, invisible, to be swept at the
//! next open. The same content again adds nothing: it is already present, or a withdrawn source is revived, or, when
//! it was withdrawn and is read differently now, the new reading takes the place of the old one.

mod writing;

use std::mem;

use fusion_model::{Grade, GradedBy, Observation, Origin, Source, SourceId, SourceKind, Timestamp, Warning};
use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::case::Case;
use crate::change::{Change, Stamp};
use crate::database;
use crate::error::{Error, Result};
use crate::merkle::MerkleRoot;
use crate::seal::{SecretKeeper, seal_observation};
use crate::secret::fill;
use crate::tables::custody::Event;
use crate::tables::observation::{PackedObservation, SALT_LEN};
use crate::tables::source::{self, Erased, SourceRow, Totals};
use crate::vault::VaultEntry;
use writing::Writing;

/// Salts that are drawn at once: asking the system for each costs more than hashing a row.
const SALTS: usize = 256;

/// Describes a file that is about to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDraft {
    /// The original, as [`Case::vault_add`] returned it.
    pub original: VaultEntry,
    /// File name as acquired, without folders.
    pub name: String,
    /// Sort of collection.
    pub kind: SourceKind,
    /// Importer that reads it.
    pub format: String,
    /// Grade given by the analyst, if one was.
    pub grade: Option<Grade>,
    /// Subject given by the file name or the analyst.
    pub subject: Option<String>,
    /// When it was acquired.
    pub acquired_at: Timestamp,
    /// What becomes of the clear text of secrets.
    pub secrets: Secrets,
    /// Why content that was erased is imported again; without it such content is refused.
    pub again: Option<String>,
    /// Who imports it, and when.
    pub stamp: Stamp,
}

/// Says what becomes of the clear text of passwords, hashes and tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Secrets {
    /// Only keyed fingerprints are kept.
    #[default]
    Fingerprints,
    /// The clear text is kept too, sealed apart; a person chose so.
    Keep,
}

/// Holds what an importer knows after the last row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceTotals {
    /// Independent origin; empty means that the content is its own origin.
    pub origin: String,
    /// Subject that the content names; else the draft's holds.
    pub subject: Option<String>,
    /// Rows that were read.
    pub rows_read: u64,
    /// Rows that say that nothing was found.
    pub rows_negative: u64,
}

/// Says what an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landing {
    /// The content is new to the case.
    New,
    /// The content is part of the evidence already; nothing changed.
    Unchanged,
    /// The content had been withdrawn and counts again.
    Revived,
    /// The content had been withdrawn and counts again, in a new reading.
    Reread,
}

/// Holds the counts of a finished import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOutcome {
    /// The source.
    pub source: SourceId,
    /// Observations in it.
    pub observations: u64,
    /// Statements in it.
    pub statements: u64,
    /// Warnings stored with it.
    pub warnings: u64,
    /// Whether the content was part of the evidence before.
    pub already_present: bool,
    /// What the import came to.
    pub landing: Landing,
}

/// Takes the rows of one file; see [`Case::begin_import`].
pub struct SourceWriter<'case> {
    case: &'case Case,
    draft: SourceDraft,
    landing: Landing,
    former: Option<SourceRow>,
    staged: Option<Writing>,
    salts: Salts,
    secrets: SecretKeeper,
    tree: MerkleRoot,
    statements: u64,
    warnings: u64,
}

impl Case {
    /// Starts an import. When the content is present already, the writer accepts rows and keeps none.
    pub fn begin_import(&self, draft: SourceDraft) -> Result<SourceWriter<'_>> {
        self.require_write()?;
        let id = draft.original.sha256;
        let live = self.state()?.sources.get(&id).is_some_and(|standing| standing.live);
        let former = source::find(&self.connection(), &id)?;
        let erased = former.as_ref().is_some_and(|row| row.erased != Erased::Nothing);
        let again = draft.again.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        if erased && !again {
            self.let_go(&draft.original)?;
            return Err(Error::Erased);
        }
        let landing = match &former {
            None => Landing::New,
            Some(_) if erased => Landing::Reread,
            Some(_) if live => Landing::Unchanged,
            Some(row) if same_reading(&row.source, &draft) => Landing::Revived,
            Some(_) => Landing::Reread,
        };
        let staged = match landing {
            Landing::New | Landing::Reread => {
                let staged = draft.source();
                let number = self.transact(|connection| source::stage(connection, &staged, &draft.original.key))?;
                Some(Writing::new(self.evidence_connection(), number))
            }
            Landing::Unchanged | Landing::Revived => None,
        };
        let draft_secrets = draft.secrets;
        Ok(SourceWriter {
            case: self,
            draft,
            landing,
            former,
            staged,
            salts: Salts::default(),
            secrets: SecretKeeper::new(draft_secrets, &self.keys.fingerprint)?,
            tree: MerkleRoot::default(),
            statements: 0,
            warnings: 0,
        })
    }
}

fn same_reading(source: &Source, draft: &SourceDraft) -> bool {
    let same_subject = draft.subject.is_none() || draft.subject == source.subject;
    source.format == draft.format && source.kind == draft.kind && same_subject
}

impl SourceDraft {
    fn source(&self) -> Source {
        Source {
            id: self.original.sha256,
            name: self.name.clone(),
            kind: self.kind,
            format: self.format.clone(),
            grade: self.grade.unwrap_or(Grade::UNKNOWN),
            graded: if self.grade.is_some() {
                GradedBy::Analyst
            } else {
                GradedBy::Default
            },
            acquired_at: self.acquired_at,
            size: self.original.size,
            origin: Origin(String::new()),
            subject: self.subject.clone(),
            rows_read: 0,
            rows_negative: 0,
            warnings: 0,
        }
    }
}

impl SourceWriter<'_> {
    /// Returns the id of the source being read.
    pub fn source(&self) -> SourceId {
        self.draft.original.sha256
    }

    /// Tells what finishing will come to, so that a host need not read a file that is present already.
    pub fn landing(&self) -> Landing {
        self.landing
    }

    /// Takes one observation; its secrets are sealed here, before anything is written.
    pub fn push(&mut self, mut observation: Observation) -> Result<()> {
        let source = self.source();
        let Some(writing) = &mut self.staged else {
            return self.secrets.collect(source, &observation);
        };
        check_links(&observation)?;
        self.secrets.collect(source, &observation)?;
        seal_observation(&mut observation, &self.case.keys.fingerprint);
        let packed = PackedObservation::new(source, &observation, self.salts.draw()?);
        self.tree.push(packed.leaf);
        self.statements += count_statements(&observation);
        let secrets = self.secrets.take();
        writing.add(|batch| {
            batch.add_row(packed);
            batch.add_secrets(secrets);
        })
    }

    /// Takes one warning.
    pub fn warn(&mut self, warning: Warning) -> Result<()> {
        let Some(writing) = &mut self.staged else {
            return Ok(());
        };
        self.warnings += 1;
        writing.add(|batch| batch.add_warning(warning))
    }

    /// Makes the rows count, durably, and empties the write-ahead log.
    pub fn finish(mut self, totals: SourceTotals) -> Result<ImportOutcome> {
        let staged = match &mut self.staged {
            Some(writing) => {
                writing.finish()?;
                Some(writing.source())
            }
            None => None,
        };
        let outcome = match (staged, self.former.take()) {
            (Some(number), former) => self.land(number, former, &totals)?,
            (None, Some(row)) => self.keep_former(&row)?,
            (None, None) => return Err(Error::Missing { what: "staged source" }),
        };
        self.staged = None;
        database::checkpoint(&self.case.connection())?;
        Ok(outcome)
    }

    fn land(&mut self, number: i64, former: Option<SourceRow>, totals: &SourceTotals) -> Result<ImportOutcome> {
        let id = self.source();
        let own_origin = format!("content:{id}");
        let row = Totals {
            origin: if totals.origin.is_empty() {
                &own_origin
            } else {
                &totals.origin
            },
            subject: totals.subject.as_deref().or(self.draft.subject.as_deref()),
            rows_read: totals.rows_read,
            rows_negative: totals.rows_negative,
            warnings: self.warnings,
            observations: self.tree.count(),
            statements: self.statements,
            root: self.tree.root(),
        };
        let was_erased = former.as_ref().is_some_and(|row| row.erased != Erased::Nothing);
        self.case.transact(|connection| {
            if let Some(former) = &former {
                source::remove(connection, former.number)?;
                let reread = Event::new("reread").about("source", &id.0);
                self.case.witness(connection, &reread.change(&former.root, &row.root))?;
            }
            if let Some(reason) = self.draft.again.as_ref().filter(|_| was_erased) {
                let what = "import again of what was erased".to_owned();
                let change = Change::Disclose {
                    what,
                    object: id.0,
                    reason: reason.clone(),
                };
                self.case.log(connection, &change, &self.draft.stamp)?;
            }
            self.log_keeping(connection)?;
            source::finalise(connection, number, &row)?;
            let landed = source::find(connection, &id)?.ok_or(Error::Missing { what: "source" })?;
            self.log(connection, &landed)
        })?;
        self.case.has_landed(&id);
        Ok(self.outcome(row.observations, row.statements, row.warnings))
    }

    fn keep_former(&self, row: &SourceRow) -> Result<ImportOutcome> {
        if self.secrets.found() > 0 {
            self.case.transact(|connection| {
                self.secrets.write(connection, row.number)?;
                self.log_keeping(connection)
            })?;
        }
        if self.landing == Landing::Revived {
            self.case.transact(|connection| self.log(connection, row))?;
        }
        Ok(self.outcome(row.observations, row.statements, row.source.warnings))
    }

    fn log(&self, connection: &Connection, row: &SourceRow) -> Result<()> {
        let change = Change::Import {
            source: self.source(),
            digest: row.digest(),
            observations: row.observations,
        };
        self.case.log(connection, &change, &self.draft.stamp).map(drop)
    }

    /// Notes in the chain of custody that clear text was kept on purpose.
    fn log_keeping(&self, connection: &Connection) -> Result<()> {
        match self.secrets.found() {
            0 => Ok(()),
            found => {
                let source = self.source();
                let event = Event::new("keep-secrets").about("source", &source.0);
                self.case.witness(connection, &event.change(&[], &found.to_le_bytes()))
            }
        }
    }

    fn outcome(&self, observations: u64, statements: u64, warnings: u64) -> ImportOutcome {
        ImportOutcome {
            source: self.source(),
            observations,
            statements,
            warnings,
            already_present: self.landing == Landing::Unchanged,
            landing: self.landing,
        }
    }
}

impl Drop for SourceWriter<'_> {
    fn drop(&mut self) {
        if let Some(writing) = self.staged.take() {
            let number = writing.source();
            // Only when its thread has ended is nothing written after the removal.
            drop(writing);
            // What cannot be removed now stays staged, which nobody sees, and is swept at the next open.
            let _ = self.case.transact(|connection| source::remove(connection, number));
        }
    }
}

/// Draws salts from the system, many at once.
struct Salts {
    drawn: Box<Zeroizing<[[u8; SALT_LEN]; SALTS]>>,
    left: usize,
}

impl Default for Salts {
    fn default() -> Self {
        Self {
            drawn: Box::new(Zeroizing::new([[0; SALT_LEN]; SALTS])),
            left: 0,
        }
    }
}

impl Salts {
    fn draw(&mut self) -> Result<[u8; SALT_LEN]> {
        if self.left == 0 {
            fill(self.drawn.as_flattened_mut())?;
            self.left = SALTS;
        }
        self.left -= 1;
        // Given away once and not kept.
        Ok(mem::take(&mut self.drawn[self.left]))
    }
}

/// Counts the statements of an observation.
pub(crate) fn count_statements(observation: &Observation) -> u64 {
    let records = observation.records.iter().map(|record| record.statements.len());
    let links = observation.links.iter().map(|link| link.statements.len());
    records.chain(links).sum::<usize>() as u64
}

/// Refuses links that lead nowhere: the engine may then index without asking.
fn check_links(observation: &Observation) -> Result<()> {
    let records = observation.records.len();
    let inside = |index: u32| usize::try_from(index).is_ok_and(|index| index < records);
    if observation
        .links
        .iter()
        .all(|link| inside(link.from) && inside(link.to))
    {
        Ok(())
    } else {
        Err(Error::conflict(format!(
            "a link leads to no record at {}",
            observation.locator.text()
        )))
    }
}
