//! How much the cached snapshot holds: what a window shows first, without reading the snapshot.

use fusion_model::codec::{CodecError, Pack};
use fusion_model::derived::{Revision, Snapshot};
use fusion_model::{FindingId, Timestamp};

use super::{REVISION, find_summary};
use crate::case::Case;
use crate::error::{Error, Result};

/// Name of the summary.
pub(super) const TOTALS: &str = "totals";

/// Holds the counts of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedTotals {
    /// Revision of the snapshot.
    pub revision: Revision,
    /// As-of instant of the snapshot.
    pub as_of: Timestamp,
    /// Number of entities.
    pub entities: u64,
    /// Number of relations.
    pub relations: u64,
    /// Number of events.
    pub events: u64,
    /// Pairs that wait for a verdict, one for each two entities.
    pub waiting: u64,
    /// Alerts, gravest first.
    pub alerts: Vec<FindingId>,
}

impl DerivedTotals {
    /// Counts a snapshot.
    pub fn of(snapshot: &Snapshot) -> Self {
        Self {
            revision: snapshot.revision,
            as_of: snapshot.as_of,
            entities: snapshot.entities.len() as u64,
            relations: snapshot.relations.len() as u64,
            events: snapshot.events.len() as u64,
            waiting: snapshot.waiting().len() as u64,
            alerts: snapshot.alerts.iter().map(|alert| alert.id).collect(),
        }
    }
}

/// Holds the part of the totals that no other summary has, as it is packed.
pub(super) struct Counts(pub(super) [u64; 4], pub(super) Vec<FindingId>);

impl From<&DerivedTotals> for Counts {
    fn from(totals: &DerivedTotals) -> Self {
        let counts = [totals.entities, totals.relations, totals.events, totals.waiting];
        Self(counts, totals.alerts.clone())
    }
}

impl Pack for Counts {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.iter().for_each(|count| count.pack(out));
        self.1.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        let mut counts = [0; 4];
        for count in &mut counts {
            *count = u64::unpack(input)?;
        }
        Ok(Self(counts, Vec::unpack(input)?))
    }
}

impl Case {
    /// Returns how much the cached snapshot holds; `None` when nothing has been fused yet.
    pub fn derived_totals(&self) -> Result<Option<DerivedTotals>> {
        let connection = match self.derived.reader() {
            Ok(connection) => connection,
            Err(Error::NotDerived) => return Ok(None),
            Err(error) => return Err(error),
        };
        let lost = || Error::damaged("the derived database lost a summary");
        let Some(revision) = find_summary(&connection, REVISION)? else {
            return Ok(None);
        };
        let Counts([entities, relations, events, waiting], alerts) =
            find_summary(&connection, TOTALS)?.ok_or_else(lost)?;
        Ok(Some(DerivedTotals {
            revision,
            as_of: find_summary(&connection, "as-of")?.ok_or_else(lost)?,
            entities,
            relations,
            events,
            waiting,
            alerts,
        }))
    }
}
