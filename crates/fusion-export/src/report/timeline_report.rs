//! The timeline as a document of its own: the title block, events and patterns, and the way back to the sources.
//!
//! It holds nothing that the full report of the same scope does not say too; only the sources behind its events are
//! listed, and footnotes are numbered anew.

use fusion_model::derived::{Entity, Snapshot};

use super::notes::Notebook;
use super::{Footnote, Head, MOST_TIMELINE_EVENTS, SourceRow, TimelinePart, head, sources, timeline};
use crate::scope::Scope;
use crate::{ExportError, ExportOptions};

/// Holds a timeline with its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineReport {
    /// Title block.
    pub head: Head,
    /// Sizes: label and number.
    pub counts: Vec<(String, usize)>,
    /// Dated events and their patterns.
    pub timeline: TimelinePart,
    /// Sources that tell of the events, with their hashes.
    pub sources: Vec<SourceRow>,
    /// Footnotes by number, from 1.
    pub footnotes: Vec<Footnote>,
}

impl TimelineReport {
    /// Builds the timeline that `options` ask for.
    pub fn new(snapshot: &Snapshot, options: &ExportOptions) -> Result<Self, ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let cards = sources::cards(snapshot, &scope.event_sources());
        let mut notebook = Notebook::new(snapshot, &cards);
        let named: Vec<&Entity> = scope.entities().filter(|entity| scope.is_subject(entity.id)).collect();
        let timeline = timeline::part(snapshot, &scope, MOST_TIMELINE_EVENTS, &mut notebook);
        Ok(Self {
            head: head::head(snapshot, options, head::TIMELINE, &named),
            counts: counts(snapshot, &scope, cards.len()),
            timeline,
            sources: sources::rows(&cards),
            footnotes: notebook.finish(),
        })
    }
}

fn counts(snapshot: &Snapshot, scope: &Scope<'_>, sources: usize) -> Vec<(String, usize)> {
    let patterns = &snapshot.timeline;
    let gaps = patterns.gaps.iter().filter(|gap| scope.concerns(gap.entity)).count();
    let bursts = patterns
        .bursts
        .iter()
        .filter(|burst| scope.concerns(burst.entity))
        .count();
    [
        ("event", "events", scope.events().count()),
        ("silence", "silences", gaps),
        ("burst", "bursts", bursts),
        ("source", "sources", sources),
    ]
    .map(|(one, many, number)| (if number == 1 { one } else { many }.to_owned(), number))
    .to_vec()
}
