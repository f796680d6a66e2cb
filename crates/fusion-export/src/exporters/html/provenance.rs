//! The way back: the table of sources and the footnotes that lead to it.

use super::tables::table;
use crate::encode::html::text;
use crate::report::{Footnote, SourceRow};

/// Renders the table of sources; empty when there are none.
pub(super) fn sources(sources: &[SourceRow]) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let rows = sources.iter().enumerate().map(|(index, source)| {
        vec![
            (index + 1).to_string(),
            format!(
                "<span id=\"s{}\">{}</span><br><span class=\"mono soft\">{}</span>",
                index + 1,
                text(&source.name),
                text(&source.sha256)
            ),
            text(&source.kind),
            text(&source.grade),
            text(&source.acquired),
            text(&source.extent),
        ]
    });
    table(
        &[
            ("No.", "num"),
            ("Source and SHA-256", "wide"),
            ("Kind", "tight"),
            ("Grade", "tight"),
            ("Acquired", ""),
            ("Extent", ""),
        ],
        rows,
    )
}

/// Renders the footnotes; empty when there are none.
pub(super) fn footnotes(footnotes: &[Footnote]) -> String {
    if footnotes.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"footnotes\">\n");
    for (index, note) in footnotes.iter().enumerate() {
        out.push_str(&format!(
            "<li id=\"n{}\"><a href=\"#s{}\">{}</a>, {}, <span class=\"mono\">{}</span>: <q>{}</q> <span class=\"label\">{}</span></li>\n",
            index + 1,
            note.source_number,
            text(&note.source),
            text(&note.place),
            text(&note.field),
            text(&note.quote),
            text(&note.grade)
        ));
    }
    out.push_str("</ol>\n");
    out
}
