//! How an entity came to be: the joins that hold it together, in the order of their strength.
//!
//! Of all pairs inside an entity only those matter that brought two groups together: the strongest first, each between
//! records that no stronger one has joined yet (a maximum spanning tree, J. B. Kruskal 1956). It is not the order in which
//! evidence came in, which changes no result, but the one in which belief in it falls: the last join is the first that new
//! evidence would undo. Records that no kept pair joins are held by the evidence of the whole entity; they are counted.

use std::collections::BTreeMap;

use fusion_model::RecordId;
use fusion_model::derived::{PairDecision, PairScore};

/// Holds a join of two groups of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join<'a> {
    /// The pair that joined them.
    pub pair: &'a PairScore,
    /// Records of the group that holds the pair's left record, before.
    pub left_records: u32,
    /// Records of the group that holds the pair's right record, before.
    pub right_records: u32,
}

/// Returns the joins between `records`, verdicts before scores and strongest first, and how many groups are left.
pub fn joins<'a>(pairs: &'a [PairScore], records: &[RecordId]) -> (Vec<Join<'a>>, usize) {
    let mut home: BTreeMap<RecordId, RecordId> = records.iter().map(|record| (*record, *record)).collect();
    let mut size: BTreeMap<RecordId, u32> = records.iter().map(|record| (*record, 1)).collect();
    let is_verdict = |pair: &PairScore| pair.decision == PairDecision::JudgedSame;
    let mut joining: Vec<&PairScore> = pairs
        .iter()
        .filter(|pair| is_verdict(pair) || pair.decision == PairDecision::Linked)
        .filter(|pair| home.contains_key(&pair.left) && home.contains_key(&pair.right))
        .collect();
    joining.sort_by_key(|pair| {
        let score = std::cmp::Reverse(pair.score);
        (!is_verdict(pair), score, pair.left, pair.right)
    });
    let mut found = Vec::new();
    for pair in joining {
        let (left, right) = (root(&mut home, pair.left), root(&mut home, pair.right));
        if left == right {
            continue;
        }
        let of = |group: RecordId| size.get(&group).copied().unwrap_or(1);
        let (left_records, right_records) = (of(left), of(right));
        found.push(Join {
            pair,
            left_records,
            right_records,
        });
        let (kept, given) = (left.min(right), left.max(right));
        home.insert(given, kept);
        size.insert(kept, left_records + right_records);
    }
    let groups = records.len() - found.len();
    (found, groups)
}

/// Finds the group of a record and shortens the way there.
fn root(home: &mut BTreeMap<RecordId, RecordId>, record: RecordId) -> RecordId {
    let mut at = record;
    while let Some(next) = home.get(&at).copied().filter(|next| *next != at) {
        if let Some(beyond) = home.get(&next).copied() {
            home.insert(at, beyond);
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use fusion_model::derived::{PairDecision, PairScore};
    use fusion_model::{JudgementState, MilliBits, RecordId};
    use proptest::prelude::*;

    use super::joins;

    fn record(number: u32) -> RecordId {
        RecordId::of_value("test", &number.to_string())
    }

    fn pair(one: u32, other: u32, score: i32, decision: PairDecision) -> PairScore {
        let (one, other) = (record(one), record(other));
        PairScore {
            left: one.min(other),
            right: one.max(other),
            score: MilliBits(score),
            prior: MilliBits(0),
            probability: 900_000,
            decision,
            judgement: JudgementState::Open,
            kinds_of_evidence: 2,
            contributions: Vec::new(),
            why: String::new(),
        }
    }

    use PairDecision::{JudgedSame, Linked, Review};

    #[test]
    fn only_what_brings_groups_together_and_strongest_first() {
        let pairs = [
            pair(1, 2, 9_000, Linked),
            pair(2, 3, 7_000, Linked),
            pair(1, 3, 6_000, Linked),
            pair(3, 4, 2_000, Review),
            pair(3, 9, 8_000, Linked),
        ];
        let records: Vec<RecordId> = (1..=4).map(record).collect();
        let (found, groups) = joins(&pairs, &records);
        let scores: Vec<i32> = found.iter().map(|join| join.pair.score.0).collect();
        assert_eq!((scores, groups), (vec![9_000, 7_000], 2));
        assert_eq!(found[1].left_records + found[1].right_records, 3);
    }

    #[test]
    fn a_verdict_comes_before_any_score() {
        let pairs = [pair(1, 2, 9_000, Linked), pair(1, 2, -500, JudgedSame)];
        let (found, groups) = joins(&pairs, &[record(1), record(2)]);
        assert_eq!((found.len(), groups), (1, 1));
        assert_eq!(found[0].pair.decision, JudgedSame);
    }

    proptest! {
        #[test]
        fn the_order_of_pairs_never_matters(ends in prop::collection::vec((0..12_u32, 0..12_u32, 0..5_i32), 0..40), turn in 0..40_usize) {
            let pairs: Vec<PairScore> = ends
                .iter()
                .filter(|(one, other, _)| one != other)
                .map(|(one, other, score)| pair(*one, *other, *score * 1_000, Linked))
                .collect();
            let mut turned = pairs.clone();
            if !turned.is_empty() {
                turned.rotate_left(turn % pairs.len());
            }
            let records: Vec<RecordId> = (0..12).map(record).collect();
            let (found, groups) = joins(&pairs, &records);
            let (again, _) = joins(&turned, &records);
            prop_assert_eq!(&found, &again);
            prop_assert_eq!(found.len() + groups, 12);
        }
    }
}
