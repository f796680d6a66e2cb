//! The timeline: everything dated as events with participants, and the patterns they make.
//!
//! [`events`] reads cleaned evidence and the partition; everything else here reads events only, so that a host can
//! ask the same questions of a filtered list. Times stay intervals: an event known to the year is never taken for
//! its first of January. *Happened* is when it took place, *learned* when the first source that tells it was acquired.
//!
//! It must not know risk, graph or screens, and it reads no clock. It never fails: a date that could not be cleaned
//! makes no event, and a pattern that needs more events than there are is not reported.

mod bursts;
mod calendar;
mod contradictions;
mod density;
mod draft;
mod gaps;
mod hours;
mod linked;
mod merge;
mod sprees;
mod summary;

#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use fusion_model::EntityId;
use fusion_model::derived::Event;

use crate::cleaned::Cleaned;
use crate::resolution::Resolution;

pub use contradictions::contradictions;
pub use density::{DensityBucket, density};
pub use sprees::{Dormancy, Spree, creation_sprees, dormancies};
pub use summary::summarise;

/// Names entities in the text of events.
pub type Labels = BTreeMap<EntityId, String>;

/// Makes events of every dated statement and every dated link, by start, then id.
///
/// Several sources that tell the same thing make one event; it keeps the narrowest of their intervals.
pub fn events(cleaned: &Cleaned, resolution: &Resolution, labels: &Labels) -> Vec<Event> {
    let drafts = draft::of_statements(cleaned, resolution, labels);
    let drafts = drafts
        .into_iter()
        .chain(linked::of_links(cleaned, resolution, labels))
        .collect();
    merge::merge(drafts, cleaned)
}
