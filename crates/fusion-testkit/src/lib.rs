//! Builders for tests: a fixed clock, snapshots with provenance, hostile strings, the shared folder.
//!
//! Everything is invented and fixed: nothing random but what follows from a seed, no clock, no network. Builders panic on misuse, since a test
//! that builds nonsense should fail loudly; no product crate depends on this one outside its tests.

mod hostile;
mod nightjar;
mod people;
mod shared;
mod snapshot_builder;

pub use hostile::{HOSTILE, hostile_snapshot};
pub use nightjar::nightjar_snapshot;
pub use people::{
    COLUMNS, Column, Draws, Plant, Poisoned, Row, Skewed, invented_people, poisoned_people, write_table, write_truth,
};
pub use shared::{shared_folder, shared_or_skip};
pub use snapshot_builder::{FIXED_NOW, Link, SnapshotBuilder, record_id};
