//! Looking back: the case as it was right after an operation.
//!
//! What is read is then the fold of the log up to that operation; what was taken back only later counts again. Nothing
//! can be changed meanwhile, but what is shown or handed over is logged in the present, as always. Rows are never
//! lost by a withdrawal, so every day's evidence is still there, with two exceptions that are told apart: a source
//! that was read anew since, which is refused, and what was erased, which is gone from every day.

use std::sync::{Arc, PoisonError};

use fusion_model::OperationId;

use super::Case;
use crate::error::{Error, Result};
use crate::ledger::Ledger;
use crate::state::LiveState;

/// Holds a day that the case is shown as of.
pub(super) struct Past {
    operation: OperationId,
    state: Arc<LiveState>,
}

impl Case {
    /// Shows the case as it was right after `operation`, until [`Case::return_to_present`].
    pub fn look_back(&self, operation: OperationId) -> Result<()> {
        let state = state_of(&*self.ledger()?, operation)?;
        let past = Past {
            operation,
            state: Arc::new(state),
        };
        *self.past.lock().unwrap_or_else(PoisonError::into_inner) = Some(past);
        Ok(())
    }

    /// Shows the case as it is.
    pub fn return_to_present(&self) {
        *self.past.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns the operation that the case is shown as of; `None` in the present.
    pub fn as_of(&self) -> Option<OperationId> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.as_ref().map(|past| past.operation)
    }

    pub(super) fn past_state(&self) -> Option<Arc<LiveState>> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.as_ref().map(|past| Arc::clone(&past.state))
    }

    /// Refuses what belongs to the present.
    pub(super) fn require_present(&self) -> Result<()> {
        match self.as_of() {
            Some(operation) => Err(Error::LookingBack { operation }),
            None => Ok(()),
        }
    }
}

fn state_of(ledger: &Ledger, operation: OperationId) -> Result<LiveState> {
    let state = ledger.state_after(operation)?;
    let present = ledger.state();
    let read_anew = state.sources.iter().find(|(id, then)| {
        let now = present.sources.get(id);
        then.live && now.is_some_and(|now| now.reading != then.reading)
    });
    match read_anew {
        Some((id, _)) => Err(Error::conflict(format!(
            "source {} was withdrawn and read anew since; the reading of that day is gone",
            id.short()
        ))),
        None => Ok(state),
    }
}
