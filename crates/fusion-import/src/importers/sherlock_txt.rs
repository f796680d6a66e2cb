//! Sherlock TXT: one profile address per line, then `Total Websites Username Detected On : N` with a line feed.
//!
//! The user name stands only in the file name (`<user>.txt`) or is given by the analyst. When neither fits the
//! addresses, it is read from the addresses themselves and a `subject` warning says so. A total that does not
//! match the number of addresses means that the file was cut or edited, and is a warning.

use fusion_model::SourceKind;

use super::maigret_txt::{TOTAL, addresses};
use crate::error::ImportError;
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::sink::Sink;

/// Reads Sherlock TXT.
pub struct SherlockTxt;

impl Importer for SherlockTxt {
    fn id(&self) -> &'static str {
        "sherlock-txt"
    }

    fn label(&self) -> &'static str {
        "Sherlock TXT"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Sherlock
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let has_total = outline.text.lines().any(|line| line.starts_with(TOTAL));
        Likelihood::certain_if(
            has_total && outline.text.ends_with('\n'),
            "the closing line of a Sherlock list",
        )
    }

    fn run(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        addresses("sherlock", input, sink)
    }
}
