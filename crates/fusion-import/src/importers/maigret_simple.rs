//! Maigret JSON, report type *simple*: one object from site name to what was found there.
//!
//! A tree format: a damaged file lands nothing.

use fusion_model::{Locator, SourceKind, WarningCode};

use super::maigret::{Report, is_simple};
use crate::error::ImportError;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::{JsonReader, pointer_step};
use crate::open;
use crate::records::warning;
use crate::sink::Sink;

/// Reads the simple JSON report.
pub struct MaigretSimple;

impl Importer for MaigretSimple {
    fn id(&self) -> &'static str {
        "maigret-simple"
    }

    fn label(&self) -> &'static str {
        "Maigret JSON (simple)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Sherlock
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        Likelihood::certain_if(is_simple(&probe.outline()), "sites with status.ids and site.urlMain")
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        open::read(&mut input, sink, |opened, sink| {
            let mut reader = JsonReader::new(opened.text);
            let mut report = Report::default();
            reader.enter_object()?;
            while let Some(name) = reader.next_key()? {
                let node = reader.value()?;
                sink.row_read()?;
                let locator = Locator::Pointer {
                    pointer: pointer_step("", &name),
                    line: node.line,
                };
                if node.is_object() {
                    report.site(&name, &node, locator, sink)?;
                } else {
                    sink.warning(warning(WarningCode::RowSkipped, locator, "the element is no object"))?;
                }
            }
            reader.end()?;
            report.finish(sink);
            Ok(())
        })
    }
}
