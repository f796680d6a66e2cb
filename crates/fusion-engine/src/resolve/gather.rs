//! What a described record holds for comparing: its own values, and those said through accounts that it owns.
//!
//! Identifiers are read from links (a person *uses* an e-mail), so a format may state them as plain values or as
//! records of their own. A doubtful or improbable link lends nothing. Which statements say a value is kept here; the
//! resolver sees only how many independent origins do.

use std::collections::BTreeMap;

use fusion_model::derived::RelationKind;
use fusion_model::property::fold;
use fusion_model::{EntityKind, Property, RecordId, SourceId, Statement};
use fusion_resolve::{Feature, Held, Records, Through, ValueId, Values};

use crate::clean::is_comparable_secret;
use crate::cleaned::{CleanLink, Cleaned, Implied};

/// Holds the records of one kind as the resolver reads them, by position.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) records: Records,
    /// The record at each position, ascending.
    pub(super) ids: Vec<RecordId>,
    pub(super) said: Said,
}

/// Holds which statements say each value of each record.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Per record: the first of its values; one more at the end.
    records: Vec<u32>,
    /// Per value of a record: the first of its statements; one more at the end.
    values: Vec<u32>,
    /// Positions of statements.
    statements: Vec<u32>,
}

impl Said {
    /// Returns the statements by which a record holds its value number `at`, ascending.
    pub(super) fn of(&self, record: u32, at: usize) -> &[u32] {
        let value = self
            .records
            .get(record as usize)
            .map_or(0, |first| *first as usize + at);
        let ends = (self.values.get(value), self.values.get(value + 1));
        let (Some(from), Some(to)) = ends else { return &[] };
        self.statements.get(*from as usize..*to as usize).unwrap_or_default()
    }
}

/// Gathers all live records of a kind, by record; what they say is interned into `values`.
pub(super) fn gather(cleaned: &Cleaned, kind: EntityKind, values: &mut Values) -> Gathered {
    let origins = origins(cleaned);
    let mut gathered = Gathered::default();
    let mut told: Vec<Told> = Vec::new();
    let mut held: Vec<Held> = Vec::new();
    for (id, _) in cleaned.records.iter().filter(|(_, record)| record.kind == kind) {
        told.clear();
        Reader {
            cleaned,
            values: &mut *values,
            told: &mut told,
            kind,
        }
        .own(*id);
        gathered.enter(*id, &mut told, &mut held, cleaned, &origins);
    }
    gathered.said.records.push(gathered.said.values.len() as u32);
    gathered.said.values.push(gathered.said.statements.len() as u32);
    gathered
}

impl Gathered {
    fn enter(
        &mut self,
        id: RecordId,
        told: &mut [Told],
        held: &mut Vec<Held>,
        cleaned: &Cleaned,
        origins: &BTreeMap<SourceId, u32>,
    ) {
        let Said {
            records,
            values,
            statements,
        } = &mut self.said;
        records.push(values.len() as u32);
        told.sort_unstable_by_key(|told| (told.feature, told.value, told.through, told.statement));
        for group in told.chunk_by(|one, other| (one.feature, one.value) == (other.feature, other.value)) {
            let first = statements.len();
            values.push(first as u32);
            statements.extend(group.iter().filter_map(|told| told.statement));
            if let Some(of_value) = statements.get_mut(first..) {
                of_value.sort_unstable();
            }
            let mut kept = first;
            for at in first..statements.len() {
                if at == first || statements[at] != statements[kept - 1] {
                    statements[kept] = statements[at];
                    kept += 1;
                }
            }
            statements.truncate(kept);
            held.extend(group.first().map(|told| Held {
                feature: told.feature,
                through: told.through,
                voices: voices(cleaned, origins, statements.get(first..).unwrap_or_default()),
                value: told.value,
            }));
        }
        self.records.push(held);
        self.ids.push(id);
    }
}

/// Numbers the independent origins of the live sources.
fn origins(cleaned: &Cleaned) -> BTreeMap<SourceId, u32> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let number = |source: SourceId| {
        let next = numbers.len() as u32;
        (source, *numbers.entry(cleaned.origin(source)).or_insert(next))
    };
    cleaned.sources.iter().map(|card| card.source.id).map(number).collect()
}

/// Counts the distinct origins behind statements; what nobody states in words was still said once.
fn voices(cleaned: &Cleaned, origins: &BTreeMap<SourceId, u32>, statements: &[u32]) -> u16 {
    let sources = statements.iter().filter_map(|at| cleaned.statements.get(*at as usize));
    let mut numbers: Vec<u32> = sources
        .filter_map(|statement| origins.get(&statement.source).copied())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    u16::try_from(numbers.len()).unwrap_or(u16::MAX).max(1)
}

/// Holds one telling of a value.
#[derive(Debug, Clone, Copy)]
struct Told {
    feature: Feature,
    value: ValueId,
    through: Through,
    statement: Option<u32>,
}

struct Reader<'a> {
    cleaned: &'a Cleaned,
    values: &'a mut Values,
    told: &'a mut Vec<Told>,
    kind: EntityKind,
}

