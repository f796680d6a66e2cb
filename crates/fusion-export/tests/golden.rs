//! The bytes of every exporter for the small case "Nightjar".
//!
//! `FUSION_BLESS=1 cargo test -p fusion-export --test golden` writes the files anew; read the difference before keeping it.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{text_of, with_options};
use fusion_export::{EXPORTERS, ExportOptions};
use fusion_model::Tlp;
use fusion_testkit::nightjar_snapshot;

#[test]
fn every_exporter_writes_its_golden_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for exporter in EXPORTERS {
        let text = text_of(exporter.id(), &nightjar_snapshot());
        let name = if exporter.id().starts_with("timeline-") {
            "nightjar-timeline"
        } else {
            "nightjar"
        };
        let file = folder.join(format!("{name}.{}", exporter.extension()));
        if std::env::var_os("FUSION_BLESS").is_some() {
            std::fs::write(&file, &text).unwrap();
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        let line = golden
            .lines()
            .zip(text.lines())
            .position(|(a, b)| a != b)
            .unwrap_or(golden.lines().count().min(text.lines().count()));
        assert!(
            golden == text,
            "{} differs from {} at line {}",
            exporter.id(),
            file.display(),
            line + 1
        );
    }
}

#[test]
fn exporting_twice_gives_the_same_bytes() {
    for exporter in EXPORTERS {
        assert!(
            text_of(exporter.id(), &nightjar_snapshot()) == text_of(exporter.id(), &nightjar_snapshot()),
            "{}",
            exporter.id()
        );
    }
}

#[test]
fn every_exporter_carries_the_tlp_mark() {
    for tlp in Tlp::ALL {
        let options = ExportOptions {
            tlp: *tlp,
            ..ExportOptions::default()
        };
        for exporter in EXPORTERS {
            let text = with_options(exporter.id(), &nightjar_snapshot(), &options);
            let mark = format!("TLP:{}", tlp.id());
            assert!(
                text.contains(&mark) || text.contains(&mark.replace('+', "\\+")),
                "{} lacks {mark}",
                exporter.id()
            );
        }
    }
}

#[test]
fn exporters_are_told_apart() {
    let ids: BTreeSet<_> = EXPORTERS.iter().map(|exporter| exporter.id()).collect();
    let labels: BTreeSet<_> = EXPORTERS.iter().map(|exporter| exporter.label()).collect();
    assert_eq!((ids.len(), labels.len()), (EXPORTERS.len(), EXPORTERS.len()));
    for exporter in EXPORTERS {
        assert!(
            !exporter.label().is_empty() && exporter.description().ends_with('.') && !exporter.options().is_empty()
        );
    }
}

#[test]
fn a_file_ending_means_the_whole_case_where_it_can() {
    for (ending, id) in [
        ("html", "html"),
        ("md", "markdown"),
        ("json", "json"),
        ("csv", "csv"),
        ("gexf", "gexf"),
        ("graphml", "graphml"),
        ("svg", "timeline-svg"),
    ] {
        let meant = EXPORTERS.iter().find(|exporter| exporter.extension() == ending);
        assert_eq!(meant.map(|exporter| exporter.id()), Some(id));
    }
}
