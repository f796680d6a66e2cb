//! How often the engine is right, measured by people's verdicts on pairs that chance has drawn.
//!
//! **What is measured.** Pairs of records that the engine compared and kept, each by what the engine decides on it *without
//! any verdict*: linked, waiting, refused or rejected. So a verdict never moves a pair from one stratum to another.
//! Precision is the share of linked pairs that are the same; recall is the share of the same among all kept pairs that is
//! linked.
//!
//! **What counts as drawn.** Pairs that somebody chose to judge tell of his choice: the striking, the doubtful, the
//! known. Every stratum therefore has one order of its pairs that is as good as random (a hash of the two records) and
//! never changes; the sample is its beginning, as far as it is judged without a gap. Whoever judged them, and why,
//! does not matter then. The order does not hang on the revision, since every verdict makes a new revision and would
//! draw the sample anew. New evidence puts new pairs anywhere into the order, which shortens the sample until they are
//! judged as well. Verdicts beyond the sample are counted apart and enter no interval.
//!
//! **How sure.** Shares have Wilson's interval of 95 %, corrected for how few pairs there are. Recall is made of four
//! shares, each weighed with the size of its stratum: its ends combine their ends at 98.75 % each, so that all hold at
//! once with at least 95 %. A stratum of which nothing is judged is open from 0 to 1, and the recall with it.
//!
//! **What it cannot say.** Pairs that no key brought together, and rejected ones beyond the cap on kept pairs, are in no
//! stratum: over everything there is, recall is lower than measured here. Records that stand in one entity by way of
//! others and were never compared themselves are not counted either.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{ContentHasher, Judgement, JudgementState, RecordId};

use super::interval::{Share, Surety, Tally, WHOLE, share};
use super::verdicts::Said;

/// Sorts pairs by what the engine decides on them by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stratum {
    /// Joined.
    Linked,
    /// Waiting for a person.
    Waiting,
    /// Kept apart by conflicting identifiers or cohesion.
    Refused,
    /// Compared and too weak to ask about.
    Rejected,
}

impl Stratum {
    /// All of them, strongest first.
    pub const ALL: [Self; 4] = [Self::Linked, Self::Waiting, Self::Refused, Self::Rejected];

    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::Rejected => "rejected",
        }
    }

    /// Finds one by its stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stratum| stratum.id() == id)
    }

    /// Returns the stratum of a pair that was decided without verdicts.
    pub(super) fn of(pair: &PairScore) -> Self {
        match pair.decision {
            PairDecision::Linked | PairDecision::JudgedSame => Self::Linked,
            PairDecision::Review => Self::Waiting,
            PairDecision::Refused | PairDecision::JudgedDifferent => Self::Refused,
            PairDecision::Rejected => Self::Rejected,
        }
    }
}

/// Counts the verdicts on a set of pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What the pairs have in common: a stratum, a band of probability, or what speaks for them most.
    pub key: String,
    /// Pairs in all.
    pub pairs: u64,
    /// Verdicts on pairs that chance has drawn.
    pub drawn: Tally,
    /// Verdicts on pairs that somebody chose.
    pub chosen: Tally,
    /// The share of the same, by what was drawn.
    pub share: Share,
}

/// Holds what the verdicts say of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// All pairs by what the engine decides, in the order of [`Stratum::ALL`]; the first share is the precision.
    pub strata: Vec<Group>,
    /// Linked pairs by probability, likeliest first.
    pub bands: Vec<Group>,
    /// Linked pairs by what speaks for them most, most pairs first.
    pub evidence: Vec<Group>,
    /// The share of all the same that is linked; ends hold with at least 95 %.
    pub recall: Share,
    /// Verdicts on pairs that were not compared or not kept.
    pub elsewhere: u64,
}

/// Bands of probability in millionths, likeliest first.
const BANDS: [(u32, &str); 5] = [
    (999_000, "99.9–100"),
    (990_000, "99–99.9"),
    (950_000, "95–99"),
    (800_000, "80–95"),
    (0, "0–80"),
];

/// Measures by the live verdicts; `pairs` are the kept ones, decided without any verdict.
pub fn measure(pairs: &[PairScore], verdicts: &[Judgement]) -> Measure {
    let said = Said::of(verdicts);
    let drawn = drawn(pairs, &said);
    let mut strata: Vec<Counted> = Stratum::ALL.iter().map(|stratum| Counted::new(stratum.id())).collect();
    let mut bands: Vec<Counted> = BANDS.iter().map(|(_, name)| Counted::new(name)).collect();
    let mut evidence: BTreeMap<&str, Counted> = BTreeMap::new();
    let mut known: BTreeSet<(RecordId, RecordId)> = BTreeSet::new();
    for pair in pairs {
        let ends = (pair.left, pair.right);
        let state = said.on(pair.left, pair.right);
        let is_drawn = drawn.contains(&ends);
        if state != JudgementState::Open {
            known.insert(ends);
        }
        let stratum = Stratum::of(pair);
        let count = |counted: Option<&mut Counted>| {
            if let Some(counted) = counted {
                counted.count(state, is_drawn);
            }
        };
        count(strata.get_mut(stratum as usize));
        if stratum == Stratum::Linked {
            let band = BANDS.iter().position(|(least, _)| pair.probability >= *least);
            count(bands.get_mut(band.unwrap_or_default()));
            let strongest = strongest(pair);
            count(Some(
                evidence.entry(strongest).or_insert_with(|| Counted::new(strongest)),
            ));
        }
    }
    let mut evidence: Vec<Counted> = evidence.into_values().collect();
    evidence.sort_by_key(|counted| std::cmp::Reverse(counted.pairs));
    let elsewhere = said
        .iter()
        .filter(|(left, right, state)| *state != JudgementState::Open && !known.contains(&(*left, *right)));
    Measure {
        recall: recall(&strata),
        elsewhere: elsewhere.count() as u64,
        strata: groups(strata),
        bands: groups(bands).into_iter().filter(|group| group.pairs > 0).collect(),
        evidence: groups(evidence),
    }
}

