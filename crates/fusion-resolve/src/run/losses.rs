//! Where true pairs are lost: blocking, scoring or clustering. Wants the truth, so it serves figures and tests only.

use super::{Outcome, Twins};
use crate::block::Blocks;
use crate::decide::{Decision, decide};
use crate::judge::{ByScore, Verdicts};
use crate::model::Model;
use crate::parallel::in_parallel;
use crate::population::Population;
use crate::records::Records;
use crate::score::{Scored, Scorer};
use crate::value::Values;

/// Counts true pairs by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Losses {
    /// Pairs of records of one person.
    pub of_one: u64,
    /// Pairs of those that ended in one group.
    pub joined: u64,
    /// Pairs of different people that ended in one group.
    pub wrong: u64,
    /// Lost because no live key brought them together.
    pub unblocked: u64,
    /// Lost because they were compared and rejected.
    pub rejected: u64,
    /// Not joined because they wait for a person.
    pub in_review: u64,
    /// Lost because their groups were kept apart although the pair was linked.
    pub parted: u64,
}

/// Records of one scan.
const STEP: usize = 4_096;

/// Counts what became of the true pairs; `labels` names the person of each record.
pub fn losses(values: &Values, records: &Records, model: &Model, labels: &[u32], outcome: &Outcome) -> Losses {
    let population = Population::of(values, records, model);
    let scorer = Scorer {
        values,
        population: &population,
        model,
    };
    let twins = Twins::of(&scorer, records, &ByScore(scorer.model), &Verdicts::default());
    let blocks = Blocks::of(records, &twins.takes_part, values, &population, model);
    let mut order: Vec<u32> = (0..records.len() as u32).collect();
    order.sort_unstable_by_key(|record| (labels[*record as usize], *record));
    let mut starts: Vec<u32> = vec![0; records.len()];
    for (at, record) in (0u32..).zip(&order) {
        starts[*record as usize] = at;
    }
    let mates = |record: u32| {
        let label = labels[record as usize];
        let later = &order[starts[record as usize] as usize + 1..];
        later
            .iter()
            .copied()
            .take_while(move |mate| labels[*mate as usize] == label)
    };
    let scan = |piece: usize| {
        let (mut found, mut scored) = (Losses::default(), Scored::default());
        for left in piece * STEP..((piece + 1) * STEP).min(records.len()) {
            for right in mates(left as u32) {
                found.of_one += 1;
                if outcome.group_of[left] == outcome.group_of[right as usize] {
                    found.joined += 1;
                    continue;
                }
                let (one, other) = (twins.of[left], twins.of[right as usize]);
                let (one, other) = (one.min(other), one.max(other));
                if !blocks.meet(one, other) {
                    found.unblocked += 1;
                    continue;
                }
                scorer.score(records.of(one), records.of(other), &mut scored);
                match decide(&scored, model) {
                    Decision::Rejected => found.rejected += 1,
                    Decision::Review => found.in_review += 1,
                    Decision::Linked => found.parted += 1,
                }
            }
        }
        found
    };
    let mut sum = Losses::default();
    for part in in_parallel(records.len().div_ceil(STEP), scan) {
        sum.of_one += part.of_one;
        sum.joined += part.joined;
        sum.unblocked += part.unblocked;
        sum.rejected += part.rejected;
        sum.in_review += part.in_review;
        sum.parted += part.parted;
    }
    sum.wrong = pairs_in_groups(&outcome.group_of) - sum.joined;
    sum
}

fn pairs_in_groups(groups: &[u32]) -> u64 {
    let mut sizes = vec![0u64; groups.len()];
    for group in groups {
        sizes[*group as usize] += 1;
    }
    sizes.into_iter().map(|size| size * size.saturating_sub(1) / 2).sum()
}
