//! The sink of an import: into the case, counting and telling as it goes.

use std::ops::ControlFlow;

use fusion_import::{Sink, Stop};
use fusion_model::{Observation, Warning};
use fusion_store::{SourceTotals, SourceWriter};

use crate::progress::Progress;

/// Rows between two words to the host.
const TOLD_EVERY: u64 = 256;

/// Passes what an importer finds on to the staged source.
pub struct Landing<'a, 'case> {
    pub(super) writer: &'a mut SourceWriter<'case>,
    pub(super) progress: &'a dyn Progress,
    pub(super) name: &'a str,
    pub(super) totals: SourceTotals,
    /// Why the store refused, when it did; the importer only learns that it must stop.
    pub(super) refused: Option<fusion_store::Error>,
}

impl Landing<'_, '_> {
    fn keep(&mut self, outcome: fusion_store::Result<()>) -> Result<(), Stop> {
        outcome.map_err(|error| {
            self.refused = Some(error);
            Stop
        })
    }
}

impl Sink for Landing<'_, '_> {
    fn observation(&mut self, observation: Observation) -> Result<(), Stop> {
        let outcome = self.writer.push(observation);
        self.keep(outcome)
    }

    fn warning(&mut self, warning: Warning) -> Result<(), Stop> {
        let outcome = self.writer.warn(warning);
        self.keep(outcome)
    }

    fn row_read(&mut self) -> Result<(), Stop> {
        self.totals.rows_read += 1;
        if self.totals.rows_read % TOLD_EVERY == 1 {
            let text = format!("Importing {}", self.name);
            if let ControlFlow::Break(()) = self.progress.report(&text, self.totals.rows_read, 0) {
                return Err(Stop);
            }
        }
        Ok(())
    }

    fn negative(&mut self) {
        self.totals.rows_negative += 1;
    }

    fn origin(&mut self, origin: String) {
        self.totals.origin = origin;
    }

    fn subject(&mut self, subject: String) {
        self.totals.subject = Some(subject);
    }
}
