//! Hostile strings through every exporter, read back by an independent reader of the syntax.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::text_of;
use fusion_export::EXPORTERS;
use fusion_export::encode::{csv::uncell, visible, xml::token};
use fusion_testkit::{HOSTILE, hostile_snapshot, nightjar_snapshot};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Tags that the report may contain; nothing that runs, loads or sends.
const TAGS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "nav",
    "main",
    "section",
    "footer",
    "div",
    "span",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "dl",
    "dt",
    "dd",
    "ul",
    "ol",
    "li",
    "a",
    "b",
    "br",
    "sup",
    "q",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "svg",
    "defs",
    "marker",
    "path",
    "line",
    "g",
    "text",
    "rect",
    "circle",
    "polygon",
];

/// Attributes that the report may contain.
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "scope",
    "aria-labelledby",
    "aria-label",
    "aria-hidden",
    "role",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "orient",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "width",
    "height",
    "points",
    "marker-end",
    "paint-order",
    "colspan",
];

#[test]
fn html_holds_only_known_tags_and_attributes() {
    for (id, snapshot) in [
        ("html", hostile_snapshot()),
        ("html", nightjar_snapshot()),
        ("timeline-html", hostile_snapshot()),
        ("timeline-html", nightjar_snapshot()),
    ] {
        let page = text_of(id, &snapshot);
        let body = &page[page.find("</style>").unwrap()..];
        let mut ids = BTreeSet::new();
        let mut targets = BTreeSet::new();
        let mut rest = body;
        while let Some(open) = rest.find('<') {
            let close = open + rest[open..].find('>').unwrap();
            let tag = &rest[open + 1..close];
            rest = &rest[close + 1..];
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            assert!(TAGS.contains(&name), "tag {name} in <{tag}>");
            for (attribute, value) in attributes(tag) {
                assert!(ATTRIBUTES.contains(&attribute), "attribute {attribute} in <{tag}>");
                match attribute {
                    "id" => assert!(ids.insert(value.to_owned()), "id {value} stands twice"),
                    "href" => {
                        targets.insert(value.strip_prefix('#').expect("links stay inside").to_owned());
                    }
                    _ => {}
                }
            }
        }
        let lost: Vec<_> = targets.difference(&ids).collect();
        assert!(lost.is_empty(), "links lead nowhere: {lost:?}");
        assert!(!page.contains('\u{202E}') && !page.contains('\u{0}'));
        assert!(page.contains("default-src 'none'"));
    }
}

/// Splits a tag into attributes and their values in double quotes.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(equals) = rest.find("=\"") {
        let name = rest[..equals].rsplit(' ').next().unwrap();
        let value_and_rest = &rest[equals + 2..];
        let end = value_and_rest.find('"').unwrap();
        found.push((name, &value_and_rest[..end]));
        rest = &value_and_rest[end + 1..];
    }
    assert!(!rest.contains('='), "attribute without quotes in <{tag}>");
    found
}

#[test]
fn xml_is_well_formed_and_labels_come_back() {
    let snapshot = hostile_snapshot();
    let wanted: BTreeSet<String> = HOSTILE.iter().map(|text| token(text)).collect();
    for (id, element) in [("gexf", "node"), ("graphml", "data")] {
        let text = text_of(id, &snapshot);
        let mut reader = Reader::from_str(&text);
        let mut labels = BTreeSet::new();
        let mut inside = false;
        let mut collected = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) if start.name().as_ref() == element => {
                    for attribute in start.attributes() {
                        let attribute = attribute.unwrap();
                        let value = attribute.value.to_string();
                        match attribute.key.as_ref() {
                            "label" => drop(labels.insert(unescaped(&value))),
                            "key" => inside = value == "label",
                            _ => {}
                        }
                    }
                    collected.clear();
                }
                Event::Text(part) if inside => collected.push_str(&part),
                Event::GeneralRef(part) if inside => collected.push_str(&format!("&{};", &*part)),
                Event::End(end) if inside && end.name().as_ref() == element => {
                    labels.insert(unescaped(&collected));
                    inside = false;
                }
                _ => {}
            }
        }
        assert_eq!(labels, wanted, "{id}");
    }
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).unwrap().into_owned()
}

