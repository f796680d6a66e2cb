//! Block: which pairs are worth comparing.
//!
//! Every holder offers keys (shared identifiers, names in several spellings, dates of birth with initials …). A key
//! lives while its holders stay within the cap of its family; above it only its composites with a fixed second key
//! live. A block is never cut short and the pair budget never drops pairs: a run that is too large is refused before
//! it starts. Values that are hubs offer no key. It must not know scores or verdicts, and never fails.

mod keys;

use std::collections::BTreeMap;

use crate::compare::Values;
use crate::resolve::{Holder, Population};
use crate::rules::EntityResolution;

use keys::{Family, Key, cap, keys_of, second_keys_of};

/// Holds the candidate pairs of a population, as positions of holders, smaller first, ascending.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Pairs that the live keys would make, counted with repetition: what the budget is held against.
    pub(crate) expected: u64,
    /// Whether the budget refuses the run; then there are no pairs.
    pub(crate) over_budget: bool,
    /// Keys per family that were too common, and how many of their composites were too common as well.
    pub(crate) capped: BTreeMap<&'static str, (u64, u64)>,
}

/// Finds the candidate pairs among `holders`; positions for which `takes_part` is false are left out.
pub(crate) fn candidates(
    holders: &[Holder],
    takes_part: &dyn Fn(usize) -> bool,
    values: &Values,
    population: &Population,
    rules: &EntityResolution,
) -> Candidates {
    let mut blocks: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for (at, holder) in (0u32..).zip(holders).filter(|(at, _)| takes_part(*at as usize)) {
        for key in keys_of(holder, values, population) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut found = Candidates::default();
    let (live, dead): (Vec<_>, Vec<_>) = blocks
        .into_iter()
        .partition(|((family, _), members)| members.len() as u64 <= cap(&rules.key_caps, *family));
    let mut live: Vec<Vec<u32>> = live.into_iter().map(|(_, members)| members).collect();
    for ((family, _), members) in dead {
        let (kept, lost) = composites(family, &members, holders, values, population, rules);
        live.extend(kept);
        let counts = found.capped.entry(family.label()).or_default();
        counts.0 += 1;
        counts.1 += lost;
    }
    found.expected = live.iter().map(|members| pairs_in(members.len())).sum();
    found.over_budget = found.expected > u64::from(rules.pair_budget);
    if !found.over_budget {
        found.pairs = live.iter().flat_map(|members| pairs_of(members)).collect();
        found.pairs.sort_unstable();
        found.pairs.dedup();
    }
    found
}

/// Splits a dead key by second keys; returns the blocks that fit and the number of those that do not.
fn composites(
    family: Family,
    members: &[u32],
    holders: &[Holder],
    values: &Values,
    population: &Population,
    rules: &EntityResolution,
) -> (Vec<Vec<u32>>, u64) {
    let mut parts: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for at in members {
        let Some(holder) = holders.get(*at as usize) else {
            continue;
        };
        for second in second_keys_of(holder, values, population) {
            parts.entry(second).or_default().push(*at);
        }
    }
    let all = parts.len();
    let kept: Vec<Vec<u32>> = parts
        .into_values()
        .filter(|part| part.len() as u64 <= cap(&rules.key_caps, family))
        .collect();
    let lost = (all - kept.len()) as u64;
    (kept, lost)
}

fn pairs_in(count: usize) -> u64 {
    let count = count as u64;
    count * count.saturating_sub(1) / 2
}

fn pairs_of(members: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    members.iter().enumerate().flat_map(|(at, one)| {
        members
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .map(move |other| (*one.min(other), *one.max(other)))
    })
}
