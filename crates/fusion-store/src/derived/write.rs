//! Writing a snapshot into the cache, whole and in one transaction.

use std::collections::BTreeMap;

use fusion_model::codec::{self, Pack};
use fusion_model::derived::{Entity, Snapshot};
use fusion_model::{ContentHasher, EntityId, RecordId, SourceId, Statement};
use rusqlite::{Connection, TransactionBehavior, params};

use super::entities::level_number;
use super::totals::{Counts, DerivedTotals, TOTALS};
use super::{EVIDENCE_TABLES, REVISION, TABLES, find_summary, formers, names};
use crate::case::Case;
use crate::database;
use crate::error::Result;
use crate::tables::to_sql;

/// The position of what is not there.
const NOWHERE: i64 = -1;

/// Children before parents, so that no row is ever left without its parent.
const NAMES: &[&str] = &[
    "summary",
    "source_card",
    "record",
    "entity_name",
    "entity",
    "relation",
    "event_participant",
    "event",
    "finding",
    "alert",
    "pair",
    "search",
];

/// What depends on the evidence alone.
const EVIDENCE_NAMES: &[&str] = &["statement_of", "statement", "said"];

/// Name of the summary that says which evidence the tables of [`EVIDENCE_NAMES`] hold.
const EVIDENCE: &str = "evidence";

impl Case {
    /// Replaces the cached snapshot by `snapshot`; readers see the old one until all of it is in. Where both say the same,
    /// what is said stays as it is.
    pub fn write_derived(&self, snapshot: &Snapshot) -> Result<()> {
        self.replace_derived(snapshot, None)
    }

    /// Replaces the cached snapshot, and with it what former ids stood for.
    pub fn write_derived_with(&self, snapshot: &Snapshot, formers: &[(EntityId, RecordId)]) -> Result<()> {
        self.replace_derived(snapshot, Some(formers))
    }

    fn replace_derived(&self, snapshot: &Snapshot, formers: Option<&[(EntityId, RecordId)]>) -> Result<()> {
        let mut connection = self.derived.writer()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        replace(&transaction, snapshot)?;
        if let Some(formers) = formers {
            formers::replace(&transaction, formers)?;
        }
        transaction.commit()?;
        self.show_present();
        database::checkpoint(&connection)
    }

    /// Empties the cache; with secure deletion on, nothing of it stays in the file.
    pub(crate) fn clear_derived(&self) -> Result<()> {
        let mut connection = self.derived.writer()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        drop_all(&transaction, NAMES)?;
        drop_all(&transaction, EVIDENCE_NAMES)?;
        formers::replace(&transaction, &[])?;
        transaction.execute_batch(TABLES)?;
        transaction.execute_batch(EVIDENCE_TABLES)?;
        transaction.commit()?;
        self.show_present();
        connection.execute_batch("VACUUM")?;
        database::checkpoint(&connection)
    }

    /// Shows `snapshot` in place of the cached one until the present is asked for; it is held in memory only.
    pub fn show_aside(&self, snapshot: &Snapshot) -> Result<()> {
        let mut connection = database::in_memory()?;
        let transaction = connection.transaction()?;
        write_said(&transaction, snapshot)?;
        write(&transaction, snapshot, &digest_of_said(snapshot))?;
        transaction.commit()?;
        self.derived.readers().aside = Some(connection);
        Ok(())
    }

    /// Shows the cached snapshot again.
    pub fn show_present(&self) {
        self.derived.readers().aside = None;
    }
}

fn replace(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let said = digest_of_said(snapshot);
    let stands = find_summary::<[u8; 32]>(connection, EVIDENCE)? == Some(said);
    drop_all(connection, NAMES)?;
    if !stands {
        drop_all(connection, EVIDENCE_NAMES)?;
        write_said(connection, snapshot)?;
    }
    write(connection, snapshot, &said)
}

fn drop_all(connection: &Connection, names: &[&str]) -> Result<()> {
    for name in names {
        connection.execute_batch(&format!("DROP TABLE {name};"))?;
    }
    Ok(())
}

