//! Exports about named entities hold these, their neighbours, and nothing else.
#![allow(clippy::unwrap_used)]

mod common;

use common::with_options;
use fusion_export::report::{MOST_TIMELINE_EVENTS, Report, TimelineReport};
use fusion_export::{EXPORTERS, ExportError, ExportOptions};
use fusion_model::{EntityId, EntityKind, Tlp};
use fusion_testkit::nightjar_snapshot;

fn about(label: &str) -> ExportOptions {
    let snapshot = nightjar_snapshot();
    let entity = snapshot.entities.iter().find(|entity| entity.label == label).unwrap();
    ExportOptions {
        tlp: Tlp::Green,
        entities: vec![entity.id],
        ..ExportOptions::default()
    }
}

#[test]
fn neighbours_come_along_and_strangers_do_not() {
    let options = about("Piet van Dijk");
    for id in ["json", "gexf", "graphml", "csv", "markdown", "html"] {
        let text = with_options(id, &nightjar_snapshot(), &options);
        assert!(
            text.contains("Halcyon Freight") && text.contains("Mara Ellison"),
            "{id}"
        );
        assert!(
            !text.contains("export-0x5aAe.csv") && !text.contains("ExampleBreach"),
            "{id} tells of strangers"
        );
    }
}

/// Timelines that list every event.
const TIMELINES: [&str; 3] = ["timeline-json", "timeline-csv", "timeline-html"];

#[test]
fn a_timeline_tells_of_the_named_and_of_what_they_own() {
    let (created, leak, moved) = (
        "github.com/nightjar_77 was created",
        "leaked the e-mail",
        "3.38973495 ETH moved",
    );
    for (label, told, untold) in [
        ("Mara Ellison", vec![created, leak, moved], vec![]),
        ("ExampleBreach", vec![leak], vec![created, moved, "Quay 7"]),
        ("Quay 7", vec!["in Quay 7"], vec![created, leak, moved, "ExampleBreach"]),
        ("Halcyon Freight B.V.", vec![], vec![created, leak, moved, "Quay 7"]),
    ] {
        for id in TIMELINES {
            let text = with_options(id, &nightjar_snapshot(), &about(label));
            for words in &told {
                assert!(text.contains(words), "{id} on {label} lacks {words}");
            }
            for words in &untold {
                assert!(!text.contains(words), "{id} on {label} tells of {words}");
            }
        }
    }
}

#[test]
fn a_timeline_holds_the_patterns_in_scope() {
    let document = |options: &ExportOptions| -> serde_json::Value {
        serde_json::from_str(&with_options("timeline-json", &nightjar_snapshot(), options)).unwrap()
    };
    for (options, gaps, bursts) in [
        (ExportOptions::default(), 1, 1),
        (about("Mara Ellison"), 0, 1),
        (about("Halcyon Freight B.V."), 0, 0),
    ] {
        let patterns = &document(&options)["timeline"];
        let number = |list: &str| patterns[list].as_array().unwrap().len();
        assert_eq!((number("gaps"), number("bursts")), (gaps, bursts));
        let page = with_options("timeline-html", &nightjar_snapshot(), &options);
        assert_eq!(page.matches("<li>Silence of ").count(), gaps);
        assert_eq!(page.matches("<li>Burst of ").count(), bursts);
        let drawing = with_options("timeline-svg", &nightjar_snapshot(), &options);
        assert_eq!(drawing.matches("class=\"gap\"").count(), gaps);
        assert_eq!(drawing.matches("class=\"burst\"").count(), bursts);
    }
}

#[test]
fn a_timeline_without_events_says_so() {
    let options = about("Halcyon Freight B.V.");
    for id in ["timeline-html", "timeline-svg"] {
        let text = with_options(id, &nightjar_snapshot(), &options);
        assert!(text.contains("No dated event is in scope."), "{id}");
        assert!(text.contains("Timeline of Halcyon Freight B.V."), "{id}");
    }
    let table = with_options("timeline-csv", &nightjar_snapshot(), &options);
    assert_eq!(table.lines().count(), 1);
}

