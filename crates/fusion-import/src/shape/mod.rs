//! From the facts of one row to an observation: what the row is about, and who else it speaks of.
//!
//! A row of an unknown export may describe a person, a firm, an account, a wallet with its owner, a transfer, a
//! leaked record. Which one follows from the set of facts it states, never from their order. Everything that fits
//! nowhere stays with the main record as a note, so nothing is lost.

mod parts;
mod transfer;

pub(crate) use transfer::is_failure;

use fusion_model::{EntityKind, Locator, Observation, Property, RawStatement, RecordKey, SourceKind};

use crate::aliases::{Axis, Meaning, NamePart, Side};
use crate::chains;
use crate::looks;

/// Is one value of a row with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What it stands for.
    pub(crate) meaning: Meaning,
    /// Kind of the thing it is said of, when a mapping says so.
    pub(crate) of: Option<EntityKind>,
    /// Original text.
    pub(crate) text: String,
    /// Unit from the column name, or qualifier from a mapping.
    pub(crate) qualifier: String,
    /// Column name or JSON pointer within the row.
    pub(crate) path: String,
}

impl Fact {
    /// Makes a fact with the meaning of its column or key.
    pub(crate) fn new(meaning: Meaning, text: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            meaning,
            of: None,
            text: text.into(),
            qualifier: String::new(),
            path: path.into(),
        }
    }

    /// Makes the fact that is kept for reading only.
    pub(crate) fn note(text: impl Into<String>, path: impl Into<String>) -> Self {
        Self::new(Meaning::Is(Property::Note), text, path)
    }

    /// Returns the property that it states outright.
    pub(crate) fn property(&self) -> Option<Property> {
        match self.meaning {
            Meaning::Is(property) | Meaning::With(property, _) => Some(property),
            _ => None,
        }
    }

    /// Returns the statement of this fact as `property`.
    fn statement(&self, property: Property) -> RawStatement {
        let qualifier = match self.meaning {
            Meaning::With(_, word) if self.qualifier.is_empty() => word.to_owned(),
            _ => self.qualifier.clone(),
        };
        RawStatement {
            property,
            original: self.text.clone(),
            qualifier,
            path: self.path.clone(),
        }
    }
}

/// Is one entry of a list of accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AccountEntry {
    /// Site as written, and its path.
    pub(crate) site: (String, String),
    /// User name at that site, when it has its own.
    pub(crate) user: Option<(String, String)>,
    /// Profile address.
    pub(crate) url: Option<(String, String)>,
    /// What else is said of it.
    pub(crate) further: Vec<Fact>,
}

/// Holds everything that one row says.
#[derive(Debug, Clone)]
pub(crate) struct RowFacts {
    /// Where the row stands.
    pub(crate) locator: Locator,
    /// How its described records are named.
    pub(crate) key: RecordKey,
    /// Its facts, ordered by path.
    pub(crate) facts: Vec<Fact>,
    /// Its list of accounts.
    pub(crate) accounts: Vec<AccountEntry>,
    /// Records inside it, which speak of others.
    pub(crate) children: Vec<RowFacts>,
}

/// Turns the facts of a row and of the records inside it into observations, the row first.
pub(crate) fn observations(mut row: RowFacts, kind: Option<SourceKind>) -> Vec<Observation> {
    let children = std::mem::take(&mut row.children);
    let own = observation(row, kind);
    own.into_iter()
        .chain(children.into_iter().flat_map(|child| observations(child, kind)))
        .collect()
}

/// Turns the facts of a row into an observation; `None` when the row says nothing.
fn observation(mut row: RowFacts, kind: Option<SourceKind>) -> Option<Observation> {
    row.facts
        .retain(|fact| !fact.text.trim().is_empty() && fact.meaning != Meaning::Nothing);
    row.facts.iter_mut().for_each(plain_meaning);
    if row.facts.is_empty() && row.accounts.is_empty() {
        return None;
    }
    join_name(&mut row.facts);
    join_point(&mut row.facts);
    if row.has_party(Side::From) && row.has_party(Side::To) {
        settle(&mut row.facts, kind, Setting::Transfer);
        return Some(transfer::observation(row));
    }
    let setting = Setting::of(&row, kind);
    settle(&mut row.facts, kind, setting);
    row.facts.retain(|fact| fact.meaning != Meaning::Nothing);
    Some(parts::observation(row, setting))
}

impl RowFacts {
    /// Starts a row without facts.
    pub(crate) fn new(locator: Locator, key: RecordKey) -> Self {
        Self {
            locator,
            key,
            facts: Vec::new(),
            accounts: Vec::new(),
            children: Vec::new(),
        }
    }

    /// Tells whether the row speaks of anything but a text.
    pub(crate) fn is_about_something(&self, kind: Option<SourceKind>) -> bool {
        let is_transfer = self.has_party(Side::From) && self.has_party(Side::To);
        let is_named = self
            .facts
            .iter()
            .any(|fact| matches!(fact.meaning, Meaning::NamePart(_)));
        is_transfer || is_named || Setting::of(self, kind) != Setting::Document
    }

