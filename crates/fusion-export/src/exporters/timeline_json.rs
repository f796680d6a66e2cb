//! Timeline as JSON: the dated events of a case, their patterns, and the evidence behind them.
//!
//! # Shape (schema `fusion-timeline`, version 1)
//!
//! ```text
//! { schema, schema_version, units, tlp, case, revision, as_of, engine, scope,
//!   counts, sources[], statements[], entities[{id, kind, label}], events[], timeline{gaps[], bursts[], hours[]} }
//! ```
//!
//! `sources`, `statements`, `events` and `timeline` have the shape that they have in the document of the whole case
//! (see [`super::json`]), so one reader serves both; here they hold only what the events in scope stand on. `entities`
//! names whoever takes part in an event or has a pattern. Events are in order of their start, then of their id; gaps
//! are longest first, bursts strongest first; everything else is in order of its id. An interval is half-open: `end`
//! is the first instant after it.

use std::collections::BTreeSet;
use std::io;

use fusion_model::EntityId;
use fusion_model::derived::{Entity, Snapshot};
use serde::Serialize;

use super::json::{derived::EventRow, patterns::TimelineRow, rows, visible};
use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the timeline as JSON.
pub(crate) struct TimelineJson;

const SCHEMA: &str = "fusion-timeline";
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
    entities: Vec<NamedRow<'a>>,
    events: Vec<EventRow<'a>>,
    timeline: TimelineRow,
}

#[derive(Serialize)]
struct Units {
    score: &'static str,
}

#[derive(Serialize)]
struct Counts {
    sources: usize,
    statements: usize,
    entities: usize,
    events: usize,
}

/// Names an entity; what is known of it stands in the document of the whole case.
#[derive(Serialize)]
struct NamedRow<'a> {
    id: String,
    kind: &'static str,
    label: &'a str,
}

impl<'a> From<&'a Entity> for NamedRow<'a> {
    fn from(entity: &'a Entity) -> Self {
        Self {
            id: entity.id.to_string(),
            kind: entity.kind.id(),
            label: &entity.label,
        }
    }
}

impl Exporter for TimelineJson {
    fn id(&self) -> &'static str {
        "timeline-json"
    }

    fn label(&self) -> &'static str {
        "Timeline as JSON"
    }

    fn description(&self) -> &'static str {
        "Events, silences and bursts with the statements behind them, for machines."
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
    let (statement_ids, source_ids, named) = (scope.event_statements(), scope.event_sources(), named(snapshot, scope));
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
    let entities: Vec<_> = snapshot
        .entities
        .iter()
        .filter(|entity| named.contains(&entity.id))
        .map(NamedRow::from)
        .collect();
    let events: Vec<_> = scope.events().map(EventRow::from).collect();
    Document {
        schema: SCHEMA,
        schema_version: SCHEMA_VERSION,
        units: Units {
            score: "basis points, 10000 is the whole",
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
            entities: entities.len(),
            events: events.len(),
        },
        timeline: TimelineRow::new(&snapshot.timeline, scope),
        sources,
        statements,
        entities,
        events,
    }
}

/// Whoever takes part in an event in scope or has a pattern in scope.
fn named(snapshot: &Snapshot, scope: &Scope<'_>) -> BTreeSet<EntityId> {
    let patterns = &snapshot.timeline;
    let gaps = patterns.gaps.iter().map(|gap| gap.entity);
    let bursts = patterns.bursts.iter().map(|burst| burst.entity);
    let hours = patterns.hours.iter().map(|hours| hours.entity);
    let with_pattern = gaps
        .chain(bursts)
        .chain(hours)
        .filter(|entity| scope.concerns(*entity))
        .flatten();
    let taking_part = scope
        .events()
        .flat_map(|event| &event.participants)
        .map(|participant| participant.entity);
    taking_part.chain(with_pattern).collect()
}
