//! The timeline of a report: events in order, silences and bursts in words.

use fusion_model::EntityId;
use fusion_model::derived::{Event, Snapshot};

use super::notes::Notebook;
use super::{Cited, EventRow, Listed, MOST_ROWS, TimelinePart, words};
use crate::picture::TimelinePicture;
use crate::scope::Scope;

/// Builds the timeline of everything in scope with at most `most` rows of events.
pub(super) fn part(snapshot: &Snapshot, scope: &Scope<'_>, most: usize, notebook: &mut Notebook<'_>) -> TimelinePart {
    let events: Vec<&Event> = scope.events().collect();
    let picture = TimelinePicture::new(&events, &snapshot.timeline, scope);
    let shown = events
        .iter()
        .take(most)
        .map(|event| row(snapshot, event, notebook))
        .collect();
    let left_out = events.len().saturating_sub(most);
    TimelinePart {
        picture,
        events: Listed { rows: shown, left_out },
        patterns: patterns(snapshot, scope),
    }
}

/// Writes one event.
pub(super) fn row(snapshot: &Snapshot, event: &Event, notebook: &mut Notebook<'_>) -> EventRow {
    let who: Vec<String> = event
        .participants
        .iter()
        .filter_map(|participant| {
            Some(format!(
                "{} ({})",
                snapshot.entity(participant.entity)?.label,
                participant.role.id()
            ))
        })
        .collect();
    EventRow {
        when: words::when(&event.happened),
        kind: event.kind.id(),
        text: Cited {
            text: event.text.clone(),
            notes: notebook.cite(&event.statements),
        },
        who: who.join(", "),
    }
}

fn patterns(snapshot: &Snapshot, scope: &Scope<'_>) -> Listed<String> {
    let whose = |entity: Option<EntityId>| {
        let label = entity
            .and_then(|id| snapshot.entity(id))
            .map(|entity| entity.label.clone());
        label.unwrap_or_else(|| "the whole case".to_owned())
    };
    let gaps = snapshot
        .timeline
        .gaps
        .iter()
        .filter(|gap| scope.concerns(gap.entity))
        .map(|gap| {
            format!(
                "Silence of {} days for {}: {} to {}.",
                gap.days,
                whose(gap.entity),
                gap.start.iso_day(),
                gap.end.iso_day()
            )
        });
    let bursts = snapshot
        .timeline
        .bursts
        .iter()
        .filter(|burst| scope.concerns(burst.entity))
        .map(|burst| {
            format!(
                "Burst of {} for {}: {} to {}, strength {} of 100.",
                words::counted(burst.events.len(), "event", "events"),
                whose(burst.entity),
                burst.start.iso(),
                burst.end.iso(),
                burst.strength.percent()
            )
        });
    let zones = snapshot
        .timeline
        .hours
        .iter()
        .filter(|hours| scope.concerns(hours.entity))
        .filter_map(|hours| {
            let minutes = hours.implied_offset_minutes?;
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hour, minute) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            Some(format!(
                "Quiet hours of {} fit a home zone of UTC{sign}{hour:02}:{minute:02}.",
                whose(hours.entity)
            ))
        });
    let sorts = [
        Listed::new(gaps, MOST_ROWS),
        Listed::new(bursts, MOST_ROWS),
        Listed::new(zones, MOST_ROWS),
    ];
    Listed {
        left_out: sorts.iter().map(|sort| sort.left_out).sum(),
        rows: sorts.into_iter().flat_map(|sort| sort.rows).collect(),
    }
}
