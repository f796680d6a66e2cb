//! One full run: population, blocks, scores, clusters.

use std::collections::BTreeSet;

use crate::block::{Blocks, KeyFamily};
use crate::cluster::{Edge, Groups, judged};
use crate::decide::Decision;
use crate::digest::Digest;
use crate::feature::Feature;
use crate::ground::Ground;
use crate::guard::{self, Findings};
use crate::judge::{ByScore, Judge, Verdicts};
use crate::model::Model;
use crate::parallel::in_parallel_with;
use crate::population::Population;
use crate::records::{Held, Records, of_feature};
use crate::score::{Scored, Scorer};
use crate::value::Values;

mod losses;

pub use losses::{Losses, losses};

/// Holds a pair worth keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Smaller position.
    pub left: u32,
    /// Larger position.
    pub right: u32,
    /// Log-odds in milli-bits.
    pub score: i32,
    /// What it means by itself; a pair that somebody judged never joins by itself.
    pub decision: Decision,
}

impl Pair {
    pub(crate) fn edge(&self) -> Edge {
        Edge {
            left: self.left,
            right: self.right,
            score: self.score,
            by: Grounds::Pair,
        }
    }
}

/// Says what joined two groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grounds {
    /// A person called two of their records the same.
    Judged,
    /// Two of their records are linked.
    #[default]
    Pair,
    /// All their evidence together.
    Together,
}

/// Holds one step of how an entity grew: two groups, each named by its smallest record then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Smallest record of the joined group.
    pub one: u32,
    /// Smallest record of the other.
    pub other: u32,
    /// Log-odds in milli-bits; zero for a person's word.
    pub score: i32,
    /// What joined them.
    pub by: Grounds,
}

/// Holds what became of a population.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The smallest member of each record's group.
    pub group_of: Vec<u32>,
    /// Kept pairs by position.
    pub pairs: Vec<Pair>,
    /// Pairs compared.
    pub compared: u64,
    /// Keys per family that were too common, and how many of their composites were too common as well.
    pub capped: [(u64, u64); KeyFamily::COUNT],
    /// Members of groups that grew beyond the limit before stronger evidence was asked for.
    pub oversize: Vec<Vec<u32>>,
    /// How the groups grew: within each group, step by step.
    pub merges: Vec<Merge>,
    /// Records that rested because a smaller one says exactly the same: the smaller and the larger one.
    pub twins: Vec<(u32, u32)>,
    /// What somebody may have planted.
    pub findings: Findings,
}