/// Digests everything that the tables of [`EVIDENCE_NAMES`] are made of.
fn digest_of_said(snapshot: &Snapshot) -> [u8; 32] {
    let mut hasher = ContentHasher::new("said");
    hasher.number(snapshot.sources.len() as u64);
    for card in &snapshot.sources {
        hasher.part(&card.source.id.0);
    }
    hasher.number(snapshot.records.len() as u64);
    for card in &snapshot.records {
        hasher.part(&card.id.0);
    }
    for said in snapshot.statements.iter() {
        hasher.part(&packed(said));
    }
    hasher.finish()
}

fn write(connection: &Connection, snapshot: &Snapshot, said: &[u8; 32]) -> Result<()> {
    connection.execute_batch(TABLES)?;
    write_summary(connection, snapshot, said)?;
    write_cards(connection, snapshot)?;
    write_entities(connection, snapshot)?;
    write_links_and_events(connection, snapshot)?;
    write_findings(connection, snapshot)?;
    write_search(connection, snapshot)
}

fn write_summary(connection: &Connection, snapshot: &Snapshot, said: &[u8; 32]) -> Result<()> {
    let mut statement = connection.prepare("INSERT INTO summary (name, packed) VALUES (?1, ?2)")?;
    let mut put = |name: &str, packed: Vec<u8>| statement.execute(params![name, packed]);
    put(REVISION, packed(&snapshot.revision))?;
    put(EVIDENCE, packed(said))?;
    put("case-name", packed(&snapshot.case_name))?;
    put("as-of", packed(&snapshot.as_of))?;
    put("engine", packed(&snapshot.engine))?;
    put("timeline", packed(&snapshot.timeline))?;
    put("graph", packed(&snapshot.graph))?;
    put("notes", packed(&snapshot.notes))?;
    put(TOTALS, packed(&Counts::from(&DerivedTotals::of(snapshot))))?;
    Ok(())
}

fn write_cards(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let mut cards = connection.prepare("INSERT INTO source_card (position, id, packed) VALUES (?1, ?2, ?3)")?;
    for (position, card) in numbered(&snapshot.sources) {
        cards.execute(params![position, card.source.id.0, packed(card)])?;
    }
    let mut records =
        connection.prepare("INSERT INTO record (position, id, entity, packed) VALUES (?1, ?2, ?3, ?4)")?;
    for (position, card) in numbered(&snapshot.records) {
        records.execute(params![position, card.id.0, card.entity.0, packed(card)])?;
    }
    Ok(())
}

