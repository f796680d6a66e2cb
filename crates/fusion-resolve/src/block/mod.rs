//! Block: which pairs are worth comparing.
//!
//! Every record offers keys (shared identifiers, names in several spellings, dates of birth with initials …). A key lives
//! while its holders stay within the cap of its family; above it only its composites with a fixed second key live. A
//! block is never cut short and the pair budget never drops pairs: a run that is too large is refused before it starts.
//! Values that are hubs offer no key. It must not know scores or verdicts, and never fails.

mod keys;
mod offered;

use crate::model::Model;
use crate::parallel::{in_parallel, in_parallel_with};
use crate::population::Population;
use crate::records::Records;
use crate::value::Values;

pub use keys::KeyFamily;
pub(crate) use keys::{composite, keys_of, second_keys_of};
use offered::{Posting, Sorter, offered};

/// Holds the live blocks of a population and where each record stands in them.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// Members of all blocks, block by block, each ascending.
    members: Vec<u32>,
    /// Per record: where it stands in `members`, and where its block ends.
    places: Vec<(u32, u32)>,
    /// Per record: start of its places.
    starts: Vec<u32>,
    /// Pairs that the live keys make, counted with repetition: what the budget is held against.
    pub(crate) expected: u64,
    /// Keys per family that were too common, and how many of their composites were too common as well.
    pub(crate) capped: [(u64, u64); KeyFamily::COUNT],
}

/// How many parts keys are sorted in.
const PARTS: usize = 64;
/// Records of one chunk.
const CHUNK: usize = 16_384;

impl Blocks {
    /// Finds the live blocks among the records for which `takes_part` is true.
    pub(crate) fn of(
        records: &Records,
        takes_part: &[bool],
        values: &Values,
        population: &Population,
        model: &Model,
    ) -> Self {
        let offered = offered(records, takes_part, values, population);
        let seconds = SecondKeys::of(records, values, population);
        let split = |sorter: &mut Sorter, part: usize| {
            let postings = sorter.shared(offered.iter().map(|chunk| chunk.part(part)));
            let mut found = Found::default();
            let mut composites: Vec<(u64, u32)> = Vec::new();
            for block in blocks_of(postings) {
                let family = KeyFamily::of(block[0].0);
                if block.len() <= model.caps[family as usize] as usize {
                    found.enter(block);
                    continue;
                }
                found.capped[family as usize].0 += 1;
                if !family.has_composites() {
                    continue;
                }
                composites.clear();
                seconds.touch(block);
                for (key, record) in block {
                    let seconds = seconds.of_record(*record).iter();
                    let split = seconds.filter_map(|second| composite(*key, *second));
                    composites.extend(split.map(|key| (key, *record)));
                }
                composites.sort_unstable();
                for block in blocks_of(&composites) {
                    if block.len() <= model.caps[family as usize] as usize {
                        found.enter(block);
                    } else {
                        found.capped[family as usize].1 += 1;
                    }
                }
            }
            found
        };
        let found = in_parallel_with(PARTS, Sorter::default, split);
        drop((offered, seconds));
        let mut blocks = Self::default();
        let mut ends: Vec<u32> = Vec::new();
        for part in found {
            let from = blocks.members.len() as u32;
            blocks.members.extend(part.members);
            ends.extend(part.ends.iter().map(|end| from + end));
            blocks.expected += part.expected;
            for (sum, more) in blocks.capped.iter_mut().zip(part.capped) {
                *sum = (sum.0 + more.0, sum.1 + more.1);
            }
        }
        blocks.index(records.len(), &ends);
        blocks
    }

    fn index(&mut self, records: usize, ends: &[u32]) {
        let mut starts = vec![0u32; records + 1];
        for member in &self.members {
            starts[*member as usize + 1] += 1;
        }
        for at in 0..records {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); self.members.len()];
        let mut at = 0;
        for end in ends {
            while at < *end {
                let record = self.members[at as usize] as usize;
                places[next[record] as usize] = (at, *end);
                next[record] += 1;
                at += 1;
            }
        }
        (self.places, self.starts) = (places, starts);
    }

    /// Writes the larger records that share a live key with a record, ascending, each once. `met` holds one number per
    /// record: the last one it was written for; it begins with numbers that no record has.
    pub(crate) fn after(&self, record: u32, met: &mut [u32], found: &mut Vec<u32>) {
        found.clear();
        let (from, to) = (
            self.starts[record as usize] as usize,
            self.starts[record as usize + 1] as usize,
        );
        for (at, end) in &self.places[from..to] {
            for other in &self.members[*at as usize + 1..*end as usize] {
                let met = &mut met[*other as usize];
                if *met != record {
                    *met = record;
                    found.push(*other);
                }
            }
        }
        found.sort_unstable();
    }

    /// Tells whether two records share a live key; `one` is the smaller.
    pub(crate) fn meet(&self, one: u32, other: u32) -> bool {
        let (from, to) = (self.starts[one as usize], self.starts[one as usize + 1]);
        let mut places = self.places[from as usize..to as usize].iter();
        places.any(|(at, end)| {
            self.members[*at as usize + 1..*end as usize]
                .binary_search(&other)
                .is_ok()
        })
    }
}

/// The second keys of all records: a record stands in many keys that are too common.
pub(crate) struct SecondKeys {
    starts: Vec<u32>,
    keys: Vec<u64>,
}

impl SecondKeys {
    pub(crate) fn of(records: &Records, values: &Values, population: &Population) -> Self {
        let total = records.len();
        let parts = in_parallel(total.div_ceil(CHUNK), |chunk| {
            let (mut counts, mut all, mut keys) = (Vec::with_capacity(CHUNK), Vec::new(), Vec::new());
            for record in chunk * CHUNK..((chunk + 1) * CHUNK).min(total) {
                second_keys_of(records.of(record as u32), values, population, &mut keys);
                counts.push(keys.len() as u32);
                all.extend_from_slice(&keys);
            }
            (counts, all)
        });
        let mut seconds = Self {
            starts: Vec::with_capacity(total + 1),
            keys: Vec::with_capacity(parts.iter().map(|part| part.1.len()).sum()),
        };
        seconds.starts.push(0);
        let mut end = 0;
        for (counts, keys) in parts {
            seconds.starts.extend(counts.iter().map(|count| {
                end += count;
                end
            }));
            seconds.keys.extend(keys);
        }
        seconds
    }

    /// Reads the second keys of some records for nothing but to have them near.
    fn touch(&self, block: &[Posting]) {
        let first = |posting: &Posting| self.of_record(posting.1).first().copied().unwrap_or_default();
        std::hint::black_box(block.iter().map(first).fold(0, u64::wrapping_add));
    }

    pub(crate) fn of_record(&self, record: u32) -> &[u64] {
        let at = record as usize;
        &self.keys[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// What one part of the keys gave.
#[derive(Default)]
struct Found {
    members: Vec<u32>,
    ends: Vec<u32>,
    expected: u64,
    capped: [(u64, u64); KeyFamily::COUNT],
}

impl Found {
    fn enter(&mut self, block: &[(u64, u32)]) {
        self.members.extend(block.iter().map(|(_, record)| *record));
        self.ends.push(self.members.len() as u32);
        self.expected += pairs_in(block.len());
    }
}

/// Walks the keys that two records or more offer.
fn blocks_of(postings: &[(u64, u32)]) -> impl Iterator<Item = &[(u64, u32)]> {
    postings
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|block| block.len() > 1)
}

pub(crate) fn pairs_in(count: usize) -> u64 {
    let count = count as u64;
    count * count.saturating_sub(1) / 2
}
