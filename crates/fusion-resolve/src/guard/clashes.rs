//! Who in a group cannot be one: names and dates of birth are compared once by value, not again for each two members.

use super::contradiction::{are_two_by, strength_of};
use crate::agreement::Strength;
use crate::feature::Feature;
use crate::records::{Records, Through, of_feature};
use crate::score::Scorer;
use crate::value::ValueId;

/// Holds how what the members of a group say of themselves compares, by place.
pub(super) struct Clashes {
    names: Table,
    births: Table,
}

impl Clashes {
    /// Compares what the members of a group say.
    pub(super) fn of(scorer: &Scorer<'_>, records: &Records, group: &[u32]) -> Self {
        Self {
            names: Table::of(scorer, records, group, Feature::PersonName),
            births: Table::of(scorer, records, group, Feature::BirthDate),
        }
    }

    /// Tells whether nothing that is said differs from anything else that is said.
    pub(super) fn is_of_one(&self) -> bool {
        let differs = |table: &Table| table.strengths.contains(&Strength::Differs);
        !differs(&self.names) && !differs(&self.births)
    }

    /// Tells whether two members are of two people.
    pub(super) fn are_two(&self, one: u32, other: u32) -> bool {
        are_two_by(self.births.best(one, other), || self.names.best(one, other))
    }
}

/// Compares the values of one feature.
struct Table {
    /// Where the values of each member end, and which they are.
    ends: Vec<u32>,
    said: Vec<u32>,
    /// How each value compares with each, row by row.
    strengths: Vec<Strength>,
    width: usize,
}

impl Table {
    fn of(scorer: &Scorer<'_>, records: &Records, group: &[u32], feature: Feature) -> Self {
        let own = |record: &u32| {
            let held = of_feature(records.of(*record), feature).iter();
            held.filter(|held| held.through == Through::Own).map(|held| held.value)
        };
        let mut values: Vec<ValueId> = group.iter().flat_map(own).collect();
        values.sort_unstable();
        values.dedup();
        let width = values.len();
        let mut strengths = vec![Strength::Neutral; width * width];
        for (at, one) in values.iter().enumerate() {
            for (to, other) in values.iter().enumerate().skip(at) {
                let strength = strength_of(scorer, feature, *one, *other);
                strengths[at * width + to] = strength;
                strengths[to * width + at] = strength;
            }
        }
        let (mut ends, mut said) = (Vec::with_capacity(group.len()), Vec::new());
        for record in group {
            said.extend(own(record).map(|value| values.partition_point(|known| *known < value) as u32));
            ends.push(said.len() as u32);
        }
        Self {
            ends,
            said,
            strengths,
            width,
        }
    }

    fn said_by(&self, member: u32) -> &[u32] {
        let from = member.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.said[from as usize..self.ends[member as usize] as usize]
    }

    /// Returns how far the closest values of two members agree; nothing where one says none.
    fn best(&self, one: u32, other: u32) -> Option<Strength> {
        let pairs = self.said_by(one).iter().flat_map(|left| {
            let row = *left as usize * self.width;
            self.said_by(other).iter().map(move |right| row + *right as usize)
        });
        pairs.map(|at| self.strengths[at]).max()
    }
}
