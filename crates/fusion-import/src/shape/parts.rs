//! Rows about one thing: who says what of whom.
//!
//! The facts are dealt out to the records of the row (person, account, wallet, firm, breach …), then the records
//! are linked in the one way that their kinds allow.

use fusion_model::derived::RelationKind;
use fusion_model::{EntityKind, Observation, Property, RawStatement, RecordKey};

use super::{AccountEntry, Fact, RowFacts, Setting};
use crate::aliases::Meaning;
use crate::draft::Draft;

/// Facts of an account row that describe the account and not its holder.
const OF_ACCOUNT: &[Property] = &[
    Property::Followers,
    Property::Following,
    Property::Posts,
    Property::CreatedAt,
    Property::LastSeenAt,
    Property::Location,
    Property::Bio,
    Property::Image,
    Property::Verified,
    Property::Url,
    Property::ExternalId,
    Property::Status,
    Property::HappenedAt,
    Property::Text,
    Property::Title,
    Property::Tag,
    Property::Count,
    Property::Note,
];
/// Facts of a wallet row that describe the wallet and not its owner.
const OF_WALLET: &[Property] = &[
    Property::Wallet,
    Property::Blockchain,
    Property::Balance,
    Property::TotalVolume,
    Property::TransactionCount,
    Property::TransactionHash,
    Property::TokenContract,
    Property::Amount,
    Property::Fee,
    Property::FiatValue,
    Property::CreatedAt,
    Property::LastSeenAt,
    Property::HappenedAt,
    Property::EndedAt,
    Property::Status,
    Property::Tag,
    Property::Count,
    Property::Note,
];
/// Facts of the breach in which a row leaked.
const OF_BREACH: &[Property] = &[Property::BreachDate, Property::DataClass];

/// Collects what is said of each kind of thing, in the order of the records.
#[derive(Default)]
struct Parts {
    person: Vec<RawStatement>,
    things: Vec<(EntityKind, Vec<RawStatement>)>,
}

impl Parts {
    fn of(&mut self, kind: EntityKind) -> &mut Vec<RawStatement> {
        if kind == EntityKind::Person {
            return &mut self.person;
        }
        let at = match self.things.iter().position(|(other, _)| *other == kind) {
            Some(at) => at,
            None => {
                self.things.push((kind, Vec::new()));
                self.things.len() - 1
            }
        };
        &mut self.things[at].1
    }

    /// Adds what is said of `kind`. A second identity is a second thing.
    fn state(&mut self, kind: EntityKind, statement: RawStatement) {
        let identity = kind.identity();
        let names = |statements: &[RawStatement]| statements.iter().any(|other| Some(other.property) == identity);
        let is_another = identity == Some(statement.property)
            && self
                .things
                .iter()
                .any(|(other, statements)| *other == kind && names(statements));
        let is_named = |statements: &[RawStatement]| statements.iter().any(|other| other.property == Property::Name);
        let is_another_firm = kind == EntityKind::Organization
            && statement.property == Property::Name
            && self
                .things
                .iter()
                .any(|(other, statements)| *other == kind && is_named(statements));
        if is_another || is_another_firm {
            self.things.push((kind, vec![statement]));
        } else {
            self.of(kind).push(statement);
        }
    }

    /// Gives what is said of a thing that nothing identifies (a breach date without a breach) to what is left of
    /// the row.
    fn drop_nameless(&mut self) {
        let is_named = |(kind, statements): &(EntityKind, Vec<RawStatement>)| {
            kind.identity()
                .is_none_or(|identity| statements.iter().any(|statement| statement.property == identity))
        };
        let (named, nameless): (Vec<_>, Vec<_>) = std::mem::take(&mut self.things).into_iter().partition(is_named);
        self.things = named;
        let orphans = nameless.into_iter().flat_map(|(_, statements)| statements);
        if !self.person.is_empty() {
            self.person.extend(orphans);
        } else if let Some((_, first)) = self.things.first_mut() {
            first.extend(orphans);
        } else {
            let orphans: Vec<RawStatement> = orphans.collect();
            if !orphans.is_empty() {
                self.things.push((EntityKind::Document, orphans));
            }
        }
    }
}

