//! What cleaning could not take as it stands, counted in words.

use std::collections::BTreeMap;

use fusion_model::derived::StageNote;
use fusion_model::{EntityKind, Property};

const STAGE: &str = "clean";

/// Counts values and records that keep their original form.
#[derive(Debug, Default)]
pub(super) struct Kept {
    values: BTreeMap<Property, u64>,
    identities: BTreeMap<EntityKind, u64>,
    dangling_links: u64,
    mixed_kinds: u64,
}

impl Kept {
    /// Counts a value that could not be cleaned.
    pub(super) fn value(&mut self, property: Property) {
        *self.values.entry(property).or_default() += 1;
    }

    /// Counts a record that stands by its key because its identity could not be cleaned.
    pub(super) fn identity(&mut self, kind: EntityKind) {
        *self.identities.entry(kind).or_default() += 1;
    }

    /// Counts a link that leads to a record its observation does not hold.
    pub(super) fn dangling_link(&mut self) {
        self.dangling_links += 1;
    }

    /// Counts a record that observations give different kinds.
    pub(super) fn mixed_kind(&mut self) {
        self.mixed_kinds += 1;
    }

    /// Puts the counts into words.
    pub(super) fn into_notes(self) -> Vec<StageNote> {
        let values = self.values.into_iter().map(|(property, count)| {
            format!(
                "{count} {} {} could not be cleaned and keep the original text.",
                property.id(),
                values(count)
            )
        });
        let identities = self.identities.into_iter().map(|(kind, count)| {
            format!(
                "{count} {} {} stand by their place in the source: the identity could not be cleaned.",
                kind.label(),
                records(count)
            )
        });
        let dangling = (self.dangling_links > 0).then(|| {
            format!(
                "{} links lead to a record that their observation does not hold and were left out.",
                self.dangling_links
            )
        });
        let mixed = (self.mixed_kinds > 0)
            .then(|| format!("{} records are given different kinds by different observations; the first kind in the catalogue holds.", self.mixed_kinds));
        values
            .chain(identities)
            .chain(dangling)
            .chain(mixed)
            .map(|text| StageNote {
                stage: STAGE.to_owned(),
                text,
            })
            .collect()
    }
}

fn values(count: u64) -> &'static str {
    if count == 1 { "value" } else { "values" }
}

fn records(count: u64) -> &'static str {
    if count == 1 { "record" } else { "records" }
}
