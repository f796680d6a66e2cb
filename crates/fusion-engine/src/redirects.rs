//! Where the records of a former entity are now, for whoever still holds its id.
//!
//! An entity's id is its smallest record. When two join, one id is no more; when one parts, or its smallest record is
//! withdrawn, the id may be gone or may stand for a small rest. What is remembered are not ids that lead to ids, but the records
//! that an id stood for and that are not in it any more: so a chain of joins needs no following, and what was joined and parted
//! again leads to where its records really are. Two lists are all there is to it: [`formers`] carries the memory from one fusion to
//! the next, [`whereabouts`] counts.
//!
//! This is the one thing that depends on the way a case came by. It is therefore kept beside what is derived, enters
//! no hash and no export, and does not travel with a case.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{EntityId, RecordId};

/// Remembers a record that an id stood for, and does not any more.
pub type Former = (EntityId, RecordId);

/// Says where the records of a former entity are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whereabouts {
    /// Entities that hold them now and how many each, most first, ties by id.
    pub now_in: Vec<(EntityId, u64)>,
    /// How many are no longer among the live evidence.
    pub gone: u64,
}

/// Carries the memory over to a new partition of the records into entities.
///
/// `known` is the memory so far, `before` the partition that `now` follows. An id that stands for all it ever stood for is
/// forgotten, so that whatever is undone leaves no trace on ids that are alive again. Ascending.
pub fn formers(
    known: &[Former],
    before: &[(RecordId, EntityId)],
    now: impl Fn(RecordId) -> Option<EntityId>,
) -> Vec<Former> {
    let mut of: BTreeMap<EntityId, BTreeSet<RecordId>> = BTreeMap::new();
    for (entity, record) in known {
        of.entry(*entity).or_default().insert(*record);
    }
    // A record that goes back to an id that it had been lost to does not leave anybody: its stay elsewhere was undone.
    let home = of.clone();
    for (record, entity) in before {
        if now(*record) != Some(*entity) {
            of.entry(*entity).or_default().insert(*record);
        }
    }
    let mut kept = Vec::new();
    for (entity, records) in of {
        let lives = now(RecordId(entity.0)) == Some(entity);
        let elsewhere = |record: &RecordId| {
            now(*record).is_some_and(|holder| {
                holder != entity && !home.get(&holder).is_some_and(|records| records.contains(record))
            })
        };
        let still = records.into_iter().filter(|record| !lives || elsewhere(record));
        kept.extend(still.map(|record| (entity, record)));
    }
    kept
}

/// Counts which entities hold these records.
pub fn whereabouts(records: &[RecordId], now: impl Fn(RecordId) -> Option<EntityId>) -> Whereabouts {
    let mut counts: BTreeMap<EntityId, u64> = BTreeMap::new();
    let mut gone = 0;
    for record in records {
        match now(*record) {
            Some(entity) => *counts.entry(entity).or_default() += 1,
            None => gone += 1,
        }
    }
    let mut now_in: Vec<(EntityId, u64)> = counts.into_iter().collect();
    now_in.sort_by_key(|(entity, count)| (Reverse(*count), *entity));
    Whereabouts { now_in, gone }
}

#[cfg(test)]
mod tests;