/// Returns the observation of a row about `setting`.
pub(super) fn observation(row: RowFacts, setting: Setting) -> Observation {
    let RowFacts {
        locator,
        key,
        facts,
        accounts,
        ..
    } = row;
    let mut parts = Parts::default();
    let breaches = facts
        .iter()
        .filter(|fact| fact.property() == Some(Property::BreachName))
        .count();
    let handle = facts
        .iter()
        .find(|fact| fact.property() == Some(Property::Handle))
        .cloned();
    let main = main_kind(setting, &facts);
    let wallets = facts
        .iter()
        .filter(|fact| fact.property() == Some(Property::Wallet))
        .count();
    // A balance belongs to no one of several wallets.
    let main = if setting == Setting::Wallet && wallets > 1 {
        EntityKind::Person
    } else {
        main
    };
    if let (Setting::Account, Some(handle)) = (setting, &handle) {
        let site = facts.iter().find(|fact| fact.meaning == Meaning::Platform);
        let site = site.map(|site| site.text.clone()).unwrap_or_default();
        parts
            .of(EntityKind::Account)
            .push(handle.statement(Property::Account).read_with(site));
    }
    for fact in &facts {
        deal(&mut parts, fact, setting, main, breaches);
    }

    parts.drop_nameless();
    let mut draft = Draft::at(locator);
    let has_person = !parts.person.is_empty() || !accounts.is_empty();
    let person = has_person.then(|| {
        let person = draft.record(EntityKind::Person, key.clone());
        parts
            .person
            .iter()
            .cloned()
            .for_each(|statement| draft.state(person, statement));
        person
    });
    let mut main_record = person;
    for (kind, statements) in &parts.things {
        let key = if kind.identity().is_some() {
            RecordKey::Here
        } else {
            key.clone()
        };
        let record = draft.record(*kind, key);
        statements
            .iter()
            .cloned()
            .for_each(|statement| draft.state(record, statement));
        match main_record {
            None => main_record = Some(record),
            Some(main) => {
                let from = if person.is_some() {
                    EntityKind::Person
                } else {
                    parts.things[0].0
                };
                draft.link(main, record, link_kind(from, *kind));
            }
        }
    }
    if let Some(person) = person {
        for entry in &accounts {
            account(&mut draft, person, entry, handle.as_ref());
        }
    }
    draft.done()
}

fn main_kind(setting: Setting, facts: &[Fact]) -> EntityKind {
    let stated = |kind: EntityKind| facts.iter().any(|fact| fact.of == Some(kind));
    match setting {
        Setting::Person | Setting::Transfer => EntityKind::Person,
        Setting::Organization => EntityKind::Organization,
        Setting::Account => EntityKind::Account,
        Setting::Wallet => EntityKind::Wallet,
        Setting::Place => EntityKind::Place,
        Setting::Thing(property) => thing_kind(property),
        // A mapping may have placed every fact; then no document is made up.
        Setting::Document if stated(EntityKind::Organization) => EntityKind::Organization,
        Setting::Document if stated(EntityKind::Person) => EntityKind::Person,
        Setting::Document => EntityKind::Document,
    }
}

fn thing_kind(property: Property) -> EntityKind {
    EntityKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.identity() == Some(property))
        .unwrap_or(EntityKind::Document)
}

