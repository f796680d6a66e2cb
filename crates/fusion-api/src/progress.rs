//! How long work tells its host how it is getting on, and learns that it should stop.

use std::ops::ControlFlow;

/// Listens to long work.
pub trait Progress: Sync {
    /// Takes note of the present stage; answers `Break` to stop. `total` is 0 when unknown.
    fn report(&self, text: &str, done: u64, total: u64) -> ControlFlow<()>;
}

/// Listens to nothing and never stops anything.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn report(&self, _text: &str, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
