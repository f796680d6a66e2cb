//! Snapshot in, bytes out: one file per output format.
//!
//! An exporter is a pure function of a [`Snapshot`] and [`ExportOptions`]: no clock, no randomness, no files, no
//! network, so the same snapshot gives the same bytes everywhere. Report formats (Markdown, HTML) render one and the
//! same [`report::Report`], so they cannot disagree. Text from evidence leaves through one module per syntax in
//! [`encode`], which makes control and bidirectional characters visible; secrets leave as equality groups only.
//! What can fail is writing and a scope that names an entity the snapshot does not hold.

mod disclose;
pub mod encode;
mod exporters;
pub mod picture;
pub mod report;
mod scope;

use std::io;

use fusion_model::derived::Snapshot;
use fusion_model::{EntityId, Tlp};

use report::ErrorRate;

pub use exporters::html::style_source as report_style_source;

/// Says what to export and how it is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    /// How far the result may travel; stands on every page of a report and in the head of every data file.
    pub tlp: Tlp,
    /// Entities the result is about; the whole case when empty.
    pub entities: Vec<EntityId>,
    /// How often the engine was found right; stands in the method annex of a report.
    pub error_rate: ErrorRate,
}

impl Default for ExportOptions {
    /// The whole case, for the eyes of the organisation and its clients.
    fn default() -> Self {
        Self {
            tlp: Tlp::Amber,
            entities: Vec::new(),
            error_rate: ErrorRate::NotMeasured,
        }
    }
}

/// Describes one option of an exporter, for menus and help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionDescription {
    /// Name of the option.
    pub name: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Options that every exporter has.
pub const COMMON_OPTIONS: &[OptionDescription] = &[
    OptionDescription {
        name: "tlp",
        meaning: "TLP 2.0 mark that the result carries",
    },
    OptionDescription {
        name: "entities",
        meaning: "entities the result is about, with their direct neighbours; the whole case when none is named",
    },
];

/// Says why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The scope names an entity that the snapshot does not hold.
    #[error("no such entity in this revision: {0}")]
    UnknownEntity(EntityId),
    /// The bytes could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl ExportError {
    /// Returns the stable name for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownEntity(_) => "unknown-entity",
            Self::Write(_) => "write",
        }
    }

    /// Returns what a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::UnknownEntity(_) => {
                "list the entities of this revision; a merge or a withdrawn source may have renamed it"
            }
            Self::Write(_) => "check the place and its free space",
        }
    }
}

/// Writes snapshots in one format.
pub trait Exporter: Sync {
    /// Stable name, as used on the command line.
    fn id(&self) -> &'static str;

    /// Name for people.
    fn label(&self) -> &'static str;

    /// What it is good for, in one sentence.
    fn description(&self) -> &'static str;

    /// File ending without dot.
    fn extension(&self) -> &'static str;

    /// Options it reads.
    fn options(&self) -> &'static [OptionDescription] {
        COMMON_OPTIONS
    }

    /// Tells whether it has a method annex, in which the error rate stands.
    fn has_method_annex(&self) -> bool {
        false
    }

    /// Writes the snapshot.
    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError>;
}

/// All exporters, in the order in which menus show them; where two share a file ending the first is meant by it.
pub static EXPORTERS: &[&dyn Exporter] = &[
    &exporters::html::Html,
    &exporters::markdown::Markdown,
    &exporters::json::Json,
    &exporters::csv::Csv,
    &exporters::gexf::Gexf,
    &exporters::graphml::GraphMl,
    &exporters::timeline_html::TimelineHtml,
    &exporters::timeline_csv::TimelineCsv,
    &exporters::timeline_json::TimelineJson,
    &exporters::timeline_svg::TimelineSvg,
];
