//! Builders for tests: a fixed clock, snapshots with provenance, hostile strings, the shared folder.
//!
//! Everything is invented and fixed: no randomness, no clock, no network. Builders panic on misuse, since a test
//! that builds nonsense should fail loudly; no product crate depends on this one outside its tests.

mod hostile;
mod nightjar;
mod shared;
mod snapshot_builder;

pub use hostile::{HOSTILE, hostile_snapshot};
pub use nightjar::nightjar_snapshot;
pub use shared::{shared_folder, shared_or_skip};
pub use snapshot_builder::{FIXED_NOW, Link, SnapshotBuilder};
