//! HTML: a self-contained report that opens without any other program and asks the network for nothing.
//!
//! One file: inline style, inline SVG, no script, no image, no font. A content security policy in the head allows
//! exactly the one style sheet by its hash and nothing else. TLP 2.0 mark on every section and, printed, on every page.
//! All text passes [`crate::encode::html`]; ids and classes are made from content ids and fixed words only.

mod base64;
mod page;
mod profile;
mod provenance;
mod sections;
mod tables;
mod timeline;

use std::io;

use fusion_model::derived::Snapshot;
use fusion_model::sha256;

use self::page::Page;
use crate::picture::svg::kind_colours;
use crate::report::{Report, TimelineReport};
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the report as HTML.
pub(crate) struct Html;

impl Exporter for Html {
    fn id(&self) -> &'static str {
        "html"
    }

    fn label(&self) -> &'static str {
        "Report as HTML"
    }

    fn description(&self) -> &'static str {
        "A report to read, print and hand over: profiles, pictures, sources, method."
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn has_method_annex(&self) -> bool {
        true
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let report = Report::new(snapshot, options)?;
        out.write_all(report_page(&report).as_bytes())?;
        Ok(())
    }
}

fn report_page(report: &Report) -> String {
    page::render(Page {
        banner: "Fusion report",
        head: &report.head,
        counts: &report.counts,
        sections: sections::sections(report),
    })
}

/// Renders a timeline in the frame of the report.
pub(super) fn timeline_page(report: &TimelineReport) -> String {
    page::render(Page {
        banner: "Fusion timeline",
        head: &report.head,
        counts: &report.counts,
        sections: timeline::sections(report),
    })
}

/// The style sheet of the report.
fn style() -> String {
    format!("{}{}", include_str!("../../../templates/report.css"), kind_colours())
}

/// Returns the CSP source expression of the report's style sheet, `'sha256-…'`, for hosts that show the report inside a page
/// with a policy of its own.
pub fn style_source() -> String {
    format!("'sha256-{}'", base64::encode(&sha256(style().as_bytes())))
}