impl Reader<'_> {
    fn own(&mut self, record: RecordId) {
        self.statements(record, Through::Own);
        for account in self.links(record, Through::Own) {
            self.statements(account, Through::Account);
            self.links(account, Through::Account);
        }
    }

    fn tell(&mut self, feature: Feature, value: ValueId, through: Through, statements: &[usize]) {
        let told = |statement| Told {
            feature,
            value,
            through,
            statement,
        };
        if statements.is_empty() {
            self.told.push(told(None));
        }
        self.told.extend(statements.iter().map(|at| told(Some(*at as u32))));
    }

    fn statements(&mut self, record: RecordId, through: Through) {
        let cleaned = self.cleaned;
        let Some(clean) = cleaned.records.get(&record) else {
            return;
        };
        for at in &clean.statements {
            let Some(statement) = cleaned
                .statements
                .get(*at)
                .filter(|statement| statement.record == record)
            else {
                continue;
            };
            if let Some(feature) = feature_of(self.kind, statement.property) {
                self.statement(feature, statement, *at, through);
            }
        }
    }

    fn statement(&mut self, feature: Feature, statement: &Statement, at: usize, through: Through) {
        let Ok(clean) = &statement.value else { return };
        if feature == Feature::Secret && !is_comparable_secret(clean) {
            return;
        }
        let scope = match feature {
            Feature::OfficialNumber | Feature::ExternalId => fold(&statement.qualifier),
            _ => String::new(),
        };
        let value = self.values.intern(feature, &clean.canonical, &scope, clean.span);
        self.tell(feature, value, through, &[at]);
    }

    /// Reads the identifiers that the record is linked to; returns the accounts it owns.
    fn links(&mut self, record: RecordId, through: Through) -> Vec<RecordId> {
        let cleaned = self.cleaned;
        let mut accounts = Vec::new();
        for link in links_from(cleaned, record).iter().filter(|link| link.lends()) {
            let Some(target) = cleaned.records.get(&link.to) else {
                continue;
            };
            let (Some(feature), Some(canonical)) = (identifier_feature(target.kind, link.kind), &target.identity)
            else {
                continue;
            };
            let said = said_in(cleaned, link);
            let value = self.values.intern(feature, canonical, "", None);
            self.tell(feature, value, through, &said);
            if feature == Feature::Email && self.kind == EntityKind::Person {
                // The local part of an address is a user name as well, if not one that somebody chose as such.
                let user = self.values.user_of_mail(value);
                if let Some(user) = user {
                    self.tell(Feature::Handle, user, through.max(Through::Mail), &said);
                }
            }
            if feature == Feature::Account && through == Through::Own && !accounts.contains(&link.to) {
                accounts.push(link.to);
                if let Some(handle) = handle_of(canonical) {
                    let value = self.values.intern(Feature::Handle, handle, "", None);
                    self.tell(Feature::Handle, value, through, &said);
                }
            }
        }
        accounts
    }
}

/// Returns the links that start at a record.
fn links_from(cleaned: &Cleaned, record: RecordId) -> &[CleanLink] {
    let start = cleaned.links.partition_point(|link| link.from < record);
    let end = cleaned.links.partition_point(|link| link.from <= record);
    cleaned.links.get(start..end).unwrap_or_default()
}

/// Returns the statements that name the target of a link in the observation that states the link.
fn said_in(cleaned: &Cleaned, link: &CleanLink) -> Vec<usize> {
    if link.implied == Implied::ByValue {
        return link.statements.clone();
    }
    let Some(target) = cleaned.records.get(&link.to) else {
        return Vec::new();
    };
    let identity = target.kind.identity();
    let names = |at: &&usize| {
        cleaned
            .statements
            .get(**at)
            .is_some_and(|statement| statement.observation == link.observation && Some(statement.property) == identity)
    };
    target.statements.iter().filter(names).copied().collect()
}

/// Returns the user name inside a cleaned account, unless it is a number given by the service.
fn handle_of(account: &str) -> Option<&str> {
    let (site, handle) = account.rsplit_once('/')?;
    (!handle.is_empty() && !site.contains('#')).then_some(handle)
}

fn identifier_feature(kind: EntityKind, link: RelationKind) -> Option<Feature> {
    if !matches!(link, RelationKind::Owns | RelationKind::Uses | RelationKind::LinksTo) {
        return None;
    }
    Some(match kind {
        EntityKind::Email => Feature::Email,
        EntityKind::Phone => Feature::Phone,
        EntityKind::Wallet => Feature::Wallet,
        EntityKind::Iban => Feature::Iban,
        EntityKind::Account => Feature::Account,
        EntityKind::Url => Feature::Url,
        EntityKind::Domain => Feature::Domain,
        EntityKind::Ip => Feature::Ip,
        EntityKind::FileHash => Feature::FileHash,
        _ => return None,
    })
}

fn feature_of(kind: EntityKind, property: Property) -> Option<Feature> {
    Some(match (kind, property) {
        (EntityKind::Person, Property::Name | Property::Alias) => Feature::PersonName,
        (EntityKind::Organization, Property::Name | Property::Alias) => Feature::OrganizationName,
        (EntityKind::Place, Property::Name) => Feature::Location,
        (EntityKind::Document, Property::Name | Property::Title) => Feature::Title,
        (_, Property::Handle) => Feature::Handle,
        (_, Property::OfficialNumber | Property::CompanyNumber) => Feature::OfficialNumber,
        (_, Property::ExternalId) => Feature::ExternalId,
        (_, Property::BirthDate) => Feature::BirthDate,
        (_, Property::Address) => Feature::Address,
        (_, Property::Postcode) => Feature::Postcode,
        (_, Property::Location | Property::City) => Feature::Location,
        (_, Property::Country | Property::Nationality) => Feature::Country,
        (_, Property::Organization) => Feature::Organization,
        (_, Property::Occupation) => Feature::Occupation,
        (_, Property::Image) => Feature::Image,
        (_, Property::Bio) => Feature::Bio,
        (_, Property::Password | Property::PasswordHash | Property::AuthToken) => Feature::Secret,
        _ => return None,
    })
}