#[test]
fn a_long_timeline_says_what_it_leaves_out() {
    let mut snapshot = nightjar_snapshot();
    let event = snapshot.events[0].clone();
    snapshot.events = vec![event; MOST_TIMELINE_EVENTS + 3];
    let options = ExportOptions::default();
    let report = TimelineReport::new(&snapshot, &options).unwrap();
    let shown = &report.timeline.events;
    assert_eq!((shown.rows.len(), shown.left_out), (MOST_TIMELINE_EVENTS, 3));
    assert!(with_options("timeline-html", &snapshot, &options).contains("3 further events are not shown here"));
    let table = with_options("timeline-csv", &snapshot, &options);
    assert_eq!(table.lines().count(), 1 + MOST_TIMELINE_EVENTS + 3);
}

#[test]
fn a_picture_says_which_patterns_it_leaves_out() {
    let mut snapshot = nightjar_snapshot();
    let gap = snapshot.timeline.gaps[0].clone();
    for (gaps, said) in [
        (3, None),
        (5, Some("2 shorter silences and weaker bursts are not drawn.")),
    ] {
        snapshot.timeline.gaps = vec![gap.clone(); gaps];
        for id in ["html", "timeline-html", "timeline-svg"] {
            let text = with_options(id, &snapshot, &ExportOptions::default());
            assert_eq!(text.matches("class=\"gap\"").count(), 3, "{id}");
            assert_eq!(text.contains("are not drawn."), said.is_some(), "{id}");
            assert!(said.is_none_or(|words| text.contains(words)), "{id}");
        }
    }
}

#[test]
fn every_event_of_a_timeline_leads_to_a_source() {
    let report = TimelineReport::new(&nightjar_snapshot(), &about("ExampleBreach")).unwrap();
    for event in &report.timeline.events.rows {
        assert!(!event.text.notes.numbers.is_empty(), "{}", event.text.text);
    }
    for (index, note) in report.footnotes.iter().enumerate() {
        assert_eq!(
            report.sources[note.source_number - 1].name,
            note.source,
            "footnote {}",
            index + 1
        );
    }
    assert!(!report.footnotes.is_empty());
    assert!(report.sources.iter().all(|source| source.name != "export-0x5aAe.csv"));
}

#[test]
fn a_report_on_one_person_has_one_profile() {
    let report = Report::new(&nightjar_snapshot(), &about("Mara Ellison")).unwrap();
    assert_eq!(report.profiles.rows.len(), 1);
    let profile = &report.profiles.rows[0];
    let linked = |kind| {
        profile
            .links
            .iter()
            .find(|group| group.kind == kind)
            .map_or(0, |group| group.links.rows.len())
    };
    assert_eq!(
        [
            linked(EntityKind::Account),
            linked(EntityKind::Wallet),
            linked(EntityKind::Breach)
        ],
        [3, 1, 1]
    );
    assert!(report.head.title.contains("Mara Ellison"));
}

#[test]
fn every_figure_leads_to_a_footnote() {
    let report = Report::new(&nightjar_snapshot(), &ExportOptions::default()).unwrap();
    for profile in &report.profiles.rows {
        for fact in &profile.facts {
            assert!(!fact.value.notes.numbers.is_empty(), "{}", fact.value.text);
            assert!(
                fact.value
                    .notes
                    .numbers
                    .iter()
                    .all(|number| (1..=report.footnotes.len()).contains(number))
            );
        }
        for link in profile.links.iter().flat_map(|group| &group.links.rows) {
            assert!(!link.why.notes.numbers.is_empty());
        }
    }
    assert!(
        report
            .footnotes
            .iter()
            .all(|note| note.source_number >= 1 && !note.source.is_empty() && !note.place.is_empty())
    );
    assert!(report.footnotes.iter().any(|note| note.quote == "sealed secret"));
}

#[test]
fn an_unknown_entity_is_refused() {
    let options = ExportOptions {
        tlp: Tlp::Clear,
        entities: vec![EntityId([9; 16])],
        ..ExportOptions::default()
    };
    for exporter in EXPORTERS {
        let error = exporter
            .run(&nightjar_snapshot(), &options, &mut Vec::new())
            .unwrap_err();
        assert!(matches!(error, ExportError::UnknownEntity(_)), "{}", exporter.id());
        assert_eq!(error.code(), "unknown-entity");
    }
}
