//! Names that a person is given through the accounts it owns.
//!
//! A profile's full name is said of the account. Where a link of credibility 3 or better says that a person owns
//! the account, the name is also evidence for the person. Doubtful links (a search hit on a similar name) lend nothing.

use std::collections::BTreeSet;

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityId, EntityKind, Property};

use crate::cleaned::CleanLink;
use crate::lookup::Lookup;

/// Tells whether the link is graded well enough to lend what the account says to its owner.
///
/// An ungraded link (6, "cannot be judged") is one the format states outright: its row names person and account
/// together, so it lends.
pub(crate) fn lends(link: &CleanLink) -> bool {
    link.kind == RelationKind::Owns
        && !matches!(link.grade.credibility, Credibility::Doubtful | Credibility::Improbable)
}

/// Returns the positions of the naming statements of the accounts that a person owns, ascending.
pub(super) fn names(lookup: &Lookup<'_>, person: EntityId, kind: EntityKind) -> Vec<usize> {
    if kind != EntityKind::Person {
        return Vec::new();
    }
    let accounts: BTreeSet<EntityId> = lookup
        .links_at(person)
        .filter(|link| lends(link) && lookup.entity_of(link.from) == Some(person))
        .filter_map(|link| lookup.entity_of(link.to))
        .filter(|entity| lookup.kind_of(*entity) == Some(EntityKind::Account))
        .collect();
    let positions: BTreeSet<usize> = accounts
        .into_iter()
        .flat_map(|account| lookup.own_statements(account))
        .filter(|at| {
            lookup
                .statement(*at)
                .is_some_and(|statement| matches!(statement.property, Property::Name | Property::Alias))
        })
        .collect();
    positions.into_iter().collect()
}
