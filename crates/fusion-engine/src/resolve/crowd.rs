//! The records of one described kind on their way to entities.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Finding, PairDecision, PairScore, StageNote};
use fusion_model::{EntityKind, JudgementState, RecordId};
use fusion_resolve::block::KeyFamily;
use fusion_resolve::increment::Standing;
use fusion_resolve::{Conflict, Findings, Ground, Grounds, Merge, Outcome as Resolved, Scored, conflict};

use crate::cleaned::Cleaned;
use crate::watch::{Progress, Stopped};

use super::decide::{Court, Reason};
use super::findings;
use super::gather::Said;
use super::render::{Fate, Refusal, Renderer, note};
use super::verdicts::Verdicts;

/// How many pairs are put into words between two reports of progress.
const STRIDE: usize = 4_096;

/// Shows the records of one kind with everything that scores read.
#[derive(Clone, Copy)]
pub(super) struct Crowd<'a> {
    pub(super) cleaned: &'a Cleaned,
    pub(super) kind: EntityKind,
    /// The record at each position, ascending.
    pub(super) ids: &'a [RecordId],
    pub(super) said: &'a Said,
    pub(super) ground: &'a Ground,
}

/// Shows how a kind ended, whether it was worked out anew or followed a change.
pub(super) struct Ended<'a> {
    pub(super) group_of: &'a [u32],
    pub(super) pairs: &'a [fusion_resolve::Pair],
    pub(super) merges: &'a [Merge],
    pub(super) oversize: &'a [Vec<u32>],
    pub(super) capped: [(u64, u64); KeyFamily::COUNT],
    pub(super) twins: Vec<(u32, u32)>,
    pub(super) findings: Findings,
}

impl<'a> From<&'a Resolved> for Ended<'a> {
    fn from(resolved: &'a Resolved) -> Self {
        Self {
            group_of: &resolved.group_of,
            pairs: &resolved.pairs,
            merges: &resolved.merges,
            oversize: &resolved.oversize,
            capped: resolved.capped,
            twins: resolved.twins.clone(),
            findings: resolved.findings.clone(),
        }
    }
}

impl<'a> From<&'a Standing<RecordId>> for Ended<'a> {
    fn from(standing: &'a Standing<RecordId>) -> Self {
        Self {
            group_of: standing.group_of(),
            pairs: standing.pairs(),
            merges: standing.merges(),
            oversize: standing.oversize(),
            capped: standing.capped(),
            twins: standing.twins(),
            findings: standing.findings(),
        }
    }
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
            model: &self.ground.model,
        }
    }

    /// Scores two records and decides by themselves.
    fn pair(&self, left: u32, right: u32) -> Pair {
        let scored = self.ground.score(left, right);
        let records = &self.ground.records;
        let (decision, reason) = self
            .court()
            .judge(&self.ground.values, &scored, records.of(left), records.of(right));
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
        let (decision, reason) = self.court().judge(&self.ground.values, &scored, &one, &other);
        Pair {
            scored,
            decision,
            reason,
            together: Some((left, right)),
        }
    }

    /// Tells which keys were too common to compare by.
    fn note_caps(&self, ended: &Ended<'_>, notes: &mut Vec<StageNote>) {
        let capped = KeyFamily::ALL.into_iter().zip(ended.capped);
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

    /// Tells what became of the kind: its groups, and every pair that is worth it in words.
    pub(super) fn report(
        &self,
        ended: &Ended<'_>,
        verdicts: &Verdicts,
        progress: Progress<'_>,
    ) -> Result<Outcome, Stopped> {
        let mut outcome = Outcome::default();
        self.note_caps(ended, &mut outcome.notes);
        let picture = Picture::of(*self, ended, verdicts);
        let mut pairs: BTreeMap<(u32, u32), Option<Pair>> = BTreeMap::new();
        pairs.extend(ended.pairs.iter().map(|pair| ((pair.left, pair.right), None)));
        pairs.extend(ended.twins.iter().map(|ends| (*ends, None)));
        for (left, right, _) in verdicts.iter() {
            if let (Some(left), Some(right)) = (self.position(left), self.position(right)) {
                pairs.entry((left, right)).or_default();
            }
        }
        for (ends, sides) in groups_joined_together(ended.merges) {
            pairs.insert(ends, Some(self.pair_together(sides.0, sides.1)));
        }
        let renderer = Renderer { crowd: *self };
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
        let planted = findings::of_planted(self, &ended.findings, ended.group_of);
        outcome.findings.extend(planted);
        for members in ended.oversize {
            outcome
                .findings
                .extend(findings::of_oversize(self, &records_of(members)));
        }
        Ok(outcome)
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
        Some(Renderer { crowd: *self }.pair(ends.0, ends.1, &pair, &fate))
    }
}

/// Shows how the groups ended, to tell what became of each pair.
struct Picture<'a> {
    crowd: Crowd<'a>,
    group_of: &'a [u32],
    /// Members of each group by its smallest, ascending.
    members: BTreeMap<u32, Vec<u32>>,
    /// Groups that a person keeps apart, smaller first.
    apart: BTreeSet<(u32, u32)>,
    /// Records of groups that were too large.
    oversize: BTreeSet<u32>,
}

impl<'a> Picture<'a> {
    fn of(crowd: Crowd<'a>, ended: &Ended<'a>, verdicts: &Verdicts) -> Self {
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, group) in (0u32..).zip(ended.group_of) {
            members.entry(*group).or_default().push(at);
        }
        let group = |at: u32| ended.group_of.get(at as usize).copied().unwrap_or(at);
        let different = verdicts
            .iter()
            .filter(|(_, _, state)| *state == JudgementState::Different);
        let apart = different
            .filter_map(|(left, right, _)| Some((group(crowd.position(left)?), group(crowd.position(right)?))))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .collect();
        Self {
            crowd,
            group_of: ended.group_of,
            members,
            apart,
            oversize: ended.oversize.iter().flatten().copied().collect(),
        }
    }

    fn group(&self, at: u32) -> u32 {
        self.group_of.get(at as usize).copied().unwrap_or(at)
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
        let ground = self.crowd.ground;
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
fn groups_joined_together(merges: &[Merge]) -> Vec<((u32, u32), Sides)> {
    let mut found = Vec::new();
    if !merges.iter().any(|merge| merge.by == Grounds::Together) {
        return found;
    }
    let mut grown: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for merge in merges {
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
