//! The records and links while they are being gathered, keyed by id so that order never matters.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fusion_model::derived::{RelationKind, SourceCard};
use fusion_model::{
    CleanContext, CleanFailure, CleanValue, EntityKind, Grade, ObservationId, Property, RawLink, RawRecord,
    RawStatement, RecordId, Source, SourceId, Statement, StatementId, StoredObservation, ValueType,
};

use super::corrections::statement_ids;
use super::implied::implied;
use super::notes::Kept;
use super::{ascending, secrets};
use crate::cleaned::{CleanLink, CleanRecord, Cleaned, Implied};

type Cleaning = Result<CleanValue, CleanFailure>;

/// Gathers statements, records and links.
pub(super) struct Draft<'a> {
    context: &'a CleanContext,
    statements: Vec<Statement>,
    records: BTreeMap<RecordId, DraftRecord>,
    links: Vec<DraftLink>,
    /// Cleaned values met before; looked up only, never walked.
    known: HashMap<(Property, String, String), Cleaning>,
    kept: Kept,
}

struct DraftRecord {
    kind: EntityKind,
    statements: BTreeSet<StatementId>,
    sources: BTreeSet<SourceId>,
    identity: Option<String>,
}

struct DraftLink {
    from: RecordId,
    to: RecordId,
    kind: RelationKind,
    grade: Grade,
    observation: ObservationId,
    source: SourceId,
    statements: BTreeSet<StatementId>,
    implied: Implied,
}

/// Says where the statements of one record or link stand.
struct Place<'a> {
    observation: &'a StoredObservation,
    slot: u32,
    record: RecordId,
    grade: Grade,
}

impl<'a> Draft<'a> {
    /// Starts with nothing.
    pub(super) fn new(context: &'a CleanContext) -> Self {
        Self {
            context,
            statements: Vec::new(),
            records: BTreeMap::new(),
            links: Vec::new(),
            known: HashMap::new(),
            kept: Kept::default(),
        }
    }

    /// Returns the number of statements so far.
    pub(super) fn statement_count(&self) -> usize {
        self.statements.len()
    }

    /// Keeps what the source says beside the statements, from position `first` on, that were corrected.
    pub(super) fn note_source_texts(&mut self, first: usize, mut replaced: BTreeMap<StatementId, String>) {
        for statement in self.statements.iter_mut().skip(first) {
            statement.source_text = replaced.remove(&statement.id);
        }
    }

    /// Adds what one observation says.
    pub(super) fn add(&mut self, observation: &StoredObservation, source: &Source) {
        let mut ids = Vec::with_capacity(observation.content.records.len());
        let mut said = Vec::with_capacity(observation.content.records.len());
        for (slot, record) in (0u32..).zip(&observation.content.records) {
            let first = self.statements.len();
            ids.push(self.add_record(observation, source, slot, record));
            said.push(first..self.statements.len());
        }
        let mut stated = BTreeSet::new();
        for (slot, link) in (ids.len() as u32..).zip(&observation.content.links) {
            let ends = (ids.get(link.from as usize).copied(), ids.get(link.to as usize).copied());
            let (Some(from), Some(to)) = ends else {
                self.kept.dangling_link();
                continue;
            };
            stated.insert((from, to, link.kind));
            self.add_link(observation, source, slot, link, (from, to));
        }
        for (record, said) in observation.content.records.iter().zip(said) {
            for at in said {
                self.add_implied(source, record.kind, at, &stated);
            }
        }
    }

    fn add_record(&mut self, observation: &StoredObservation, source: &Source, slot: u32, raw: &RawRecord) -> RecordId {
        let identity = raw.kind.identity().and_then(|property| {
            let said = raw.statements.iter().filter(|statement| statement.property == property);
            said.filter_map(|statement| self.value_of(statement).ok()).min()
        });
        let record = match &identity {
            Some(value) => RecordId::of_value(raw.kind.id(), &value.canonical),
            None => RecordId::new(&raw.key, observation.id, slot),
        };
        if identity.is_none() && raw.kind.identity().is_some() {
            self.kept.identity(raw.kind);
        }
        let place = Place {
            observation,
            slot,
            record,
            grade: source.grade,
        };
        let said = self.add_statements(&place, &raw.statements);
        self.enter(record, raw.kind, identity.map(|value| value.canonical), source.id)
            .extend(said);
        record
    }

    fn add_link(
        &mut self,
        observation: &StoredObservation,
        source: &Source,
        slot: u32,
        raw: &RawLink,
        (from, to): (RecordId, RecordId),
    ) {
        let credibility = raw.credibility.unwrap_or(source.grade.credibility);
        let grade = Grade {
            reliability: source.grade.reliability,
            credibility,
        };
        let place = Place {
            observation,
            slot,
            record: from,
            grade,
        };
        let statements = self.add_statements(&place, &raw.statements).into_iter().collect();
        self.links.push(DraftLink {
            from,
            to,
            kind: raw.kind,
            grade,
            observation: observation.id,
            source: source.id,
            statements,
            implied: Implied::Stated,
        });
    }

