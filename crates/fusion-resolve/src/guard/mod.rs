//! Guard: what somebody may have planted, or what came together by mistake, and what is done about it.
//!
//! A value under too many names joins nobody (a hub). A record with the identifiers of dozens of people is set apart (a
//! crowd). Words that mix scripts are named, since letters of one script can pass for those of another. A record that alone
//! holds two people together who contradict each other is a bridge: it stays with the side it fits best, and the sides
//! are parted. Everything is a function of the records and the linked pairs, so that no order of evidence matters.
//! It must not know rules files or words for people, and never fails.

mod bridge;
mod clashes;
mod contested;
mod contradiction;
mod crowd;
mod cut;
mod extent;
mod found;
mod hub;
mod script;
mod sever;
mod weed;

pub(crate) use bridge::{On, part_bridges};
pub(crate) use crowd::set_apart;
pub(crate) use extent::{Extent, Touched};
pub(crate) use found::Found;
pub(crate) use hub::hubs;
pub(crate) use script::{hides, mixed_scripts};

use crate::feature::Feature;
use crate::value::ValueId;

/// Holds what was noticed in a population, each list in order of position.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Values under too many names.
    pub hubs: Vec<Hub>,
    /// Records with the identifiers of too many people.
    pub crowds: Vec<Crowd>,
    /// Records that hold people together who contradict each other.
    pub bridges: Vec<Bridge>,
    /// Records with words that mix scripts.
    pub mixed_scripts: Vec<MixedScript>,
}

/// Names a value that too many different names hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hub {
    /// What it is.
    pub feature: Feature,
    /// The value; of several that mean the same, the first by text.
    pub value: ValueId,
    /// How many names hold it.
    pub names: u32,
}

/// Names a record that was set apart because it holds the identifiers of too many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crowd {
    /// The record.
    pub record: u32,
    /// What it holds too many of.
    pub feature: Feature,
    /// How many.
    pub values: u32,
}

/// Names a record that links two groups which contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bridge {
    /// The record.
    pub record: u32,
    /// The smallest members of the two groups, smaller first; the record stands in one of them.
    pub groups: [u32; 2],
}

/// Names a record with a word that mixes scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MixedScript {
    /// The record.
    pub record: u32,
    /// The value the word stands in.
    pub value: ValueId,
}
