//! Which thresholds the verdicts speak for.
//!
//! **Joining** may begin at the lowest score from which the pairs that would be joined are the same with a wanted
//! surety: the lower end of their share reaches the goal. These are the linked pairs and those waiting ones that nothing
//! but the threshold keeps apart. Each stratum gives its own share, weighed with its size, and each lower end holds with
//! 97.5 %, so that both hold at once with 95 %. Pairs that an identifier joins are joined at any threshold and are left
//! out.
//!
//! **Asking** may begin at the highest score below which hardly anything is lost: the upper end of the share of the same
//! among the waiting pairs below it is at most what the goal leaves over. Where a rejected pair that chance has drawn was
//! judged the same, asking should have begun at its score.
//!
//! Only pairs that chance has drawn count. Where they are too few, the threshold in force stays and the number of
//! verdicts that are missing at least is told. A proposal is never put in force here.

use std::collections::BTreeSet;

use fusion_model::derived::PairScore;
use fusion_model::{Judgement, JudgementState, MilliBits, RecordId, Score};

use crate::rules::Rules;

use super::interval::{Surety, Tally, WHOLE, share};
use super::measure::{Stratum, drawn};
use super::thresholds::Thresholds;
use super::verdicts::Said;

/// Says what the verdicts come to for one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The threshold in force is the one that the verdicts speak for.
    Holds,
    /// Another one is.
    Moved,
    /// The verdicts do not reach the goal; at least so many more are needed.
    TooFew(u64),
}

/// Holds a proposal and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// In force now.
    pub now: Thresholds,
    /// Proposed; as now where the verdicts do not speak for another.
    pub proposed: Thresholds,
    /// What speaks for the threshold of joining.
    pub link: Ground,
    /// What speaks for the threshold of asking.
    pub review: Ground,
    /// Verdicts on drawn pairs that it rests on.
    pub verdicts: u64,
}

/// Proposes thresholds; `pairs` are the kept ones, decided without any verdict.
pub fn propose(pairs: &[PairScore], verdicts: &[Judgement], rules: &Rules, goal: Score) -> Proposal {
    let said = Said::of(verdicts);
    let drawn = drawn(pairs, &said);
    let now = Thresholds::of(rules);
    let goal = u64::from(goal.basis_points());
    let least_kinds = rules.entity_resolution.min_kinds_of_evidence;
    let is_eligible = |pair: &PairScore| match Stratum::of(pair) {
        Stratum::Linked => pair.score >= now.link,
        Stratum::Waiting => pair.score < now.link && u64::from(pair.kinds_of_evidence) >= u64::from(least_kinds),
        _ => false,
    };
    let joined = Scores::of(pairs, &said, &drawn, is_eligible);
    let waiting = Scores::of(pairs, &said, &drawn, |pair| Stratum::of(pair) == Stratum::Waiting);
    let rejected = Scores::of(pairs, &said, &drawn, |pair| Stratum::of(pair) == Stratum::Rejected);
    let (link, link_ground) = joining(&joined, now.link, goal);
    let (review, review_ground) = asking(&waiting, &rejected, now.review, goal);
    Proposal {
        now,
        proposed: Thresholds {
            review: review.min(link),
            link,
        },
        link: link_ground,
        review: review_ground,
        verdicts: drawn.len() as u64,
    }
}

fn joining(pairs: &Scores, now: MilliBits, goal: u64) -> (MilliBits, Ground) {
    let candidates: BTreeSet<MilliBits> = pairs.judged().chain([now]).collect();
    let found = candidates.into_iter().find(|from| pairs.low_from(*from) >= goal);
    match found {
        Some(from) if from == now => (now, Ground::Holds),
        Some(from) => (from, Ground::Moved),
        None => {
            let right = pairs.from(now).iter().map(|(tally, _)| tally.same).sum::<u64>();
            let missing = Surety::ONE.least_for(goal).saturating_sub(right).max(1);
            (now, Ground::TooFew(missing))
        }
    }
}