    /// Tells whether the row names somebody or something that can be met again.
    pub(crate) fn names_something(&self) -> bool {
        let names = self.has(CONTACT)
            || self.has(THINGS)
            || self.has(&[Property::Alias, Property::Handle, Property::Organization]);
        names
            || self
                .facts
                .iter()
                .any(|fact| matches!(fact.meaning, Meaning::NamePart(_) | Meaning::Party(_)))
    }

    fn has(&self, properties: &[Property]) -> bool {
        self.facts
            .iter()
            .filter(|fact| fact.of.is_none() && !fact.text.trim().is_empty())
            .any(|fact| fact.property().is_some_and(|property| properties.contains(&property)))
    }

    fn has_meaning(&self, meaning: Meaning) -> bool {
        self.facts.iter().any(|fact| fact.meaning == meaning)
    }

    fn has_party(&self, side: Side) -> bool {
        self.has_meaning(Meaning::Party(side))
    }

    fn has_owner(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact.meaning, Meaning::Owner(_)))
    }
}

/// Says what a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A person, perhaps with accounts, a firm, a breach.
    Person,
    /// A firm or body.
    Organization,
    /// One account at one site, and the person behind it.
    Account,
    /// A wallet, and the person who owns it.
    Wallet,
    /// A place.
    Place,
    /// A thing that its own value identifies.
    Thing(Property),
    /// Text and nothing else.
    Document,
    /// Value or words that go from one to another.
    Transfer,
}

/// Properties that only make sense of a ledger address.
const LEDGER: &[Property] = &[
    Property::Blockchain,
    Property::Balance,
    Property::TotalVolume,
    Property::TransactionCount,
    Property::TokenContract,
];
/// Properties that make the subject of a row a person.
const PERSONAL: &[Property] = &[
    Property::Alias,
    Property::Handle,
    Property::BirthDate,
    Property::Nationality,
    Property::Occupation,
    Property::OfficialNumber,
    Property::Password,
    Property::PasswordHash,
    Property::AuthToken,
];
/// Properties that a person shares with firms.
const CONTACT: &[Property] = &[
    Property::Name,
    Property::Email,
    Property::Phone,
    Property::MaskedEmail,
    Property::MaskedPhone,
];
/// Properties of places.
const PLACE: &[Property] = &[
    Property::Coordinates,
    Property::Location,
    Property::Address,
    Property::City,
    Property::Postcode,
    Property::Country,
];
/// Identifying properties by which a row without a subject is filed, the most telling first.
const THINGS: &[Property] = &[
    Property::FileHash,
    Property::Iban,
    Property::Wallet,
    Property::Domain,
    Property::Ip,
    Property::Url,
    Property::TokenContract,
    Property::BreachName,
];

impl Setting {
    fn of(row: &RowFacts, kind: Option<SourceKind>) -> Self {
        if let Some(stated) = row
            .facts
            .iter()
            .find(|fact| fact.meaning == Meaning::Kind)
            .and_then(|fact| word_kind(&fact.text))
        {
            return stated;
        }
        let is_personal = row.has(PERSONAL);
        let is_ledger = row.has(LEDGER) || row.has_owner() || kind == Some(SourceKind::Blockchain);
        if row.has(&[Property::Wallet]) && is_ledger && !row.has(&[Property::BreachName]) {
            Self::Wallet
        } else if row.has_meaning(Meaning::Platform) && row.has(&[Property::Handle]) && row.accounts.is_empty() {
            Self::Account
        } else if !is_personal && is_firm(row) {
            Self::Organization
        } else if is_personal || row.has(CONTACT) || row.has_owner() || !row.accounts.is_empty() {
            Self::Person
        } else if let Some(thing) = THINGS.iter().find(|thing| row.has(&[**thing])) {
            Self::Thing(*thing)
        } else if row.has(PLACE) {
            Self::Place
        } else {
            Self::Document
        }
    }
}

/// Tells whether a row without personal facts is about the firm that it names: nobody else is named, and either a
/// register knows the firm or there is no address of a person who may belong to it.
fn is_firm(row: &RowFacts) -> bool {
    let has_number = row.has(&[Property::CompanyNumber]);
    match row.has(&[Property::Organization]) {
        true => row.accounts.is_empty() && !row.has(&[Property::Name]) && (has_number || !row.has(CONTACT)),
        false => has_number,
    }
}

/// Decides what the value alone decides: a wallet under `address` is a wallet, and a period (`from` 2019 `to` 2021)
/// is a note, since only people and addresses send and receive.
fn plain_meaning(fact: &mut Fact) {
    let text = fact.text.trim();
    let is_year = text.len() <= 4 && text.bytes().all(|c| c.is_ascii_digit());
    match fact.meaning {
        Meaning::Party(_) if is_year || looks::is_date(text) => fact.meaning = Meaning::Is(Property::Note),
        Meaning::Is(Property::Address) if looks::is_wallet(text) => fact.meaning = Meaning::Is(Property::Wallet),
        _ => {}
    }
}

