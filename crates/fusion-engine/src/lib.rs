//! The engine: evidence, rules and a moment in, a snapshot out.
//!
//! Pure and deterministic. No file, socket, clock, randomness, SQL or printing; scores are integers, maps are
//! ordered, ties break by id. The stages stand in the order of the data walk: clean, block, compare, score, judge,
//! cluster, correlate, confidence, risk, timeline, graph, alerts.

mod cleaned;
mod resolution;

pub use cleaned::{CleanLink, CleanRecord, Cleaned, Implied};
pub use resolution::{Cluster, Resolution};