/// Puts one fact where it belongs.
fn deal(parts: &mut Parts, fact: &Fact, setting: Setting, main: EntityKind, breaches: usize) {
    let property = match fact.meaning {
        Meaning::Owner(property) => {
            let property = if crate::looks::is_email(fact.text.trim()) {
                Property::Email
            } else {
                property
            };
            return parts.of(EntityKind::Person).push(fact.statement(property));
        }
        Meaning::Platform => return parts.of(main).push(fact.statement(Property::Platform)),
        Meaning::Coin => return parts.of(main).push(fact.statement(Property::Note)),
        _ => match fact.property() {
            Some(property) => property,
            None => return parts.of(main).push(fact.statement(Property::Note)),
        },
    };
    if let Some(kind) = fact.of {
        // What identifies a kind may be written under the plain name of the kind's property.
        return parts.state(kind, fact.statement(property));
    }
    let kind = match setting {
        _ if property == Property::BreachName => EntityKind::Breach,
        // A date or a list of data belongs to no one of several breaches.
        _ if OF_BREACH.contains(&property) && breaches == 1 => EntityKind::Breach,
        Setting::Account if OF_ACCOUNT.contains(&property) => EntityKind::Account,
        Setting::Account => EntityKind::Person,
        Setting::Wallet if OF_WALLET.contains(&property) => main,
        Setting::Wallet => EntityKind::Person,
        Setting::Thing(identity) if property != identity && is_identifier(property) => thing_kind(property),
        _ => main,
    };
    match (setting, property) {
        // The name of the firm is what the row is about.
        (Setting::Organization, Property::Organization) => parts.state(kind, fact.statement(Property::Name)),
        (Setting::Person | Setting::Account | Setting::Wallet, Property::Organization) => {
            parts.of(EntityKind::Person).push(fact.statement(property));
            parts.state(EntityKind::Organization, fact.statement(Property::Name));
        }
        _ => parts.state(kind, fact.statement(property)),
    }
}

fn is_identifier(property: Property) -> bool {
    EntityKind::ALL.iter().any(|kind| kind.identity() == Some(property))
}

/// The link between what a row is about and the other things it names.
fn link_kind(main: EntityKind, other: EntityKind) -> RelationKind {
    match (main, other) {
        (_, EntityKind::Breach) => RelationKind::ExposedIn,
        (EntityKind::Person, EntityKind::Organization) => RelationKind::MemberOf,
        (
            EntityKind::Person | EntityKind::Organization,
            EntityKind::Account | EntityKind::Wallet | EntityKind::Iban,
        ) => RelationKind::Owns,
        (EntityKind::Person | EntityKind::Organization, EntityKind::Email | EntityKind::Phone | EntityKind::Ip) => {
            RelationKind::Uses
        }
        (_, EntityKind::Place) => RelationKind::LocatedAt,
        (_, EntityKind::Chat) => RelationKind::MemberOf,
        (_, EntityKind::Domain | EntityKind::Url | EntityKind::Ip) => RelationKind::LinksTo,
        _ => RelationKind::MentionedWith,
    }
}

/// Adds one entry of a list of accounts and its holder's link.
fn account(draft: &mut Draft, person: u32, entry: &AccountEntry, handle: Option<&Fact>) {
    let (site, site_path) = &entry.site;
    let own = entry.user.as_ref().map(|(user, path)| (user.clone(), path.clone()));
    let user = own.or_else(|| handle.map(|handle| (handle.text.clone(), handle.path.clone())));
    let Some((user, user_path)) = user else {
        // A site without a user name is known only as a site, and by its address.
        draft.say(person, Property::Platform, site, site_path);
        let url = entry.url.as_ref();
        let url = url.map(|(url, path)| RawStatement::new(Property::Url, url.as_str(), path.as_str()));
        let further = entry
            .further
            .iter()
            .map(|fact| RawStatement::new(Property::Note, fact.text.as_str(), fact.path.as_str()));
        return url
            .into_iter()
            .chain(further)
            .for_each(|statement| draft.state(person, statement));
    };
    let read_with = match (&entry.url, site.is_empty()) {
        (Some((url, _)), true) => crate::hunt::site_of(url, &user).unwrap_or_else(|| url.clone()),
        _ => site.clone(),
    };
    let statement = RawStatement::new(Property::Account, user, user_path).read_with(read_with);
    let record = draft.thing(EntityKind::Account, statement);
    draft.say(record, Property::Platform, site, site_path);
    if let Some((url, path)) = &entry.url {
        draft.say(record, Property::Url, url, path);
    }
    for fact in &entry.further {
        draft.state(record, fact.statement(fact.property().unwrap_or(Property::Note)));
    }
    draft.link(person, record, RelationKind::Owns);
}
