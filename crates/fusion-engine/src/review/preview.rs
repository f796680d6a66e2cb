//! What other thresholds would do: which pairs are decided otherwise, which entities join and part.
//!
//! Both sides are whole resolutions of the same evidence and verdicts, so the effect is what a fusion would do and no
//! estimate. Nothing is kept of it.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{EntityId, RecordId};

use crate::resolution::Resolution;

/// Counts pairs that are decided otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Decision now.
    pub from: PairDecision,
    /// Decision then.
    pub to: PairDecision,
    /// Number of pairs.
    pub pairs: u64,
}

/// Holds what a change of rules would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Pairs that are decided otherwise, by decision.
    pub moved: Vec<Moved>,
    /// Entities of now that would be one, each group ascending; in the order of their smallest ids.
    pub merges: Vec<Vec<EntityId>>,
    /// Entities of now that would be several, with their parts; in the order of their ids.
    pub splits: Vec<(EntityId, Vec<Vec<RecordId>>)>,
    /// Entities now.
    pub entities_now: u64,
    /// Entities then.
    pub entities_then: u64,
    /// Pairs that wait now.
    pub waiting_now: u64,
    /// Pairs that wait then.
    pub waiting_then: u64,
}

/// Compares two resolutions of the same evidence.
pub fn effect(now: &Resolution, then: &Resolution) -> Effect {
    let mut merges = Vec::new();
    let mut gathered: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    let mut splits = Vec::new();
    for (id, cluster) in &now.entities {
        let mut parts: BTreeMap<EntityId, Vec<RecordId>> = BTreeMap::new();
        for record in &cluster.records {
            if let Some(entity) = then.entity_of.get(record) {
                parts.entry(*entity).or_default().push(*record);
                gathered.entry(*entity).or_default().insert(*id);
            }
        }
        if parts.len() > 1 {
            splits.push((*id, parts.into_values().collect()));
        }
    }
    merges.extend(
        gathered
            .into_values()
            .filter(|former| former.len() > 1)
            .map(|former| former.into_iter().collect::<Vec<_>>()),
    );
    merges.sort();
    Effect {
        moved: moved(&now.pairs, &then.pairs),
        merges,
        splits,
        entities_now: now.entities.len() as u64,
        entities_then: then.entities.len() as u64,
        waiting_now: waiting(&now.pairs),
        waiting_then: waiting(&then.pairs),
    }
}

/// Counts the pairs whose decision differs; a pair that is not kept counts as rejected.
fn moved(now: &[PairScore], then: &[PairScore]) -> Vec<Moved> {
    let decisions = |pairs: &[PairScore]| -> BTreeMap<(RecordId, RecordId), PairDecision> {
        pairs
            .iter()
            .map(|pair| ((pair.left, pair.right), pair.decision))
            .collect()
    };
    let (before, after) = (decisions(now), decisions(then));
    let ends: BTreeSet<&(RecordId, RecordId)> = before.keys().chain(after.keys()).collect();
    let of =
        |decisions: &BTreeMap<_, PairDecision>, ends| decisions.get(ends).copied().unwrap_or(PairDecision::Rejected);
    let mut counts: BTreeMap<(PairDecision, PairDecision), u64> = BTreeMap::new();
    for ends in ends {
        let (from, to) = (of(&before, ends), of(&after, ends));
        if from != to {
            *counts.entry((from, to)).or_default() += 1;
        }
    }
    let moved = |((from, to), pairs)| Moved { from, to, pairs };
    counts.into_iter().map(moved).collect()
}

fn waiting(pairs: &[PairScore]) -> u64 {
    pairs
        .iter()
        .filter(|pair| pair.decision == PairDecision::Review)
        .count() as u64
}

#[cfg(test)]
mod tests;
