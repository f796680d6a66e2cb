//! Changing a case: every change is one operation and one event of custody in one transaction.

use fusion_model::{Grade, OperationId, RecordId, SourceId, Verdict};
use rusqlite::{Connection, TransactionBehavior};

use super::Case;
use crate::change::{Change, Stamp};
use crate::error::{Error, Result};
use crate::state::{self, Operation};
use crate::tables::{custody, operation};

impl Case {
    /// Makes a change: appends its operation and an event of custody, durably, and returns the operation's name.
    ///
    /// Imports go through [`Case::begin_import`] instead, since they bring rows along.
    pub fn apply(&self, change: &Change, stamp: &Stamp) -> Result<OperationId> {
        if matches!(change, Change::Import { .. } | Change::Erase { .. }) {
            return Err(Error::conflict("an import or an erasure needs its rows"));
        }
        self.require_write()?;
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
            Change::Retract { operation } => {
                let operations = self.operations_in_order()?;
                let Some(target) = operations.iter().find(|known| known.id == *operation) else {
                    return Err(Error::Missing { what: "operation" });
                };
                if matches!(target.change, Change::Erase { .. }) {
                    Err(Error::conflict("an erasure cannot be taken back"))
                } else if state::retracted(&operations).contains(operation) {
                    Err(Error::conflict("the operation is already taken back"))
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn log(&self, connection: &Connection, change: &Change, stamp: &Stamp) -> Result<OperationId> {
        let (id, digest) = operation::append(connection, self.instance, change, stamp)?;
        let object = [id.instance.to_le_bytes(), id.counter.to_le_bytes()].concat();
        custody::append(connection, change.kind(), &object, &[], &digest)?;
        Ok(id)
    }

    pub(crate) fn transact<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = work(&transaction)?;
        transaction.commit()?;
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
        self.retract_chosen(stamp, state::next_undo)
    }

    /// Brings the change undone last back and returns it; `None` when there is none.
    pub fn redo(&self, stamp: &Stamp) -> Result<Option<Operation>> {
        let Some(retract) = self.retract_chosen(stamp, state::next_redo)? else {
            return Ok(None);
        };
        let Change::Retract { operation } = retract.change else {
            return Ok(None);
        };
        Ok(self
            .operations_in_order()?
            .into_iter()
            .find(|known| known.id == operation))
    }

    fn retract_chosen(
        &self,
        stamp: &Stamp,
        choose: impl FnOnce(&[Operation]) -> Option<OperationId>,
    ) -> Result<Option<Operation>> {
        self.require_write()?;
        let operations = self.operations_in_order()?;
        let Some(chosen) = choose(&operations) else {
            return Ok(None);
        };
        self.retract(chosen, stamp)?;
        Ok(operations.into_iter().find(|operation| operation.id == chosen))
    }

    /// Returns the change that undo would take back.
    pub fn next_undo(&self) -> Result<Option<Operation>> {
        let operations = self.operations_in_order()?;
        let chosen = state::next_undo(&operations);
        Ok(operations.into_iter().find(|operation| Some(operation.id) == chosen))
    }

    /// Returns the change that redo would bring back.
    pub fn next_redo(&self) -> Result<Option<Operation>> {
        let operations = self.operations_in_order()?;
        let Some(retract) = state::next_redo(&operations) else {
            return Ok(None);
        };
        let undone = operations.iter().find_map(|operation| match operation.change {
            Change::Retract { operation: target } if operation.id == retract => Some(target),
            _ => None,
        });
        Ok(operations.into_iter().find(|operation| Some(operation.id) == undone))
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
