//! How far the guard looks: at a whole population, or at what a change touched.
//!
//! A group is looked at when its members are others than before, or when some of them cannot be one and pairs or weights
//! changed: names and dates of birth have no weight, so what does not clash does not begin to. Whether a record is
//! contested hangs on its own group and on who else holds its identifiers, and on no weight at all; so where members are
//! others than before, or parted otherwise, every record that shares an identifier with them is looked at too.

use super::contested::points;
use super::found::Found;
use crate::bits::Bits;
use crate::records::{Held, Records, Through};
use crate::value::{ValueId, Values};

/// Says what is looked at.
pub(crate) enum Extent<'a> {
    /// Everything.
    All,
    /// What a change touched.
    Touched(Touched<'a>),
}

/// Holds what a change touched.
pub(crate) struct Touched<'a> {
    /// Records of groups whose members, pairs or weights changed.
    pub(crate) rejoined: &'a Bits,
    /// Those among them whose groups have other members than before.
    pub(crate) altered: Bits,
    /// Records of groups to look at, those of `altered` among them.
    pub(crate) looked_at: Bits,
    /// What records held that left.
    pub(crate) left: &'a [Vec<Held>],
}

impl Touched<'_> {
    pub(super) fn is_looked_at(&self, record: u32) -> bool {
        self.looked_at.has(record)
    }

    /// Looks also at those of the touched records that `also` picks.
    pub(super) fn add(&mut self, also: impl Fn(u32) -> bool) {
        for record in self.rejoined.iter().filter(|record| also(*record)) {
            self.looked_at.set(record);
        }
    }

    /// Takes groups for altered.
    pub(super) fn alter(&mut self, records: impl Iterator<Item = u32>) {
        records.for_each(|record| self.altered.set(record));
    }
}

impl Extent<'_> {
    /// Tells whether the group of a record is looked at.
    pub(super) fn has_group(&self, member: u32) -> bool {
        match self {
            Self::All => true,
            Self::Touched(touched) => touched.is_looked_at(member),
        }
    }

    /// Returns what may be contested now, or be so no more, after groups were parted as `anew` says.
    pub(super) fn near(self, anew: &Found, records: &Records, values: &Values) -> Near {
        match self {
            Self::All => Near::All,
            Self::Touched(mut touched) => {
                let parted = anew.partings.iter().flat_map(|parting| &parting.groups);
                touched.alter(parted.flatten().copied());
                Near::of(touched.altered, touched.left, records, values)
            }
        }
    }
}

/// Says which records may be contested, or be so no more.
pub(super) enum Near {
    /// All.
    All,
    /// Some.
    Some {
        /// Records of groups whose members are others than before; all of a group or none.
        groups: Bits,
        /// Records that share an identifier with those, or with one that left; those among them.
        records: Bits,
        /// The identifiers that these hold.
        values: Bits,
    },
}

impl Near {
    fn of(groups: Bits, left: &[Vec<Held>], records: &Records, values: &Values) -> Self {
        let identifiers = |held: &[Held], into: &mut Bits| {
            for held in held.iter().filter(|held| is_identifier(held)) {
                into.set(values.class_of(held.value));
            }
        };
        let mut classes = Bits::of(values.len());
        left.iter().for_each(|held| identifiers(held, &mut classes));
        for record in groups.iter() {
            identifiers(records.of(record), &mut classes);
        }
        let shared = in_classes(values, &classes);
        let mut near = groups.clone();
        for record in 0..records.len() as u32 {
            let held = records.of(record);
            if held.iter().any(|held| shared.has(held.value) && is_identifier(held)) {
                near.set(record);
                identifiers(held, &mut classes);
            }
        }
        Self::Some {
            groups,
            records: near,
            values: in_classes(values, &classes),
        }
    }

    /// Tells whether the group of a record is looked at.
    pub(super) fn has_group(&self, member: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some { groups, .. } => groups.has(member),
        }
    }

    /// Tells whether a record is looked at.
    pub(super) fn has_record(&self, record: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some { records, .. } => records.has(record),
        }
    }

    /// Tells whether somebody who is looked at may hold a value.
    pub(super) fn has_value(&self, value: ValueId) -> bool {
        match self {
            Self::All => true,
            Self::Some { values, .. } => values.has(value),
        }
    }
}

fn is_identifier(held: &Held) -> bool {
    held.through == Through::Own && points(held.feature).is_some()
}

/// Returns the values whose class is one of `classes`.
fn in_classes(values: &Values, classes: &Bits) -> Bits {
    let mut among = Bits::of(values.len());
    for value in (0..values.len() as u32).filter(|value| classes.has(values.class_of(*value))) {
        among.set(value);
    }
    among
}
