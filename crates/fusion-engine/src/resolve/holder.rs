//! What a described record holds for comparing: its own values, and those said through accounts that it owns.
//!
//! Identifiers are read from links (a person *uses* an e-mail), so a format may state them as plain values or as
//! records of their own. A doubtful or improbable link lends nothing.

use std::collections::BTreeMap;

use fusion_model::derived::RelationKind;
use fusion_model::property::fold;
use fusion_model::{EntityKind, Property, RecordId, SourceId, Statement};

use crate::clean::is_comparable_secret;
use crate::cleaned::{CleanLink, Cleaned, Implied};
use crate::compare::{Feature, Value, ValueId, Values};

/// Says how near a value stands to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Through {
    /// Said of the record itself.
    Own,
    /// Said of an account that the record owns.
    Account,
}

/// Holds one value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) feature: Feature,
    pub(crate) value: ValueId,
    pub(crate) through: Through,
    /// Positions of the statements that say it, ascending.
    pub(crate) statements: Vec<usize>,
}

/// Holds the values of one record, or of all records of one entity together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Records it stands for, ascending; never empty.
    pub(crate) records: Vec<RecordId>,
    /// Values by feature, then value.
    pub(crate) held: Vec<Held>,
}

impl Holder {
    /// Returns the values of one feature.
    pub(crate) fn of(&self, feature: Feature) -> &[Held] {
        let start = self.held.partition_point(|held| held.feature < feature);
        let end = self.held.partition_point(|held| held.feature <= feature);
        self.held.get(start..end).unwrap_or_default()
    }

    /// Joins what several holders hold.
    pub(crate) fn union(holders: &[&Self]) -> Self {
        let mut gathered = Gathered::default();
        let mut records = Vec::new();
        for holder in holders {
            records.extend(&holder.records);
            for held in &holder.held {
                gathered.add(held.feature, held.value, held.through, &held.statements);
            }
        }
        records.sort();
        Self {
            records,
            held: gathered.into_held(),
        }
    }

    /// Returns what makes two holders twins: the same values, said equally near.
    pub(crate) fn profile(&self) -> Vec<(ValueId, Through)> {
        self.held.iter().map(|held| (held.value, held.through)).collect()
    }
}

/// Returns the holders of all live records of `kind`, by record.
pub(crate) fn gather(cleaned: &Cleaned, kind: EntityKind, values: &mut Values) -> Vec<Holder> {
    cleaned
        .records
        .iter()
        .filter(|(_, record)| record.kind == kind)
        .map(|(id, _)| {
            let mut reader = Reader {
                cleaned,
                values: &mut *values,
                gathered: Gathered::default(),
                of: kind,
            };
            reader.own(*id);
            Holder {
                records: vec![*id],
                held: reader.gathered.into_held(),
            }
        })
        .collect()
}

#[derive(Debug, Default)]
struct Gathered(BTreeMap<(Feature, ValueId), (Through, Vec<usize>)>);

impl Gathered {
    fn add(&mut self, feature: Feature, value: ValueId, through: Through, statements: &[usize]) {
        let entry = self.0.entry((feature, value)).or_insert_with(|| (through, Vec::new()));
        entry.0 = entry.0.min(through);
        entry.1.extend(statements);
    }

    fn into_held(self) -> Vec<Held> {
        self.0
            .into_iter()
            .map(|((feature, value), (through, mut statements))| {
                statements.sort_unstable();
                statements.dedup();
                Held {
                    feature,
                    value,
                    through,
                    statements,
                }
            })
            .collect()
    }
}

struct Reader<'a> {
    cleaned: &'a Cleaned,
    values: &'a mut Values,
    gathered: Gathered,
    of: EntityKind,
}

impl Reader<'_> {
    fn own(&mut self, record: RecordId) {
        self.statements(record, Through::Own);
        let accounts = self.links(record, Through::Own);
        for account in accounts {
            self.statements(account, Through::Account);
            self.links(account, Through::Account);
        }
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
            let Some(feature) = feature_of(self.of, statement.property) else {
                continue;
            };
            self.add_statement(feature, statement, *at, through);
        }
    }

    fn add_statement(&mut self, feature: Feature, statement: &Statement, at: usize, through: Through) {
        let Ok(clean) = &statement.value else { return };
        if feature == Feature::Secret && !is_comparable_secret(clean) {
            return;
        }
        let scope = match feature {
            Feature::OfficialNumber | Feature::ExternalId => fold(&statement.qualifier),
            _ => String::new(),
        };
        let value = Value::new(feature, &clean.canonical, &scope, &clean.display, clean.span);
        let value = self.values.intern(value);
        self.gathered.add(feature, value, through, &[at]);
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
            let shown = said
                .iter()
                .find_map(|at| cleaned.statements.get(*at)?.value.as_ref().ok());
            let shown = shown.map_or_else(|| canonical.clone(), |value| value.display.clone());
            let value = self.values.intern(Value::new(feature, canonical, "", &shown, None));
            self.gathered.add(feature, value, through, &said);
            if feature == Feature::Account && through == Through::Own && !accounts.contains(&link.to) {
                accounts.push(link.to);
                if let Some(handle) = handle_of(canonical) {
                    let value = self
                        .values
                        .intern(Value::new(Feature::Handle, handle, "", handle, None));
                    self.gathered.add(Feature::Handle, value, through, &said);
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

/// Returns the distinct origins behind statements.
pub(super) fn origins(cleaned: &Cleaned, statements: &[usize]) -> Vec<String> {
    let mut sources: Vec<SourceId> = statements
        .iter()
        .filter_map(|at| cleaned.statements.get(*at))
        .map(|statement| statement.source)
        .collect();
    sources.sort();
    sources.dedup();
    let mut origins: Vec<String> = sources.into_iter().map(|source| cleaned.origin(source)).collect();
    origins.sort();
    origins.dedup();
    origins
}
