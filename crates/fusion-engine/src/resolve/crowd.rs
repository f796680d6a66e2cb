//! The records of one described kind on their way to entities.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Finding, PairDecision, PairScore, StageNote};
use fusion_model::{EntityKind, JudgementState, RecordId};
use fusion_resolve::block::KeyFamily;
use fusion_resolve::{Conflict, Ground, Grounds, Outcome as Resolved, Scored, conflict, resolve_judged};

use crate::cleaned::Cleaned;
use crate::rules::Rules;
use crate::watch::{Progress, Stopped};

use super::decide::{Court, Reason};
use super::findings;
use super::gather::{Gathered, Said, gather};
use super::model::model;
use super::render::{Fate, Refusal, Renderer, note};
use super::verdicts::Verdicts;

/// How many pairs are put into words between two reports of progress.
const STRIDE: usize = 4_096;

/// Holds the records of one kind with everything that scores read.
pub(crate) struct Crowd<'a> {
    pub(super) cleaned: &'a Cleaned,
    pub(super) kind: EntityKind,
    /// The record at each position, ascending.
    pub(super) ids: Vec<RecordId>,
    pub(super) said: Said,
    pub(super) ground: Ground,
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
    /// The records of each side, where two groups were compared and not two records.
    pub(super) together: Option<(Vec<u32>, Vec<u32>)>,
}

impl<'a> Crowd<'a> {
    /// Gathers the records of a kind and counts the population.
    pub(crate) fn gather(cleaned: &'a Cleaned, kind: EntityKind, rules: &Rules) -> Self {
        let Gathered {
            values,
            records,
            ids,
            said,
        } = gather(cleaned, kind);
        Self {
            cleaned,
            kind,
            ids,
            said,
            ground: Ground::of(values, records, model(rules)),
        }
    }

    /// Returns the position of a record.
    pub(super) fn position(&self, record: RecordId) -> Option<u32> {
        self.ids.binary_search(&record).ok().map(|at| at as u32)
    }

    fn record(&self, at: u32) -> Option<RecordId> {
        self.ids.get(at as usize).copied()
    }

    fn court(&self) -> Court<'_> {
        Court {
            kind: self.kind,
            values: &self.ground.values,
            model: &self.ground.model,
        }
    }

    /// Scores two records and decides by themselves.
    fn pair(&self, left: u32, right: u32) -> Pair {
        let scored = self.ground.score(left, right);
        let records = &self.ground.records;
        let (decision, reason) = self.court().judge(&scored, records.of(left), records.of(right));
        Pair {
            scored,
            decision,
            reason,
            together: None,
        }
    }

    /// Scores two groups by all their evidence and decides by that.
    fn pair_together(&self, left: Vec<u32>, right: Vec<u32>) -> Pair {
        let scored = self.ground.score_together(&left, &right);
        let (one, other) = (self.ground.union(&left), self.ground.union(&right));
        let (decision, reason) = self.court().judge(&scored, &one, &other);
        Pair {
            scored,
            decision,
            reason,
            together: Some((left, right)),
        }
    }

    /// Resolves the kind.
    pub(super) fn resolve(&self, verdicts: &Verdicts, progress: Progress<'_>) -> Result<Outcome, Stopped> {
        let mut outcome = Outcome::default();
        if self.ids.is_empty() {
            return Ok(outcome);
        }
        progress.at(0, 1)?;
        let judged = self.positions_of(verdicts);
        let resolved =
            resolve_judged(&self.ground, &self.court(), &judged, &mut |_| {}).map_err(|over| Stopped::PairBudget {
                kind: self.kind.label(),
                expected: over.expected,
                budget: over.budget,
            })?;
        self.note_caps(&resolved, &mut outcome.notes);
        self.report(&resolved, verdicts, progress, &mut outcome)?;
        Ok(outcome)
    }

    /// Names the records of verdicts by position; a verdict on a record that is not here rests.
    fn positions_of(&self, verdicts: &Verdicts) -> fusion_resolve::Verdicts {
        let mut judged = fusion_resolve::Verdicts::default();
        for (left, right, state) in verdicts.iter() {
            let (Some(left), Some(right)) = (self.position(left), self.position(right)) else {
                continue;
            };
            match state {
                JudgementState::Same => judged.same.push((left, right)),
                JudgementState::Different => judged.apart.push((left, right)),
                JudgementState::Contradiction => judged.contradicted.push((left, right)),
                JudgementState::Open | JudgementState::Unsure => {}
            }
        }
        judged
    }

    /// Tells which keys were too common to compare by.
    fn note_caps(&self, resolved: &Resolved, notes: &mut Vec<StageNote>) {
        let capped = KeyFamily::ALL.into_iter().zip(resolved.capped);
        let told: Vec<String> = capped
            .filter(|(_, (keys, _))| *keys > 0)
            .map(|(family, (keys, lost))| match lost {
                0 => format!("{keys} from {}", family.label()),
                lost => format!(
                    "{keys} from {} ({lost} pairs of values are too common as well)",
                    family.label()
                ),
            })
            .collect();
        if !told.is_empty() {
            let kind = self.kind.label();
            notes.push(note(
                "block",
                format!(
                    "Keys that too many {kind} records share count only together with a second value: {}.",
                    told.join(", ")
                ),
            ));
        }
    }

    /// Puts every pair that is worth it into words.
    fn report(
        &self,
        resolved: &Resolved,
        verdicts: &Verdicts,
        progress: Progress<'_>,
        outcome: &mut Outcome,
    ) -> Result<(), Stopped> {
        let picture = Picture::of(self, resolved, verdicts);
        let mut pairs: BTreeMap<(u32, u32), Option<Pair>> = BTreeMap::new();
        pairs.extend(resolved.pairs.iter().map(|pair| ((pair.left, pair.right), None)));
        pairs.extend(resolved.twins.iter().map(|ends| (*ends, None)));
        for (left, right, _) in verdicts.iter() {
            if let (Some(left), Some(right)) = (self.position(left), self.position(right)) {
                pairs.entry((left, right)).or_default();
            }
        }
        for (ends, sides) in groups_joined_together(resolved) {
            pairs.insert(ends, Some(self.pair_together(sides.0, sides.1)));
        }
        let renderer = Renderer { crowd: self };
        let total = pairs.len() as u64;
        for (done, ((left, right), pair)) in (0u64..).zip(pairs) {
            if done % STRIDE as u64 == 0 {
                progress.at(done, total)?;
            }
            let (Some(one), Some(other)) = (self.record(left), self.record(right)) else {
                continue;
            };
            let pair = pair.unwrap_or_else(|| self.pair(left, right));
            let fate = picture.fate(&pair, (left, right), verdicts.on(one, other));
            if fate.is_join(&pair) {
                outcome.joins.push((one, other));
            }
            outcome.pairs.extend(renderer.kept(one, other, &pair, &fate));
        }
        let records_of =
            |members: &Vec<u32>| -> Vec<RecordId> { members.iter().filter_map(|at| self.record(*at)).collect() };
        outcome.groups = picture.members.values().map(records_of).collect();
        outcome.findings.extend(findings::of_hubs(self));
        let planted = findings::of_planted(self, &resolved.findings, &resolved.group_of);
        outcome.findings.extend(planted);
        for members in &resolved.oversize {
            outcome
                .findings
                .extend(findings::of_oversize(self, &records_of(members)));
        }
        Ok(())
    }

    /// Scores two records on demand and puts them into words.
    pub(super) fn on_demand(
        &self,
        ends: (RecordId, RecordId),
        same_entity: bool,
        state: JudgementState,
    ) -> Option<PairScore> {
        let pair = self.pair(self.position(ends.0)?, self.position(ends.1)?);
        let fate = Fate {
            same_entity,
            refusal: None,
            state,
        };
        Some(Renderer { crowd: self }.pair(ends.0, ends.1, &pair, &fate))
    }
}

