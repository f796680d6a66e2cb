//! Explain: why two things are one, or are not, and what would part them.
//!
//! Works for any two records or entities, also for pairs that no key brought together: their score is computed on
//! demand. For two records of one entity the merge path is the shortest chain of joining pairs between them. What
//! would part them is not guessed: each candidate (a verdict, a withdrawn source) is tried by resolving again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fusion_model::derived::PairScore;
use fusion_model::{EntityId, Evidence, JudgementState, RecordId, SourceId, Verdict};

use crate::clean::clean;
use crate::cleaned::Cleaned;
use crate::resolution::Resolution;
use crate::resolve::{Crowds, Verdicts, pair_on_demand, resolve, resolve_keeping};
use crate::rules::Rules;

/// Sources and verdicts that are tried at most; the rest is not claimed either way.
const TRIES: usize = 8;
/// Records of two entities that are paired at most to find the best pair.
const BEST_OF: usize = 4_096;
/// Statements up to which trying again is worth its time.
const TRIED_UP_TO: usize = 50_000;

/// Names what is to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One record.
    Record(RecordId),
    /// One entity; its record nearest to the other subject stands for it.
    Entity(EntityId),
}

impl From<RecordId> for Subject {
    fn from(record: RecordId) -> Self {
        Self::Record(record)
    }
}

impl From<EntityId> for Subject {
    fn from(entity: EntityId) -> Self {
        Self::Entity(entity)
    }
}

/// Holds why two things are, or are not, taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The two records compared, with every comparator's part and the decision in words.
    pub pair: PairScore,
    /// Entity of the pair's left record.
    pub left: EntityId,
    /// Entity of the pair's right record.
    pub right: EntityId,
    /// For two records of one entity: the shortest chain of pairs that joins them; else empty.
    pub path: Vec<PairScore>,
    /// What would part them, each tried; empty when they are two.
    pub unmerge: Vec<Unmerge>,
}

/// Says what would part two records of one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmerge {
    /// A verdict "not same" on these two records.
    Judge {
        /// Smaller record.
        left: RecordId,
        /// Larger record.
        right: RecordId,
    },
    /// Withdrawing the verdict "same" on these two records.
    WithdrawVerdict {
        /// Smaller record.
        left: RecordId,
        /// Larger record.
        right: RecordId,
    },
    /// Withdrawing this source.
    WithdrawSource(SourceId),
}

/// Says why nothing can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExplainError {
    /// No live record or entity has this id.
    #[error("nothing in the live evidence has this id")]
    Unknown(Subject),
    /// Both subjects are the same record.
    #[error("a record is always one with itself")]
    Same,
}

impl ExplainError {
    /// Returns the stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown-subject",
            Self::Same => "same-subject",
        }
    }

    /// Returns what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "look the id up in the entity list; a withdrawn source takes its records with it",
            Self::Same => "name two different records or entities",
        }
    }
}

/// Explains two records or entities.
///
/// # Errors
///
/// [`ExplainError`] when a subject is not in the live evidence, or both are one record.
pub fn explain(
    evidence: &Evidence,
    rules: &Rules,
    one: impl Into<Subject>,
    other: impl Into<Subject>,
) -> Result<Explanation, ExplainError> {
    let cleaned = clean(evidence);
    let (resolution, crowds) = resolve_keeping(&cleaned, &evidence.judgements, rules);
    let desk = Desk {
        evidence,
        rules,
        cleaned: &cleaned,
        resolution: &resolution,
        crowds: &crowds,
        verdicts: Verdicts::of(&evidence.judgements),
    };
    let (one, other) = (one.into(), other.into());
    let ones = desk.records_of(one).ok_or(ExplainError::Unknown(one))?;
    let others = desk.records_of(other).ok_or(ExplainError::Unknown(other))?;
    let pair = desk.best_pair(ones, others).ok_or(ExplainError::Same)?;
    let entity = |record: RecordId| {
        resolution
            .entity_of
            .get(&record)
            .copied()
            .unwrap_or(EntityId::from(record))
    };
    let (left, right) = (entity(pair.left), entity(pair.right));
    let (path, unmerge) = if left == right {
        let path = desk.path(pair.left, pair.right);
        let unmerge = desk.unmerge(&pair, &path);
        (path, unmerge)
    } else {
        (Vec::new(), Vec::new())
    };
    Ok(Explanation {
        pair,
        left,
        right,
        path,
        unmerge,
    })
}

struct Desk<'a> {
    evidence: &'a Evidence,
    rules: &'a Rules,
    cleaned: &'a Cleaned,
    resolution: &'a Resolution,
    /// What was compared, so that any pair can be scored without gathering it again.
    crowds: &'a Crowds,
    verdicts: Verdicts,
}

