//! Exports about named entities hold these, their neighbours, and nothing else.
#![allow(clippy::unwrap_used)]

mod common;

use common::{exporter, with_options};
use fusion_export::report::Report;
use fusion_export::{ExportError, ExportOptions};
use fusion_model::{EntityId, EntityKind, Tlp};
use fusion_testkit::nightjar_snapshot;

fn about(label: &str) -> ExportOptions {
    let snapshot = nightjar_snapshot();
    let entity = snapshot.entities.iter().find(|entity| entity.label == label).unwrap();
    ExportOptions {
        tlp: Tlp::Green,
        entities: vec![entity.id],
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
    };
    let error = exporter("json")
        .run(&nightjar_snapshot(), &options, &mut Vec::new())
        .unwrap_err();
    assert!(matches!(error, ExportError::UnknownEntity(_)));
    assert_eq!(error.code(), "unknown-entity");
}
