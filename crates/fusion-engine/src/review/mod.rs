//! Review: which question to ask a person first, and what the answers so far say of the engine.
//!
//! Everything here is computed from a finished snapshot and the live verdicts. It links nothing and proposes at most:
//! what a proposal would do is for its caller to show and for a person to decide. It must not know screens, logs or
//! clocks, and it cannot fail: a case without pairs has an empty queue.

mod interval;
mod joining;
mod measure;
mod preview;
mod propose;
mod thresholds;
mod value;
mod verdicts;

pub use interval::{Share, Tally};
pub use joining::{Join, joins};
pub use measure::{Group, Measure, Stratum, measure, sample};
pub use preview::{Effect, Moved, effect};
pub use propose::{Ground, Proposal, propose};
pub use thresholds::Thresholds;
pub use value::{Question, Stake, queue};
