//! The table of sources: files behind a report in the order in which footnotes number them.

use std::collections::BTreeSet;

use fusion_model::derived::{Snapshot, SourceCard};
use fusion_model::{GradedBy, SourceId};

use super::{SourceRow, words};

/// Picks the cards of the wanted sources, by name.
pub(super) fn cards<'a>(snapshot: &'a Snapshot, wanted: &BTreeSet<SourceId>) -> Vec<&'a SourceCard> {
    let mut cards: Vec<&SourceCard> = snapshot
        .sources
        .iter()
        .filter(|card| wanted.contains(&card.source.id))
        .collect();
    cards.sort_by(|a, b| (&a.source.name, a.source.id).cmp(&(&b.source.name, b.source.id)));
    cards
}

/// Writes the table.
pub(super) fn rows(cards: &[&SourceCard]) -> Vec<SourceRow> {
    cards.iter().map(|card| row(card)).collect()
}

fn row(card: &SourceCard) -> SourceRow {
    let source = &card.source;
    let graded = match source.graded {
        GradedBy::Default => "by default",
        GradedBy::Analyst => "by the analyst",
    };
    let mut extent = format!(
        "{} bytes, {} read, {}",
        source.size,
        words::counted(usize::try_from(source.rows_read).unwrap_or(usize::MAX), "row", "rows"),
        words::counted(
            usize::try_from(card.statements).unwrap_or(usize::MAX),
            "statement",
            "statements"
        )
    );
    if source.rows_negative > 0 {
        extent.push_str(&format!(", {} “not found”", source.rows_negative));
    }
    if source.warnings > 0 {
        extent.push_str(&format!(", {} warnings", source.warnings));
    }
    SourceRow {
        name: source.name.clone(),
        kind: format!("{} ({})", source.kind.id(), source.format),
        grade: format!("{} {graded}", source.grade.text()),
        acquired: source.acquired_at.iso().replace('T', " ").replace('Z', " UTC"),
        extent,
        sha256: source.id.to_string(),
    }
}
