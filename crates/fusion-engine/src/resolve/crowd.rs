//! The records of one described kind on their way to entities.
//!
//! Twins (records that hold exactly the same values) that would join anyway are joined first, so that five hundred
//! rows of one person cost one comparison each instead of a block of a hundred thousand pairs.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Finding, PairDecision, PairScore, StageNote};
use fusion_model::{EntityKind, JudgementState, RecordId};

use crate::block::{Candidates, candidates};
use crate::cleaned::Cleaned;
use crate::compare::Values;
use crate::rules::EntityResolution;
use crate::score::{Scored, Scorer};
use crate::watch::{Progress, Stopped};

use super::cluster::{Edge, EdgeKind, Material, Partition, cluster};
use super::decide::{Reason, Thresholds, decide};
use super::findings;
use super::holder::{Holder, Through, gather};
use super::marks::Marks;
use super::population::Population;
use super::render::{Fate, Renderer, note};
use super::verdicts::Verdicts;

/// How many pairs are scored between two reports of progress.
const STRIDE: usize = 4_096;

/// Holds the records of one kind with everything that scores read.
pub(crate) struct Crowd<'a> {
    pub(super) cleaned: &'a Cleaned,
    pub(super) rules: &'a EntityResolution,
    pub(super) kind: EntityKind,
    pub(super) values: Values,
    /// One per record, by record.
    pub(super) holders: Vec<Holder>,
    pub(super) population: Population,
    thresholds: Thresholds,
}

/// Holds what became of a kind.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) groups: Vec<Vec<RecordId>>,
    pub(super) pairs: Vec<PairScore>,
    pub(super) joins: Vec<(RecordId, RecordId)>,
    pub(super) findings: Vec<Finding>,
    pub(super) notes: Vec<StageNote>,
}

/// Holds a pair as scored by itself.
pub(super) struct Pair {
    pub(super) scored: Scored,
    pub(super) decision: PairDecision,
    pub(super) reason: Reason,
    /// Positions of the entities of the round before, where those were compared and not the two records alone.
    pub(super) together: Option<Sides>,
}

/// Positions of the members of two entities, in the order of the pair.
pub(super) type Sides = (Vec<usize>, Vec<usize>);

type Pairs = BTreeMap<(usize, usize), Pair>;

impl<'a> Crowd<'a> {
    /// Gathers the records of a kind and counts the population.
    pub(crate) fn gather(cleaned: &'a Cleaned, kind: EntityKind, rules: &'a EntityResolution) -> Self {
        let mut values = Values::default();
        let holders = gather(cleaned, kind, &mut values);
        let population = Population::of(cleaned, &values, &holders, rules);
        Self {
            cleaned,
            rules,
            kind,
            values,
            holders,
            population,
            thresholds: Thresholds::of(rules),
        }
    }

    /// Returns the position of a record.
    pub(crate) fn position(&self, record: RecordId) -> Option<usize> {
        self.holders
            .binary_search_by(|holder| holder.records.first().cmp(&Some(&record)))
            .ok()
    }

    /// Scores two holders and decides by themselves.
    pub(super) fn pair(&self, left: &Holder, right: &Holder) -> Pair {
        let scorer = Scorer {
            values: &self.values,
            population: &self.population,
            rules: self.rules,
        };
        let scored = scorer.score(left, right);
        let conflict = Marks::of(left, &self.values).conflict(&Marks::of(right, &self.values), &self.values);
        let (decision, reason) = decide(self.kind, &scored, conflict, &self.values, self.rules, self.thresholds);
        Pair {
            scored,
            decision,
            reason,
            together: None,
        }
    }

