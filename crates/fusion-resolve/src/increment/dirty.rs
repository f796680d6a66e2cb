//! Which pairs a change has scored again, and what came of it.

use std::collections::BTreeSet;

use crate::bits::Bits;
use crate::decide::Decision;
use crate::ground::Ground;
use crate::population::Moved;
use crate::run::Pair;

/// Holds records whose keys turned.
pub(super) struct Turned {
    /// Those that offer other keys than before, begin to take part or rest.
    pub(super) offering: Vec<u32>,
    /// Those that share a key which came to life.
    pub(super) born: Vec<u32>,
    /// Those that share a key which ceased to live.
    pub(super) died: Vec<u32>,
}

/// Says which pairs are scored again.
pub(super) struct Dirty<'a> {
    /// Records with a pair to score.
    pub(super) all: Bits,
    /// How many those are.
    pub(super) records: u64,
    /// Records of which every pair is scored.
    pub(super) anew: Bits,
    /// Records of which the pairs among themselves are scored: a key that they share came to life.
    pub(super) born: Bits,
    /// Records of which a key that they share ceased to live: pairs among themselves may be none any more.
    pub(super) died: Bits,
    weights: &'a Moved,
}

impl<'a> Dirty<'a> {
    pub(super) fn of(
        count: usize,
        ends: &BTreeSet<u32>,
        turned: &Turned,
        weighed: &BTreeSet<u32>,
        weights: &'a Moved,
    ) -> Self {
        let among = |places: &mut dyn Iterator<Item = &u32>| {
            let mut among = Bits::of(count);
            places.for_each(|place| among.set(*place));
            among
        };
        let all = among(&mut ends.iter().chain(&turned.born).chain(weighed));
        Self {
            records: all.iter().count() as u64,
            all,
            anew: among(&mut ends.iter()),
            born: among(&mut turned.born.iter()),
            died: among(&mut turned.died.iter()),
            weights,
        }
    }

    /// Tells whether a record has a pair to score with one that has not itself changed.
    pub(super) fn leads(&self, ground: &Ground, place: u32) -> bool {
        self.anew.has(place) || self.born.has(place) || self.reaches(ground, place)
    }

    /// Tells whether what a record holds weighs something else beside one that has not itself changed.
    pub(super) fn reaches(&self, ground: &Ground, place: u32) -> bool {
        let held = ground.records.of(place);
        self.weights.reaches(&ground.population, &ground.values, held)
    }

    /// Tells whether a pair is scored again.
    pub(super) fn is_pair(&self, ground: &Ground, one: u32, other: u32) -> bool {
        if !self.all.has(one) && !self.all.has(other) {
            return false;
        }
        // Whoever holds what weighs something else is among `all`.
        let is_read_beside = |one: u32, other: u32| {
            let of = |place| ground.records.of(place);
            self.all.has(one) && self.weights.is_read_beside(&ground.values, of(one), of(other))
        };
        self.anew.has(one)
            || self.anew.has(other)
            || self.born.has(one) && self.born.has(other)
            || is_read_beside(one, other)
            || is_read_beside(other, one)
    }
}

/// Holds the ends of pairs that are others than before.
#[derive(Default)]
pub(super) struct Differences {
    /// Of links that came, went or score otherwise.
    pub(super) linked: BTreeSet<u32>,
    /// Of pairs that came or went.
    pub(super) kept: BTreeSet<u32>,
    /// Pairs that came.
    pub(super) gained: Vec<(u32, u32)>,
}

impl Differences {
    /// Compares two lists that are in order.
    pub(super) fn between(before: &[Pair], after: &[Pair]) -> Self {
        let mut differences = Self::default();
        let place = |pair: &Pair| (pair.left, pair.right);
        let is_link = |pair: &Pair| pair.decision == Decision::Linked;
        let partner = |pair: &Pair, others: &[Pair]| -> Option<Pair> {
            let at = others.binary_search_by_key(&place(pair), place).ok()?;
            others.get(at).copied()
        };
        for (pairs, others, is_new) in [(before, after, false), (after, before, true)] {
            for pair in pairs {
                let ends = [pair.left, pair.right];
                let other = partner(pair, others);
                if is_link(pair) && other != Some(*pair) {
                    differences.linked.extend(ends);
                }
                if other.is_none() {
                    differences.kept.extend(ends);
                    differences.gained.extend(is_new.then_some((pair.left, pair.right)));
                }
            }
        }
        differences
    }
}
