//! Changing a case: every change is one operation and one event of custody in one transaction.

use fusion_model::{Grade, OperationId, RecordId, SourceId, Verdict};
use rusqlite::{Connection, TransactionBehavior};

use super::Case;
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::state::Operation;
use crate::tables::custody::{ABOUT_OPERATION, Event};
use crate::tables::operation;

impl Case {
    /// Makes a change: appends its operation and an event of custody, durably, and returns the operation's name.
    ///
    /// Imports go through [`Case::begin_import`] instead, since they bring rows along.
    pub fn apply(&self, change: &Change, stamp: &Stamp) -> Result<OperationId> {
        if matches!(change, Change::Import { .. } | Change::Erase { .. }) {
            return Err(Error::conflict("an import or an erasure needs its rows"));
        }
        match change {
            // What is shown of the past leaves the case in the present.
            Change::Disclose { .. } => self.require_writer()?,
            _ => self.require_write()?,
        }
        self.check(change)?;
        self.transact(|connection| self.log(connection, change, stamp))
    }

    fn check(&self, change: &Change) -> Result<()> {
        match change {
            Change::Withdraw { source, .. } | Change::Grade { source, .. } => match self.state()?.sources.get(source) {
                None => Err(Error::Missing { what: "source" }),
                Some(standing) if !standing.live => Err(Error::conflict("the source is already withdrawn")),
                Some(_) => Ok(()),
            },
            Change::Judge { left, right, .. } if left >= right => Err(Error::conflict(
                "a judgement needs two different records, the smaller one first",
            )),
            Change::Split { leaving, staying, .. } => check_split(leaving, staying),
            Change::Retract { operation } => {
                let ledger = self.ledger()?;
                if !ledger.find(*operation)?.change.can_be_undone() {
                    Err(Error::conflict(
                        "what was shown, handed over or erased cannot be taken back",
                    ))
                } else if ledger.is_retracted(*operation) {
                    Err(Error::conflict("the operation is already taken back"))
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn log(&self, connection: &Connection, change: &Change, stamp: &Stamp) -> Result<OperationId> {
        let (id, digest) = operation::append(connection, self.instance(), change, stamp)?;
        let object = [id.instance.to_le_bytes(), id.counter.to_le_bytes()].concat();
        let event = Event::new(change.kind()).about(ABOUT_OPERATION, &object);
        self.witness(connection, &event.change(&[], &digest))?;
        Ok(id)
    }

    pub(crate) fn transact<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = work(&transaction)?;
        transaction.commit()?;
        self.remember(&mut connection);
        Ok(outcome)
    }

    /// Takes a source out of the evidence; its rows and its original stay.
    pub fn withdraw(&self, source: SourceId, reason: &str, stamp: &Stamp) -> Result<OperationId> {
        self.apply(
            &Change::Withdraw {
                source,
                reason: reason.to_owned(),
            },
            stamp,
        )
    }

    /// Records a verdict on two records, in either order.
    pub fn judge(
        &self,
        records: (RecordId, RecordId),
        verdict: Verdict,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<OperationId> {
        let (left, right) = (records.0.min(records.1), records.0.max(records.1));
        self.apply(
            &Change::Judge {
                left,
                right,
                verdict,
                reason: reason.to_owned(),
            },
            stamp,
        )
    }

    /// Grades a source.
    pub fn grade(&self, source: SourceId, grade: Grade, stamp: &Stamp) -> Result<OperationId> {
        self.apply(&Change::Grade { source, grade }, stamp)
    }

    /// Takes one operation back, wherever it stands in the log.
    pub fn retract(&self, operation: OperationId, stamp: &Stamp) -> Result<OperationId> {
        self.apply(&Change::Retract { operation }, stamp)
    }

    /// Takes the newest change back and returns it; `None` when there is none.
    pub fn undo(&self, stamp: &Stamp) -> Result<Option<Operation>> {
        self.require_write()?;
        let chosen = self.ledger()?.next_undo();
        let Some(chosen) = chosen else { return Ok(None) };
        self.retract(chosen, stamp)?;
        self.operation(chosen).map(Some)
    }

    /// Brings the change undone last back and returns it; `None` when there is none.
    pub fn redo(&self, stamp: &Stamp) -> Result<Option<Operation>> {
        self.require_write()?;
        let chosen = self.ledger()?.next_redo();
        let Some(chosen) = chosen else { return Ok(None) };
        self.bring_back(chosen, stamp)?;
        self.operation(chosen).map(Some)
    }

    /// Brings one operation back that was taken back, wherever it stands in the log.
    pub fn bring_back(&self, operation: OperationId, stamp: &Stamp) -> Result<()> {
        self.require_write()?;
        let retractions = {
            let ledger = self.ledger()?;
            ledger.find(operation)?;
            ledger.retractions_of(operation)
        };
        if retractions.is_empty() {
            return Err(Error::conflict("the operation is not taken back"));
        }
        // Two copies that were merged may each have taken it back; both must go in one step.
        self.transact(|connection| {
            retractions.iter().try_for_each(|retraction| {
                let change = Change::Retract { operation: *retraction };
                self.log(connection, &change, stamp).map(drop)
            })
        })
    }

    /// Returns the change that undo would take back.
    pub fn next_undo(&self) -> Result<Option<Operation>> {
        let ledger = self.ledger()?;
        ledger.next_undo().map(|id| ledger.find(id).cloned()).transpose()
    }

    /// Returns the change that redo would bring back.
    pub fn next_redo(&self) -> Result<Option<Operation>> {
        let ledger = self.ledger()?;
        ledger.next_redo().map(|id| ledger.find(id).cloned()).transpose()
    }

    /// Records that something left the case, with the digest of what left and why.
    pub fn log_export(&self, format: &str, sha256: &[u8; 32], reason: &str, stamp: &Stamp) -> Result<()> {
        let what = format!("export {format}");
        self.apply(
            &Change::Disclose {
                what,
                object: *sha256,
                reason: reason.to_owned(),
            },
            stamp,
        )
        .map(drop)
    }
}

/// More pairs than this would drown the verdicts that people gave one by one.
const MOST_PARTED_PAIRS: usize = 100_000;

fn check_split(leaving: &[RecordId], staying: &[RecordId]) -> Result<()> {
    if leaving.is_empty() || staying.is_empty() || leaving.iter().any(|record| staying.contains(record)) {
        Err(Error::conflict("a split needs records that leave and others that stay"))
    } else if leaving.len().saturating_mul(staying.len()) > MOST_PARTED_PAIRS {
        Err(Error::conflict(format!(
            "a split of {} from {} records is too large for one step",
            leaving.len(),
            staying.len()
        )))
    } else {
        Ok(())
    }
}
