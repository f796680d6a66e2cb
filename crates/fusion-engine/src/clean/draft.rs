//! The records and links while they are being gathered, keyed by id so that order never matters.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use fusion_model::derived::{RelationKind, SourceCard};
use fusion_model::{
    CleanContext, EntityKind, Grade, Locator, ObservationId, RawLink, RawRecord, RawStatement, RecordId, Source,
    SourceId, Statement, StatementId, StoredObservation, ValueType,
};

use super::corrections::statement_ids;
use super::implied::implied;
use super::known::Known;
use super::notes::Kept;
use super::secrets;
use crate::cleaned::{CleanLink, CleanRecord, Cleaned, Implied};

/// Gathers statements, records and links.
///
/// Until the end, records and links hold their statements by order of arrival.
pub(super) struct Draft<'a> {
    statements: Vec<Statement>,
    records: BTreeMap<RecordId, CleanRecord>,
    links: Vec<CleanLink>,
    known: Known<'a>,
    kept: Kept,
}

/// Says where the statements of one record or link stand.
struct Place<'a> {
    observation: ObservationId,
    source: SourceId,
    locator: &'a Locator,
    slot: u32,
    record: RecordId,
    grade: Grade,
}

impl<'a> Draft<'a> {
    /// Starts with nothing, and with room for as many statements as will come.
    pub(super) fn new(context: &'a CleanContext, statements: usize) -> Self {
        Self {
            statements: Vec::with_capacity(statements),
            records: BTreeMap::new(),
            links: Vec::new(),
            known: Known::new(context),
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
    pub(super) fn add(&mut self, stored: StoredObservation, source: &Source) {
        let content = stored.content;
        let place = Place {
            observation: stored.id,
            source: stored.source,
            locator: &content.locator,
            slot: 0,
            record: RecordId([0; 16]),
            grade: source.grade,
        };
        let mut ids = Vec::with_capacity(content.records.len());
        let mut said = Vec::with_capacity(content.records.len());
        for (slot, record) in (0u32..).zip(content.records) {
            let (kind, first) = (record.kind, self.statements.len());
            ids.push(self.add_record(&Place { slot, ..place }, source.id, record));
            said.push((kind, first..self.statements.len()));
        }
        let mut stated = BTreeSet::new();
        for (slot, link) in (ids.len() as u32..).zip(content.links) {
            let ends = (ids.get(link.from as usize).copied(), ids.get(link.to as usize).copied());
            let (Some(from), Some(to)) = ends else {
                self.kept.dangling_link();
                continue;
            };
            stated.insert((from, to, link.kind));
            self.add_link(&Place { slot, ..place }, source, link, (from, to));
        }
        for (kind, said) in said {
            for at in said {
                self.add_implied(source, kind, at, &stated);
            }
        }
    }

    fn add_record(&mut self, place: &Place<'_>, source: SourceId, raw: RawRecord) -> RecordId {
        let identity = raw.kind.identity().and_then(|property| {
            let said = raw.statements.iter().filter(|statement| statement.property == property);
            said.filter_map(|statement| self.known.value_of(statement).ok()).min()
        });
        let record = match &identity {
            Some(value) => RecordId::of_value(raw.kind.id(), &value.canonical),
            None => RecordId::new(&raw.key, place.observation, place.slot),
        };
        if identity.is_none() && raw.kind.identity().is_some() {
            self.kept.identity(raw.kind);
        }
        let said = self.add_statements(&Place { record, ..*place }, raw.statements);
        self.enter(record, raw.kind, identity.map(|value| value.canonical), source)
            .extend(said);
        record
    }

    fn add_link(&mut self, place: &Place<'_>, source: &Source, raw: RawLink, (from, to): (RecordId, RecordId)) {
        let credibility = raw.credibility.unwrap_or(source.grade.credibility);
        let grade = Grade {
            reliability: source.grade.reliability,
            credibility,
        };
        let place = Place {
            record: from,
            grade,
            ..*place
        };
        let statements = self.add_statements(&place, raw.statements).collect();
        self.links.push(CleanLink {
            from,
            to,
            kind: raw.kind,
            grade,
            observation: place.observation,
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
        let (from, observation) = (statement.record, statement.observation);
        let canonical = value.canonical.clone();
        let own_name = self.records.get(&from).and_then(|draft| draft.identity.as_deref());
        let to = RecordId::of_value(thing.id(), &canonical);
        if to == from || stated.contains(&(from, to, link)) || is_own_address(kind, own_name, thing, &canonical) {
            return;
        }
        self.enter(to, thing, Some(canonical), source.id).push(at);
        self.links.push(CleanLink {
            from,
            to,
            kind: link,
            grade: source.grade,
            observation,
            source: source.id,
            statements: vec![at],
            implied: Implied::ByValue,
        });
    }

    /// Enters a record or what another observation says of it; returns its statements.
    fn enter(&mut self, id: RecordId, kind: EntityKind, identity: Option<String>, source: SourceId) -> &mut Vec<usize> {
        let record = self.records.entry(id).or_insert_with(|| CleanRecord {
            kind,
            statements: Vec::new(),
            sources: Vec::new(),
            identity: identity.clone(),
        });
        if record.kind != kind {
            self.kept.mixed_kind();
            if kind < record.kind {
                record.kind = kind;
                record.identity = identity;
            }
        }
        if let Err(at) = record.sources.binary_search(&source) {
            record.sources.insert(at, source);
        }
        &mut record.statements
    }

    /// Adds statements and returns where they stand.
    fn add_statements(&mut self, place: &Place<'_>, said: Vec<RawStatement>) -> Range<usize> {
        let first = self.statements.len();
        let ids = statement_ids(place.observation, place.slot, &said);
        for (id, raw) in ids.into_iter().zip(said) {
            let value = self.known.value_of(&raw);
            if value.is_err() && raw.property.value_type() != ValueType::Secret {
                self.kept.value(raw.property);
            }
            self.statements.push(Statement {
                id,
                observation: place.observation,
                source: place.source,
                locator: place.locator.clone(),
                record: place.record,
                property: raw.property,
                original: raw.original,
                source_text: None,
                qualifier: raw.qualifier,
                path: raw.path,
                value,
                grade: place.grade,
            });
        }
        first..self.statements.len()
    }

    /// Sorts everything and turns places of arrival into positions.
    pub(super) fn finish(mut self, sources: Vec<SourceCard>) -> Cleaned {
        let position = sort(&mut self.statements);
        secrets::group(&mut self.statements);
        let settle = |statements: &mut Vec<usize>| {
            statements.iter_mut().for_each(|at| *at = position[*at]);
            statements.sort_unstable();
            statements.dedup();
            statements.shrink_to_fit();
        };
        self.records
            .values_mut()
            .for_each(|record| settle(&mut record.statements));
        self.links.iter_mut().for_each(|link| settle(&mut link.statements));
        self.links
            .sort_by(|left, right| link_order(left).cmp(&link_order(right)));
        Cleaned {
            sources,
            statements: Arc::new(self.statements),
            records: self.records,
            links: self.links,
            notes: self.kept.into_notes(),
        }
    }
}

/// Sorts statements by id where they are, and returns the new position of each by its old one.
fn sort(statements: &mut [Statement]) -> Vec<usize> {
    let mut order: Vec<(StatementId, usize)> = statements.iter().map(|said| said.id).zip(0..).collect();
    order.sort_unstable();
    let mut position = vec![0; order.len()];
    for (to, (_, from)) in order.into_iter().enumerate() {
        position[from] = to;
    }
    let mut remaining = position.clone();
    for at in 0..statements.len() {
        while remaining[at] != at {
            let to = remaining[at];
            statements.swap(at, to);
            remaining.swap(at, to);
        }
    }
    position
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
