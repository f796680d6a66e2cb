//! Timeline as CSV: one row per event, in order of time, for spreadsheets.
//!
//! RFC 4180 with CRLF and a header, UTF-8 without byte order mark; cells that a spreadsheet would run as formulas are
//! disarmed reversibly (see [`crate::encode::csv`]). `happened` is the date at the precision in which it was given,
//! `start` and `end` are the half-open interval that it means: `end` is the first instant after it. `learned` is when
//! the first source that tells it was acquired. Lists inside a cell are joined by ` | `. Silences and bursts are no
//! rows of events; the JSON and HTML timelines hold them. The last column carries the TLP mark.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use fusion_model::SourceId;
use fusion_model::derived::{Event, Snapshot};

use crate::encode::csv;
use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter};

/// Writes events as CSV.
pub(crate) struct TimelineCsv;

const HEAD: &[&str] = &[
    "id",
    "kind",
    "happened",
    "start",
    "end",
    "precision",
    "zone_known",
    "learned",
    "text",
    "participants",
    "participant_ids",
    "sources",
    "statement_ids",
    "tlp",
];

impl Exporter for TimelineCsv {
    fn id(&self) -> &'static str {
        "timeline-csv"
    }

    fn label(&self) -> &'static str {
        "Timeline as CSV"
    }

    fn description(&self) -> &'static str {
        "A table of events for spreadsheets, with formulas disarmed."
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let source_names: SourceNames<'_> = snapshot
            .sources
            .iter()
            .map(|card| (card.source.id, card.source.name.as_str()))
            .collect();
        let mut out = io::BufWriter::new(out);
        out.write_all(csv::row(HEAD).as_bytes())?;
        for event in scope.events() {
            out.write_all(csv::row(&cells(snapshot, event, &source_names, options)).as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }
}

type SourceNames<'a> = BTreeMap<SourceId, &'a str>;

fn cells(snapshot: &Snapshot, event: &Event, source_names: &SourceNames<'_>, options: &ExportOptions) -> Vec<String> {
    let participants = event.participants.iter();
    let names = participants.clone().filter_map(|participant| {
        let entity = snapshot.entity(participant.entity)?;
        Some(format!("{} ({})", entity.label, participant.role.id()))
    });
    let ids = participants.map(|participant| participant.entity.to_string());
    let sources = event.sources.iter().filter_map(|id| source_names.get(id).copied());
    let statements = event.statements.iter().map(ToString::to_string);
    vec![
        event.id.to_string(),
        event.kind.id().to_owned(),
        event.happened.iso(),
        event.happened.start.iso(),
        event.happened.end.iso(),
        event.happened.precision.word().to_owned(),
        event.happened.zone_known.to_string(),
        event.learned.iso(),
        event.text.clone(),
        names.collect::<Vec<_>>().join(" | "),
        ids.collect::<Vec<_>>().join(" | "),
        sources.collect::<Vec<_>>().join(" | "),
        statements.collect::<Vec<_>>().join(" | "),
        format!("TLP:{}", options.tlp.id()),
    ]
}
