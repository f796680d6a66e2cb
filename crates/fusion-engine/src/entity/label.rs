//! The one name an entity is called by.
//!
//! For identifiers it is the identity value; a chat or token prefers its title. For described things it is the best
//! supported name: a full name before a single word, a name before an alias, an alias before a handle, and only
//! then an identifier. More independent origins win, then what is said of the thing itself over what an account
//! lends, then more statements, then the smaller text, so that no order of input decides.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use fusion_model::derived::{Fact, RelationKind};
use fusion_model::{EntityId, EntityKind, Property, StatementId};

use super::facts;
use crate::lookup::Lookup;
use crate::resolution::Cluster;

/// Properties that can name a thing, best first.
fn naming(kind: EntityKind) -> &'static [Property] {
    match kind {
        EntityKind::Person => &[
            Property::Name,
            Property::Alias,
            Property::Handle,
            Property::Account,
            Property::Email,
            Property::Phone,
            Property::Wallet,
            Property::MaskedEmail,
            Property::MaskedPhone,
            Property::ExternalId,
        ],
        EntityKind::Organization => &[
            Property::Name,
            Property::Alias,
            Property::CompanyNumber,
            Property::Domain,
            Property::ExternalId,
        ],
        EntityKind::Place => &[
            Property::Name,
            Property::Address,
            Property::Location,
            Property::City,
            Property::Country,
            Property::Coordinates,
        ],
        EntityKind::Document => &[
            Property::Title,
            Property::Name,
            Property::Url,
            Property::FileHash,
            Property::ExternalId,
        ],
        EntityKind::Chat => &[Property::Title, Property::Name, Property::ChatId],
        EntityKind::Token => &[Property::Name, Property::Tag, Property::TokenContract],
        EntityKind::Breach => &[Property::BreachName, Property::Title, Property::Name],
        EntityKind::Account => &[Property::Account, Property::Handle],
        EntityKind::Wallet => &[Property::Wallet],
        EntityKind::Email => &[Property::Email],
        EntityKind::Phone => &[Property::Phone],
        EntityKind::Domain => &[Property::Domain],
        EntityKind::Ip => &[Property::Ip],
        EntityKind::Url => &[Property::Url],
        EntityKind::Iban => &[Property::Iban],
        EntityKind::FileHash => &[Property::FileHash],
    }
}

/// Returns the label of an entity.
pub(super) fn of(lookup: &Lookup<'_>, id: EntityId, cluster: &Cluster, facts: &[Fact], own: &[usize]) -> String {
    let own: BTreeSet<StatementId> = lookup.statements(own).map(|statement| statement.id).collect();
    for property in naming(cluster.kind) {
        let candidates = facts
            .iter()
            .filter(|fact| fact.property == *property && !fact.value.trim().is_empty());
        let best = candidates.min_by_key(|fact| {
            let lent = !fact.statements.iter().any(|statement| own.contains(statement));
            let single_word = words(&fact.value) < 2;
            (
                single_word,
                Reverse(fact.origins),
                lent,
                Reverse(fact.statements.len()),
                fact.canonical.as_str(),
            )
        });
        if let Some(fact) = best {
            return fact.value.clone();
        }
    }
    let identity = cluster
        .records
        .iter()
        .filter_map(|record| lookup.cleaned.records.get(record)?.identity.as_ref())
        .min();
    let named = identity.cloned().or_else(|| holding(lookup, id));
    named.unwrap_or_else(|| format!("{} {}", cluster.kind.label(), id.short()))
}

/// Names a nameless thing by what it owns: `holder of user700000099 (telegram.org)`.
fn holding(lookup: &Lookup<'_>, id: EntityId) -> Option<String> {
    let owned = lookup
        .links_at(id)
        .filter(|link| link.kind == RelationKind::Owns && lookup.entity_of(link.from) == Some(id));
    let shown = owned.filter_map(|link| {
        let thing = lookup.entity_of(link.to)?;
        let identity = lookup.kind_of(thing)?.identity()?;
        let mut said = lookup.own_statements(thing);
        said.retain(|at| {
            lookup
                .statement(*at)
                .is_some_and(|statement| statement.property == identity)
        });
        Some(facts::shown(lookup, &said)).filter(|shown| !shown.is_empty())
    });
    shown.min().map(|shown| format!("holder of {shown}"))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
