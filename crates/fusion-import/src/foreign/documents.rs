//! Documents, mail, maps.

use super::Signature::{Magic, Object, Root, Seen, Text};
use super::{Foreign, lines_that};
use crate::outline::{Matter, Outline};
use crate::table::Table;

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new(
        "mailbox (mbox)",
        &[Seen(
            |outline| outline.first_line().starts_with("From ") && has_mail_head(outline),
            "a From line and mail headers",
        )],
    ),
    Foreign::new("e-mail message", &[Seen(has_mail_head, "mail headers")]),
    Foreign::new("GPX track", &[Root("gpx")]),
    Foreign::new("KML map", &[Root("kml")]),
    Foreign::new(
        "GeoJSON",
        &[
            Text("type", "FeatureCollection"),
            Text("type", "Feature"),
            Object(&["features", "type"]),
        ],
    ),
    Foreign::new("JSON-LD", &[Object(&["@context", "@graph"])]),
    Foreign::new("HTML page", &[Root("html")]),
    Foreign::new("PDF document", &[Magic(b"%PDF-")]),
    Foreign::new("rich text", &[Magic(b"{\\rtf")]),
    Foreign::new(
        "XML document",
        &[Seen(|outline| outline.xml_root.is_some(), "an XML root element")],
    ),
    Foreign::new(
        "Markdown text",
        &[Seen(
            |outline| {
                let has_rule = outline
                    .lines
                    .iter()
                    .any(|line| line.starts_with("|-") || line.starts_with("| -"));
                has_rule || (outline.first_line().starts_with("# ") && is_prose(outline))
            },
            "a heading in front of text, or the rule of a table",
        )],
    ),
    Foreign::new("plain text", &[Seen(is_prose, "text that is neither a table nor JSON")]),
];

/// Two or more usual mail headers before the first blank line.
fn has_mail_head(outline: &Outline) -> bool {
    const HEADS: [&str; 12] = [
        "received:",
        "from:",
        "to:",
        "subject:",
        "date:",
        "message-id:",
        "return-path:",
        "delivered-to:",
        "mime-version:",
        "content-type:",
        "cc:",
        "x-mailer:",
    ];
    let head = outline.lines.iter().take_while(|line| !line.trim().is_empty());
    let count = head
        .filter(|line| HEADS.iter().any(|name| line.to_ascii_lowercase().starts_with(name)))
        .count();
    outline.json.is_none() && count >= 3
}

/// Text without any structure that a generic importer could read.
fn is_prose(outline: &Outline) -> bool {
    let is_named = |table: &Table| {
        table
            .columns
            .iter()
            .any(|column| crate::aliases::meaning_of(column).is_some())
    };
    let has_structure = outline.json.is_some()
        || outline
            .table
            .as_ref()
            .is_some_and(|table| table.evenness >= 90 || is_named(table));
    let (lines, _) = lines_that(outline, |line| line.chars().any(char::is_alphabetic));
    outline.matter == Matter::Text && !has_structure && lines > 0
}
