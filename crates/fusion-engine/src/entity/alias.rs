//! The other names of an entity, each with the statements that claim it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Alias, Fact};
use fusion_model::{EntityKind, Property, StatementId};

/// Returns every name, alias and handle that is not the label; best supported first.
///
/// A text claimed both as an alias and as a handle stands once, under the property that comes first in the catalogue.
pub(super) fn of(kind: EntityKind, label: &str, facts: &[Fact]) -> Vec<Alias> {
    let named = matches!(
        kind,
        EntityKind::Person | EntityKind::Organization | EntityKind::Place | EntityKind::Account
    );
    if !named {
        return Vec::new();
    }
    let mut names: BTreeMap<&str, (u32, Property, String, BTreeSet<StatementId>)> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| is_naming(fact.property)) {
        let entry = names.entry(fact.canonical.as_str());
        let (origins, _, _, statements) =
            entry.or_insert_with(|| (0, fact.property, fact.value.clone(), BTreeSet::new()));
        *origins = (*origins).max(fact.origins);
        statements.extend(&fact.statements);
    }
    let mut ranked: Vec<_> = names
        .into_values()
        .filter(|(_, _, name, _)| name != label && !name.trim().is_empty())
        .collect();
    ranked.sort_by(|left, right| {
        (Reverse(left.0), Reverse(left.3.len()), left.1, &left.2).cmp(&(
            Reverse(right.0),
            Reverse(right.3.len()),
            right.1,
            &right.2,
        ))
    });
    ranked
        .into_iter()
        .map(|(_, property, name, statements)| Alias {
            name,
            property,
            statements: statements.into_iter().collect(),
        })
        .collect()
}

fn is_naming(property: Property) -> bool {
    matches!(property, Property::Name | Property::Alias | Property::Handle)
}
