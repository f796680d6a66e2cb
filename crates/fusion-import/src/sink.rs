//! Where an importer puts what it reads.
//!
//! The host implements [`Sink`]: it stores, counts and shows progress. Every call may answer [`Stop`], which ends
//! the import; an importer passes it on at once and holds no state that would need tidying up.

use fusion_model::{Observation, Warning};

/// Says that the host wants no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// Takes in what an importer finds, in file order.
pub trait Sink {
    /// Takes one observation.
    fn observation(&mut self, observation: Observation) -> Result<(), Stop>;

    /// Takes one stored warning.
    fn warning(&mut self, warning: Warning) -> Result<(), Stop>;

    /// Counts one row, message or element that was read, whether or not it says anything.
    fn row_read(&mut self) -> Result<(), Stop>;

    /// Counts one row that says that nothing was found (search coverage, not a finding).
    fn negative(&mut self);

    /// Names the independent origin of the source; without this call the host uses `file:<hash>`.
    fn origin(&mut self, origin: String);

    /// Names whom the source is about, when the importer learned it.
    fn subject(&mut self, subject: String);
}
