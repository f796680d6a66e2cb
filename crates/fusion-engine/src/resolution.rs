//! The partition of records into entities, and how each pair fared.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Finding, PairScore, StageNote};
use fusion_model::{EntityId, EntityKind, RecordId};

/// Holds the outcome of resolving.
#[derive(Debug, Default)]
pub struct Resolution {
    /// Entities by id, each with its records ascending.
    pub entities: BTreeMap<EntityId, Cluster>,
    /// The entity of every record.
    pub entity_of: BTreeMap<RecordId, EntityId>,
    /// Scored pairs worth keeping, by descending score, then ids.
    pub pairs: Vec<PairScore>,
    /// Pairs of records that joined by score or verdict, smaller record first: the chains that hold entities together.
    pub joins: BTreeSet<(RecordId, RecordId)>,
    /// Hubs, judgement conflicts, size alarms.
    pub findings: Vec<Finding>,
    /// Caps and other notices.
    pub notes: Vec<StageNote>,
}

/// Holds the records of one entity.
#[derive(Debug)]
pub struct Cluster {
    /// What sort of thing.
    pub kind: EntityKind,
    /// Members, ascending.
    pub records: Vec<RecordId>,
}
