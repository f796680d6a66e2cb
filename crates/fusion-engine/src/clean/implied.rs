//! Which values stand for a thing of their own, and how the record that says them is linked to it.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Property};

/// Returns the kind of thing that a value of `property` said of a record of kind `of` stands for, and the link to
/// it; `None` where the value is only a description.
pub(super) fn implied(of: EntityKind, property: Property) -> Option<(EntityKind, RelationKind)> {
    let speaks = of.identity().is_none() || of == EntityKind::Account;
    if !speaks || of.identity() == Some(property) {
        return None;
    }
    Some(match property {
        Property::Email => (EntityKind::Email, RelationKind::Uses),
        Property::Phone => (EntityKind::Phone, RelationKind::Uses),
        Property::Ip => (EntityKind::Ip, RelationKind::Uses),
        Property::Wallet => (EntityKind::Wallet, RelationKind::Owns),
        Property::Iban => (EntityKind::Iban, RelationKind::Owns),
        Property::Account => (EntityKind::Account, RelationKind::Owns),
        Property::Url => (EntityKind::Url, RelationKind::LinksTo),
        Property::Domain => (EntityKind::Domain, RelationKind::LinksTo),
        Property::FileHash if of == EntityKind::Document => (EntityKind::FileHash, RelationKind::Owns),
        Property::FileHash => (EntityKind::FileHash, RelationKind::LinksTo),
        Property::BreachName => (EntityKind::Breach, RelationKind::ExposedIn),
        _ => return None,
    })
}
