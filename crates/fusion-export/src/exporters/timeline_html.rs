//! Timeline as HTML: picture, silences and bursts, table of events, sources and footnotes, on a page of their own.
//!
//! The page has the frame and the style sheet of the report (see [`super::html`]): self-contained, no script, a
//! content security policy that allows the one style sheet, a TLP mark on every section.

use std::io;

use fusion_model::derived::Snapshot;

use super::html;
use crate::report::TimelineReport;
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the timeline as HTML.
pub(crate) struct TimelineHtml;

impl Exporter for TimelineHtml {
    fn id(&self) -> &'static str {
        "timeline-html"
    }

    fn label(&self) -> &'static str {
        "Timeline as HTML"
    }

    fn description(&self) -> &'static str {
        "The timeline to read and print: picture, events, silences, bursts, sources."
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let report = TimelineReport::new(snapshot, options)?;
        out.write_all(html::timeline_page(&report).as_bytes())?;
        Ok(())
    }
}
