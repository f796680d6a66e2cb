//! The engine: evidence, rules and a moment in, a snapshot out.
//!
//! Pure and deterministic. No file, socket, clock, randomness, SQL or printing; scores are integers, maps are
//! ordered, ties break by id. The stages stand in the order of the data walk: clean, block, compare, score, judge,
//! cluster, correlate, confidence, risk, timeline, graph, alerts.

pub mod alerts;
mod bits;
pub mod clean;
mod cleaned;
mod confidence;
pub mod correlate;
pub mod entity;
mod explain;
#[cfg(test)]
mod fixture;
pub mod graph;
mod lookup;
mod pipeline;
mod poisson;
mod record_card;
pub mod redirects;
mod resolution;
pub mod resolve;
pub mod review;
mod revision;
pub mod risk;
pub mod rules;
#[cfg(test)]
mod staged;
pub mod timeline;
mod watch;

pub use cleaned::{CleanLink, CleanRecord, Cleaned, Implied};
pub use explain::{ExplainError, Explanation, Subject, Unmerge, explain};
pub use pipeline::{STAGES, fuse, fuse_onto, fuse_taking};
pub use resolution::{Cluster, Resolution};
pub use revision::{ENGINE, RevisionParts, as_of, revision};
pub use watch::{Stopped, Unwatched, Watch};
