#![allow(clippy::unwrap_used)]

use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{EntityId, EntityKind, JudgementState, MilliBits, RecordId};

use super::{Moved, effect};
use crate::resolution::{Cluster, Resolution};

fn record(key: &str) -> RecordId {
    RecordId::of_value("test", key)
}

/// A resolution of groups of records, with the decisions on pairs of them.
fn resolution(groups: &[&[&str]], pairs: &[(&str, &str, PairDecision)]) -> Resolution {
    let mut resolution = Resolution::default();
    for group in groups {
        let mut records: Vec<RecordId> = group.iter().map(|key| record(key)).collect();
        records.sort_unstable();
        let id = EntityId::from(records[0]);
        resolution.entity_of.extend(records.iter().map(|record| (*record, id)));
        let kind = EntityKind::Person;
        resolution.entities.insert(id, Cluster { kind, records });
    }
    for (one, other, decision) in pairs {
        let (one, other) = (record(one), record(other));
        resolution.pairs.push(PairScore {
            left: one.min(other),
            right: one.max(other),
            score: MilliBits(0),
            prior: MilliBits(0),
            probability: 500_000,
            decision: *decision,
            judgement: JudgementState::Open,
            kinds_of_evidence: 1,
            contributions: Vec::new(),
            why: String::new(),
        });
    }
    resolution
}

use PairDecision::{Linked, Rejected, Review};

#[test]
fn the_same_resolution_has_no_effect() {
    let one = || resolution(&[&["a", "b"], &["c"]], &[("a", "b", Linked), ("a", "c", Review)]);
    let found = effect(&one(), &one());
    assert!(found.moved.is_empty() && found.merges.is_empty() && found.splits.is_empty());
    assert_eq!((found.entities_now, found.waiting_now, found.waiting_then), (2, 1, 1));
}

#[test]
fn joins_parts_and_moved_pairs_are_counted() {
    let now = resolution(
        &[&["a", "b", "c"], &["d"], &["e"]],
        &[
            ("a", "b", Linked),
            ("b", "c", Linked),
            ("d", "e", Review),
            ("a", "d", Rejected),
        ],
    );
    let then = resolution(
        &[&["a", "b"], &["c"], &["d", "e"]],
        &[("a", "b", Linked), ("b", "c", Review), ("d", "e", Linked)],
    );
    let found = effect(&now, &then);
    let moved = |from, to, pairs| Moved { from, to, pairs };
    assert_eq!(found.moved, [moved(Linked, Review, 1), moved(Review, Linked, 1)]);
    assert_eq!(found.merges.len(), 1);
    assert_eq!(found.merges[0].len(), 2);
    assert_eq!(found.splits.len(), 1);
    let parts: Vec<usize> = found.splits[0].1.iter().map(Vec::len).collect();
    assert_eq!(parts.iter().sum::<usize>(), 3);
    assert_eq!((found.entities_now, found.entities_then), (3, 3));
    assert_eq!((found.waiting_now, found.waiting_then), (1, 1));
    let back = effect(&then, &now);
    assert_eq!((back.merges.len(), back.splits.len()), (1, 1));
}