    /// Makes the thing that a value stands for, unless the observation states the same link itself.
    fn add_implied(
        &mut self,
        source: &Source,
        kind: EntityKind,
        at: usize,
        stated: &BTreeSet<(RecordId, RecordId, RelationKind)>,
    ) {
        let Some(statement) = self.statements.get(at) else {
            return;
        };
        let Some((thing, link)) = implied(kind, statement.property) else {
            return;
        };
        let Ok(value) = &statement.value else { return };
        let (id, from, observation) = (statement.id, statement.record, statement.observation);
        let canonical = value.canonical.clone();
        let own_name = self.records.get(&from).and_then(|draft| draft.identity.as_deref());
        let to = RecordId::of_value(thing.id(), &canonical);
        if to == from || stated.contains(&(from, to, link)) || is_own_address(kind, own_name, thing, &canonical) {
            return;
        }
        self.enter(to, thing, Some(canonical), source.id).insert(id);
        self.links.push(DraftLink {
            from,
            to,
            kind: link,
            grade: source.grade,
            observation,
            source: source.id,
            statements: BTreeSet::from([id]),
            implied: Implied::ByValue,
        });
    }

    /// Enters a record or what another observation says of it; returns its statements.
    fn enter(
        &mut self,
        id: RecordId,
        kind: EntityKind,
        identity: Option<String>,
        source: SourceId,
    ) -> &mut BTreeSet<StatementId> {
        let record = self.records.entry(id).or_insert_with(|| DraftRecord {
            kind,
            statements: BTreeSet::new(),
            sources: BTreeSet::new(),
            identity: identity.clone(),
        });
        if record.kind != kind {
            self.kept.mixed_kind();
            if kind < record.kind {
                record.kind = kind;
                record.identity = identity;
            }
        }
        record.sources.insert(source);
        &mut record.statements
    }

    fn add_statements(&mut self, place: &Place<'_>, said: &[RawStatement]) -> Vec<StatementId> {
        let ids = statement_ids(place.observation.id, place.slot, said);
        for (id, raw) in ids.iter().zip(said) {
            let value = self.value_of(raw);
            if value.is_err() && raw.property.value_type() != ValueType::Secret {
                self.kept.value(raw.property);
            }
            self.statements.push(Statement {
                id: *id,
                observation: place.observation.id,
                source: place.observation.source,
                locator: place.observation.content.locator.clone(),
                record: place.record,
                property: raw.property,
                original: raw.original.clone(),
                source_text: None,
                qualifier: raw.qualifier.clone(),
                path: raw.path.clone(),
                value,
                grade: place.grade,
            });
        }
        ids
    }

    fn value_of(&mut self, raw: &RawStatement) -> Cleaning {
        let key = (raw.property, raw.original.clone(), raw.qualifier.clone());
        let context = self.context;
        self.known
            .entry(key)
            .or_insert_with(|| raw.property.clean(&raw.original, &raw.qualifier, context))
            .clone()
    }

    /// Sorts everything and turns statement ids into positions.
    pub(super) fn finish(self, sources: Vec<SourceCard>) -> Cleaned {
        let mut statements = self.statements;
        statements.sort_by_key(|statement| statement.id);
        secrets::group(&mut statements);
        let position: BTreeMap<StatementId, usize> = statements
            .iter()
            .enumerate()
            .map(|(at, statement)| (statement.id, at))
            .collect();
        let positions = |ids: BTreeSet<StatementId>| -> Vec<usize> {
            ids.iter().filter_map(|id| position.get(id).copied()).collect()
        };
        let records = self
            .records
            .into_iter()
            .map(|(id, draft)| {
                let record = CleanRecord {
                    kind: draft.kind,
                    statements: positions(draft.statements),
                    sources: ascending(draft.sources),
                    identity: draft.identity,
                };
                (id, record)
            })
            .collect();
        let mut links: Vec<CleanLink> = self
            .links
            .into_iter()
            .map(|draft| CleanLink {
                from: draft.from,
                to: draft.to,
                kind: draft.kind,
                grade: draft.grade,
                observation: draft.observation,
                source: draft.source,
                statements: positions(draft.statements),
                implied: draft.implied,
            })
            .collect();
        links.sort_by(|left, right| link_order(left).cmp(&link_order(right)));
        Cleaned {
            sources,
            statements,
            records,
            links,
            notes: self.kept.into_notes(),
        }
    }
}

fn link_order(link: &CleanLink) -> impl Ord + '_ {
    (
        link.from,
        link.to,
        link.kind,
        link.observation,
        &link.statements,
        link.grade,
        link.implied == Implied::ByValue,
    )
}

/// Tells whether a web address is the account's own page: naming it again as a thing apart would only double it.
fn is_own_address(kind: EntityKind, own_name: Option<&str>, thing: EntityKind, canonical: &str) -> bool {
    let (EntityKind::Account, EntityKind::Url, Some(name)) = (kind, thing, own_name) else {
        return false;
    };
    let Some((site, handle)) = name.rsplit_once('/') else {
        return false;
    };
    let address = canonical.split_once("://").map_or(canonical, |(_, rest)| rest);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let at_site = host == site || host.ends_with(&format!(".{site}")) || site.ends_with(&format!(".{host}"));
    at_site && !handle.is_empty() && canonical.to_ascii_lowercase().contains(&handle.to_ascii_lowercase())
}
