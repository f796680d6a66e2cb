//! The keys of a standing population: which records share a live one, and what changes when some records do.

use std::collections::{BTreeMap, BTreeSet};

use super::postings::Postings;
use crate::block::{KeyFamily, SecondKeys, composite, keys_of, pairs_in, second_keys_of};
use crate::model::Model;
use crate::population::Population;
use crate::records::{Held, Records};
use crate::value::Values;

/// Holds the keys of all records that take part, by slot.
#[derive(Debug, Default)]
pub(super) struct Index {
    plain: Postings,
    /// Keys that are too common, each with a second one.
    composite: Postings,
    /// Pairs that the live keys make, counted with repetition.
    pub(super) expected: u64,
    /// Keys per family that are too common, and how many of their composites are too common as well.
    pub(super) capped: [(u64, u64); KeyFamily::COUNT],
}

/// Holds what one record offers.
#[derive(Default)]
pub(super) struct Offer {
    keys: Vec<u64>,
    seconds: Vec<u64>,
}

impl Offer {
    /// Returns what a record offers.
    pub(super) fn of(held: &[Held], values: &Values, population: &Population) -> Self {
        let mut offer = Self::default();
        keys_of(held, values, population, &mut offer.keys);
        second_keys_of(held, values, population, &mut offer.seconds);
        offer
    }

    /// Returns the second keys alone.
    pub(super) fn into_seconds(self) -> Vec<u64> {
        self.seconds
    }
}

/// Holds the slots that share a key which turned.
#[derive(Default)]
pub(super) struct Turned {
    /// A key that is no longer too common.
    pub(super) born: BTreeSet<u32>,
    /// A key that became too common.
    pub(super) died: BTreeSet<u32>,
}

impl Turned {
    fn of(&mut self, was_dead: bool) -> &mut BTreeSet<u32> {
        if was_dead { &mut self.born } else { &mut self.died }
    }
}

/// A key, whether a slot comes to it or leaves it, and the slot.
type Move = (u64, bool, u32);

/// Writes the slots that leave and those that come to the one key of these moves, which are in order; returns the key.
fn slots_of(moves: &[Move], leaving: &mut Vec<u32>, coming: &mut Vec<u32>) -> u64 {
    let slots = |moves: &[Move], into: &mut Vec<u32>| {
        into.clear();
        into.extend(moves.iter().map(|one| one.2));
    };
    let (out, into) = moves.split_at(moves.partition_point(|one| !one.1));
    slots(out, leaving);
    slots(into, coming);
    moves[0].0
}

fn cap(key: u64, model: &Model) -> usize {
    model.caps[KeyFamily::of(key) as usize] as usize
}

impl Index {
    /// Takes the keys of all records for which `takes_part` is true; the slot of each is its position.
    pub(super) fn of(
        records: &Records,
        takes_part: &[bool],
        values: &Values,
        population: &Population,
        model: &Model,
    ) -> Self {
        let (mut all, mut keys) = (Vec::new(), Vec::new());
        for record in (0..records.len() as u32).filter(|record| takes_part[*record as usize]) {
            keys_of(records.of(record), values, population, &mut keys);
            all.extend(keys.iter().map(|key| (*key, record)));
        }
        let mut index = Self {
            plain: Postings::of(all),
            ..Self::default()
        };
        let seconds = SecondKeys::of(records, values, population);
        let mut composites = Vec::new();
        for (key, slots) in index.plain.each() {
            let family = KeyFamily::of(key);
            if slots.len() <= cap(key, model) {
                index.expected += pairs_in(slots.len());
                continue;
            }
            index.capped[family as usize].0 += 1;
            if family.has_composites() {
                for slot in slots {
                    let seconds = seconds.of_record(*slot).iter();
                    let split = seconds.filter_map(|second| composite(key, *second));
                    composites.extend(split.map(|key| (key, *slot)));
                }
            }
        }
        index.composite = Postings::of(composites);
        for (key, slots) in index.composite.each() {
            if slots.len() <= cap(key, model) {
                index.expected += pairs_in(slots.len());
            } else {
                index.capped[KeyFamily::of(key) as usize].1 += 1;
            }
        }
        index
    }