/// Shows how the groups ended, to tell what became of each pair.
struct Picture<'a, 'b> {
    crowd: &'a Crowd<'b>,
    resolved: &'a Resolved,
    /// Members of each group by its smallest, ascending.
    members: BTreeMap<u32, Vec<u32>>,
    /// Groups that a person keeps apart, smaller first.
    apart: BTreeSet<(u32, u32)>,
    /// Records of groups that were too large.
    oversize: BTreeSet<u32>,
}

impl<'a, 'b> Picture<'a, 'b> {
    fn of(crowd: &'a Crowd<'b>, resolved: &'a Resolved, verdicts: &Verdicts) -> Self {
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, group) in (0u32..).zip(&resolved.group_of) {
            members.entry(*group).or_default().push(at);
        }
        let group = |at: u32| resolved.group_of.get(at as usize).copied().unwrap_or(at);
        let different = verdicts
            .iter()
            .filter(|(_, _, state)| *state == JudgementState::Different);
        let apart = different
            .filter_map(|(left, right, _)| Some((group(crowd.position(left)?), group(crowd.position(right)?))))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .collect();
        Self {
            crowd,
            resolved,
            members,
            apart,
            oversize: resolved.oversize.iter().flatten().copied().collect(),
        }
    }

    fn group(&self, at: u32) -> u32 {
        self.resolved.group_of.get(at as usize).copied().unwrap_or(at)
    }

    fn fate(&self, pair: &Pair, ends: (u32, u32), state: JudgementState) -> Fate {
        let (one, other) = (self.group(ends.0), self.group(ends.1));
        let same_entity = one == other;
        let refusal = (pair.decision == PairDecision::Linked && !same_entity)
            .then(|| self.refusal((one.min(other), one.max(other)), ends));
        Fate {
            same_entity,
            refusal,
            state,
        }
    }

    /// Says why two groups stayed two although two of their records are linked.
    fn refusal(&self, groups: (u32, u32), ends: (u32, u32)) -> Refusal {
        if self.apart.contains(&groups) {
            return Refusal::Forbidden;
        }
        if let Some(conflict) = self.conflict(groups) {
            return Refusal::Conflict(conflict);
        }
        if self.oversize.contains(&ends.0) && self.oversize.contains(&ends.1) {
            return Refusal::Oversize;
        }
        Refusal::Cohesion
    }

    fn conflict(&self, groups: (u32, u32)) -> Option<Conflict> {
        let ground = &self.crowd.ground;
        let all = |group: u32| {
            self.members
                .get(&group)
                .map(|members| ground.union(members))
                .unwrap_or_default()
        };
        conflict(&ground.values, &all(groups.0), &all(groups.1))
    }
}

type Sides = (Vec<u32>, Vec<u32>);

/// Returns the groups that all their evidence joined: the smallest record of each, and the records they had then.
fn groups_joined_together(resolved: &Resolved) -> Vec<((u32, u32), Sides)> {
    let mut found = Vec::new();
    if !resolved.merges.iter().any(|merge| merge.by == Grounds::Together) {
        return found;
    }
    let mut grown: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for merge in &resolved.merges {
        let mut take = |root: u32| grown.remove(&root).unwrap_or_else(|| vec![root]);
        let (mut one, other) = (take(merge.one), take(merge.other));
        if merge.by == Grounds::Together {
            found.push(((merge.one, merge.other), (one.clone(), other.clone())));
        }
        one.extend(other);
        grown.insert(merge.one, one);
    }
    found
}