    /// Resolves the kind.
    pub(super) fn resolve(&self, verdicts: &Verdicts, progress: Progress<'_>) -> Result<Outcome, Stopped> {
        let mut outcome = Outcome::default();
        if self.holders.is_empty() {
            return Ok(outcome);
        }
        let (twin_of, twins) = self.twins();
        let weights: Vec<u64> = (0..self.holders.len()).map(|at| u64::from(twin_of[at] == at)).collect();
        let found = candidates(
            &self.holders,
            &|at| twin_of[at] == at,
            &self.values,
            &self.population,
            self.rules,
        );
        self.check_budget(&found)?;
        self.note_caps(&found, &mut outcome.notes);
        let mut pairs: Pairs = BTreeMap::new();
        for (done, (left, right)) in found.pairs.iter().enumerate() {
            if done % STRIDE == 0 {
                progress.at(done as u64, found.pairs.len() as u64)?;
            }
            let (left, right) = (*left as usize, *right as usize);
            pairs.insert((left, right), self.pair(&self.holders[left], &self.holders[right]));
        }
        pairs.extend(twins);
        self.add_judged(verdicts, &mut pairs);
        let mut partition = self.partition(&pairs, verdicts, &weights);
        let alone = pairs.len();
        for _ in 1..self.rules.rounds {
            progress.at(alone as u64, alone as u64)?;
            let together = self.compare_entities(&partition)?;
            let mut all: BTreeMap<(usize, usize), &Pair> = pairs.iter().map(|(ends, pair)| (*ends, pair)).collect();
            for (ends, pair) in &together {
                all.entry(*ends)
                    .and_modify(|kept| *kept = stronger(kept, pair))
                    .or_insert(pair);
            }
            let next = self.partition_of(&all, verdicts, &weights);
            let settled = next.groups == partition.groups;
            partition = next;
            if settled {
                merge_together(&mut pairs, together);
                break;
            }
            merge_together(&mut pairs, together);
        }
        self.report(pairs, &partition, verdicts, &mut outcome);
        Ok(outcome)
    }

    /// Finds records with the same values as a smaller record that would join with it; the larger ones rest.
    fn twins(&self) -> (Vec<usize>, Pairs) {
        let mut first: BTreeMap<Vec<(u32, Through)>, usize> = BTreeMap::new();
        let mut twin_of: Vec<usize> = (0..self.holders.len()).collect();
        let mut twins = Pairs::new();
        for (at, holder) in self
            .holders
            .iter()
            .enumerate()
            .filter(|(_, holder)| !holder.held.is_empty())
        {
            let Some(smaller) = first.get(&holder.profile()).copied() else {
                first.insert(holder.profile(), at);
                continue;
            };
            let pair = self.pair(&self.holders[smaller], holder);
            if pair.decision == PairDecision::Linked {
                twin_of[at] = smaller;
                twins.insert((smaller, at), pair);
            }
        }
        (twin_of, twins)
    }

    fn check_budget(&self, found: &Candidates) -> Result<(), Stopped> {
        if !found.over_budget {
            return Ok(());
        }
        let budget = u64::from(self.rules.pair_budget);
        Err(Stopped::PairBudget {
            kind: self.kind.label(),
            expected: found.expected,
            budget,
        })
    }

    fn note_caps(&self, found: &Candidates, notes: &mut Vec<StageNote>) {
        for (family, (keys, lost)) in &found.capped {
            let kind = self.kind.label();
            notes.push(note(
                "block",
                format!(
                    "{keys} keys from {family} of {kind} records are too common and count only together with a second value; {lost} of those are too common as well."
                ),
            ));
        }
    }

    /// Scores judged pairs that no key brought together.
    fn add_judged(&self, verdicts: &Verdicts, pairs: &mut Pairs) {
        for (left, right, _) in verdicts.iter() {
            if let (Some(left), Some(right)) = (self.position(left), self.position(right)) {
                pairs
                    .entry((left, right))
                    .or_insert_with(|| self.pair(&self.holders[left], &self.holders[right]));
            }
        }
    }

    /// Compares the entities of a partition by all their evidence together. Each pair of entities stands for the pair
    /// of their smallest records.
    fn compare_entities(&self, partition: &Partition) -> Result<Pairs, Stopped> {
        let unions: Vec<Holder> = partition
            .groups
            .iter()
            .map(|group| Holder::union(&group.iter().filter_map(|at| self.holders.get(*at)).collect::<Vec<_>>()))
            .collect();
        let found = candidates(&unions, &|_| true, &self.values, &self.population, self.rules);
        self.check_budget(&found)?;
        let mut pairs = Pairs::new();
        for (left, right) in found.pairs {
            let (left, right) = (left as usize, right as usize);
            let (one, other) = (&partition.groups[left], &partition.groups[right]);
            if one.len() == 1 && other.len() == 1 {
                continue;
            }
            let mut pair = self.pair(&unions[left], &unions[right]);
            pair.together = Some((one.clone(), other.clone()));
            if let (Some(first), Some(second)) = (one.first(), other.first()) {
                pairs.insert((*first.min(second), *first.max(second)), pair);
            }
        }
        Ok(pairs)
    }

