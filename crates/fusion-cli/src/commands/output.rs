//! timeline, report, export: files that leave the case.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use fusion_api::bench::Workbench;
use fusion_api::commands::report::{self, ExportRunRequest, ExportRunView};
use fusion_api::error::{ApiError, Code};
use fusion_api::lookup;

use crate::exit::Exit;
use crate::output::Output;
use crate::session;

/// Endings of the report command.
const REPORTS: [&str; 3] = ["json", "md", "html"];
/// Endings of the timeline command.
const TIMELINES: [&str; 4] = ["json", "csv", "html", "svg"];

fn ending(file: &Path) -> String {
    file.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

fn check_ending(file: &Path, allowed: &[&str]) -> anyhow::Result<String> {
    let ending = ending(file);
    if !allowed.contains(&ending.as_str()) {
        let error = ApiError::new(
            Code::Usage,
            format!("cannot be told from its ending: {}", file.display()),
        )
        .hint(format!("end the file name in one of: {}", allowed.join(", ")));
        bail!(error);
    }
    Ok(ending)
}

fn targets(bench: &Arc<Workbench>, targets: &[String]) -> anyhow::Result<Vec<String>> {
    let case = bench.case()?;
    let ids = targets
        .iter()
        .map(|target| lookup::one_as_named(&case, target).map(|id| id.to_string()));
    Ok(ids.collect::<Result<_, _>>()?)
}

fn write(output: &Output, bench: &Arc<Workbench>, file: &Path, request: ExportRunRequest) -> anyhow::Result<Exit> {
    if bench.case()?.is_stale()? {
        output.note("warning: the results are older than the evidence; `fusion fuse` brings them up to date");
    }
    let view = report::export_to(bench, file, &request)?;
    output.show(&view, |view: &ExportRunView| {
        vec![format!(
            "Wrote {} ({} bytes, sha256 {}).",
            view.path, view.size, view.sha256
        )]
    })?;
    Ok(Exit::Done)
}

pub fn timeline(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    target: Option<&str>,
    file: &Path,
) -> anyhow::Result<Exit> {
    let ending = check_ending(file, &TIMELINES)?;
    let bench = session::writing(case, secret)?;
    let entities = targets(&bench, &target.map(str::to_owned).into_iter().collect::<Vec<_>>())?;
    let request = request(format!("timeline-{ending}"), entities, "AMBER".to_owned(), "timeline");
    write(output, &bench, file, request)
}

pub fn report(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    wanted: &[String],
    file: &Path,
    tlp: String,
) -> anyhow::Result<Exit> {
    let ending = check_ending(file, &REPORTS)?;
    let bench = session::writing(case, secret)?;
    let entities = targets(&bench, wanted)?;
    let format = if ending == "md" { "markdown".to_owned() } else { ending };
    write(output, &bench, file, request(format, entities, tlp, "report"))
}

pub fn export(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    file: &Path,
    format: Option<String>,
    entities: Vec<String>,
    tlp: String,
) -> anyhow::Result<Exit> {
    let format = match format {
        Some(format) => format,
        None => report::format_of_ending(&ending(file))?,
    };
    let bench = session::writing(case, secret)?;
    write(output, &bench, file, request(format, entities, tlp, "export"))
}

fn request(format: String, entities: Vec<String>, tlp: String, reason: &str) -> ExportRunRequest {
    let reason = format!("{reason} from the command line");
    ExportRunRequest {
        format,
        entities,
        tlp,
        reason,
        place: None,
    }
}
