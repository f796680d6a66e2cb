//! Runs exporters for the tests.
#![allow(dead_code, clippy::unwrap_used)]

use fusion_export::{EXPORTERS, ExportOptions, Exporter};
use fusion_model::derived::Snapshot;

/// Finds an exporter by its name.
pub fn exporter(id: &str) -> &'static dyn Exporter {
    *EXPORTERS.iter().find(|exporter| exporter.id() == id).unwrap()
}

/// Exports the whole case as text.
pub fn text_of(id: &str, snapshot: &Snapshot) -> String {
    with_options(id, snapshot, &ExportOptions::default())
}

/// Exports as text.
pub fn with_options(id: &str, snapshot: &Snapshot, options: &ExportOptions) -> String {
    let mut bytes = Vec::new();
    exporter(id).run(snapshot, options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
