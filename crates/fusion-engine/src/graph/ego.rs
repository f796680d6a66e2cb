//! The neighbourhood of one entity.

use fusion_model::derived::Snapshot;
use fusion_model::{EntityId, RelationId};

use super::pathing::{hops_to, links};

/// Holds an entity, everything within some steps of it, and the relations among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ego {
    /// Entities with their steps from the middle, by steps, then id.
    pub entities: Vec<(usize, EntityId)>,
    /// Relations with both ends inside, in the order of the snapshot.
    pub relations: Vec<RelationId>,
}

/// Cuts out what lies within `depth` steps of an entity; empty when the snapshot does not hold it.
pub fn ego(snapshot: &Snapshot, entity: EntityId, depth: usize) -> Ego {
    if snapshot.entity(entity).is_none() {
        return Ego::default();
    }
    let hops = hops_to(&links(&snapshot.relations), entity, depth);
    let mut entities: Vec<(usize, EntityId)> = hops.iter().map(|(id, steps)| (*steps, *id)).collect();
    entities.sort_unstable();
    let inside = snapshot
        .relations
        .iter()
        .filter(|relation| hops.contains_key(&relation.from) && hops.contains_key(&relation.to));
    Ego {
        entities,
        relations: inside.map(|relation| relation.id).collect(),
    }
}
