//! Rows about something that goes from one to another: value between wallets or accounts, words between people.
//!
//! Value that did not move makes no payment: a failed row keeps its facts with the sender.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Observation, Property, RawStatement, RecordKey, ValueType};

use super::{Fact, RowFacts};
use crate::aliases::{Meaning, Side};
use crate::draft::Draft;
use crate::looks::{self, Look};

/// Facts that belong to the transfer and not to one of its ends.
const OF_TRANSFER: &[Property] = &[
    Property::HappenedAt,
    Property::EndedAt,
    Property::Amount,
    Property::Fee,
    Property::FiatValue,
    Property::TransactionHash,
    Property::TokenContract,
    Property::Blockchain,
    Property::Status,
    Property::Text,
    Property::Title,
    Property::Tag,
    Property::Note,
    Property::Count,
];

/// Words by which sources say that nothing moved.
const FAILED: [&str; 7] = ["fail", "error", "revert", "reject", "cancel", "declin", "out of gas"];

/// Tells whether a state says that nothing moved.
pub(crate) fn is_failure(status: &str) -> bool {
    let status = status.to_ascii_lowercase();
    FAILED.iter().any(|word| status.contains(word))
}

/// Returns the observation of a transfer.
pub(super) fn observation(row: RowFacts) -> Observation {
    let RowFacts {
        locator, key, facts, ..
    } = row;
    let mut draft = Draft::at(locator);
    let chain = facts
        .iter()
        .find(|fact| fact.property() == Some(Property::Blockchain))
        .map(|fact| fact.text.clone());
    let mut ends = [Side::From, Side::To].map(|side| {
        let fact = facts.iter().find(|fact| fact.meaning == Meaning::Party(side));
        fact.map(|fact| party(&mut draft, fact, &key, chain.as_deref()))
    });
    let (Some((from, from_kind)), Some((to, to_kind))) = (ends[0].take(), ends[1].take()) else {
        return draft.done();
    };
    let moves_value = facts.iter().any(|fact| {
        matches!(
            fact.property(),
            Some(Property::Amount | Property::TransactionHash | Property::FiatValue)
        )
    });
    let holds_value = |kind| matches!(kind, EntityKind::Wallet | EntityKind::Iban);
    let is_payment = moves_value || holds_value(from_kind) || holds_value(to_kind);
    let has_failed = facts
        .iter()
        .any(|fact| fact.property() == Some(Property::Status) && is_failure(&fact.text));
    let statements = facts.iter().filter_map(|fact| match fact.meaning {
        Meaning::Party(_) => None,
        Meaning::Coin | Meaning::Platform => Some(fact.statement(Property::Note)),
        Meaning::Owner(property) => Some(fact.statement(property)),
        _ => {
            let property = fact.property().unwrap_or(Property::Note);
            // A secret stays one, so that it is sealed.
            let is_kept = OF_TRANSFER.contains(&property) || property.value_type() == ValueType::Secret;
            Some(fact.statement(if is_kept { property } else { Property::Note }))
        }
    });
    if is_payment && has_failed {
        statements
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|statement| draft.state(from, statement));
        return draft.done();
    }
    let has_message = facts.iter().any(|fact| {
        matches!(
            fact.property(),
            Some(Property::HappenedAt | Property::Text | Property::Title)
        )
    });
    let holds_words = |kind| matches!(kind, EntityKind::Email | EntityKind::Phone);
    let kind = match () {
        () if is_payment => RelationKind::Paid,
        () if has_message || (holds_words(from_kind) && holds_words(to_kind)) => RelationKind::Messaged,
        // Two names in a row of an edge list are together, no more.
        () => RelationKind::MentionedWith,
    };
    let mut link = draft.link(from, to, kind);
    for statement in statements {
        link = link.state(statement);
    }
    draft.done()
}

/// Adds one end, as what its text looks like. Two people of one row share its key: a record is told apart by its
/// number in the row as well.
fn party(draft: &mut Draft, fact: &Fact, key: &RecordKey, chain: Option<&str>) -> (u32, EntityKind) {
    let text = fact.text.trim();
    let (kind, property) = match looks::look(text) {
        Some(Look::Wallet) => (EntityKind::Wallet, Property::Wallet),
        Some(Look::Email) => (EntityKind::Email, Property::Email),
        Some(Look::Phone) => (EntityKind::Phone, Property::Phone),
        Some(Look::Iban) => (EntityKind::Iban, Property::Iban),
        Some(Look::Ip) => (EntityKind::Ip, Property::Ip),
        Some(Look::Url) => (EntityKind::Url, Property::Url),
        Some(Look::Domain) => (EntityKind::Domain, Property::Domain),
        // Other ledgers have addresses of other looks; on a ledger every end is one.
        None | Some(Look::Date) if chain.is_some() && !text.contains(' ') => (EntityKind::Wallet, Property::Wallet),
        None | Some(Look::Date) => (EntityKind::Person, Property::Name),
    };
    let qualifier = if kind == EntityKind::Wallet {
        chain.unwrap_or_default()
    } else {
        ""
    };
    let statement = RawStatement::new(property, fact.text.clone(), fact.path.clone()).read_with(qualifier);
    let key = if kind.identity().is_some() {
        RecordKey::Here
    } else {
        key.clone()
    };
    let record = draft.record(kind, key);
    draft.state(record, statement);
    (record, kind)
}