fn asking(waiting: &Scores, rejected: &Scores, now: MilliBits, goal: u64) -> (MilliBits, Ground) {
    let missed = rejected
        .rows
        .iter()
        .filter(|row| row.state == Some(JudgementState::Same));
    if let Some(lowest) = missed.map(|row| row.score).min() {
        return (lowest.min(now), Ground::Moved);
    }
    let candidates: BTreeSet<MilliBits> = waiting.judged().collect();
    let empty = |until: &MilliBits| {
        let (tally, pairs) = waiting.below(*until);
        tally.seen() > 0 && u64::from(share(tally, pairs, Surety::ONE).high) <= WHOLE - goal
    };
    match candidates.into_iter().rev().find(empty) {
        Some(until) if until > now => (until, Ground::Moved),
        Some(_) => (now, Ground::Holds),
        None => {
            let seen: u64 = waiting.rows.iter().filter(|row| row.state.is_some()).count() as u64;
            let missing = Surety::ONE
                .least_for(goal)
                .min(waiting.rows.len() as u64)
                .saturating_sub(seen);
            if missing == 0 {
                (now, Ground::Holds)
            } else {
                (now, Ground::TooFew(missing))
            }
        }
    }
}

struct Row {
    score: MilliBits,
    stratum: Stratum,
    /// What was said, of a pair that was drawn.
    state: Option<JudgementState>,
}

/// Pairs by ascending score, with the verdicts on those that were drawn.
struct Scores {
    rows: Vec<Row>,
}

impl Scores {
    fn of(
        pairs: &[PairScore],
        said: &Said,
        drawn: &BTreeSet<(RecordId, RecordId)>,
        keep: impl Fn(&PairScore) -> bool,
    ) -> Self {
        let mut rows: Vec<Row> = pairs
            .iter()
            .filter(|pair| keep(pair))
            .map(|pair| Row {
                score: pair.score,
                stratum: Stratum::of(pair),
                state: drawn
                    .contains(&(pair.left, pair.right))
                    .then(|| said.on(pair.left, pair.right)),
            })
            .collect();
        rows.sort_by_key(|row| row.score);
        Self { rows }
    }

    /// Returns the scores of the pairs that were drawn.
    fn judged(&self) -> impl Iterator<Item = MilliBits> {
        self.rows.iter().filter(|row| row.state.is_some()).map(|row| row.score)
    }

    /// Counts what scores at least `from`, linked and waiting apart.
    fn from(&self, from: MilliBits) -> [(Tally, u64); 2] {
        let first = self.rows.partition_point(|row| row.score < from);
        let above = self.rows.get(first..).unwrap_or_default();
        [Stratum::Linked, Stratum::Waiting].map(|stratum| count(above.iter().filter(|row| row.stratum == stratum)))
    }

    fn below(&self, until: MilliBits) -> (Tally, u64) {
        let end = self.rows.partition_point(|row| row.score < until);
        count(self.rows.get(..end).unwrap_or_default().iter())
    }

    /// Returns the lower end of the share of the same among what scores at least `from`.
    fn low_from(&self, from: MilliBits) -> u64 {
        let parts = self.from(from);
        let all: u64 = parts.iter().map(|(_, pairs)| pairs).sum();
        let low = |(tally, pairs): &(Tally, u64)| pairs * u64::from(share(*tally, *pairs, Surety::ONE).low);
        match all {
            0 => 0,
            all => parts.iter().map(low).sum::<u64>() / all,
        }
    }
}

fn count<'a>(rows: impl Iterator<Item = &'a Row>) -> (Tally, u64) {
    let mut tally = Tally::default();
    let mut pairs = 0;
    for row in rows {
        pairs += 1;
        match row.state {
            Some(JudgementState::Same) => tally.same += 1,
            Some(JudgementState::Different) => tally.different += 1,
            Some(_) => tally.unsure += 1,
            None => {}
        }
    }
    (tally, pairs)
}

#[cfg(test)]
mod tests;
