//! Several tellings of one event become one event.
//!
//! Tellings are one event when they agree in kind, core participants and detail and their intervals overlap. Overlap
//! does not chain (a year overlaps every day in it), so the narrowest tellings are taken first, each wider one joins
//! the first event that it overlaps, and an event is as narrow as its narrowest telling.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Event, EventKind, Participant};
use fusion_model::{ContentHasher, FindingId, SourceId, StatementId, TimeSpan, Timestamp};

use super::draft::{Draft, Repeats};
use crate::cleaned::Cleaned;

/// Merges tellings into events, by start, then id.
pub(super) fn merge(drafts: Vec<Draft>, cleaned: &Cleaned) -> Vec<Event> {
    let acquired: BTreeMap<SourceId, Timestamp> = cleaned
        .sources
        .iter()
        .map(|card| (card.source.id, card.source.acquired_at))
        .collect();
    let mut groups: BTreeMap<(EventKind, BTreeSet<Participant>, String), Vec<Draft>> = BTreeMap::new();
    for mut draft in drafts {
        let key = (
            draft.kind,
            std::mem::take(&mut draft.core),
            std::mem::take(&mut draft.detail),
        );
        groups.entry(key).or_default().push(draft);
    }
    let mut events: Vec<Event> = Vec::new();
    for ((kind, core, _), tellings) in groups {
        events.extend(
            gather(tellings)
                .into_iter()
                .map(|merged| merged.into_event(kind, &core, &acquired)),
        );
    }
    events.sort_by_key(|event| (event.happened.start, event.id));
    events
}

struct Merged {
    happened: TimeSpan,
    repeats: Repeats,
    text: String,
    others: BTreeSet<Participant>,
    sources: BTreeSet<SourceId>,
    statements: BTreeSet<StatementId>,
}

fn gather(mut tellings: Vec<Draft>) -> Vec<Merged> {
    tellings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut merged: Vec<Merged> = Vec::new();
    // Events by start: with none wider than the last one made, those that overlap a telling stand close together.
    let mut by_start: BTreeMap<(Timestamp, usize), usize> = BTreeMap::new();
    for telling in tellings {
        let widest = merged.last().map_or(0, |event| width(event.happened));
        let from = Timestamp(telling.happened.start.0.saturating_sub(widest));
        let found = by_start
            .range((from, 0)..(telling.happened.end, 0))
            .map(|(_, index)| *index)
            .find(|index| merged.get(*index).is_some_and(|event| event.takes(&telling)));
        match found.and_then(|index| merged.get_mut(index)) {
            Some(event) => event.add(telling),
            None => {
                by_start.insert((telling.happened.start, merged.len()), merged.len());
                merged.push(Merged {
                    happened: telling.happened,
                    repeats: telling.repeats,
                    text: telling.text,
                    others: telling.others,
                    sources: BTreeSet::from([telling.source]),
                    statements: telling.statements,
                });
            }
        }
    }
    merged
}

fn order(draft: &Draft) -> impl Ord + '_ {
    (
        width(draft.happened),
        draft.happened,
        &draft.text,
        draft.source,
        &draft.statements,
    )
}

fn width(span: TimeSpan) -> i64 {
    span.end.0.saturating_sub(span.start.0)
}

impl Merged {
    fn takes(&self, telling: &Draft) -> bool {
        let overlaps = self.happened.start < telling.happened.end && telling.happened.start < self.happened.end;
        overlaps && (self.repeats == Repeats::One || !self.sources.contains(&telling.source))
    }

    fn add(&mut self, telling: Draft) {
        self.others.extend(telling.others);
        self.sources.insert(telling.source);
        self.statements.extend(telling.statements);
    }

    fn into_event(
        self,
        kind: EventKind,
        core: &BTreeSet<Participant>,
        acquired: &BTreeMap<SourceId, Timestamp>,
    ) -> Event {
        let mut hasher = ContentHasher::new("event");
        hasher.text(kind.id());
        for statement in &self.statements {
            hasher.part(&statement.0);
        }
        let participants: BTreeSet<Participant> = core.iter().copied().chain(self.others).collect();
        Event {
            id: FindingId(hasher.finish_short()),
            kind,
            happened: self.happened,
            learned: self
                .sources
                .iter()
                .filter_map(|source| acquired.get(source).copied())
                .min()
                .unwrap_or_default(),
            text: self.text,
            participants: participants.into_iter().collect(),
            sources: self.sources.into_iter().collect(),
            statements: self.statements.into_iter().collect(),
        }
    }
}
