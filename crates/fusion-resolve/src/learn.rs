//! Learn: what the weights would be if the records themselves were asked, without anybody's labels.
//!
//! Candidate pairs are sorted into two classes by expectation maximisation over their agreement levels: pairs of one and
//! pairs of two. How often a level is met among pairs of one is its m. How often it is met among pairs drawn at random,
//! less those that are of one, is its u; values that two strangers hardly ever share are counted exactly instead of drawn. A
//! weight is log2(m / u), less what the rarity of values adds on average, since scores add that by themselves.
//!
//! Nothing is applied: a lesson is a proposal. It follows from the set of records alone: sums run in a fixed order over
//! sorted patterns and use additions, multiplications and divisions only, which are the same on every machine.

mod expect;
mod logarithm;

use std::collections::BTreeMap;

use crate::agreement::Strength;
use crate::block::Blocks;
use crate::compare::compare;
use crate::digest::Digest;
use crate::feature::Feature;
use crate::model::Model;
use crate::odds::probability;
use crate::parallel::in_parallel_with;
use crate::population::Population;
use crate::records::{Records, Through};
use crate::run::OverBudget;
use crate::score::{Muted, Scored, Scorer};
use crate::value::Values;

use expect::{Classes, Pattern, expect};
use logarithm::milli_log2;

/// Pairs of one that must show a level before a weight is proposed for it.
const SHOWN: f64 = 25.0;
/// Pairs of one that must be compared in a feature before anything is proposed for it.
const COMPARED: f64 = 200.0;
/// Pairs that are drawn at random.
const DRAWN: u64 = 2_000_000;
/// Candidate pairs that are looked at; of more a fixed share is.
const LOOKED_AT: u64 = 4_000_000;
/// Largest weight that is proposed, in milli-bits.
const FARTHEST: i32 = 20_000;
/// Records of one piece of work.
const PIECE: usize = 2_048;

/// Holds what the records say of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesson {
    /// What is compared.
    pub feature: Feature,
    /// The level.
    pub level: u8,
    /// How often pairs of one show it, in millionths.
    pub m: u32,
    /// How often pairs drawn at random show it, in thousand-millionths.
    pub u: u32,
    /// Pairs of one that show it, rounded.
    pub shown: u64,
    /// The weight in force, in milli-bits.
    pub present: i32,
    /// The weight that follows.
    pub proposed: i32,
}

/// Holds what the records say of the weights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lessons {
    /// Levels that enough pairs show, by feature and level.
    pub levels: Vec<Lesson>,
    /// Candidate pairs that were looked at.
    pub pairs: u64,
    /// Share of them that is of one, in millionths.
    pub of_one: u32,
}

/// Learns weights from a population.
///
/// # Errors
///
/// [`OverBudget`] as a run under the same rules.
pub fn learn(values: &Values, records: &Records, model: &Model) -> Result<Lessons, OverBudget> {
    let population = Population::of(values, records, model);
    let scorer = Scorer {
        values,
        population: &population,
        model,
    };
    let takes_part = vec![true; records.len()];
    let blocks = Blocks::of(records, &takes_part, values, &population, model);
    if blocks.expected > model.pair_budget {
        return Err(OverBudget {
            expected: blocks.expected,
            budget: model.pair_budget,
        });
    }
    let one_in = blocks.expected / LOOKED_AT + 1;
    let patterns = patterns(&scorer, records, &blocks, one_in);
    drop(blocks);
    let classes = expect(&patterns);
    let strangers = Strangers::of(&scorer, records, one_in as f64);
    let mut lessons = Lessons {
        levels: Vec::new(),
        pairs: patterns.iter().map(|pattern| pattern.count).sum(),
        of_one: millionths(classes.share),
    };
    for feature in Feature::ALL {
        lessons.levels.extend(of_feature(model, feature, &classes, &strangers));
    }
    Ok(lessons)
}

