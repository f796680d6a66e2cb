//! What a relation moved, per coin, added up exactly.
//!
//! The same transfer is often told twice (an export and an interface dump of one ledger). Transfers are a multiset
//! keyed by transaction, moment, coin and amount: within one source every row counts, across sources only the
//! source that tells it most often. So two equal transfers of one transaction stay two, and two files stay one.

use std::collections::BTreeMap;

use fusion_model::property::sum_amounts;
use fusion_model::{Property, SourceId};

use crate::cleaned::CleanLink;
use crate::lookup::Lookup;

/// Names one transfer apart from the source that tells it.
type Transfer = (String, String, String);

/// Gathers the transfers of one tie.
#[derive(Debug, Default)]
pub(super) struct Amounts {
    told: BTreeMap<Transfer, BTreeMap<SourceId, u32>>,
}

impl Amounts {
    /// Adds what one link moved.
    pub(super) fn add(&mut self, lookup: &Lookup<'_>, link: &CleanLink) {
        let value = |wanted: Property| {
            let mut said = lookup
                .statements(&link.statements)
                .filter(|statement| statement.property == wanted);
            said.find_map(|statement| Some(statement.value.as_ref().ok()?.canonical.clone()))
                .unwrap_or_default()
        };
        let (hash, moment) = (value(Property::TransactionHash), value(Property::HappenedAt));
        for statement in lookup
            .statements(&link.statements)
            .filter(|statement| statement.property == Property::Amount)
        {
            let Ok(amount) = &statement.value else { continue };
            let moment = if hash.is_empty() { moment.clone() } else { String::new() };
            let transfer = (hash.clone(), moment, amount.canonical.clone());
            *self.told.entry(transfer).or_default().entry(link.source).or_default() += 1;
        }
    }

    /// Returns the exact sums, by coin, as `12.5 ETH`.
    pub(super) fn sums(&self) -> Vec<String> {
        let moved = self.told.iter().flat_map(|((_, _, amount), told)| {
            let times = told.values().max().copied().unwrap_or_default();
            std::iter::repeat_n(amount.as_str(), times as usize)
        });
        sum_amounts(&moved.collect::<Vec<_>>())
    }
}