impl<'a> Desk<'a> {
    /// Returns the records of a subject, ascending.
    fn records_of(&self, subject: Subject) -> Option<Vec<RecordId>> {
        match subject {
            Subject::Record(record) => self.cleaned.records.contains_key(&record).then(|| vec![record]),
            Subject::Entity(entity) => self
                .resolution
                .entities
                .get(&entity)
                .map(|cluster| cluster.records.clone()),
        }
    }

    /// Returns the strongest pair between two sets of records; ties by ids.
    fn best_pair(&self, ones: Vec<RecordId>, others: Vec<RecordId>) -> Option<PairScore> {
        let ends: BTreeSet<(RecordId, RecordId)> = ones
            .iter()
            .flat_map(|one| others.iter().map(move |other| (*one.min(other), *one.max(other))))
            .filter(|(left, right)| left != right)
            .take(BEST_OF)
            .collect();
        let known = self
            .resolution
            .pairs
            .iter()
            .find(|pair| ends.contains(&(pair.left, pair.right)));
        if let Some(known) = known {
            return Some(known.clone());
        }
        let scored = ends.into_iter().map(|(left, right)| self.pair(left, right));
        scored.min_by_key(|pair| (std::cmp::Reverse(pair.score), pair.left, pair.right))
    }

    /// Returns a pair as it was kept, or scores it on demand.
    fn pair(&self, left: RecordId, right: RecordId) -> PairScore {
        let kept = self
            .resolution
            .pairs
            .iter()
            .find(|pair| (pair.left, pair.right) == (left, right));
        kept.cloned().unwrap_or_else(|| {
            let state = self.verdicts.on(left, right);
            pair_on_demand(self.crowds, self.cleaned, self.resolution, state, (left, right))
        })
    }

    /// Returns the shortest chain of joining pairs between two records; among equals the one by smaller ids.
    fn path(&self, from: RecordId, to: RecordId) -> Vec<PairScore> {
        let mut neighbours: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
        for (left, right) in &self.resolution.joins {
            neighbours.entry(*left).or_default().insert(*right);
            neighbours.entry(*right).or_default().insert(*left);
        }
        let mut came_from: BTreeMap<RecordId, RecordId> = BTreeMap::from([(from, from)]);
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front().filter(|at| *at != to) {
            for next in neighbours.get(&at).into_iter().flatten() {
                came_from.entry(*next).or_insert_with(|| {
                    queue.push_back(*next);
                    at
                });
            }
        }
        let mut steps = Vec::new();
        let mut at = to;
        while let Some(before) = came_from.get(&at).copied().filter(|before| *before != at) {
            steps.push(self.pair(at.min(before), at.max(before)));
            at = before;
        }
        steps.reverse();
        steps
    }

    /// Tries what could part the two, and returns what does.
    fn unmerge(&self, pair: &PairScore, path: &[PairScore]) -> Vec<Unmerge> {
        let mut found = vec![Unmerge::Judge {
            left: pair.left,
            right: pair.right,
        }];
        if self.cleaned.statements.len() > TRIED_UP_TO {
            return found;
        }
        let judged = path
            .iter()
            .filter(|step| step.judgement == JudgementState::Same)
            .take(TRIES);
        for step in judged {
            let mut without = self.evidence.clone();
            without.judgements.retain(|judgement| {
                (judgement.left, judgement.right) != (step.left, step.right) || judgement.verdict != Verdict::Same
            });
            if self.parts(&without, pair) {
                found.push(Unmerge::WithdrawVerdict {
                    left: step.left,
                    right: step.right,
                });
            }
        }
        for source in self.sources_behind(path).into_iter().take(TRIES) {
            let mut without = self.evidence.clone();
            without.sources.retain(|card| card.id != source);
            if self.parts(&without, pair) {
                found.push(Unmerge::WithdrawSource(source));
            }
        }
        found
    }

    /// Tells whether both records are still there under other evidence, and are two.
    fn parts(&self, evidence: &Evidence, pair: &PairScore) -> bool {
        let resolution = resolve(&clean(evidence), &evidence.judgements, self.rules);
        match (
            resolution.entity_of.get(&pair.left),
            resolution.entity_of.get(&pair.right),
        ) {
            (Some(left), Some(right)) => left != right,
            _ => false,
        }
    }

    /// Returns the sources whose statements speak for the steps of a path, ascending.
    fn sources_behind(&self, path: &[PairScore]) -> BTreeSet<SourceId> {
        let speaking = path
            .iter()
            .flat_map(|step| &step.contributions)
            .filter(|part| part.weight.0 + part.rarity.0 > 0);
        speaking
            .flat_map(|part| &part.statements)
            .filter_map(|id| {
                self.cleaned
                    .statements
                    .binary_search_by(|statement| statement.id.cmp(id))
                    .ok()
            })
            .filter_map(|at| self.cleaned.statements.get(at))
            .map(|statement| statement.source)
            .collect()
    }
}

#[cfg(test)]
mod tests;