/// Returns the lessons of one feature.
fn of_feature(model: &Model, feature: Feature, classes: &Classes, strangers: &Strangers) -> Vec<Lesson> {
    let levels = model.weights[feature as usize].len() as u8;
    let compared: f64 = (0..levels).map(|level| classes.of(feature, level).shown).sum();
    if compared < COMPARED {
        return Vec::new();
    }
    let shown = (0..levels).map(|level| (level, classes.of(feature, level)));
    let lessons = shown.filter(|(_, class)| class.shown >= SHOWN).map(|(level, class)| {
        let u = strangers.share(feature, level, levels, class.shown);
        let weight = milli_log2(class.m / u) - class.rarity;
        Lesson {
            feature,
            level,
            m: millionths(class.m),
            u: (u * 1e9 + 0.5) as u32,
            shown: (class.shown + 0.5) as u64,
            present: model.weight(feature, level),
            proposed: weight.clamp(-FARTHEST, FARTHEST),
        }
    });
    lessons.collect()
}

fn millionths(share: f64) -> u32 {
    (share * 1e6 + 0.5) as u32
}

/// What one comparison shows: by feature one more than the level, zero for nothing, and what rarity adds.
struct Shown {
    levels: [u8; Feature::COUNT],
    rarities: [i32; Feature::COUNT],
}

/// Compares two records in everything that both say of themselves.
fn shown(scorer: &Scorer<'_>, records: &Records, left: u32, right: u32, scored: &mut Scored) -> Shown {
    let mut shown = Shown {
        levels: [0; Feature::COUNT],
        rarities: [0; Feature::COUNT],
    };
    let sides = [left, right].map(|record| records.of(record));
    scorer.score(sides[0], sides[1], scored);
    for part in &scored.parts {
        let is_heard = part.through == Through::Own && part.muted != Some(Muted::Hub);
        if !is_heard || part.agreement.strength == Strength::Neutral {
            continue;
        }
        let at = part.feature as usize;
        shown.levels[at] = part.agreement.level + 1;
        // Parts that repeat each other were cut down; what rarity adds is asked again, of the part by itself.
        let held = |side: usize, value| {
            sides[side]
                .iter()
                .find(|held| held.value == value && held.feature == part.feature)
        };
        let whole = held(0, part.left).zip(held(1, part.right));
        let whole = whole.and_then(|(one, other)| scorer.part(part.feature, one, other));
        shown.rarities[at] = whole.map_or(part.rarity, |whole| whole.rarity);
    }
    shown
}

/// Sorts the candidate pairs by what they show.
fn patterns(scorer: &Scorer<'_>, records: &Records, blocks: &Blocks, one_in: u64) -> Vec<Pattern> {
    let total = records.len();
    let desk = || (vec![u32::MAX; total], Vec::new(), Scored::default());
    let look = |(met, others, scored): &mut (Vec<u32>, Vec<u32>, Scored), piece: usize| {
        let mut found: BTreeMap<[u8; Feature::COUNT], Pattern> = BTreeMap::new();
        for left in piece * PIECE..((piece + 1) * PIECE).min(total) {
            let left = left as u32;
            blocks.after(left, met, others);
            for right in others
                .iter()
                .filter(|right| drawn(left, **right).is_multiple_of(one_in))
            {
                let shown = shown(scorer, records, left, *right, scored);
                let pattern = found.entry(shown.levels).or_insert_with(|| Pattern::new(shown.levels));
                let likely = probability(fusion_model::MilliBits(scored.score));
                pattern.add(u64::from(likely), &shown.rarities);
            }
        }
        found
    };
    let pieces = in_parallel_with(total.div_ceil(PIECE), desk, look);
    let mut all: BTreeMap<[u8; Feature::COUNT], Pattern> = BTreeMap::new();
    for (levels, pattern) in pieces.into_iter().flatten() {
        all.entry(levels).or_insert_with(|| Pattern::new(levels)).take(&pattern);
    }
    all.into_values().collect()
}

/// A number that a pair is drawn by: of its positions, which follow the order of ids.
fn drawn(left: u32, right: u32) -> u64 {
    Digest::new(60)
        .number(u64::from(left) << 32 | u64::from(right))
        .finish()
}

/// How often two strangers show each level.
struct Strangers {
    /// Pairs drawn at random, by feature and level.
    levels: Vec<[u64; LEVELS]>,
    /// Pairs that share a value exactly, counted; nothing where a level is not told by the value alone.
    exact: Vec<[Option<u64>; LEVELS]>,
    /// Records that say something of a feature.
    telling: Vec<u64>,
    /// Records at all.
    records: f64,
    /// How many candidate pairs one that was looked at stands for.
    one_in: f64,
}

