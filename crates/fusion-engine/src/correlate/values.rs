//! Who holds which value: the inverted index that shared-value relations read.
//!
//! A value belongs to the entity whose record it is said of. An account also holds the user name that is part of its
//! own identity. Secrets appear by their equality group; weak ones have a value of their own and match nothing.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{EntityId, EntityKind, Property};

use crate::lookup::Lookup;

/// Maps an entity to the positions of the statements by which it holds a value.
pub(super) type Holders = BTreeMap<EntityId, BTreeSet<usize>>;

/// Indexes values by property and canonical text.
pub(super) struct Values<'a> {
    holders: BTreeMap<(Property, &'a str), Holders>,
}

impl<'a> Values<'a> {
    /// Builds the index.
    pub(super) fn new(lookup: &Lookup<'a>) -> Self {
        let mut holders: BTreeMap<(Property, &str), Holders> = BTreeMap::new();
        let mut hold = |property: Property, canonical: &'a str, entity: EntityId, at: usize| {
            if !canonical.is_empty() {
                holders
                    .entry((property, canonical))
                    .or_default()
                    .entry(entity)
                    .or_default()
                    .insert(at);
            }
        };
        for (at, statement) in lookup.cleaned.statements.iter().enumerate() {
            let (Ok(value), Some(entity)) = (&statement.value, lookup.entity_of(statement.record)) else {
                continue;
            };
            hold(statement.property, &value.canonical, entity, at);
            if statement.property == Property::Account && lookup.kind_of(entity) == Some(EntityKind::Account) {
                // `site#id/number` is the site's own number, not a user name.
                if let Some((_, handle)) = value.canonical.split_once('/').filter(|(site, _)| !site.contains('#')) {
                    hold(Property::Handle, handle, entity, at);
                }
            }
        }
        Self { holders }
    }

    /// Returns every value of a property with its holders, by canonical text.
    pub(super) fn of(&self, property: Property) -> impl Iterator<Item = (&str, &Holders)> {
        self.holders
            .range((property, "")..)
            .take_while(move |((other, _), _)| *other == property)
            .map(|((_, canonical), holders)| (*canonical, holders))
    }

    /// Returns the holders of one value.
    pub(super) fn holders<'s>(&'s self, property: Property, canonical: &'s str) -> Option<&'s Holders> {
        self.holders.get(&(property, canonical))
    }

    /// Returns what every entity holds of a property.
    pub(super) fn by_holder(&self, property: Property) -> BTreeMap<EntityId, BTreeSet<&str>> {
        let mut held: BTreeMap<EntityId, BTreeSet<&str>> = BTreeMap::new();
        for (canonical, holders) in self.of(property) {
            for entity in holders.keys() {
                held.entry(*entity).or_default().insert(canonical);
            }
        }
        held
    }
}
