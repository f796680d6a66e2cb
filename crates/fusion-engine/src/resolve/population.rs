//! The only numbers of the whole population that a score reads: its magnitude, how common each value is, and hubs.
//!
//! A holder counts once per origin: `c` is the number of distinct (origin, record) pairs, since a record is its raw
//! row or native key. So two files of one origin, or one row delivered twice, do not make a value look common.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::RecordId;

use crate::cleaned::Cleaned;
use crate::compare::{Feature, ValueId, Values, letters_of};
use crate::rules::EntityResolution;
use crate::score::hub_limit;

use super::holder::{Holder, origins};

/// Holds what a score reads of the population.
#[derive(Debug, Default)]
pub(crate) struct Population {
    /// ⌊log2 N⌋ over the live records of the kind.
    pub(crate) magnitude: i32,
    /// ⌊log2 c⌋ per value.
    commonness: Vec<i32>,
    /// Distinct names per value above the limit; `None` for values that are no hub.
    hubs: Vec<Option<u32>>,
    /// ⌊log2 c⌋ per name run together, user names counted in.
    letters: BTreeMap<String, i32>,
}

impl Population {
    /// Counts the population of `holders`.
    pub(crate) fn of(cleaned: &Cleaned, values: &Values, holders: &[Holder], rules: &EntityResolution) -> Self {
        let mut counts = vec![0u64; values.len()];
        let mut names: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); values.len()];
        let mut nameless = vec![0u32; values.len()];
        let mut letters: BTreeMap<String, BTreeSet<(String, RecordId)>> = BTreeMap::new();
        for holder in holders {
            let skeleton = skeleton_of(values, holder);
            for held in &holder.held {
                let at = held.value as usize;
                let said_by = origins(cleaned, &held.statements);
                if let Some(count) = counts.get_mut(at) {
                    *count += said_by.len().max(1) as u64;
                }
                match skeleton {
                    Some(name) => names.get_mut(at).map(|names| names.insert(name)).map(|_| ()),
                    None => nameless.get_mut(at).map(|count| *count += 1),
                };
                if let Some(joined) = run_together(values, held.feature, held.value) {
                    let holders = said_by
                        .into_iter()
                        .flat_map(|origin| holder.records.iter().map(move |id| (origin.clone(), *id)));
                    letters.entry(joined).or_default().extend(holders);
                }
            }
        }
        let hubs = values
            .iter()
            .map(|(id, value)| {
                let distinct = names.get(id as usize).map_or(0, BTreeSet::len) as u32
                    + nameless.get(id as usize).copied().unwrap_or_default();
                let is_hub = value.feature.can_be_hub() && distinct > hub_limit(&rules.hub_limits, value.feature);
                is_hub.then_some(distinct)
            })
            .collect();
        Self {
            magnitude: magnitude(holders.len() as u64),
            commonness: counts.into_iter().map(magnitude).collect(),
            hubs,
            letters: letters
                .into_iter()
                .map(|(joined, holders)| (joined, magnitude(holders.len() as u64)))
                .collect(),
        }
    }

    /// Returns what exact agreement on a value adds, in milli-bits.
    pub(crate) fn rarity(&self, value: ValueId) -> i32 {
        1_000 * (self.magnitude - self.commonness.get(value as usize).copied().unwrap_or_default())
    }

    /// Returns what agreement on a name run together adds, in milli-bits.
    pub(crate) fn rarity_of_letters(&self, joined: &str) -> i32 {
        1_000 * (self.magnitude - self.letters.get(joined).copied().unwrap_or_default())
    }

    /// Tells whether too many different names hold a value.
    pub(crate) fn is_hub(&self, value: ValueId) -> bool {
        self.distinct_names(value).is_some()
    }

    /// Returns the number of different names that hold a hub; `None` for other values.
    pub(crate) fn distinct_names(&self, value: ValueId) -> Option<u32> {
        self.hubs.get(value as usize).copied().flatten()
    }
}

/// Returns the name a holder counts by: its own before an account's, the fullest, then the smaller.
pub(crate) fn skeleton_of<'a>(values: &'a Values, holder: &Holder) -> Option<&'a str> {
    let held = [Feature::PersonName, Feature::OrganizationName, Feature::Title]
        .into_iter()
        .flat_map(|feature| holder.of(feature));
    held.filter_map(|held| values.get(held.value).map(|value| (held.through, value)))
        .filter(|(_, value)| !value.skeleton.is_empty())
        .min_by_key(|(through, value)| (*through, usize::MAX - value.latin.len(), value.skeleton.as_str()))
        .map(|(_, value)| value.skeleton.as_str())
}

fn run_together(values: &Values, feature: Feature, value: ValueId) -> Option<String> {
    let value = values.get(value)?;
    match feature {
        Feature::PersonName => Some(value.run_together()),
        Feature::Handle => Some(letters_of(value)),
        _ => None,
    }
}

/// Returns ⌊log2 count⌋; zero for nothing.
fn magnitude(count: u64) -> i32 {
    count.checked_ilog2().map_or(0, |log| log as i32)
}