    /// Writes the slots that share a live key with what a record offers, its own among them.
    pub(super) fn partners(&self, offer: &Offer, model: &Model, found: &mut Vec<u32>) {
        found.clear();
        self.plain.touch(&offer.keys);
        let mut splits = Vec::new();
        for key in &offer.keys {
            let holders = self.plain.holders(*key);
            if holders.len() <= cap(*key, model) {
                found.extend_from_slice(holders);
            } else if KeyFamily::of(*key).has_composites() {
                splits.extend(offer.seconds.iter().filter_map(|second| composite(*key, *second)));
            }
        }
        self.composite.touch(&splits);
        for key in splits {
            let holders = self.composite.holders(key);
            if holders.len() <= cap(key, model) {
                found.extend_from_slice(holders);
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Tells whether two records share a live key.
    pub(super) fn meet(&self, one: &Offer, other: &Offer, model: &Model) -> bool {
        let is_live = |postings: &Postings, key: u64| postings.holders(key).len() <= cap(key, model);
        let mut keys = one.keys.iter().filter(|key| other.keys.binary_search(key).is_ok());
        keys.any(|key| {
            let seconds = one.seconds.iter().filter(|second| other.seconds.contains(second));
            let mut composites = seconds.filter_map(|second| composite(*key, *second));
            is_live(&self.plain, *key)
                || KeyFamily::of(*key).has_composites() && composites.any(|key| is_live(&self.composite, key))
        })
    }

    /// Takes back what some slots offered and takes what some offer now. `seconds` gives the second keys of every slot that
    /// is in neither. Returns the slots whose keys turned.
    pub(super) fn turn(
        &mut self,
        out: &BTreeMap<u32, Offer>,
        into: &BTreeMap<u32, Offer>,
        model: &Model,
        seconds: impl Fn(u32) -> Vec<u64>,
    ) -> Turned {
        let mut moves: Vec<Move> = Vec::new();
        for (offers, comes) in [(out, false), (into, true)] {
            for (slot, offer) in offers {
                moves.extend(offer.keys.iter().map(|key| (*key, comes, *slot)));
            }
        }
        moves.sort_unstable();
        let seconds_in = |offers: &BTreeMap<u32, Offer>, slot: u32| match offers.get(&slot) {
            Some(offer) => offer.seconds.clone(),
            None => seconds(slot),
        };
        let mut turned = Turned::default();
        let mut split: Vec<Move> = Vec::new();
        let (mut leaving, mut coming) = (Vec::new(), Vec::new());
        for moves in moves.chunk_by(|one, other| one.0 == other.0) {
            let key = slots_of(moves, &mut leaving, &mut coming);
            let family = KeyFamily::of(key) as usize;
            let turn = self.plain.turn(key, &leaving, &coming);
            let (was, is) = (turn.before > cap(key, model), turn.after > cap(key, model));
            self.count(was, is, turn.before, turn.after);
            self.capped[family].0 = self.capped[family].0 + u64::from(is) - u64::from(was);
            let after = if was == is { &[][..] } else { self.plain.holders(key) };
            let before = if was == is {
                Vec::new()
            } else {
                before(after, &leaving, &coming)
            };
            turned.of(was).extend(before.iter().chain(after));
            if !KeyFamily::of(key).has_composites() {
                continue;
            }
            let mut split_by = |offers, slots: &[u32], comes| {
                for slot in slots {
                    let seconds = seconds_in(offers, *slot);
                    let keys = seconds.iter().filter_map(|second| composite(key, *second));
                    split.extend(keys.map(|key| (key, comes, *slot)));
                }
            };
            if was {
                split_by(out, if is { &leaving } else { &before }, false);
            }
            if is {
                split_by(into, if was { &coming } else { after }, true);
            }
        }
        split.sort_unstable();
        for moves in split.chunk_by(|one, other| one.0 == other.0) {
            let key = slots_of(moves, &mut leaving, &mut coming);
            let family = KeyFamily::of(key) as usize;
            let turn = self.composite.turn(key, &leaving, &coming);
            let (was, is) = (turn.before > cap(key, model), turn.after > cap(key, model));
            self.count(was, is, turn.before, turn.after);
            self.capped[family].1 = self.capped[family].1 + u64::from(is) - u64::from(was);
            if was != is {
                turned.of(was).extend(leaving.iter().chain(self.composite.holders(key)));
            }
        }
        self.plain.settle();
        self.composite.settle();
        turned
    }

    fn count(&mut self, was_dead: bool, is_dead: bool, before: usize, after: usize) {
        self.expected -= if was_dead { 0 } else { pairs_in(before) };
        self.expected += if is_dead { 0 } else { pairs_in(after) };
    }
}

/// Returns who held a key before some left it and others came to it.
fn before(after: &[u32], leaving: &[u32], coming: &[u32]) -> Vec<u32> {
    let stayed = after.iter().filter(|slot| coming.binary_search(slot).is_err());
    let mut before: Vec<u32> = stayed.chain(leaving).copied().collect();
    before.sort_unstable();
    before.dedup();
    before
}
