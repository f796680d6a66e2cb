//! What a verdict is worth: how little is known of a pair, times what hangs on it.
//!
//! A person's attention is what review spends. So the queue does not start with the pair that is most likely one, but
//! with the pair on which a verdict changes most:
//!
//! ```text
//! value       = uncertainty × stake / 1000
//! uncertainty = −p·log2 p − (1 − p)·log2 (1 − p)           of the pair's probability p, in thousandths of a bit
//! stake       = 1000                                        the pair itself
//!             + 1000 · (settled − 1)                        other questions that the same verdict answers
//!             +  500 · log2 (records left · records right)  pairs of records that become, or stay not, one
//!             +  250 · log2 (1 + relations that move)       links that pass to the other entity
//!             +  500 · (steps of the graver risk above MINIMAL)
//!             +  500 · log2 (1 + alerts on either)
//! ```
//!
//! Counts enter by their doublings, since the tenth record more matters less than the second. A question is settled by
//! the same verdict when it is on the same two entities, and when it is asked of both about the same third entity:
//! "same" makes one question of the two. Relations that move are those of the entity that has fewer. A risk counts by
//! its graver side: whoever is joined to it inherits it.
//!
//! One question is asked for each two entities, by their strongest pair of records. Two entities on which somebody has
//! said "same" or "different" are not asked about again, even before that verdict is fused; a verdict that was taken
//! back is asked again at once. What somebody has looked at without deciding comes after everything nobody has seen.
//! The order is total and reads sets only: looked at, value, uncertainty, score, ids.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{PairDecision, PairScore, Snapshot};
use fusion_model::{EntityId, Judgement, JudgementState, Level, RecordId};

use crate::bits;

use super::verdicts::Said;

/// Certainty in millionths.
const CERTAIN: u64 = 1_000_000;

/// Holds one question of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Position of its pair in the snapshot's list.
    pub pair: usize,
    /// What a verdict is worth, by the formula of this module.
    pub value: u64,
    /// Entropy of the pair's probability in thousandths of a bit, 0 to 1000.
    pub uncertainty: u32,
    /// What hangs on it.
    pub stake: Stake,
    /// Whether somebody has looked at it without deciding.
    pub looked_at: bool,
}

/// Counts what hangs on a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    /// Waiting questions that the verdict answers, itself included.
    pub settled: u32,
    /// Records of the left entity.
    pub left_records: u32,
    /// Records of the right entity.
    pub right_records: u32,
    /// Relations of the entity that has fewer.
    pub relations: u32,
    /// Alerts on either entity.
    pub alerts: u32,
    /// Risk of the left entity.
    pub left_risk: Level,
    /// Risk of the right entity.
    pub right_risk: Level,
}

impl Stake {
    /// Weighs the counts, in thousandths.
    fn points(&self) -> u64 {
        let steps = self.left_risk.max(self.right_risk) as u64;
        let records = u64::from(self.left_records.max(1)) * u64::from(self.right_records.max(1));
        1_000 * u64::from(self.settled.max(1))
            + doublings(records) / 2
            + doublings(1 + u64::from(self.relations)) / 4
            + 500 * steps
            + doublings(1 + u64::from(self.alerts)) / 2
    }
}

/// Returns the base-2 logarithm in thousandths.
fn doublings(number: u64) -> u64 {
    (bits::log2(number).unsigned_abs() * 1_000) >> 16
}

/// Returns the entropy of a probability in millionths, in thousandths of a bit.
pub(super) fn uncertainty(probability: u32) -> u32 {
    let p = u64::from(probability).min(CERTAIN);
    // −p·log2 p = p·(log2 CERTAIN − log2 p) for shares of CERTAIN, in 1/65536 of a bit.
    let part = |share: u64| share * (bits::log2(CERTAIN) - bits::log2(share)).unsigned_abs();
    let sum = if p == 0 || p == CERTAIN {
        0
    } else {
        part(p) + part(CERTAIN - p)
    };
    u32::try_from((sum / CERTAIN * 1_000) >> 16).unwrap_or(1_000).min(1_000)
}

