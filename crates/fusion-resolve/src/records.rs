//! The records of one population as flat arrays: for each record its values, by feature.

use crate::feature::Feature;
use crate::value::ValueId;

/// Says how near a value stands to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Through {
    /// Said of the record itself.
    Own,
    /// The local part of an e-mail address, as a user name.
    Mail,
    /// Said of an account that the record owns.
    Account,
}

/// Holds one value of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// What it is compared as.
    pub feature: Feature,
    /// How near it stands.
    pub through: Through,
    /// Independent origins that say it; at least one.
    pub voices: u16,
    /// The value.
    pub value: ValueId,
}

impl Held {
    /// Makes a value that one origin says of the record itself.
    pub fn own(feature: Feature, value: ValueId) -> Self {
        Self {
            feature,
            through: Through::Own,
            voices: 1,
            value,
        }
    }
}

/// Holds the values of all records, addressed by position. Positions follow the order of the records' ids.
#[derive(Debug, Default, Clone)]
pub struct Records {
    /// Per record: where its values begin and end.
    spans: Vec<(u32, u32)>,
    held: Vec<Held>,
}

impl Records {
    /// Adds a record; its values may come in any order.
    pub fn push(&mut self, values: &mut Vec<Held>) {
        values.sort_unstable_by_key(|held| (held.feature, held.value, held.through));
        values.dedup_by(|later, kept| {
            let same = (later.feature, later.value) == (kept.feature, kept.value);
            if same {
                kept.voices = kept.voices.max(later.voices);
            }
            same
        });
        let start = self.held.len() as u32;
        self.held.append(values);
        self.spans.push((start, self.held.len() as u32));
    }

    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Tells whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the values of a record, by feature.
    pub fn of(&self, record: u32) -> &[Held] {
        let (start, end) = self.spans[record as usize];
        &self.held[start as usize..end as usize]
    }

    /// Reads the first value of each record for nothing but to have it near: scattered reads that depend on nothing overlap in
    /// the processor.
    pub(crate) fn touch(&self, records: impl Iterator<Item = u32>) {
        let firsts = records.map(|record| self.of(record).first().map_or(0, |held| held.value));
        std::hint::black_box(firsts.fold(0, u32::wrapping_add));
    }

    /// Returns the same records in another order: `order[k]` is the old position of the new record `k`. `late` adds values to
    /// records, given by their old positions, which ascend.
    pub fn reordered(&self, order: &[u32], late: &[(u32, Held)]) -> Self {
        let mut sorted = Self {
            spans: Vec::with_capacity(self.spans.len()),
            held: Vec::with_capacity(self.held.len() + late.len()),
        };
        let mut values = Vec::new();
        for old in order {
            let from = late.partition_point(|one| one.0 < *old);
            let more = late[from..].iter().take_while(|one| one.0 == *old);
            values.extend(more.map(|one| one.1));
            if values.is_empty() {
                let start = sorted.held.len() as u32;
                sorted.held.extend_from_slice(self.of(*old));
                sorted.spans.push((start, sorted.held.len() as u32));
            } else {
                values.extend_from_slice(self.of(*old));
                sorted.push(&mut values);
            }
        }
        sorted
    }

    /// Returns the same records in other places, with new ones between them: `former[k]` is the old position of the new record
    /// `k`; where there is none, the next of `fresh` stands. What nobody holds any more stays until the records are
    /// [`compact`](Self::compact).
    pub(crate) fn with(&mut self, former: &[Option<u32>], fresh: &mut [Vec<Held>]) {
        let mut fresh = fresh.iter_mut();
        let mut spans = Vec::with_capacity(former.len());
        let old = core::mem::take(&mut self.spans);
        for place in former {
            match place {
                Some(at) => spans.push(old[*at as usize]),
                None => {
                    if let Some(values) = fresh.next() {
                        self.push(values);
                    }
                    spans.extend(self.spans.pop());
                }
            }
        }
        self.spans = spans;
    }

    /// Returns how many values are kept, and how many of them a record holds.
    pub(crate) fn kept(&self) -> (usize, usize) {
        let held = self.spans.iter().map(|(start, end)| (end - start) as usize);
        (self.held.len(), held.sum())
    }

    /// Lets go of values that no record holds any more.
    pub(crate) fn compact(&mut self) {
        let order: Vec<u32> = (0..self.len() as u32).collect();
        *self = self.reordered(&order, &[]);
    }
}

/// Returns the values of one feature.
pub(crate) fn of_feature(held: &[Held], feature: Feature) -> &[Held] {
    let start = held.iter().position(|one| one.feature >= feature).unwrap_or(held.len());
    let rest = &held[start..];
    let end = rest.iter().position(|one| one.feature > feature).unwrap_or(rest.len());
    &rest[..end]
}
