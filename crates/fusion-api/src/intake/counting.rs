//! The sink of a dry run: it counts and keeps nothing but the first warnings.

use std::collections::BTreeSet;

use fusion_import::{Sink, Stop};
use fusion_model::{Observation, ObservationId, RecordId, SourceId, Warning};

/// Most warnings shown in a plan.
const SHOWN: usize = 20;

/// Counts what an import would store.
#[derive(Debug, Default)]
pub struct Counting {
    pub(super) rows: u64,
    pub(super) negative: u64,
    pub(super) observations: u64,
    pub(super) statements: u64,
    pub(super) records: BTreeSet<RecordId>,
    pub(super) warnings: Vec<Warning>,
    pub(super) warning_count: u64,
    pub(super) subject: Option<String>,
}

impl Sink for Counting {
    fn observation(&mut self, observation: Observation) -> Result<(), Stop> {
        // Record ids do not depend on the source where a native key or a raw row names them; a record that only its
        // place names is new in any case, so any source id serves here.
        let id = ObservationId::new(SourceId([0; 32]), &observation.locator);
        for (slot, record) in (0u32..).zip(&observation.records) {
            self.records.insert(RecordId::new(&record.key, id, slot));
            self.statements += record.statements.len() as u64;
        }
        self.statements += observation
            .links
            .iter()
            .map(|link| link.statements.len() as u64)
            .sum::<u64>();
        self.observations += 1;
        Ok(())
    }

    fn warning(&mut self, warning: Warning) -> Result<(), Stop> {
        self.warning_count += 1;
        if self.warnings.len() < SHOWN {
            self.warnings.push(warning);
        }
        Ok(())
    }

    fn row_read(&mut self) -> Result<(), Stop> {
        self.rows += 1;
        Ok(())
    }

    fn negative(&mut self) {
        self.negative += 1;
    }

    fn origin(&mut self, _origin: String) {}

    fn subject(&mut self, subject: String) {
        self.subject = Some(subject);
    }
}
