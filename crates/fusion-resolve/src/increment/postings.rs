//! Who offers which key: a large sorted part, and over it what has changed since.

use core::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashMap;

/// Most bits of a key that name its drawer; a drawer holds some ten keys.
const DRAWERS: u32 = 22;

/// Holds keys with the slots of the records that offer them.
#[derive(Debug, Default)]
pub(super) struct Postings {
    keys: Vec<u64>,
    slots: Vec<u32>,
    /// Where the keys of each drawer begin.
    drawers: Vec<u32>,
    /// Bits that name a drawer; at least one.
    bits: u32,
    /// Keys whose holders are no longer those of the sorted part.
    changed: HashMap<u64, Vec<u32>, BuildHasherDefault<Mixed>>,
}

/// Takes keys as they are: they are digests.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Says how many hold a key before and after a change.
pub(super) struct Turn {
    pub(super) before: usize,
    pub(super) after: usize,
}

impl Postings {
    /// Takes all keys, in any order.
    pub(super) fn of(mut all: Vec<(u64, u32)>) -> Self {
        all.sort_unstable();
        let mut postings = Self {
            keys: Vec::with_capacity(all.len()),
            slots: Vec::with_capacity(all.len()),
            ..Self::default()
        };
        for (key, slot) in all {
            postings.keys.push(key);
            postings.slots.push(slot);
        }
        postings.label();
        postings
    }

    fn label(&mut self) {
        self.bits = self
            .keys
            .len()
            .checked_ilog2()
            .map_or(1, |log| log.saturating_sub(3))
            .clamp(1, DRAWERS);
        self.drawers = vec![0; (1 << self.bits) + 1];
        for at in 0..self.keys.len() {
            let drawer = self.drawer(self.keys[at]);
            self.drawers[drawer + 1] += 1;
        }
        for at in 0..1 << self.bits {
            self.drawers[at + 1] += self.drawers[at];
        }
    }

    /// Returns the slots of the records that offer a key, ascending.
    pub(super) fn holders(&self, key: u64) -> &[u32] {
        if let Some(slots) = self.changed.get(&key) {
            return slots;
        }
        let drawer = self.drawer(key);
        let (from, to) = (self.drawers[drawer] as usize, self.drawers[drawer + 1] as usize);
        let keys = &self.keys[from..to];
        // Some keys have tens of thousands of holders: they are not counted one by one.
        let start = keys.partition_point(|other| *other < key);
        let count = keys[start..].partition_point(|other| *other == key);
        &self.slots[from + start..from + start + count]
    }

    fn drawer(&self, key: u64) -> usize {
        (key >> (u64::BITS - self.bits)) as usize
    }

    /// Reads what looking up these keys will read, without waiting for one before asking for the next.
    pub(super) fn touch(&self, keys: &[u64]) {
        let starts = keys.iter().map(|key| self.drawers[self.drawer(*key)]);
        let drawers = starts.clone().fold(0, u32::wrapping_add);
        let firsts = starts.map(|start| {
            let start = start as usize;
            let slot = self.slots.get(start).copied().unwrap_or_default();
            self.keys.get(start).copied().unwrap_or_default() ^ u64::from(slot)
        });
        std::hint::black_box((drawers, firsts.fold(0, u64::wrapping_add)));
    }

    /// Walks the keys of the sorted part with their holders.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let mut from = 0;
        self.keys.chunk_by(|one, other| one == other).map(move |run| {
            let slots = &self.slots[from..from + run.len()];
            from += run.len();
            (run[0], slots)
        })
    }

    /// Takes slots out of a key's holders and puts others in; `out` and `into` are ascending, and those of `out` hold it.
    pub(super) fn turn(&mut self, key: u64, out: &[u32], into: &[u32]) -> Turn {
        let before = self.holders(key).len();
        if out == into {
            return Turn { before, after: before };
        }
        if !self.changed.contains_key(&key) {
            let slots = self.holders(key).to_vec();
            self.changed.insert(key, slots);
        }
        let after = self.changed.get_mut(&key).map_or(0, |slots| {
            for slot in out.iter().filter(|slot| into.binary_search(slot).is_err()) {
                if let Ok(at) = slots.binary_search(slot) {
                    slots.remove(at);
                }
            }
            for slot in into {
                if let Err(at) = slots.binary_search(slot) {
                    slots.insert(at, *slot);
                }
            }
            slots.len()
        });
        Turn { before, after }
    }

    /// Writes what has changed into the sorted part once it is more than a small share of it.
    pub(super) fn settle(&mut self) {
        if self.changed.len() < 1_000 + self.keys.len() / 16 {
            return;
        }
        let changed = std::mem::take(&mut self.changed);
        let (keys, slots) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.slots));
        let kept = keys.iter().zip(&slots).filter(|(key, _)| !changed.contains_key(*key));
        let mut all: Vec<(u64, u32)> = kept.map(|(key, slot)| (*key, *slot)).collect();
        drop((keys, slots));
        all.extend(
            changed
                .iter()
                .flat_map(|(key, slots)| slots.iter().map(|slot| (*key, *slot))),
        );
        *self = Self::of(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_follow_what_changes() {
        let mut postings = Postings::of(vec![(9, 4), (7 << 50, 1), (9, 2), (u64::MAX, 3)]);
        assert_eq!(postings.holders(9), [2, 4]);
        assert_eq!(postings.holders(8), [0u32; 0]);
        let turn = postings.turn(9, &[2], &[1, 7]);
        assert_eq!((turn.before, turn.after), (2, 3));
        assert_eq!(postings.holders(9), [1, 4, 7]);
        assert_eq!(postings.holders(u64::MAX), [3]);
        for key in 0..2_000 {
            postings.turn(key << 40, &[], &[key as u32]);
        }
        postings.settle();
        assert!(postings.changed.is_empty());
        assert_eq!(postings.holders(9), [1, 4, 7]);
        assert_eq!(postings.holders(1_999 << 40), [1_999]);
        assert_eq!(postings.holders(u64::MAX), [3]);
    }
}