/// Returns the questions that wait for a person, the one worth most first.
///
/// `verdicts` are the live ones; those that the snapshot was not fused with count as well.
pub fn queue(snapshot: &Snapshot, verdicts: &[Judgement]) -> Vec<Question> {
    let said = Said::of(verdicts);
    let entity = |record: RecordId| {
        let card = snapshot.record(record);
        card.map_or(EntityId::from(record), |card| card.entity)
    };
    let ends = |left: RecordId, right: RecordId| {
        let (left, right) = (entity(left), entity(right));
        (left.min(right), left.max(right))
    };
    let answered: BTreeSet<(EntityId, EntityId)> = said
        .iter()
        .filter(|(_, _, state)| is_decided(*state))
        .map(|(left, right, _)| ends(left, right))
        .collect();
    let mut asked: BTreeMap<Asked, (usize, u32)> = BTreeMap::new();
    for (position, pair) in snapshot.pairs.iter().enumerate() {
        let between = ends(pair.left, pair.right);
        let key = if between.0 == between.1 {
            Asked::Within(pair.left, pair.right)
        } else {
            Asked::Between(between.0, between.1)
        };
        let is_answered = matches!(key, Asked::Between(..)) && answered.contains(&between);
        if is_answered || !is_open(pair, said.on(pair.left, pair.right)) {
            continue;
        }
        asked.entry(key).or_insert((position, 0)).1 += 1;
    }
    let ground = Ground::of(snapshot, asked.values().map(|(position, _)| *position), entity);
    let mut questions: Vec<Question> = asked
        .iter()
        .filter_map(|(key, (position, pairs))| {
            let pair = snapshot.pairs.get(*position)?;
            let (left, right) = (entity(pair.left), entity(pair.right));
            let third = match key {
                Asked::Between(..) => ground.third_parties(left, right),
                Asked::Within(..) => 0,
            };
            let stake = ground.stake(left, right, pairs + third);
            let uncertainty = uncertainty(pair.probability);
            Some(Question {
                pair: *position,
                value: u64::from(uncertainty) * stake.points() / 1_000,
                uncertainty,
                stake,
                looked_at: !matches!(said.on(pair.left, pair.right), JudgementState::Open),
            })
        })
        .collect();
    // Positions are the order by descending score and ids.
    questions.sort_by_key(|question| {
        let looked_at = question.looked_at;
        (
            looked_at,
            Reverse(question.value),
            Reverse(question.uncertainty),
            question.pair,
        )
    });
    questions
}

/// Names a question: one for each two entities, or one pair inside an entity whose joining verdict was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Between(EntityId, EntityId),
    Within(RecordId, RecordId),
}

fn is_decided(state: JudgementState) -> bool {
    matches!(state, JudgementState::Same | JudgementState::Different)
}

/// Tells whether a pair waits, by the snapshot's decision and what is said now.
fn is_open(pair: &PairScore, now: JudgementState) -> bool {
    let taken_back = match pair.decision {
        PairDecision::JudgedSame => now != JudgementState::Same,
        PairDecision::JudgedDifferent => now != JudgementState::Different,
        _ => false,
    };
    (pair.decision == PairDecision::Review || taken_back) && !is_decided(now)
}

/// Holds what is counted once for all questions.
struct Ground<'a> {
    snapshot: &'a Snapshot,
    relations: BTreeMap<EntityId, u32>,
    alerts: BTreeMap<EntityId, u32>,
    /// With whom each entity is asked about.
    asked_with: BTreeMap<EntityId, BTreeSet<EntityId>>,
}

impl<'a> Ground<'a> {
    fn of(
        snapshot: &'a Snapshot,
        positions: impl Iterator<Item = usize>,
        entity: impl Fn(RecordId) -> EntityId,
    ) -> Self {
        let mut asked_with: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
        for pair in positions.filter_map(|position| snapshot.pairs.get(position)) {
            let (left, right) = (entity(pair.left), entity(pair.right));
            asked_with.entry(left).or_default().insert(right);
            asked_with.entry(right).or_default().insert(left);
        }
        let nought = || asked_with.keys().map(|id| (*id, 0_u32)).collect::<BTreeMap<_, _>>();
        let (mut relations, mut alerts) = (nought(), nought());
        for relation in &snapshot.relations {
            for end in BTreeSet::from([relation.from, relation.to]) {
                relations.entry(end).and_modify(|count| *count += 1);
            }
        }
        for alert in &snapshot.alerts {
            alerts.entry(alert.entity).and_modify(|count| *count += 1);
        }
        Self {
            snapshot,
            relations,
            alerts,
            asked_with,
        }
    }

    /// Counts the entities that both are asked about.
    fn third_parties(&self, left: EntityId, right: EntityId) -> u32 {
        let (Some(lefts), Some(rights)) = (self.asked_with.get(&left), self.asked_with.get(&right)) else {
            return 0;
        };
        let (few, many) = if lefts.len() <= rights.len() {
            (lefts, rights)
        } else {
            (rights, lefts)
        };
        let common = few.iter().filter(|third| many.contains(*third));
        let third = common.filter(|third| **third != left && **third != right).count();
        u32::try_from(third).unwrap_or(u32::MAX)
    }

    fn stake(&self, left: EntityId, right: EntityId, settled: u32) -> Stake {
        let count = |counts: &BTreeMap<EntityId, u32>, id: EntityId| counts.get(&id).copied().unwrap_or(0);
        let (left_alerts, right_alerts) = (count(&self.alerts, left), count(&self.alerts, right));
        let (left_records, left_risk) = self.size_and_risk(left);
        let (right_records, right_risk) = self.size_and_risk(right);
        Stake {
            settled,
            left_records,
            right_records,
            relations: count(&self.relations, left).min(count(&self.relations, right)),
            alerts: if left == right {
                left_alerts
            } else {
                left_alerts + right_alerts
            },
            left_risk,
            right_risk,
        }
    }

    fn size_and_risk(&self, id: EntityId) -> (u32, Level) {
        match self.snapshot.entity(id) {
            Some(entity) => (
                u32::try_from(entity.records.len()).unwrap_or(u32::MAX),
                entity.risk.level,
            ),
            None => (1, Level::Minimal),
        }
    }
}

#[cfg(test)]
mod tests;
