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
    for snapshot in [hostile_snapshot(), nightjar_snapshot()] {
        let page = text_of("html", &snapshot);
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
    let text = text_of("csv", &hostile_snapshot());
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let label = reader
        .headers()
        .unwrap()
        .iter()
        .position(|head| head == "label")
        .unwrap();
    let mut labels = BTreeSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']),
                "{cell:?}"
            );
        }
        labels.insert(uncell(&row[label]).to_owned());
    }
    let wanted: BTreeSet<String> = HOSTILE.iter().map(|text| visible(text)).collect();
    assert_eq!(labels, wanted);
}

#[test]
fn json_comes_back_exactly() {
    let text = text_of("json", &hostile_snapshot());
    assert!(!text.contains('\u{202E}'));
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let labels: BTreeSet<&str> = document["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entity| entity["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, HOSTILE.iter().copied().collect());
    assert_eq!(document["schema_version"], 1);
    assert_eq!(document["statements"].as_array().unwrap().len(), HOSTILE.len());
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
