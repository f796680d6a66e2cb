//! How a host follows a run and stops it, and why a run may end without a result.

use std::ops::ControlFlow;

/// Follows a run. The engine has no clock and prints nothing; a host turns these calls into progress and cancel. They come
/// from the threads of long work as well.
pub trait Watch: Sync {
    /// Tells that `done` of `total` steps of a stage are through; `Break` stops the run.
    fn stage(&self, stage: &str, done: u64, total: u64) -> ControlFlow<()>;
}

/// Follows nothing and stops nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stage(&self, _stage: &str, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Says why a run ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// The host asked for it.
    #[error("stopped during {stage}")]
    ByHost {
        /// Stage that was running.
        stage: String,
    },
    /// The rules refuse so many comparisons.
    #[error("{expected} pairs of {kind} records would be compared, the rules allow {budget}")]
    PairBudget {
        /// Kind of record.
        kind: &'static str,
        /// Pairs that the blocks make.
        expected: u64,
        /// Pairs that the rules allow.
        budget: u64,
    },
}

impl Stopped {
    /// Returns the stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ByHost { .. } => "stopped",
            Self::PairBudget { .. } => "pair-budget",
        }
    }

    /// Returns what to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::ByHost { .. } => None,
            Self::PairBudget { .. } => Some(
                "raise entity_resolution.pair_budget, or lower the key_caps so that common values make fewer pairs",
            ),
        }
    }
}

/// Reports the steps of one stage.
#[derive(Clone, Copy)]
pub(crate) struct Progress<'a> {
    watch: &'a dyn Watch,
    stage: &'a str,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(watch: &'a dyn Watch, stage: &'a str) -> Self {
        Self { watch, stage }
    }

    /// Tells how far the stage is.
    pub(crate) fn at(&self, done: u64, total: u64) -> Result<(), Stopped> {
        match self.watch.stage(self.stage, done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(self.stopped()),
        }
    }

    /// Says that the host stopped this stage.
    pub(crate) fn stopped(&self) -> Stopped {
        Stopped::ByHost {
            stage: self.stage.to_owned(),
        }
    }
}
