//! What an entity can be asked for by, and what may be searched.

use fusion_model::derived::{Entity, Fact};
use fusion_model::{Property, ValueType};

use super::targets::MatchedBy;

/// Folds a name or an identifier for comparison: no surrounding blanks, lower case.
pub(super) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Lists the names of an entity, folded, each once under its strongest claim.
pub(super) fn of(entity: &Entity) -> Vec<(MatchedBy, String)> {
    let label = [(MatchedBy::Label, fold(&entity.label))];
    let identifiers = entity
        .facts
        .iter()
        .filter(|fact| identifies(fact))
        .flat_map(|fact| [fold(&fact.canonical), fold(&fact.value)])
        .map(|name| (MatchedBy::Identifier, name));
    let aliases = entity.aliases.iter().map(|alias| (MatchedBy::Alias, fold(&alias.name)));
    let mut names: Vec<(MatchedBy, String)> = label.into_iter().chain(identifiers).chain(aliases).collect();
    names.retain(|(_, name)| !name.is_empty());
    names.sort_by(|left, right| left.1.cmp(&right.1).then(left.0.cmp(&right.0)));
    names.dedup_by(|later, earlier| later.1 == earlier.1);
    names
}

fn identifies(fact: &Fact) -> bool {
    matches!(
        fact.property.value_type(),
        ValueType::Handle
            | ValueType::Account
            | ValueType::Email
            | ValueType::Phone
            | ValueType::Url
            | ValueType::Domain
            | ValueType::Ip
            | ValueType::Wallet
            | ValueType::Iban
            | ValueType::FileHash
    ) || matches!(
        fact.property,
        Property::OfficialNumber
            | Property::CompanyNumber
            | Property::ExternalId
            | Property::BreachName
            | Property::TransactionHash
            | Property::TokenContract
            | Property::ChatId
            | Property::Name
    )
}

/// Tells whether values of a property may be searched as text.
pub(super) fn searchable(property: Property) -> bool {
    property.value_type() != ValueType::Secret
}
