//! The keys that all records offer, and how they are brought into the order of keys.
//!
//! Most keys are offered once and join nobody: they are passed over before anything is sorted.

use super::keys::keys_of;
use super::{CHUNK, PARTS};
use crate::parallel::in_parallel_with;
use crate::population::Population;
use crate::records::Records;
use crate::value::Values;

/// Postings of one bucket: keys are sorted bucket by bucket.
const BUCKET: usize = 128;

/// A key and a record that offers it.
pub(super) type Posting = (u64, u32);

/// The keys of one chunk of records, part by part.
pub(super) struct Offered {
    postings: Vec<Posting>,
    /// Where each part begins, and the last ends.
    starts: [u32; PARTS + 1],
}

impl Offered {
    /// Returns the keys of one part, in the order of the records.
    pub(super) fn part(&self, part: usize) -> &[Posting] {
        &self.postings[self.starts[part] as usize..self.starts[part + 1] as usize]
    }
}

fn part_of(key: u64) -> usize {
    (key >> 40) as usize % PARTS
}

/// Returns the keys of all records.
pub(super) fn offered(
    records: &Records,
    takes_part: &[bool],
    values: &Values,
    population: &Population,
) -> Vec<Offered> {
    let desk = || (Vec::new(), Vec::new());
    let of_chunk = |(all, keys): &mut (Vec<Posting>, Vec<u64>), chunk: usize| {
        all.clear();
        let mut starts = [0; PARTS + 1];
        let taking = takes_part.iter().enumerate().skip(chunk * CHUNK).take(CHUNK);
        for record in taking.filter(|(_, takes)| **takes).map(|(record, _)| record as u32) {
            keys_of(records.of(record), values, population, keys);
            for key in keys.iter() {
                starts[part_of(*key) + 1] += 1;
                all.push((*key, record));
            }
        }
        for part in 0..PARTS {
            starts[part + 1] += starts[part];
        }
        let (mut next, mut postings) = (starts, vec![(0, 0); all.len()]);
        for posting in all.iter() {
            let at = &mut next[part_of(posting.0)];
            postings[*at as usize] = *posting;
            *at += 1;
        }
        Offered { postings, starts }
    };
    in_parallel_with(records.len().div_ceil(CHUNK), desk, of_chunk)
}

/// Sorts the postings of one part by key; kept between parts.
#[derive(Default)]
pub(super) struct Sorter {
    /// How often each key was seen, as far as two, in two bits; keys may share a place.
    seen: Vec<u8>,
    kept: Vec<Posting>,
    sorted: Vec<Posting>,
}

impl Sorter {
    /// Returns the postings of one part in the order of their keys, then of their records; most keys that a single record
    /// offers are left out.
    pub(super) fn shared<'a>(&mut self, chunks: impl Iterator<Item = &'a [Posting]> + Clone) -> &[Posting] {
        let all = || chunks.clone().flatten();
        let total: usize = chunks.clone().map(<[Posting]>::len).sum();
        let places = (4 * total.max(1)).next_power_of_two();
        let place = |key: u64| {
            let place = (key >> 11) as usize & (places - 1);
            (place / 4, place % 4 * 2)
        };
        self.seen.clear();
        self.seen.resize(places.div_ceil(4), 0);
        for (key, _) in all() {
            let (at, shift) = place(*key);
            if self.seen[at] >> shift & 2 == 0 {
                self.seen[at] += 1 << shift;
            }
        }
        let buckets = (total / BUCKET).max(1).next_power_of_two();
        let bucket = |key: u64| (key >> 48) as usize & (buckets - 1);
        let mut starts = vec![0u32; buckets + 1];
        self.kept.clear();
        for posting in all() {
            let (at, shift) = place(posting.0);
            if self.seen[at] >> shift & 2 != 0 {
                starts[bucket(posting.0) + 1] += 1;
                self.kept.push(*posting);
            }
        }
        for at in 0..buckets {
            starts[at + 1] += starts[at];
        }
        self.sorted.clear();
        self.sorted.resize(self.kept.len(), (0, 0));
        let mut next = starts.clone();
        for posting in &self.kept {
            let at = &mut next[bucket(posting.0)];
            self.sorted[*at as usize] = *posting;
            *at += 1;
        }
        for ends in starts.windows(2) {
            self.sorted[ends[0] as usize..ends[1] as usize].sort_unstable();
        }
        &self.sorted
    }
}
