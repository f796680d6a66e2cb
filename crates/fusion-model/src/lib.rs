//! The vocabulary of the workbench, and nothing else.
//!
//! Everything that two crates must agree on lives here: identifiers made of content, sources and their
//! grades, observations with the raw statements they carry, property types with their cleaning, people's
//! judgements, and the derived types (entities, relations, events, findings) that make up a [`derived::Snapshot`].
//!
//! This crate must not know files, clocks, databases or serialisation frameworks. Its types are deliberately
//! not serialisable: hosts translate them into views, the store packs them with the one codec in [`codec`].
//! Cleaning never fails hard: what cannot be cleaned keeps its original text and yields a reason.

pub mod codec;
pub mod derived;
mod evidence;
mod hash;
mod id;
mod judgement;
pub mod kinds;
mod observation;
pub mod property;
mod provenance;
mod score;
mod statement;
mod time;
pub mod words;

pub use evidence::{Correction, Evidence, StoredObservation};
pub use hash::{ContentHasher, StreamDigest, sha256};
pub use id::{
    EntityId, FindingId, ObservationId, OperationId, ParseIdError, RecordId, RelationId, SourceId, StatementId,
};
pub use judgement::{Judgement, JudgementState, Verdict};
pub use kinds::EntityKind;
pub use observation::{Observation, RawLink, RawRecord, RawStatement, RecordKey};
pub use property::{CleanContext, CleanFailure, CleanValue, Property, ValueType};
pub use provenance::{
    Credibility, Grade, GradedBy, Locator, Origin, Reliability, Source, SourceKind, Tlp, Warning, WarningCode,
};
pub use score::{Level, MilliBits, Score};
pub use statement::Statement;
pub use time::{Precision, TimeSpan, Timestamp};