fn word_kind(word: &str) -> Option<Setting> {
    match word.trim().to_ascii_lowercase().as_str() {
        "person" | "individual" | "human" | "people" => Some(Setting::Person),
        "company" | "organization" | "organisation" | "firm" | "business" | "legal entity" => {
            Some(Setting::Organization)
        }
        "place" | "location" | "address" => Some(Setting::Place),
        "document" | "page" => Some(Setting::Document),
        _ => None,
    }
}

/// Decides the meanings that depend on the rest of the row.
fn settle(facts: &mut [Fact], kind: Option<SourceKind>, setting: Setting) {
    let is_leak =
        kind == Some(SourceKind::Breach) || facts.iter().any(|fact| fact.property() == Some(Property::BreachName));
    let is_ledger = kind == Some(SourceKind::Blockchain) || matches!(setting, Setting::Transfer | Setting::Wallet);
    let coin = facts
        .iter()
        .find(|fact| fact.meaning == Meaning::Coin)
        .map(|fact| fact.text.clone());
    let chain = facts
        .iter()
        .find(|fact| fact.property() == Some(Property::Blockchain))
        .map(|fact| fact.text.clone());
    let native = chain
        .as_deref()
        .and_then(chains::chain)
        .map(|chain| chain.coin.to_owned());
    let system = facts
        .iter()
        .find(|fact| fact.meaning == Meaning::Platform)
        .map(|fact| fact.text.clone());
    for fact in facts {
        let settled = match fact.meaning {
            Meaning::Value if setting == Setting::Transfer => Meaning::Is(Property::Amount),
            // A kind without a path was given by the list around the row, not by the row.
            Meaning::Kind if fact.path.is_empty() => Meaning::Nothing,
            Meaning::Value | Meaning::Kind => Meaning::Is(Property::Note),
            Meaning::Hash if is_ledger => Meaning::Is(Property::TransactionHash),
            Meaning::Hash if is_leak || setting == Setting::Person => Meaning::Is(Property::PasswordHash),
            Meaning::Hash => Meaning::Is(Property::FileHash),
            Meaning::Key if system.is_some() => Meaning::Is(Property::ExternalId),
            Meaning::Key => Meaning::Is(Property::Note),
            Meaning::Party(Side::From) if is_leak && setting != Setting::Transfer => Meaning::Is(Property::BreachName),
            Meaning::Party(_) if setting != Setting::Transfer => Meaning::Is(Property::Note),
            other => other,
        };
        fact.meaning = settled;
        if !fact.qualifier.is_empty() {
            continue;
        }
        match fact.property() {
            Some(Property::Amount | Property::Fee | Property::Balance | Property::TotalVolume) => {
                fact.qualifier = coin
                    .clone()
                    .or_else(|| native.clone())
                    .or_else(|| chain.clone())
                    .unwrap_or_default();
            }
            Some(Property::Wallet | Property::TokenContract) if !matches!(fact.meaning, Meaning::With(..)) => {
                fact.qualifier = chain.clone().unwrap_or_default();
            }
            Some(Property::ExternalId) => fact.qualifier = system.clone().unwrap_or_default(),
            _ => {}
        }
    }
}

/// Joins the parts of a personal name; its path names the columns it came from.
fn join_name(facts: &mut Vec<Fact>) {
    let mut named: Vec<(NamePart, Fact)> = Vec::new();
    facts.retain(|fact| match fact.meaning {
        Meaning::NamePart(part) => {
            named.push((part, fact.clone()));
            false
        }
        _ => true,
    });
    named.sort_by_key(|(part, _)| *part);
    let join = |pick: fn(&Fact) -> &str, with: &str| {
        named
            .iter()
            .map(|(_, fact)| pick(fact).trim())
            .collect::<Vec<_>>()
            .join(with)
    };
    let (text, path) = (
        join(|fact| fact.text.as_str(), " "),
        join(|fact| fact.path.as_str(), "+"),
    );
    if text.is_empty()
        || facts
            .iter()
            .any(|fact| fact.property() == Some(Property::Name) && fact.text.trim() == text)
    {
        return;
    }
    facts.push(Fact {
        of: named[0].1.of,
        ..Fact::new(Meaning::Is(Property::Name), text, path)
    });
}

/// Joins latitude and longitude to one point; a lone half stays a note.
fn join_point(facts: &mut Vec<Fact>) {
    let half = |axis: Axis| facts.iter().find(|fact| fact.meaning == Meaning::Axis(axis)).cloned();
    if let (Some(latitude), Some(longitude)) = (half(Axis::Latitude), half(Axis::Longitude)) {
        facts.retain(|fact| fact != &latitude && fact != &longitude);
        let text = format!("{}, {}", latitude.text.trim(), longitude.text.trim());
        let path = format!("{}+{}", latitude.path, longitude.path);
        facts.push(Fact {
            of: latitude.of,
            ..Fact::new(Meaning::Is(Property::Coordinates), text, path)
        });
    }
    for fact in facts.iter_mut().filter(|fact| matches!(fact.meaning, Meaning::Axis(_))) {
        fact.meaning = Meaning::Is(Property::Note);
    }
}