    fn partition(&self, pairs: &Pairs, verdicts: &Verdicts, weights: &[u64]) -> Partition {
        let all = pairs.iter().map(|(ends, pair)| (*ends, pair)).collect();
        self.partition_of(&all, verdicts, weights)
    }

    fn partition_of(&self, pairs: &BTreeMap<(usize, usize), &Pair>, verdicts: &Verdicts, weights: &[u64]) -> Partition {
        let mut edges = Vec::new();
        let mut forbidden = BTreeSet::new();
        for ((left, right), pair) in pairs {
            let edge = |kind, score| Edge {
                left: *left,
                right: *right,
                score,
                kind,
            };
            match self.verdict(verdicts, *left, *right) {
                JudgementState::Same => edges.push(edge(EdgeKind::Judged, 0)),
                JudgementState::Different => {
                    forbidden.insert((*left, *right));
                }
                JudgementState::Contradiction => {}
                JudgementState::Open | JudgementState::Unsure => {
                    if pair.decision == PairDecision::Linked {
                        edges.push(edge(EdgeKind::Scored, pair.scored.score));
                    }
                }
            }
        }
        let scores = pairs.iter().map(|(ends, pair)| (*ends, pair.scored.score)).collect();
        let marks: Vec<Marks> = self
            .holders
            .iter()
            .map(|holder| Marks::of(holder, &self.values))
            .collect();
        cluster(&Material {
            edges: &edges,
            scores: &scores,
            forbidden: &forbidden,
            marks: &marks,
            weights,
            values: &self.values,
            max_size: u64::from(self.rules.max_cluster_size),
            step: self.rules.oversize_step.0,
            cohesion: self.rules.cohesion_threshold.0,
        })
    }

    /// Scores two records on demand and puts them into words.
    pub(super) fn on_demand(
        &self,
        ends: (RecordId, RecordId),
        same_entity: bool,
        state: JudgementState,
    ) -> Option<PairScore> {
        let holder = |record| self.position(record).and_then(|at| self.holders.get(at));
        let pair = self.pair(holder(ends.0)?, holder(ends.1)?);
        let fate = Fate {
            same_entity,
            refusal: None,
            state,
        };
        Some(Renderer { crowd: self }.pair(ends.0, ends.1, &pair, &fate))
    }

    fn verdict(&self, verdicts: &Verdicts, left: usize, right: usize) -> JudgementState {
        match (self.record(left), self.record(right)) {
            (Some(left), Some(right)) => verdicts.on(left, right),
            _ => JudgementState::Open,
        }
    }

    fn record(&self, at: usize) -> Option<RecordId> {
        self.holders.get(at).and_then(|holder| holder.records.first()).copied()
    }

    fn report(&self, pairs: Pairs, partition: &Partition, verdicts: &Verdicts, outcome: &mut Outcome) {
        let renderer = Renderer { crowd: self };
        for ((left, right), pair) in &pairs {
            let same_entity = partition.group_of.get(*left) == partition.group_of.get(*right);
            let state = self.verdict(verdicts, *left, *right);
            let fate = Fate {
                same_entity,
                refusal: partition.refused.get(&(*left, *right)).copied(),
                state,
            };
            let (Some(one), Some(other)) = (self.record(*left), self.record(*right)) else {
                continue;
            };
            if fate.is_join(pair) {
                outcome.joins.push((one, other));
            }
            outcome.pairs.extend(renderer.kept(one, other, pair, &fate));
        }
        outcome.groups = partition
            .groups
            .iter()
            .map(|group| group.iter().filter_map(|at| self.record(*at)).collect())
            .collect();
        outcome.findings.extend(findings::of_hubs(self));
        for members in &partition.oversize {
            let records: Vec<RecordId> = members.iter().filter_map(|at| self.record(*at)).collect();
            outcome.findings.extend(findings::of_oversize(self, &records));
        }
    }
}

/// Returns the pair that says more; a decision of records by themselves stands when entities say the same.
fn stronger<'p>(one: &'p Pair, other: &'p Pair) -> &'p Pair {
    if other.scored.score > one.scored.score {
        other
    } else {
        one
    }
}

fn merge_together(pairs: &mut Pairs, together: Pairs) {
    for (ends, pair) in together {
        match pairs.get_mut(&ends) {
            Some(kept) if pair.scored.score > kept.scored.score => *kept = pair,
            Some(_) => {}
            None => {
                pairs.insert(ends, pair);
            }
        }
    }
}
