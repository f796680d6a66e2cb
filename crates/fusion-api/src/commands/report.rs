//! Report preview and export.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fusion_engine::review::{Group, Share};
use fusion_export::report::{Drawn, ErrorRate, Interval, Measured};
use fusion_export::{EXPORTERS, ExportOptions, Exporter};
use fusion_model::{EntityId, Tlp, sha256};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::import::FormatView;
use crate::bench::Workbench;
use crate::error::{ApiError, Code};
use crate::open_case::OpenCase;
use crate::picture::Picture;
use crate::router::{Command, command};
use crate::whole_file::write_whole;
/// Asks for a report as text, for the preview.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReportPreviewRequest {
    /// Entities the report is about; the whole case when empty.
    pub entities: Vec<String>,
    /// TLP mark, e.g. `AMBER`.
    pub tlp: String,
}

/// Shows the report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReportPreviewView {
    /// Self-contained HTML for a sandboxed frame.
    pub html: String,
    /// SHA-256 of the bytes that an export would write.
    pub sha256: String,
}

/// Asks to write a report or an export into a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportRunRequest {
    /// Exporter id, e.g. `html`, `gexf`.
    pub format: String,
    /// Entities; the whole case when empty.
    pub entities: Vec<String>,
    /// TLP mark.
    pub tlp: String,
    /// Why it is disclosed; logged.
    pub reason: String,
    /// Handle of a place picked in the shell's save dialog; the case's `exports` folder beside it otherwise.
    #[ts(optional)]
    pub place: Option<String>,
}

/// Shows where an export was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportRunView {
    /// File name with folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Receipt beside it: signed head of custody, with a code to compare.
    pub receipt: String,
}

/// Asks for the exporters.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FormatsRequest {}

/// Shows importers and exporters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormatsView {
    /// Importers.
    pub importers: Vec<FormatView>,
    /// Exporters.
    pub exporters: Vec<ExporterView>,
}

/// Names an exporter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExporterView {
    /// Exporter id.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// File ending.
    pub extension: String,
    /// What it is good for.
    pub description: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("report.preview", Read, "The report as it would be written.", ReportPreviewRequest => ReportPreviewView, preview),
    command!("export.run", Export, "Writes a report or an export into a file; logged.", ExportRunRequest => ExportRunView, run),
    command!("format.list", Read, "Importers and exporters.", FormatsRequest => FormatsView, formats),
];

/// Returns the report as it would be written.
pub fn preview(bench: &Arc<Workbench>, request: ReportPreviewRequest) -> Result<ReportPreviewView, ApiError> {
    let case = bench.case()?;
    let bytes = render(&case, "html", &request.entities, &request.tlp)?;
    let sha256 = hex(&sha256(&bytes));
    let html = String::from_utf8(bytes).map_err(|_| ApiError::new(Code::Failed, "the report is not text"))?;
    Ok(ReportPreviewView { html, sha256 })
}

/// Writes a report or an export to the place that was picked, or beside the case.
pub fn run(bench: &Arc<Workbench>, request: ExportRunRequest) -> Result<ExportRunView, ApiError> {
    if request.reason.trim().is_empty() {
        return Err(ApiError::usage("an export needs a reason"));
    }
    let place = match &request.place {
        Some(handle) => bench.handles.path(handle)?,
        None => default_place(&*bench.case()?, exporter(&request.format)?)?,
    };
    export_to(bench, &place, &request)
}

/// Writes a report or an export into `file` and logs the disclosure.
pub fn export_to(bench: &Arc<Workbench>, file: &Path, request: &ExportRunRequest) -> Result<ExportRunView, ApiError> {
    let case = bench.case()?;
    // Before anything leaves: what cannot be logged must not be handed over.
    case.require_writable()?;
    let bytes = render(&case, &request.format, &request.entities, &request.tlp)?;
    let digest = sha256(&bytes);
    write_whole(file, |file| file.write_all(&bytes))
        .map_err(|error| ApiError::new(Code::Failed, format!("cannot be written: {error}: {}", file.display())))?;
    case.log_export(&request.format, &digest, request.reason.trim())?;
    let receipt = case.write_receipt(file, &digest, bytes.len() as u64)?;
    Ok(ExportRunView {
        path: file.display().to_string(),
        size: bytes.len() as u64,
        sha256: hex(&digest),
        receipt: receipt.display().to_string(),
    })
}

/// Returns importers and exporters.
pub fn formats(_bench: &Arc<Workbench>, _request: FormatsRequest) -> Result<FormatsView, ApiError> {
    let importers = fusion_import::IMPORTERS
        .iter()
        .map(|importer| FormatView {
            id: importer.id().to_owned(),
            label: importer.label().to_owned(),
            extensions: importer
                .extensions()
                .iter()
                .map(|ending| (*ending).to_owned())
                .collect(),
            kind: importer.kind().id().to_owned(),
        })
        .collect();
    let exporters = EXPORTERS
        .iter()
        .map(|exporter| ExporterView {
            id: exporter.id().to_owned(),
            label: exporter.label().to_owned(),
            extension: exporter.extension().to_owned(),
            description: exporter.description().to_owned(),
        })
        .collect();
    Ok(FormatsView { importers, exporters })
}

