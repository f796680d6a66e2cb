//! Values under too many names, as findings.

use super::Hub;
use crate::population::Population;
use crate::records::Records;
use crate::value::{ValueId, Values};

/// Returns the hubs of a population, by feature and text.
pub(crate) fn hubs(values: &Values, records: &Records, population: &Population) -> Vec<Hub> {
    let mut seen = vec![false; values.len()];
    let mut found: Vec<(ValueId, ValueId)> = Vec::new();
    for record in 0..records.len() as u32 {
        for held in records.of(record) {
            if population.is_hub(held.value) && !std::mem::replace(&mut seen[held.value as usize], true) {
                found.push((values.class_of(held.value), held.value));
            }
        }
    }
    let text = |value: ValueId| (values.feature(value), values.canonical(value), values.scope(value));
    found.sort_unstable_by(|one, other| (one.0, text(one.1)).cmp(&(other.0, text(other.1))));
    found.dedup_by_key(|entry| entry.0);
    let mut hubs: Vec<Hub> = found
        .into_iter()
        .map(|(_, value)| Hub {
            feature: values.feature(value),
            value,
            names: population.names_of(value, values),
        })
        .collect();
    hubs.sort_unstable_by(|one, other| text(one.value).cmp(&text(other.value)));
    hubs
}
