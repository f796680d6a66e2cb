//! The title block: what a document is called, what it covers and which revision it shows.

use fusion_model::derived::{Entity, Snapshot};

use super::{Head, MOST_PROFILES, words};
use crate::ExportOptions;

/// How a sort of document is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Titles {
    /// In front of the name of a whole case.
    case: &'static str,
    /// In front of the names of entities.
    entities: &'static str,
}

/// Titles of the full report.
pub(super) const REPORT: Titles = Titles {
    case: "Case report:",
    entities: "Report on",
};

/// Titles of the timeline.
pub(super) const TIMELINE: Titles = Titles {
    case: "Timeline:",
    entities: "Timeline of",
};

/// Writes the title block of a document about `named`, or about the whole case when the options name nobody.
pub(super) fn head(snapshot: &Snapshot, options: &ExportOptions, titles: Titles, named: &[&Entity]) -> Head {
    let (title, scope) = if options.entities.is_empty() {
        (
            format!("{} {}", titles.case, snapshot.case_name),
            "the whole case".to_owned(),
        )
    } else {
        let names = names(named);
        (
            format!("{} {names}", titles.entities),
            format!("{names} and what touches them"),
        )
    };
    Head {
        tlp: options.tlp,
        title,
        case_name: snapshot.case_name.clone(),
        scope,
        revision: snapshot.revision.to_string(),
        as_of: snapshot.as_of.iso().replace('T', " ").replace('Z', " UTC"),
        engine: snapshot.engine.clone(),
    }
}

fn names(named: &[&Entity]) -> String {
    let mut names: Vec<String> = named
        .iter()
        .take(MOST_PROFILES)
        .map(|entity| entity.label.clone())
        .collect();
    let others = named.len() - names.len();
    if others > 0 {
        names.push(words::counted(others, "other", "others"));
    }
    words::joined(&names)
}
