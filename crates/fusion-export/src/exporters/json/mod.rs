//! JSON: the whole snapshot as one stable document, for machines and for comparing two runs byte by byte.
//!
//! # Shape (schema `fusion-case`, version 1)
//!
//! ```text
//! { schema, schema_version, units, tlp, case, revision, as_of, engine, scope,
//!   counts, sources[], statements[], records[], entities[], relations[], events[],
//!   findings[], alerts[], pairs[], timeline{gaps[], bursts[], hours[]}, graph{…}, notes[] }
//! ```
//!
//! Field order is fixed by the structures in [`rows`] and [`derived`]; lists have the order of the snapshot. Ids are
//! lower-case hexadecimal, instants ISO 8601 in UTC, scores basis points, probabilities and centralities millionths,
//! weights thousandths of a bit. Texts are exact; characters that cannot be seen are written as `\u` escapes. A new
//! field raises nothing, a changed meaning raises `schema_version`. Sealed secrets appear as equality groups only.

pub(super) mod derived;
pub(super) mod patterns;
pub(super) mod rows;
pub(super) mod visible;

use std::io;

use fusion_model::derived::Snapshot;
use serde::Serialize;

use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the snapshot as JSON.
pub(crate) struct Json;

const SCHEMA: &str = "fusion-case";
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    schema_version: u32,
    units: Units,
    tlp: String,
    case: &'a str,
    revision: String,
    as_of: String,
    engine: &'a str,
    scope: Vec<String>,
    counts: Counts,
    sources: Vec<rows::SourceRow<'a>>,
    statements: Vec<rows::StatementRow<'a>>,
    records: Vec<rows::RecordRow<'a>>,
    entities: Vec<derived::EntityRow<'a>>,
    relations: Vec<derived::RelationRow<'a>>,
    events: Vec<derived::EventRow<'a>>,
    findings: Vec<derived::FindingRow<'a>>,
    alerts: Vec<derived::AlertRow<'a>>,
    pairs: Vec<rows::PairRow<'a>>,
    timeline: patterns::TimelineRow,
    graph: patterns::GraphRow<'a>,
    notes: Vec<rows::NoteRow<'a>>,
}

#[derive(Serialize)]
struct Units {
    score: &'static str,
    probability: &'static str,
    centrality: &'static str,
    weight: &'static str,
}

#[derive(Serialize)]
struct Counts {
    sources: usize,
    statements: usize,
    records: usize,
    entities: usize,
    relations: usize,
    events: usize,
    findings: usize,
    alerts: usize,
    pairs: usize,
}

impl Exporter for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn label(&self) -> &'static str {
        "Everything as JSON"
    }

    fn description(&self) -> &'static str {
        "The whole derived state with its provenance as one stable document."
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        visible::write(&document(snapshot, options, &scope), out)?;
        Ok(())
    }
}

fn document<'a>(snapshot: &'a Snapshot, options: &ExportOptions, scope: &Scope<'a>) -> Document<'a> {
    let (statement_ids, source_ids) = (scope.statements(), scope.sources());
    let sources: Vec<_> = snapshot
        .sources
        .iter()
        .filter(|card| source_ids.contains(&card.source.id))
        .map(rows::SourceRow::from)
        .collect();
    let statements: Vec<_> = snapshot
        .statements
        .iter()
        .filter(|statement| statement_ids.contains(&statement.id))
        .map(rows::StatementRow::from)
        .collect();
    let records: Vec<_> = snapshot
        .records
        .iter()
        .filter(|record| scope.holds(record.entity))
        .map(rows::RecordRow::from)
        .collect();
    let entities: Vec<_> = scope.entities().map(derived::EntityRow::from).collect();
    let relations: Vec<_> = scope.relations().map(derived::RelationRow::from).collect();
    let events: Vec<_> = scope.events().map(derived::EventRow::from).collect();
    let findings: Vec<_> = scope.findings().map(derived::FindingRow::from).collect();
    let alerts: Vec<_> = scope.alerts().map(derived::AlertRow::from).collect();
    let pairs: Vec<_> = scope.pairs().map(rows::PairRow::from).collect();
    Document {
        schema: SCHEMA,
        schema_version: SCHEMA_VERSION,
        units: Units {
            score: "basis points, 10000 is the whole",
            probability: "millionths",
            centrality: "millionths",
            weight: "thousandths of a bit of log-odds",
        },
        tlp: format!("TLP:{}", options.tlp.id()),
        case: &snapshot.case_name,
        revision: snapshot.revision.to_string(),
        as_of: snapshot.as_of.iso(),
        engine: &snapshot.engine,
        scope: rows::ids(&options.entities),
        counts: Counts {
            sources: sources.len(),
            statements: statements.len(),
            records: records.len(),
            entities: entities.len(),
            relations: relations.len(),
            events: events.len(),
            findings: findings.len(),
            alerts: alerts.len(),
            pairs: pairs.len(),
        },
        timeline: patterns::TimelineRow::new(&snapshot.timeline, scope),
        graph: patterns::GraphRow::new(&snapshot.graph, scope),
        notes: snapshot.notes.iter().map(rows::NoteRow::from).collect(),
        sources,
        statements,
        records,
        entities,
        relations,
        events,
        findings,
        alerts,
        pairs,
    }
}
