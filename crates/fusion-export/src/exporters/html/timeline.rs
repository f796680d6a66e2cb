//! The timeline: as one section of a report, and as the sections of a document of its own.

use super::page::Section;
use super::profile::events;
use super::provenance;
use super::tables::{left_out, list};
use crate::encode::html::text;
use crate::report::{TimelinePart, TimelineReport};

/// Renders the section of a report; empty when nothing is dated.
pub(super) fn section(part: &TimelinePart) -> String {
    if part.events.rows.is_empty() {
        return String::new();
    }
    figure(part) + &patterns(part) + &table(part)
}

/// Renders the sections of a timeline document.
pub(super) fn sections(report: &TimelineReport) -> Vec<Section> {
    let part = &report.timeline;
    let drawn = match &part.picture {
        Some(_) => figure(part),
        None => format!("<p>{}</p>\n", part.undrawn()),
    };
    vec![
        Section::new("timeline", "Timeline", drawn),
        Section::new("patterns", "Silences, bursts and quiet hours", patterns(part)),
        Section::new("events", "Events", table(part)),
        Section::new("sources", "Sources", provenance::sources(&report.sources)),
        Section::new("notes", "Footnotes", provenance::footnotes(&report.footnotes)),
    ]
}

fn figure(part: &TimelinePart) -> String {
    let Some(picture) = &part.picture else {
        return String::new();
    };
    format!(
        "<figure>\n{}<figcaption id=\"timeline-caption\">{}</figcaption>\n</figure>\n",
        picture.svg("timeline-caption"),
        picture.caption()
    )
}

fn patterns(part: &TimelinePart) -> String {
    let rows: Vec<String> = part.patterns.rows.iter().map(|pattern| text(pattern)).collect();
    list(&rows) + &left_out(part.patterns.left_out, "patterns")
}

fn table(part: &TimelinePart) -> String {
    if part.events.rows.is_empty() {
        return String::new();
    }
    events(&part.events.rows) + &left_out(part.events.left_out, "events")
}