/// More levels than any comparator has.
const LEVELS: usize = 16;

impl Strangers {
    fn of(scorer: &Scorer<'_>, records: &Records, one_in: f64) -> Self {
        let (exact, telling) = Self::counted(scorer, records);
        Self {
            levels: Self::drawn(scorer, records),
            exact,
            telling,
            records: records.len() as f64,
            one_in,
        }
    }

    fn drawn(scorer: &Scorer<'_>, records: &Records) -> Vec<[u64; LEVELS]> {
        let total = records.len() as u64;
        let wanted = DRAWN.min(total * total / 2);
        let pieces = wanted.div_ceil(PIECE as u64) as usize;
        let draw = |scored: &mut Scored, piece: usize| {
            let mut levels = vec![[0u64; LEVELS]; Feature::COUNT];
            for at in 0..PIECE as u64 {
                let number = Digest::new(61).number(piece as u64 * PIECE as u64 + at).finish();
                let (left, right) = (((number >> 32) * total) >> 32, ((number & 0xffff_ffff) * total) >> 32);
                if left == right {
                    continue;
                }
                let shown = shown(scorer, records, left as u32, right as u32, scored);
                for (levels, shown) in levels.iter_mut().zip(shown.levels) {
                    if let Some(level) = shown.checked_sub(1) {
                        levels[usize::from(level)] += 1;
                    }
                }
            }
            levels
        };
        let mut sum = vec![[0u64; LEVELS]; Feature::COUNT];
        for piece in in_parallel_with(pieces, Scored::default, draw) {
            for (sum, more) in sum.iter_mut().zip(piece) {
                for (sum, more) in sum.iter_mut().zip(more) {
                    *sum += more;
                }
            }
        }
        sum
    }

    /// Counts the pairs of records that share a value, by the level that a value has with itself, and the records that say
    /// anything of each feature.
    fn counted(scorer: &Scorer<'_>, records: &Records) -> (Vec<[Option<u64>; LEVELS]>, Vec<u64>) {
        let (values, model) = (scorer.values, scorer.model);
        let mut holders = vec![0u64; values.len()];
        let mut telling = vec![0u64; Feature::COUNT];
        for record in 0..records.len() as u32 {
            let mut last = None;
            for held in records.of(record).iter().filter(|held| held.through == Through::Own) {
                if scorer.population.is_hub(held.value) {
                    continue;
                }
                holders[held.value as usize] += 1;
                telling[held.feature as usize] += u64::from(last != Some(held.feature));
                last = Some(held.feature);
            }
        }
        let mut shared = vec![[None; LEVELS]; Feature::COUNT];
        for value in (0..values.len() as u32).filter(|value| holders[*value as usize] > 0) {
            let feature = values.feature(value);
            let agreement = compare(values, feature, value, value, model.fuzzy);
            if agreement.strength == Strength::Exact {
                let count = holders[value as usize];
                let sum = &mut shared[feature as usize][usize::from(agreement.level)];
                *sum = Some(sum.unwrap_or(0) + count * (count - 1) / 2);
            }
        }
        (shared, telling)
    }

    /// Returns how often strangers show a level that `of_one` of the pairs of one that were looked at show. Half a pair is
    /// added: what was never met may still be met.
    fn share(&self, feature: Feature, level: u8, levels: u8, of_one: f64) -> f64 {
        let (feature, level) = (feature as usize, usize::from(level));
        let of_one = of_one * self.one_in;
        if let Some(shared) = self.exact[feature][level] {
            let telling = self.telling[feature] as f64;
            return ((shared as f64 - of_one).max(0.0) + 0.5) / (telling * (telling - 1.0) / 2.0 + 1.0);
        }
        let total: u64 = self.levels[feature].iter().sum();
        // Of all pairs of records so many were drawn; as many of those of one are among them.
        let drawn = DRAWN as f64 / (self.records * self.records / 2.0).max(DRAWN as f64);
        let strangers = (self.levels[feature][level] as f64 - of_one * drawn).max(0.0);
        (strangers + 0.5) / (total as f64 + 0.5 * f64::from(levels))
    }
}

#[cfg(test)]
mod tests;
