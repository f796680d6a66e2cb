//! What the look for bridges found, group by group, so that what a change did not touch need not be looked at again.

use super::Bridge;
use super::extent::{Near, Touched};
use crate::bits::Bits;

/// Holds what a group fell into.
#[derive(Debug, Default, Clone)]
pub(super) struct Parting {
    pub(super) groups: Vec<Vec<u32>>,
    pub(super) bridges: Vec<Bridge>,
}

impl Parting {
    /// Returns the smallest member of the group that was parted.
    pub(super) fn root(&self) -> Option<u32> {
        self.groups.iter().filter_map(|group| group.first().copied()).min()
    }
}

/// Holds what was found in a population.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The smallest members of groups with members who cannot be one, whether they were parted or not.
    pub(super) clashing: Vec<u32>,
    /// What groups fell into, in the order of their smallest members.
    pub(super) partings: Vec<Parting>,
    pub(super) contested: Contested,
}

/// Holds the records that are named without anything being parted at first.
#[derive(Debug, Default)]
pub(super) struct Contested {
    /// Records that most of their own group contradicts.
    pub(super) inside: Vec<Bridge>,
    /// Records that share identifiers with groups they contradict.
    pub(super) between: Vec<Bridge>,
}

impl Contested {
    pub(super) fn take(&mut self, more: Self) {
        self.inside.extend(more.inside);
        self.between.extend(more.between);
    }
}

impl Found {
    /// Goes over to present positions; what is in groups that are looked at again is forgotten.
    pub(crate) fn follow(&mut self, touched: &mut Touched<'_>, roots: &[u32], later: impl Fn(u32) -> Option<u32>) {
        let mut clashing = Bits::of(roots.len());
        let stays = self.clashing.iter().filter_map(|root| later(*root));
        stays.for_each(|root| clashing.set(root));
        touched.add(|record| clashing.has(roots[record as usize]));
        let stands = |record: &u32| later(*record).filter(|record| !touched.is_looked_at(*record));
        let bridge = |bridge: &Bridge| {
            Some(Bridge {
                record: later(bridge.record)?,
                groups: [later(bridge.groups[0])?, later(bridge.groups[1])?],
            })
        };
        let parting = |parting: &Parting| {
            let groups = parting.groups.iter();
            let groups: Option<Vec<Vec<u32>>> = groups.map(|group| group.iter().map(stands).collect()).collect();
            Some(Parting {
                groups: groups?,
                bridges: parting.bridges.iter().filter_map(bridge).collect(),
            })
        };
        let (mut partings, mut fallen) = (Vec::new(), Vec::new());
        for before in &self.partings {
            match parting(before) {
                Some(parting) => partings.push(parting),
                None => fallen.extend(before.groups.iter().flatten().filter_map(|record| later(*record))),
            }
        }
        *self = Self {
            clashing: self.clashing.iter().filter_map(stands).collect(),
            partings,
            contested: Contested {
                inside: self.contested.inside.iter().filter_map(bridge).collect(),
                between: self.contested.between.iter().filter_map(bridge).collect(),
            },
        };
        touched.alter(fallen.into_iter());
    }

    /// Forgets who is contested among the records that are looked at again.
    pub(super) fn forget(&mut self, near: &Near) {
        self.contested.inside.retain(|bridge| !near.has_group(bridge.record));
        self.contested.between.retain(|bridge| !near.has_record(bridge.record));
    }

    /// Takes in what was found elsewhere.
    pub(super) fn take(&mut self, more: Self) {
        self.clashing.extend(more.clashing);
        self.partings.extend(more.partings);
        self.partings.sort_unstable_by_key(Parting::root);
        self.contested.take(more.contested);
    }

    /// Returns all bridges in order of position, each record once.
    pub(super) fn bridges(&self) -> Vec<Bridge> {
        let parted = self.partings.iter().flat_map(|parting| &parting.bridges);
        let contested = self.contested.inside.iter().chain(&self.contested.between);
        let mut bridges: Vec<Bridge> = parted.chain(contested).copied().collect();
        bridges.sort_unstable();
        bridges.dedup_by_key(|bridge| bridge.record);
        bridges
    }
}