/// Makes and fills the tables of [`EVIDENCE_NAMES`].
fn write_said(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    connection.execute_batch(EVIDENCE_TABLES)?;
    let mut statements = connection
        .prepare("INSERT INTO statement (position, id, source, property, packed) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let sources: BTreeMap<SourceId, i64> = numbered(&snapshot.sources)
        .map(|(position, card)| (card.source.id, position))
        .collect();
    let records: BTreeMap<RecordId, i64> = numbered(&snapshot.records)
        .map(|(position, card)| (card.id, position))
        .collect();
    let mut said_of: Vec<(i64, i64)> = Vec::with_capacity(snapshot.statements.len());
    for (position, said) in numbered(&snapshot.statements) {
        let whole = packed(said);
        statements.execute(params![
            position,
            said.id.0,
            sources.get(&said.source).copied().unwrap_or(NOWHERE),
            said.property.id(),
            whole
        ])?;
        said_of.extend(records.get(&said.record).map(|record| (*record, position)));
    }
    said_of.sort_unstable();
    let mut statements_of = connection.prepare("INSERT INTO statement_of (record, statement) VALUES (?1, ?2)")?;
    for (record, statement) in said_of {
        statements_of.execute([record, statement])?;
    }
    let mut texts = connection.prepare("INSERT INTO said (rowid, body) VALUES (?1, ?2)")?;
    for (position, said) in numbered(&snapshot.statements) {
        if names::searchable(said.property) {
            texts.execute(params![position, original(said)])?;
        }
    }
    Ok(())
}

fn write_entities(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let mut entities = connection.prepare(
        "INSERT INTO entity (position, id, kind, label, folded, confidence, risk_score, risk_level, sources, records,
         degree, seen_start, seen, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let mut asked_by =
        connection.prepare("INSERT INTO entity_name (entity, folded, matched_by) VALUES (?1, ?2, ?3)")?;
    for (position, entity) in numbered(&snapshot.entities) {
        entities.execute(params![
            position,
            entity.id.0,
            entity.kind.id(),
            entity.label,
            names::fold(&entity.label),
            entity.confidence.score.basis_points(),
            entity.risk.score.basis_points(),
            level_number(entity.risk.level),
            to_sql(entity.sources.len() as u64),
            to_sql(entity.records.len() as u64),
            entity.network.degree,
            entity.seen.map(|seen| seen.start.0),
            packed(&entity.seen),
            packed(entity),
        ])?;
        for (by, name) in names::of(entity) {
            asked_by.execute(params![position, name, by.number()])?;
        }
    }
    Ok(())
}

fn write_links_and_events(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let mut relations = connection.prepare(
        "INSERT INTO relation (position, id, from_entity, to_entity, kind, score, packed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, link) in numbered(&snapshot.relations) {
        let (whole, score) = (packed(link), link.score.basis_points());
        relations.execute(params![
            position,
            link.id.0,
            link.from.0,
            link.to.0,
            link.kind.id(),
            score,
            whole
        ])?;
    }
    let mut events = connection
        .prepare("INSERT INTO event (position, id, kind, start_at, end_at, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut participants = connection.prepare("INSERT INTO event_participant (event, entity) VALUES (?1, ?2)")?;
    for (position, event) in numbered(&snapshot.events) {
        let (start, end) = (event.happened.start.0, event.happened.end.0);
        events.execute(params![
            position,
            event.id.0,
            event.kind.id(),
            start,
            end,
            packed(event)
        ])?;
        for participant in &event.participants {
            participants.execute(params![position, participant.entity.0])?;
        }
    }
    Ok(())
}

fn write_findings(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let mut findings = connection.prepare(
        "INSERT INTO finding (position, id, kind, severity, entity, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, finding) in numbered(&snapshot.findings) {
        let entity = finding.entity.map(|entity| entity.0);
        let severity = level_number(finding.severity);
        findings.execute(params![
            position,
            finding.id.0,
            finding.kind.id(),
            severity,
            entity,
            packed(finding)
        ])?;
    }
    let mut alerts = connection.prepare("INSERT INTO alert (position, id, packed) VALUES (?1, ?2, ?3)")?;
    for (position, alert) in numbered(&snapshot.alerts) {
        alerts.execute(params![position, alert.id.0, packed(alert)])?;
    }
    let mut pairs = connection.prepare(
        "INSERT INTO pair (position, left_record, right_record, decision, packed) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, pair) in numbered(&snapshot.pairs) {
        pairs.execute(params![
            position,
            pair.left.0,
            pair.right.0,
            pair.decision.id(),
            packed(pair)
        ])?;
    }
    Ok(())
}

fn write_search(connection: &Connection, snapshot: &Snapshot) -> Result<()> {
    let mut search = connection.prepare("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?;
    for (position, entity) in numbered(&snapshot.entities) {
        search.execute(params![position, entity.label, body(entity)])?;
    }
    Ok(())
}

/// Joins everything that an entity may be found by.
fn body(entity: &Entity) -> String {
    let aliases = entity.aliases.iter().map(|alias| alias.name.as_str());
    let facts = entity
        .facts
        .iter()
        .filter(|fact| names::searchable(fact.property))
        .map(|fact| fact.value.as_str());
    aliases.chain(facts).collect::<Vec<_>>().join("\n")
}

fn original(statement: &Statement) -> String {
    if statement.qualifier.is_empty() {
        statement.original.clone()
    } else {
        format!("{} {}", statement.original, statement.qualifier)
    }
}

fn numbered<T>(items: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (0i64..).zip(items)
}

fn packed<T: Pack>(value: &T) -> Vec<u8> {
    codec::to_bytes(value)
}

#[cfg(test)]
mod tests;
