//! What a record is called by itself, before it became part of an entity.

use fusion_model::derived::RecordCard;
use fusion_model::{EntityId, EntityKind, Property, RecordId, Statement};

use crate::cleaned::{CleanRecord, Cleaned};
use crate::resolution::Resolution;

/// Properties that can name a record, best first.
const NAMING: &[Property] = &[
    Property::Name,
    Property::Title,
    Property::Alias,
    Property::Handle,
    Property::Account,
    Property::Email,
    Property::Phone,
    Property::Wallet,
    Property::Iban,
    Property::Address,
    Property::Location,
    Property::City,
    Property::Country,
    Property::CompanyNumber,
    Property::OfficialNumber,
    Property::ExternalId,
    Property::MaskedEmail,
    Property::MaskedPhone,
];

/// Returns the cards of all records, by id.
pub(crate) fn cards(cleaned: &Cleaned, resolution: &Resolution) -> Vec<RecordCard> {
    cleaned
        .records
        .iter()
        .map(|(id, record)| RecordCard {
            id: *id,
            kind: record.kind,
            entity: resolution.entity_of.get(id).copied().unwrap_or(EntityId::from(*id)),
            label: label(cleaned, *id, record),
            sources: record.sources.clone(),
        })
        .collect()
}

/// Names a record by the first naming property it states; of several values by the smallest text.
fn label(cleaned: &Cleaned, id: RecordId, record: &CleanRecord) -> String {
    let identity = record.kind.identity();
    let titled = matches!(record.kind, EntityKind::Chat | EntityKind::Token | EntityKind::Breach);
    let naming: Vec<Property> = match identity {
        Some(identity) if titled => [Property::Title, Property::Name, identity].to_vec(),
        Some(identity) => vec![identity],
        None => NAMING.to_vec(),
    };
    let shown = |property: Property| {
        cleaned
            .statements_of(id)
            .filter(|statement| statement.property == property)
            .filter_map(text)
            .min()
    };
    let found = naming.into_iter().find_map(shown).or_else(|| record.identity.clone());
    found.unwrap_or_else(|| format!("{} {}", record.kind.label(), id.short()))
}

/// Returns the text for people; what could not be cleaned is shown as it stands.
fn text(statement: &Statement) -> Option<String> {
    let text = match &statement.value {
        Ok(value) => value.display.trim(),
        Err(_) => statement.original.trim(),
    };
    (!text.is_empty()).then(|| text.to_owned())
}
