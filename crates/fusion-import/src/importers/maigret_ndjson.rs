//! Maigret JSON, report type *ndjson*: one object per line, with the site's name as `sitename`.
//!
//! A row format: a damaged line is a warning, the others land.

use fusion_model::{Locator, SourceKind};

use super::maigret::{Report, is_site};
use crate::error::ImportError;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::ndjson;
use crate::open;
use crate::sink::Sink;

/// Reads the ndjson report.
pub struct MaigretNdjson;

impl Importer for MaigretNdjson {
    fn id(&self) -> &'static str {
        "maigret-ndjson"
    }

    fn label(&self) -> &'static str {
        "Maigret JSON (ndjson)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "ndjson", "jsonl"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Sherlock
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let is_mine = outline
            .json
            .as_ref()
            .is_some_and(|json| json.root.get("sitename").is_some() && is_site(&json.root));
        Likelihood::certain_if(is_mine, "lines with sitename and status.ids")
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        open::read(&mut input, sink, |opened, sink| {
            let mut report = Report::default();
            ndjson::each(opened.text, sink, |node, number, sink| {
                Ok(report.site(node.text_of("sitename"), node, Locator::Line(number), sink)?)
            })?;
            report.finish(sink);
            Ok(())
        })
    }
}
