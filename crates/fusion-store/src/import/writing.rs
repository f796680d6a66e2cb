//! Writing staged rows in a thread of its own, so that the next rows are read, sealed and hashed meanwhile.
//!
//! Rows travel in batches, and each batch is one transaction. At most one waits while another is written, so that
//! memory stays bounded however much faster rows come. Ids are kept aside and written last, sorted: they are as good as
//! random, and taking them one by one would rewrite most of the list with every batch. Small imports never start the thread. What goes wrong in it is
//! told with the next batch, or at the end; from then on nothing more is taken.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::{mem, panic};

use fusion_model::{ObservationId, Warning};
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::tables::kept_secret::{self, SealedSecret};
use crate::tables::observation::{self, PackedObservation};
use crate::tables::warning;

/// Rows of a batch.
const MOST_ROWS: usize = 20_000;
/// Bytes of a batch, so that long texts fill no memory.
const MOST_BYTES: usize = 8 << 20;
/// Rows that wait to be found by their ids: the more at once, the fewer pages are written.
const MOST_UNPLACED: usize = 1 << 20;

/// Holds what is written in one transaction.
#[derive(Default)]
pub(super) struct Batch {
    rows: Vec<PackedObservation>,
    secrets: Vec<SealedSecret>,
    warnings: Vec<Warning>,
    bytes: usize,
}

impl Batch {
    pub(super) fn add_row(&mut self, row: PackedObservation) {
        self.bytes += row.packed.len();
        self.rows.push(row);
    }

    pub(super) fn add_secrets(&mut self, secrets: Vec<SealedSecret>) {
        self.bytes += secrets.iter().map(|secret| secret.sealed.len()).sum::<usize>();
        self.secrets.extend(secrets);
    }

    pub(super) fn add_warning(&mut self, warning: Warning) {
        self.bytes += warning.message.len();
        self.warnings.push(warning);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= MOST_ROWS || self.warnings.len() >= MOST_ROWS || self.bytes >= MOST_BYTES
    }
}

/// Holds the rows of one staged source as they are written.
struct Rows {
    evidence: Arc<Mutex<Connection>>,
    source: i64,
    /// Rows that cannot be found by their ids yet.
    unplaced: Vec<(ObservationId, i64)>,
}

impl Rows {
    fn write(&mut self, batch: &Batch) -> Result<()> {
        let Self { source, unplaced, .. } = self;
        transact(&self.evidence, |connection| {
            for row in &batch.rows {
                unplaced.push((row.id, observation::insert(connection, *source, row)?));
            }
            batch
                .secrets
                .iter()
                .try_for_each(|secret| kept_secret::insert(connection, *source, secret))?;
            batch
                .warnings
                .iter()
                .try_for_each(|warned| warning::insert(connection, *source, warned))
        })?;
        if self.unplaced.len() >= MOST_UNPLACED {
            self.place()
        } else {
            Ok(())
        }
    }

    /// Lets the rows be found by their ids.
    fn place(&mut self) -> Result<()> {
        let mut unplaced = mem::take(&mut self.unplaced);
        unplaced.sort_unstable();
        transact(&self.evidence, |connection| {
            observation::place(connection, self.source, &unplaced)
        })
    }
}

fn transact(evidence: &Mutex<Connection>, work: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    // A panic elsewhere rolls its transaction back, so the connection behind a poisoned lock is sound.
    let mut connection = evidence.lock().unwrap_or_else(PoisonError::into_inner);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    work(&transaction)?;
    Ok(transaction.commit()?)
}

/// Writes the batches of one staged source.
pub(super) struct Writing {
    source: i64,
    batch: Batch,
    thread: Thread,
}

enum Thread {
    /// Everything so far waits in the batch.
    NotNeeded(Rows),
    Running {
        batches: SyncSender<Batch>,
        ended: JoinHandle<Result<Rows>>,
    },
    /// Rows are missing from here on.
    Failed,
}

impl Writing {
    /// Begins with nothing.
    pub(super) fn new(evidence: Arc<Mutex<Connection>>, source: i64) -> Self {
        let rows = Rows {
            evidence,
            source,
            unplaced: Vec::new(),
        };
        Self {
            source,
            batch: Batch::default(),
            thread: Thread::NotNeeded(rows),
        }
    }

    /// Returns the number of the staged source.
    pub(super) fn source(&self) -> i64 {
        self.source
    }

    /// Adds to the batch, and has it written when it is full.
    pub(super) fn add(&mut self, add: impl FnOnce(&mut Batch)) -> Result<()> {
        add(&mut self.batch);
        if self.batch.is_full() { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<()> {
        self.thread = match mem::replace(&mut self.thread, Thread::Failed) {
            Thread::NotNeeded(rows) => Thread::start(rows)?,
            other => other,
        };
        let Thread::Running { batches, .. } = &self.thread else {
            return Err(rows_missing());
        };
        match batches.send(mem::take(&mut self.batch)) {
            Ok(()) => Ok(()),
            // The thread ends early only with an error.
            Err(_) => self.end_thread().and(Err(rows_missing())),
        }
    }

    /// Waits until everything is written and found by its id, and tells what went wrong.
    pub(super) fn finish(&mut self) -> Result<()> {
        let mut rows = self.end_thread()?;
        rows.write(&mem::take(&mut self.batch))?;
        rows.place()
    }

    fn end_thread(&mut self) -> Result<Rows> {
        match mem::replace(&mut self.thread, Thread::Failed) {
            Thread::NotNeeded(rows) => Ok(rows),
            Thread::Running { batches, ended } => {
                drop(batches);
                ended.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked))
            }
            Thread::Failed => Err(rows_missing()),
        }
    }
}

impl Thread {
    fn start(mut rows: Rows) -> Result<Self> {
        let (batches, taken) = sync_channel::<Batch>(1);
        let ended = thread::Builder::new()
            .name("import".to_owned())
            .spawn(move || {
                taken.iter().try_for_each(|batch| rows.write(&batch))?;
                Ok(rows)
            })
            .map_err(Error::io("starting to write"))?;
        Ok(Self::Running { batches, ended })
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Whoever drops it without finishing throws the rows away; nothing may be written after that.
        if let Thread::Running { batches, ended } = mem::replace(&mut self.thread, Thread::Failed) {
            drop(batches);
            let _ = ended.join();
        }
    }
}

fn rows_missing() -> Error {
    Error::conflict("rows of this import could not be written")
}
