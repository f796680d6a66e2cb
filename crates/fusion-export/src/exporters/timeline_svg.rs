//! Timeline as SVG: the picture alone as a drawing to put into a document.
//!
//! A standalone, well-formed file with title, TLP mark, caption and a style sheet of its own; no script, no link, no
//! font, no image, so it shows the same everywhere and asks the network for nothing. Colours are those of a light
//! ground, since a drawing stands on the paper of somebody else.

use std::io;

use fusion_model::derived::Snapshot;

use crate::encode::{elided, html::text};
use crate::picture::TIMELINE_WIDTH;
use crate::report::{Head, TimelineReport};
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the timeline as SVG.
pub(crate) struct TimelineSvg;

/// Height of the title block and of the caption below the picture, and of the text that stands for a missing picture.
const HEAD_HEIGHT: i64 = 76;
const FOOT_HEIGHT: i64 = 52;
const EMPTY_HEIGHT: i64 = 48;

/// Left edge of text, and room at the right.
const MARGIN: i64 = 10;
/// Width that a letter of the mark takes, with room to spare in every font of the style sheet.
const MARK_LETTER: i64 = 10;

/// Longest title and longest name of a case that fit beside the mark.
const LONGEST_TITLE: usize = 70;
const LONGEST_NAME: usize = 60;

impl Exporter for TimelineSvg {
    fn id(&self) -> &'static str {
        "timeline-svg"
    }

    fn label(&self) -> &'static str {
        "Timeline as SVG"
    }

    fn description(&self) -> &'static str {
        "The picture of the timeline as a drawing to put into a document."
    }

    fn extension(&self) -> &'static str {
        "svg"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let report = TimelineReport::new(snapshot, options)?;
        out.write_all(drawing(&report).as_bytes())?;
        Ok(())
    }
}

fn drawing(report: &TimelineReport) -> String {
    let (shapes, height, caption) = match &report.timeline.picture {
        Some(picture) => (picture.shapes(), picture.height, picture.caption()),
        None => (String::new(), EMPTY_HEIGHT, report.timeline.undrawn().to_owned()),
    };
    let height = HEAD_HEIGHT + height + FOOT_HEIGHT;
    let head = &report.head;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {TIMELINE_WIDTH} {height}\" width=\"{TIMELINE_WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title caption\">\n"
    );
    out.push_str(&format!(
        "<title id=\"title\">{} · TLP:{}</title>\n",
        text(&head.title),
        head.tlp.id()
    ));
    out.push_str(&format!(
        "<style>{}</style>\n",
        include_str!("../../templates/timeline.css")
    ));
    out.push_str(&format!(
        "<rect class=\"paper\" x=\"0\" y=\"0\" width=\"{TIMELINE_WIDTH}\" height=\"{height}\"/>\n"
    ));
    out.push_str(&line("title", 34, &elided(&head.title, LONGEST_TITLE)));
    out.push_str(&mark(head));
    out.push_str(&line("meta", 60, &extent(report)));
    out.push_str(&format!("<g transform=\"translate(0 {HEAD_HEIGHT})\">\n{shapes}</g>\n"));
    out.push_str(&format!(
        "<text id=\"caption\" class=\"meta\" x=\"{MARGIN}\" y=\"{}\">{}</text>\n",
        height - 32,
        text(&caption)
    ));
    out.push_str(&line(
        "meta",
        height - 12,
        &format!("Revision {} · {}", head.revision, elided(&head.engine, LONGEST_NAME)),
    ));
    out.push_str("</svg>\n");
    out
}

fn line(class: &str, y: i64, words: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{y}\">{}</text>\n",
        text(words)
    )
}

/// Draws the TLP 2.0 mark: its colour on black, at the right.
fn mark(head: &Head) -> String {
    let words = format!("TLP:{}", head.tlp.id());
    let width = words.len() as i64 * MARK_LETTER + 2 * MARGIN;
    let left = TIMELINE_WIDTH - MARGIN - width;
    format!(
        "<g class=\"tlp tlp-{}\"><rect x=\"{left}\" y=\"16\" width=\"{width}\" height=\"24\"/><text x=\"{}\" y=\"33\">{words}</text></g>\n",
        head.tlp.id().to_ascii_lowercase().replace('+', "-"),
        left + width / 2
    )
}

/// Says what case it is, when, and how much is drawn.
fn extent(report: &TimelineReport) -> String {
    let counts: Vec<String> = report
        .counts
        .iter()
        .map(|(label, number)| format!("{number} {label}"))
        .collect();
    format!(
        "Case {} · as of {} · {}",
        elided(&report.head.case_name, LONGEST_NAME),
        report.head.as_of,
        counts.join(", ")
    )
}
