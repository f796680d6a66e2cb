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
#[derive(Debug, Clone)]
pub struct Records {
    starts: Vec<u32>,
    held: Vec<Held>,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            starts: vec![0],
            held: Vec::new(),
        }
    }
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
        self.held.append(values);
        self.starts.push(self.held.len() as u32);
    }

    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Tells whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the values of a record, by feature.
    pub fn of(&self, record: u32) -> &[Held] {
        let at = record as usize;
        &self.held[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Returns the same records in another order: `order[k]` is the old position of the new record `k`. `late` adds values to
    /// records, given by their old positions, which ascend.
    pub fn reordered(&self, order: &[u32], late: &[(u32, Held)]) -> Self {
        let mut sorted = Self {
            starts: Vec::with_capacity(self.starts.len()),
            held: Vec::with_capacity(self.held.len() + late.len()),
        };
        sorted.starts.push(0);
        let mut values = Vec::new();
        for old in order {
            let from = late.partition_point(|one| one.0 < *old);
            let more = late[from..].iter().take_while(|one| one.0 == *old);
            values.extend(more.map(|one| one.1));
            if values.is_empty() {
                sorted.held.extend_from_slice(self.of(*old));
                sorted.starts.push(sorted.held.len() as u32);
            } else {
                values.extend_from_slice(self.of(*old));
                sorted.push(&mut values);
            }
        }
        sorted
    }
}

/// Returns the values of one feature.
pub(crate) fn of_feature(held: &[Held], feature: Feature) -> &[Held] {
    let start = held.iter().position(|one| one.feature >= feature).unwrap_or(held.len());
    let rest = &held[start..];
    let end = rest.iter().position(|one| one.feature > feature).unwrap_or(rest.len());
    &rest[..end]
}