/// Resolves a population.
///
/// # Errors
///
/// [`OverBudget`] when the keys would make more pairs than the rules allow; nothing is dropped silently.
pub fn resolve(
    values: &Values,
    records: &Records,
    model: &Model,
    tick: &mut dyn FnMut(&'static str),
) -> Result<Outcome, OverBudget> {
    let population = Population::of(values, records, model);
    let scorer = Scorer {
        values,
        population: &population,
        model,
    };
    run(scorer, records, &ByScore(model), &Verdicts::default(), tick)
}

/// Resolves a population as a judge decides and people have said.
///
/// # Errors
///
/// As [`resolve`].
pub fn resolve_judged<J: Judge>(
    ground: &Ground,
    judge: &J,
    verdicts: &Verdicts,
    tick: &mut dyn FnMut(&'static str),
) -> Result<Outcome, OverBudget> {
    run(ground.scorer(), &ground.records, judge, verdicts, tick)
}

fn run<J: Judge>(
    scorer: Scorer<'_>,
    records: &Records,
    judge: &J,
    verdicts: &Verdicts,
    tick: &mut dyn FnMut(&'static str),
) -> Result<Outcome, OverBudget> {
    let Scorer {
        values,
        population,
        model,
    } = scorer;
    let mut twins = Twins::of(&scorer, records, judge, verdicts);
    let crowds = guard::set_apart(records, values, &mut twins.takes_part);
    tick("population");
    let blocks = Blocks::of(records, &twins.takes_part, values, population, model);
    if blocks.expected > model.pair_budget {
        return Err(OverBudget {
            expected: blocks.expected,
            budget: model.pair_budget,
        });
    }
    let capped = blocks.capped;
    tick("block");
    let (mut pairs, compared) = score_all(&scorer, records, &blocks, judge);
    drop(blocks);
    hold_back(&mut pairs, verdicts);
    tick("score");
    let mut groups = Groups::new(scorer, records, judge, verdicts);
    let linked = pairs.iter().filter(|pair| pair.decision == Decision::Linked);
    let edges: Vec<Edge> = linked.map(Pair::edge).chain(judged(verdicts)).collect();
    groups.take(&edges);
    drop(edges);
    for _ in 1..model.rounds {
        let edges = groups.edges_between(&groups.candidates(pairs.iter()));
        groups.take(&edges);
    }
    let oversize = groups.part_oversize(&pairs, |_| true);
    tick("cluster");
    let (mut group_of, mut merges) = groups.into_parts();
    let on = guard::On {
        scorer: &scorer,
        records,
        pairs: &pairs,
        verdicts,
    };
    let mut found = guard::Found::default();
    let bridges = guard::part_bridges(&on, guard::Extent::All, &mut found, &mut group_of, &mut merges);
    tick("guard");
    for (record, twin) in (0u32..).zip(&twins.of) {
        if record != *twin {
            group_of[record as usize] = group_of[*twin as usize];
        }
    }
    Ok(Outcome {
        group_of,
        pairs,
        compared,
        capped,
        oversize,
        merges,
        twins: twins.pairs(),
        findings: Findings {
            hubs: guard::hubs(values, records, population),
            crowds,
            bridges,
            mixed_scripts: guard::mixed_scripts(records, values),
        },
    })
}

/// Refuses a run whose keys make too many pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the records make {expected} candidate pairs, more than the {budget} that the rules allow")]
pub struct OverBudget {
    /// Pairs that the live keys make.
    pub expected: u64,
    /// Pairs that the rules allow.
    pub budget: u64,
}

/// Records that hold exactly the same values as a smaller one and would join it: the larger ones rest, so that five
/// hundred rows of one person cost one comparison each instead of a block of a hundred thousand pairs.
#[derive(Debug)]
pub(crate) struct Twins {
    /// Per record: the one it rests behind, or itself.
    pub(crate) of: Vec<u32>,
    /// Per record: whether it does not rest.
    pub(crate) takes_part: Vec<bool>,
}

impl Twins {
    /// Finds the twins; a record that somebody judged keeps its own place.
    pub(crate) fn of<J: Judge>(scorer: &Scorer<'_>, records: &Records, judge: &J, verdicts: &Verdicts) -> Self {
        let alike = Self::alike(records);
        Self::among(&alike, Some, scorer, records, judge, verdicts)
    }

    /// Returns what each record says as a digest, in the order of digests.
    pub(crate) fn alike(records: &Records) -> Vec<(u64, u32)> {
        let all = 0..records.len() as u32;
        let mut alike: Vec<(u64, u32)> = all.map(|record| (Self::digest(records.of(record)), record)).collect();
        alike.sort_unstable();
        alike
    }

    /// Digests what a record says.
    pub(crate) fn digest(held: &[Held]) -> u64 {
        let digest = held.iter().fold(Digest::new(50), |digest, held| {
            digest.number(u64::from(held.value) << 8 | held.through as u64)
        });
        digest.finish()
    }

    /// Finds the twins among records in the order of their digests; `place` says where each stands, if anywhere.
    pub(crate) fn among<J: Judge>(
        alike: &[(u64, u32)],
        place: impl Fn(u32) -> Option<u32>,
        scorer: &Scorer<'_>,
        records: &Records,
        judge: &J,
        verdicts: &Verdicts,
    ) -> Self {
        let judged: BTreeSet<u32> = verdicts.all().flat_map(|(left, right)| [left, right]).collect();
        let mut twins = Self {
            of: (0..records.len() as u32).collect(),
            takes_part: vec![true; records.len()],
        };
        let mut scored = Scored::default();
        let same = |one: u32, other: u32| {
            let values = |record| records.of(record).iter().map(|held| (held.value, held.through));
            values(one).eq(values(other))
        };
        for group in alike.chunk_by(|one, other| one.0 == other.0) {
            if group.len() < 2 {
                continue;
            }
            let places = group.iter().filter_map(|(_, name)| place(*name));
            let mut group: Vec<u32> = places.filter(|record| !judged.contains(record)).collect();
            group.sort_unstable();
            let Some((first, rest)) = group.split_first() else {
                continue;
            };
            let held = records.of(*first);
            if rest.is_empty() || held.is_empty() {
                continue;
            }
            scorer.score(held, held, &mut scored);
            if judge.decide(scorer.values, &scored, held, held) != Decision::Linked {
                continue;
            }
            for record in rest.iter().filter(|record| same(*first, **record)) {
                twins.of[*record as usize] = *first;
                twins.takes_part[*record as usize] = false;
            }
        }
        twins
    }

    /// Returns the records that rest, each with the smaller one it rests behind in front.
    pub(crate) fn pairs(&self) -> Vec<(u32, u32)> {
        let all = (0u32..).zip(&self.of);
        all.filter(|(record, twin)| record != *twin)
            .map(|(record, twin)| (*twin, record))
            .collect()
    }
}

/// Lets no pair join by itself that somebody judged; pairs are in order.
pub(crate) fn hold_back(pairs: &mut [Pair], verdicts: &Verdicts) {
    for judged in verdicts.all() {
        if let Ok(at) = pairs.binary_search_by_key(&judged, |pair| (pair.left, pair.right)) {
            pairs[at].decision = pairs[at].decision.min(Decision::Review);
        }
    }
}

/// Scores one pair; nothing when it is not worth keeping.
pub(crate) fn score_pair<J: Judge>(
    scorer: &Scorer<'_>,
    records: &Records,
    (left, right): (u32, u32),
    judge: &J,
    scored: &mut Scored,
) -> Option<Pair> {
    let (one, other) = (records.of(left), records.of(right));
    scorer.score(one, other, scored);
    let decision = judge.decide(scorer.values, scored, one, other);
    let pair = Pair {
        left,
        right,
        score: scored.score,
        decision,
    };
    let model = scorer.model;
    (decision == Decision::Linked || scored.score >= model.review - model.kept_below).then_some(pair)
}

/// Scores all candidate pairs and keeps those that a person or a group may still lift.
pub(crate) fn score_all<J: Judge>(
    scorer: &Scorer<'_>,
    records: &Records,
    blocks: &Blocks,
    judge: &J,
) -> (Vec<Pair>, u64) {
    const STEP: usize = 2_048;
    let total = records.len();
    let desk = || (vec![u32::MAX; total], Vec::new(), Scored::default());
    let score = |(met, others, scored): &mut (Vec<u32>, Vec<u32>, Scored), piece: usize| {
        let (mut pairs, mut compared) = (Vec::new(), 0);
        if !judge.is_awaited() {
            return (pairs, compared);
        }
        for left in piece * STEP..((piece + 1) * STEP).min(total) {
            let left = left as u32;
            blocks.after(left, met, others);
            compared += others.len() as u64;
            fetch(scorer.values, records, others);
            for right in others.iter() {
                pairs.extend(score_pair(scorer, records, (left, *right), judge, scored));
            }
        }
        (pairs, compared)
    };
    let parts = in_parallel_with(total.div_ceil(STEP), desk, score);
    let compared = parts.iter().map(|part| part.1).sum();
    (parts.into_iter().flat_map(|part| part.0).collect(), compared)
}

/// Reads what comparing will read of each record, without waiting for one before asking for the next: scattered reads that
/// depend on nothing overlap in the processor, where those between comparisons wait for each other.
pub(crate) fn fetch(values: &Values, records: &Records, others: &[u32]) {
    records.touch(others.iter().copied());
    let each = others.iter().flat_map(|record| records.of(*record));
    let entries = each
        .clone()
        .map(|held| values.touch(held.value))
        .fold(0, u32::wrapping_add);
    let forms = each
        .map(|held| values.touch_form(held.feature, held.value))
        .fold(0, u32::wrapping_add);
    let names = others
        .iter()
        .flat_map(|record| of_feature(records.of(*record), Feature::PersonName));
    let words = names
        .map(|held| values.touch_words(held.value))
        .fold(0, u32::wrapping_add);
    std::hint::black_box([entries, forms, words]);
}

#[cfg(test)]
mod tests;
