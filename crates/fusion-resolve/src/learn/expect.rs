//! Expectation maximisation over agreement levels: two classes of pairs, features independent inside a class.

use crate::feature::Feature;

/// Fixed number of rounds.
const ROUNDS: usize = 40;
/// What every level is thought to have been shown before anything is seen.
const SEED: f64 = 0.5;

/// Pairs that show the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    /// By feature one more than the level; zero for nothing.
    pub(super) levels: [u8; Feature::COUNT],
    pub(super) count: u64,
    /// Sum over pairs of how likely the present rules call them one, in millionths.
    pub(super) likely: u64,
    /// Sum over pairs of what rarity adds, by feature, in milli-bits.
    pub(super) rarities: [i64; Feature::COUNT],
}

impl Pattern {
    pub(super) fn new(levels: [u8; Feature::COUNT]) -> Self {
        Self {
            levels,
            count: 0,
            likely: 0,
            rarities: [0; Feature::COUNT],
        }
    }

    /// Adds one pair.
    pub(super) fn add(&mut self, likely: u64, rarities: &[i32; Feature::COUNT]) {
        self.count += 1;
        self.likely += likely;
        for (sum, rarity) in self.rarities.iter_mut().zip(rarities) {
            *sum += i64::from(*rarity);
        }
    }

    /// Adds the pairs of another pattern that shows the same.
    pub(super) fn take(&mut self, other: &Self) {
        self.count += other.count;
        self.likely += other.likely;
        for (sum, rarity) in self.rarities.iter_mut().zip(other.rarities) {
            *sum += rarity;
        }
    }
}

/// What pairs of one show of a level.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct OfOne {
    /// Share among pairs of one that are compared in the feature.
    pub(super) m: f64,
    /// Pairs of one that show it.
    pub(super) shown: f64,
    /// What rarity adds to them on average, in milli-bits.
    pub(super) rarity: i32,
}

/// The two classes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Classes {
    of_one: Vec<Vec<OfOne>>,
    /// Share of the pairs that are of one.
    pub(super) share: f64,
}

impl Classes {
    /// Returns what pairs of one show of a level.
    pub(super) fn of(&self, feature: Feature, level: u8) -> OfOne {
        let levels = self.of_one.get(feature as usize);
        levels
            .and_then(|levels| levels.get(usize::from(level)))
            .copied()
            .unwrap_or_default()
    }
}

/// Shares by feature and level.
type Shares = Vec<Vec<f64>>;

/// Sorts patterns into two classes. The present rules say where to begin, so that the first class is that of pairs of one.
pub(super) fn expect(patterns: &[Pattern]) -> Classes {
    let depth: Vec<usize> = (0..Feature::COUNT)
        .map(|at| {
            patterns
                .iter()
                .map(|pattern| usize::from(pattern.levels[at]))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let total: f64 = patterns.iter().map(|pattern| pattern.count as f64).sum();
    let mut one: Vec<f64> = patterns
        .iter()
        .map(|pattern| pattern.likely as f64 / 1e6 / (pattern.count as f64))
        .collect();
    let mut share = 0.0;
    for _ in 0..ROUNDS {
        let in_one = counts(patterns, &depth, &one, |share| share);
        let in_two = counts(patterns, &depth, &one, |share| 1.0 - share);
        share = patterns
            .iter()
            .zip(&one)
            .map(|(pattern, one)| pattern.count as f64 * one)
            .sum::<f64>()
            / total;
        let (m, u) = (shares(&in_one), shares(&in_two));
        for (pattern, one) in patterns.iter().zip(&mut one) {
            let likely = |shares: &Shares, of_class: f64| {
                let levels = pattern.levels.iter().enumerate().filter(|(_, level)| **level > 0);
                levels.fold(of_class, |product, (at, level)| {
                    product * shares[at][usize::from(*level) - 1]
                })
            };
            let (for_one, for_two) = (likely(&m, share), likely(&u, 1.0 - share));
            *one = if for_one + for_two > 0.0 {
                for_one / (for_one + for_two)
            } else {
                share
            };
        }
    }
    let shown = counts(patterns, &depth, &one, |share| share);
    let m = shares(&shown);
    let of_level = |at: usize, level: usize| {
        let showing = patterns
            .iter()
            .zip(&one)
            .filter(|(pattern, _)| usize::from(pattern.levels[at]) == level + 1);
        let rarity: f64 = showing.map(|(pattern, one)| pattern.rarities[at] as f64 * one).sum();
        let count = shown[at][level];
        OfOne {
            m: m[at][level],
            shown: count,
            rarity: if count > 0.0 { (rarity / count) as i32 } else { 0 },
        }
    };
    Classes {
        of_one: (0..Feature::COUNT)
            .map(|at| (0..depth[at]).map(|level| of_level(at, level)).collect())
            .collect(),
        share,
    }
}

/// Counts levels, each pair by its part in a class.
fn counts(patterns: &[Pattern], depth: &[usize], one: &[f64], part: impl Fn(f64) -> f64) -> Shares {
    let mut counts: Shares = depth.iter().map(|levels| vec![0.0; *levels]).collect();
    for (pattern, one) in patterns.iter().zip(one) {
        let weight = pattern.count as f64 * part(*one);
        for (counts, level) in counts.iter_mut().zip(pattern.levels) {
            if let Some(level) = level.checked_sub(1) {
                counts[usize::from(level)] += weight;
            }
        }
    }
    counts
}

fn shares(counts: &Shares) -> Shares {
    let of_feature = |counts: &Vec<f64>| {
        let total: f64 = counts.iter().sum::<f64>() + SEED * counts.len() as f64;
        counts.iter().map(|count| (count + SEED) / total).collect()
    };
    counts.iter().map(of_feature).collect()
}