/// Finds the exporter for a file ending; the first in the list wins.
pub fn format_of_ending(ending: &str) -> Result<String, ApiError> {
    let found = EXPORTERS.iter().find(|exporter| exporter.extension() == ending);
    found.map(|exporter| exporter.id().to_owned()).ok_or_else(|| {
        let known: BTreeSet<&str> = EXPORTERS.iter().map(|exporter| exporter.extension()).collect();
        let known: Vec<&str> = known.into_iter().collect();
        ApiError::usage(format!("no exporter writes files that end in .{ending}"))
            .hint(format!("one of {}, or name one with --format", known.join(", ")))
    })
}

fn exporter(id: &str) -> Result<&'static dyn Exporter, ApiError> {
    EXPORTERS
        .iter()
        .copied()
        .find(|exporter| exporter.id() == id)
        .ok_or_else(|| {
            let known: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.id()).collect();
            ApiError::usage(format!("unknown exporter: {id}")).hint(format!("one of {}", known.join(", ")))
        })
}

fn render(case: &OpenCase, format: &str, entities: &[String], tlp: &str) -> Result<Vec<u8>, ApiError> {
    let exporter = exporter(format)?;
    let picture = case.picture()?;
    let entities: Vec<EntityId> = entities
        .iter()
        .map(|id| EntityId::parse(id))
        .collect::<Result<_, _>>()?;
    // What leaves the case is about what was named, or nothing.
    for id in &entities {
        case.require_living(&picture, *id)?;
    }
    let error_rate = if exporter.has_method_annex() {
        error_rate(case, &picture)?
    } else {
        ErrorRate::NotMeasured
    };
    let options = ExportOptions {
        tlp: parse_tlp(tlp)?,
        entities,
        error_rate,
    };
    let mut bytes = Vec::new();
    exporter
        .run(&picture.snapshot, &options, &mut bytes)
        .map_err(|error| ApiError::new(Code::Failed, format!("{}: {error}", exporter.id())))?;
    Ok(bytes)
}

/// Measures how often the engine was right, for the annex of a report on `picture`.
fn error_rate(case: &OpenCase, picture: &Picture) -> Result<ErrorRate, ApiError> {
    let verdicts = case.judgements()?;
    if verdicts.is_empty() {
        return Ok(ErrorRate::NotMeasured);
    }
    if case.is_beyond(&picture.snapshot)? {
        return Ok(ErrorRate::Outdated);
    }
    let found = fusion_engine::review::measure(&case.unaided_pairs()?, &verdicts);
    let drawn = |group: &Group| Drawn {
        pairs: group.pairs,
        judged: group.drawn.seen(),
    };
    let Some(linked) = found.strata.first() else {
        return Ok(ErrorRate::NotMeasured);
    };
    let compared = found.strata.iter().map(drawn).fold(Drawn::default(), |sum, of| Drawn {
        pairs: sum.pairs + of.pairs,
        judged: sum.judged + of.judged,
    });
    if compared.judged == 0 {
        return Ok(ErrorRate::NotMeasured);
    }
    let interval = |share: Share| Interval {
        low: share.low,
        estimate: share.estimate,
        high: share.high,
    };
    Ok(ErrorRate::Measured(Measured {
        precision: interval(linked.share),
        recall: interval(found.recall),
        linked: drawn(linked),
        compared,
    }))
}

fn parse_tlp(text: &str) -> Result<Tlp, ApiError> {
    Tlp::from_id(&text.trim().to_ascii_uppercase()).ok_or_else(|| {
        let known: Vec<&str> = Tlp::ALL.iter().map(|mark| mark.id()).collect();
        ApiError::usage(format!("unknown TLP mark: {text}")).hint(format!("one of {}", known.join(", ")))
    })
}

fn default_place(case: &OpenCase, exporter: &dyn Exporter) -> Result<PathBuf, ApiError> {
    let folder = case.exports_folder();
    std::fs::create_dir_all(&folder).map_err(|error| {
        ApiError::new(
            Code::Failed,
            format!("cannot be created: {error}: {}", folder.display()),
        )
    })?;
    // The folder's name, not the case's: it is a name that this file system takes.
    let case_stem = case
        .folder()
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let stem = match exporter.id().split_once('-') {
        Some((part, _)) => format!("{case_stem} {part}"),
        None => case_stem,
    };
    let first = folder.join(format!("{stem}.{}", exporter.extension()));
    let mut taken = (2u32..).map(|number| folder.join(format!("{stem} {number}.{}", exporter.extension())));
    if !first.exists() {
        return Ok(first);
    }
    taken
        .find(|path| !path.exists())
        .ok_or_else(|| ApiError::new(Code::Failed, "every file name is taken"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