/// Returns the positions of the pairs of a stratum that chance draws next, as far as nobody has judged them.
pub fn sample(pairs: &[PairScore], verdicts: &[Judgement], stratum: Stratum) -> Vec<usize> {
    let said = Said::of(verdicts);
    let of_stratum = pairs.iter().enumerate();
    let mut next: Vec<([u8; 32], usize)> = of_stratum
        .filter(|(_, pair)| Stratum::of(pair) == stratum)
        .filter(|(_, pair)| said.on(pair.left, pair.right) == JudgementState::Open)
        .map(|(position, pair)| (rank(pair), position))
        .collect();
    next.sort_unstable();
    next.into_iter().map(|(_, position)| position).collect()
}

/// Returns the pairs that chance has drawn: of each stratum the beginning of its order, as far as it is judged.
pub(super) fn drawn(pairs: &[PairScore], said: &Said) -> BTreeSet<(RecordId, RecordId)> {
    let mut orders: BTreeMap<Stratum, Vec<([u8; 32], &PairScore)>> = BTreeMap::new();
    for pair in pairs {
        orders.entry(Stratum::of(pair)).or_default().push((rank(pair), pair));
    }
    let mut drawn = BTreeSet::new();
    for order in orders.values_mut() {
        order.sort_unstable_by_key(|(rank, _)| *rank);
        let judged = order
            .iter()
            .take_while(|(_, pair)| said.on(pair.left, pair.right) != JudgementState::Open);
        drawn.extend(judged.map(|(_, pair)| (pair.left, pair.right)));
    }
    drawn
}

/// Places a pair in the order that is as good as random and never changes.
fn rank(pair: &PairScore) -> [u8; 32] {
    let mut hasher = ContentHasher::new("review-sample");
    hasher.part(&pair.left.0).part(&pair.right.0);
    hasher.finish()
}

fn strongest(pair: &PairScore) -> &str {
    let speaking = pair
        .contributions
        .iter()
        .filter(|part| part.weight.0 + part.rarity.0 > 0);
    let most = speaking.min_by_key(|part| (std::cmp::Reverse(part.weight.0 + part.rarity.0), &part.feature));
    most.map_or("nothing", |part| &part.feature)
}

struct Counted {
    key: String,
    pairs: u64,
    drawn: Tally,
    chosen: Tally,
}

impl Counted {
    fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            pairs: 0,
            drawn: Tally::default(),
            chosen: Tally::default(),
        }
    }

    fn count(&mut self, state: JudgementState, is_drawn: bool) {
        self.pairs += 1;
        let tally = if is_drawn { &mut self.drawn } else { &mut self.chosen };
        match state {
            JudgementState::Open => {}
            JudgementState::Same => tally.same += 1,
            JudgementState::Different => tally.different += 1,
            JudgementState::Unsure | JudgementState::Contradiction => tally.unsure += 1,
        }
    }
}

fn groups(counted: Vec<Counted>) -> Vec<Group> {
    let group = |counted: Counted| Group {
        share: share(counted.drawn, counted.pairs, Surety::ONE),
        key: counted.key,
        pairs: counted.pairs,
        drawn: counted.drawn,
        chosen: counted.chosen,
    };
    counted.into_iter().map(group).collect()
}

/// Combines the shares of the strata, each weighed with its size.
fn recall(strata: &[Counted]) -> Share {
    let shares: Vec<(u128, Share)> = strata
        .iter()
        .map(|counted| {
            let share = share(counted.drawn, counted.pairs, Surety::ONE_OF_FOUR);
            (u128::from(counted.pairs), share)
        })
        .collect();
    let Some(((linked, found), others)) = shares.split_first() else {
        return Share {
            low: 0,
            estimate: None,
            high: WHOLE as u32,
        };
    };
    let whole = u128::from(WHOLE);
    let missed =
        |end: fn(&Share) -> u32| -> u128 { others.iter().map(|(pairs, share)| pairs * u128::from(end(share))).sum() };
    let of = |found: u128, missed: u128| (found, found + missed);
    let (low, low_of) = of(linked * u128::from(found.low), missed(|share| share.high));
    let (high, high_of) = of(linked * u128::from(found.high), missed(|share| share.low));
    let known = shares
        .iter()
        .all(|(pairs, share)| *pairs == 0 || share.estimate.is_some());
    let estimate = known.then(|| {
        let right = |share: &Share| share.estimate.unwrap_or_default();
        let (part, sum) = of(
            linked * u128::from(right(found)),
            missed(|share| share.estimate.unwrap_or_default()),
        );
        (sum > 0).then(|| ((2 * whole * part + sum) / (2 * sum)) as u32)
    });
    Share {
        low: (low * whole).checked_div(low_of).unwrap_or_default() as u32,
        estimate: estimate.flatten(),
        high: if high_of == 0 {
            WHOLE as u32
        } else {
            (high * whole).div_ceil(high_of) as u32
        },
    }
}

#[cfg(test)]
mod tests;
