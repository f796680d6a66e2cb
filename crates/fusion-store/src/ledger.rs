//! The log as far as it has been read: its operations, their order, and the state that they come to.
//!
//! Reading a log costs its whole length once; after that only what is new is read, checked and folded in. Appending
//! is the rule and is folded in place. What changes the past (a retraction, an operation of another copy that belongs
//! in between) folds anew, from memory. Rows that were read and checked once are not read again, so who looks for
//! tampering must read the table itself, as `verify` does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fusion_model::OperationId;
use rusqlite::Connection;

use crate::change::Change;
use crate::error::{Error, Result};
use crate::state::{self, LiveState, Operation};
use crate::tables::operation::{self, Followed, Logged};

/// Holds the log and what it comes to.
#[derive(Default)]
pub(crate) struct Ledger {
    followed: Followed,
    /// In order of arrival.
    arrived: Vec<Logged>,
    /// Indices into `arrived`, in fold order.
    order: Vec<usize>,
    /// Index into `arrived` by name.
    named: BTreeMap<OperationId, usize>,
    retracted: BTreeSet<OperationId>,
    state: Arc<LiveState>,
}

impl Ledger {
    /// Reads, checks and folds in what has been written since the last time.
    pub(crate) fn catch_up(&mut self, connection: &Connection) -> Result<()> {
        let mut past_changed = false;
        for logged in operation::follow(connection, &mut self.followed)? {
            past_changed |= !self.take(logged);
        }
        if past_changed {
            let arrived = &self.arrived;
            self.order.sort_by_key(|at| arrived[*at].operation.place());
            self.retracted = state::retracted(self.in_order());
            self.state = Arc::new(state::fold(self.in_order()));
        }
        Ok(())
    }

    /// Takes one operation; tells whether it could be folded in at the end.
    fn take(&mut self, logged: Logged) -> bool {
        let at = self.arrived.len();
        let last = self.order.last().map(|last| self.arrived[*last].operation.place());
        let is_last = last.is_none_or(|last| last < logged.operation.place());
        let appends = is_last && !matches!(logged.operation.change, Change::Retract { .. });
        if appends {
            // Whoever holds the state before keeps it; else it grows in place.
            let is_retracted = self.retracted.contains(&logged.operation.id);
            Arc::make_mut(&mut self.state).add(&logged.operation, is_retracted);
        }
        self.named.insert(logged.operation.id, at);
        self.order.push(at);
        self.arrived.push(logged);
        appends
    }

    /// Walks the operations in fold order.
    pub(crate) fn in_order(&self) -> impl DoubleEndedIterator<Item = &Operation> + Clone {
        self.order.iter().map(|at| &self.arrived[*at].operation)
    }

    /// Walks the operations in order of arrival, with their places in this copy's log.
    pub(crate) fn arrived(&self) -> impl DoubleEndedIterator<Item = &Logged> + ExactSizeIterator {
        self.arrived.iter()
    }

    /// Finds an operation by its name.
    pub(crate) fn find(&self, id: OperationId) -> Result<&Operation> {
        let at = self.named.get(&id).ok_or(Error::Missing { what: "operation" })?;
        Ok(&self.arrived[*at].operation)
    }

    /// Tells whether an operation is taken back.
    pub(crate) fn is_retracted(&self, id: OperationId) -> bool {
        self.retracted.contains(&id)
    }

    /// Returns what all operations in force come to.
    pub(crate) fn state(&self) -> Arc<LiveState> {
        Arc::clone(&self.state)
    }

    /// Returns what the operations up to and including `last` came to, when nothing after it had been said.
    pub(crate) fn state_after(&self, last: OperationId) -> Result<LiveState> {
        let place = self.find(last)?.place();
        let count = self
            .order
            .partition_point(|at| self.arrived[*at].operation.place() <= place);
        let before = self.order[..count].iter().map(|at| &self.arrived[*at].operation);
        Ok(state::fold(before))
    }

    /// Returns the newest change in force that can be undone.
    pub(crate) fn next_undo(&self) -> Option<OperationId> {
        let (done, _) = state::history(self.in_order());
        done.into_iter().rev().find(|id| !self.is_retracted(*id))
    }

    /// Returns the change that redo would bring back.
    pub(crate) fn next_redo(&self) -> Option<OperationId> {
        let (_, undone) = state::history(self.in_order());
        undone.into_iter().rev().find(|id| self.is_retracted(*id))
    }

    /// Returns the retractions in force that keep `target` from counting.
    pub(crate) fn retractions_of(&self, target: OperationId) -> Vec<OperationId> {
        let retracts =
            |operation: &&Operation| matches!(operation.change, Change::Retract { operation } if operation == target);
        let in_force = self.in_order().filter(|operation| !self.is_retracted(operation.id));
        in_force.filter(retracts).map(|operation| operation.id).collect()
    }
}
