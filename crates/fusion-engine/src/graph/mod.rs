//! The graph: measures, communities, suggestions, paths, neighbourhoods, layout.
//!
//! Two forms of one graph. Analysis runs over an immutable compressed snapshot ([`Csr`]): undirected, one edge for
//! each linked pair. Path search and neighbourhoods run over an editable petgraph map, which a host may filter first.
//! Floating point is used inside, summed in a fixed order, and leaves as integer millionths; every tie is broken by
//! entity id, so the same relations give the same numbers in whatever order they come.
//!
//! It must not know statements, risk or screens. It never fails: an empty graph has empty measures, an unknown
//! entity has no paths.

mod communities;
mod cores;
mod csr;
mod cuts;
mod ego;
mod influence;
mod layout;
mod measures;
mod pathing;
mod quadtree;
mod shortest;
mod spectral;
mod suggestions;
#[cfg(test)]
mod tests;

pub use communities::{Partition, communities};
pub use cores::cores;
pub use csr::Csr;
pub use cuts::{Cuts, cuts};
pub use ego::{Ego, ego};
pub use layout::{Hold, LayoutNode, Point, layout};
pub use measures::{GraphNode, Measures, measure, measure_nodes};
pub use pathing::{Path, all_paths, paths};
pub use shortest::{Shortest, sample, shortest};
pub use spectral::{eigenvector, pagerank};
