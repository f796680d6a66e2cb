//! CSV: one row per entity, for spreadsheets.
//!
//! RFC 4180 with CRLF and a header, UTF-8 without byte order mark. Scores are percent with two decimals. Cells that
//! a spreadsheet would run as formulas are disarmed reversibly (see [`crate::encode::csv`]). Lists inside a cell are
//! joined by ` | `. The last column carries the TLP mark.

use std::io::{self, Write as _};

use fusion_model::derived::{Entity, Snapshot};

use crate::encode::csv;
use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter, disclose};

/// Writes entities as CSV.
pub(crate) struct Csv;

const HEAD: &[&str] = &[
    "id",
    "kind",
    "label",
    "aliases",
    "confidence",
    "confidence_low",
    "confidence_high",
    "risk",
    "risk_level",
    "degree",
    "influence",
    "community",
    "sources",
    "records",
    "first_seen",
    "last_seen",
    "facts",
    "tlp",
];

impl Exporter for Csv {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn label(&self) -> &'static str {
        "Entities as CSV"
    }

    fn description(&self) -> &'static str {
        "A table of entities for spreadsheets, with formulas disarmed."
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let mut out = io::BufWriter::new(out);
        out.write_all(csv::row(HEAD).as_bytes())?;
        for entity in scope.entities() {
            out.write_all(csv::row(&cells(entity, options)).as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }
}

fn cells(entity: &Entity, options: &ExportOptions) -> Vec<String> {
    let aliases: Vec<&str> = entity.aliases.iter().map(|alias| alias.name.as_str()).collect();
    let facts: Vec<String> = entity
        .facts
        .iter()
        .map(|fact| {
            format!(
                "{}: {}",
                fact.property.id(),
                disclose::without_fingerprints(&fact.value)
            )
        })
        .collect();
    vec![
        entity.id.to_string(),
        entity.kind.id().to_owned(),
        entity.label.clone(),
        aliases.join(" | "),
        entity.confidence.score.to_string(),
        entity.confidence.low.to_string(),
        entity.confidence.high.to_string(),
        entity.risk.score.to_string(),
        entity.risk.level.id().to_owned(),
        entity.network.degree.to_string(),
        entity.network.influence.to_string(),
        entity.network.community.to_string(),
        entity.sources.len().to_string(),
        entity.records.len().to_string(),
        entity.seen.map(|span| span.start.iso_day()).unwrap_or_default(),
        entity
            .seen
            .map(|span| fusion_model::Timestamp(span.end.0.saturating_sub(1)).iso_day())
            .unwrap_or_default(),
        facts.join(" | "),
        format!("TLP:{}", options.tlp.id()),
    ]
}