#[test]
fn csv_comes_back_and_runs_no_formula() {
    let labels: BTreeSet<String> = HOSTILE.iter().map(|text| visible(text)).collect();
    let texts = event_texts().iter().map(|text| visible(text)).collect();
    for (id, column, wanted) in [("csv", "label", labels), ("timeline-csv", "text", texts)] {
        let text = text_of(id, &hostile_snapshot());
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let column = reader
            .headers()
            .unwrap()
            .iter()
            .position(|head| head == column)
            .unwrap();
        let mut found = BTreeSet::new();
        for row in reader.records() {
            let row = row.unwrap();
            for cell in &row {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']),
                    "{id}: {cell:?}"
                );
            }
            found.insert(uncell(&row[column]).to_owned());
        }
        assert_eq!(found, wanted, "{id}");
    }
}

/// What the events of the hostile case say.
fn event_texts() -> BTreeSet<String> {
    let texts = HOSTILE
        .iter()
        .enumerate()
        .map(|(index, text)| format!("{text} {index}"));
    texts.collect()
}

#[test]
fn json_comes_back_exactly() {
    for id in ["json", "timeline-json"] {
        let text = text_of(id, &hostile_snapshot());
        assert!(!text.contains('\u{202E}'), "{id}");
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let said = |list: &str, member: &str| -> BTreeSet<String> {
            let rows = document[list].as_array().unwrap().iter();
            rows.map(|row| row[member].as_str().unwrap().to_owned()).collect()
        };
        let labels: BTreeSet<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(said("entities", "label"), labels, "{id}");
        assert_eq!(said("events", "text"), event_texts(), "{id}");
        assert_eq!(document["schema_version"], 1);
        assert_eq!(document["statements"].as_array().unwrap().len(), HOSTILE.len(), "{id}");
    }
}

#[test]
fn svg_is_well_formed_and_holds_only_shapes_and_words() {
    for snapshot in [hostile_snapshot(), nightjar_snapshot()] {
        let text = text_of("timeline-svg", &snapshot);
        assert!(!text.contains('\u{202E}') && !text.contains('\u{0}'));
        let mut reader = Reader::from_str(&text);
        let mut open = Vec::new();
        let mut elements = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(tag) => {
                    open.push(check_drawn(&tag));
                    elements += 1;
                }
                Event::Empty(tag) => drop(check_drawn(&tag)),
                Event::End(_) => drop(open.pop().unwrap()),
                Event::Text(_) | Event::GeneralRef(_) => {}
                other => panic!("{other:?} has no place in a drawing"),
            }
            assert_eq!(open.first().map(String::as_str).unwrap_or("svg"), "svg");
        }
        assert!(open.is_empty() && elements > 10);
        assert_eq!(text.matches("<svg ").count(), 1);
    }
}

/// Checks a tag of a drawing and returns its name.
fn check_drawn(tag: &quick_xml::events::BytesStart<'_>) -> String {
    let name = tag.name().as_ref().to_owned();
    assert!(TAGS.contains(&name.as_str()), "tag {name}");
    for attribute in tag.attributes() {
        let key = attribute.unwrap().key.as_ref().to_owned();
        assert!(
            ATTRIBUTES.contains(&key.as_str()) && key != "href" || matches!(key.as_str(), "xmlns" | "transform"),
            "attribute {key} in <{name}>"
        );
    }
    name
}

#[test]
fn markdown_holds_no_raw_markup() {
    let text = text_of("markdown", &hostile_snapshot());
    assert!(
        !text.contains("<script")
            && !text.contains("](javascript:")
            && !text.contains("![i]")
            && !text.contains('\u{202E}')
    );
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("# ")).collect();
    assert_eq!(headings.len(), 1, "{headings:?}");
    for line in text.lines().filter(|line| line.starts_with('|')) {
        assert!(line.ends_with('|'), "a row is broken: {line}");
    }
}

#[test]
fn no_exporter_lets_a_fingerprint_out() {
    for exporter in EXPORTERS {
        let text = text_of(exporter.id(), &nightjar_snapshot());
        assert!(
            !text.contains("00112233445566778899aabbccddeeff") && !text.contains("sealed:0"),
            "{}",
            exporter.id()
        );
    }
}
