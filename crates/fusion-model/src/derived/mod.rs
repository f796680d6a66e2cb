//! What the engine derives: a snapshot of the case under one revision.
//!
//! Everything here can be recomputed from evidence and rules. A derived fact always names the statements it
//! stands on; a finding cannot be made without them.

mod alert;
mod entity;
mod event;
mod finding;
mod network;
mod pair;
mod relation;
mod snapshot;
mod timeline;

pub use alert::Alert;
pub use entity::{Alias, Confidence, ConfidencePart, Entity, Fact, Risk, RiskFactor, RiskFlip};
pub use event::{Event, EventKind, Participant, Role};
pub use finding::{Finding, FindingKind};
pub use network::{Community, GraphSummary, LinkSuggestion, Network};
pub use pair::{Contribution, PairDecision, PairScore};
pub use relation::{Relation, RelationKind};
pub use snapshot::{RecordCard, Revision, Snapshot, SourceCard, StageNote};
pub use timeline::{Burst, Gap, HourWeekday, TimelineSummary};
