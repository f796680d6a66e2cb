//! import, withdraw, fuse.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::commands::import::{
    self as api, FileOutcomeView, FilePlanView, ImportFileRequest, ImportPlanRequest, ImportRunRequest,
    SourceWithdrawRequest,
};
use fusion_api::handles::files_below;
use fusion_api::open_case::Extent;

use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::progress::Line;
use crate::session;

/// What the analyst says about the files.
pub struct Wishes {
    pub kind: Option<String>,
    pub format: Option<String>,
    pub mapping: Option<PathBuf>,
    pub subject: Option<String>,
    pub grade: Option<String>,
    pub secrets: Option<String>,
    pub again: Option<String>,
}

fn files(bench: &Arc<Workbench>, paths: &[PathBuf], wishes: &Wishes) -> anyhow::Result<Vec<ImportFileRequest>> {
    let mapping = wishes.mapping.as_deref().map(|path| bench.handles.register(path));
    let mut files = Vec::new();
    for path in paths {
        // What cannot be listed is handed on, so that the import itself says what is wrong with it.
        for file in files_below(path).unwrap_or_else(|_| vec![path.clone()]) {
            files.push(ImportFileRequest {
                handle: bench.handles.register(&file),
                format: wishes.format.clone(),
                kind: wishes.kind.clone(),
                subject: wishes.subject.clone(),
                grade: wishes.grade.clone(),
                mapping: mapping.clone(),
                secrets: wishes.secrets.clone(),
                again: wishes.again.clone(),
            });
        }
    }
    Ok(files)
}

pub fn plan(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    paths: &[PathBuf],
    wishes: &Wishes,
) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let request = ImportPlanRequest {
        files: files(&bench, paths, wishes)?,
    };
    let view = api::plan(&bench, request)?;
    output.show(&view, |view| {
        columns(&view.files.iter().map(plan_row).collect::<Vec<_>>())
    })?;
    let all_ready = view
        .files
        .iter()
        .all(|file| matches!(file.state.as_str(), "ready" | "already-present"));
    Ok(if all_ready { Exit::Done } else { Exit::Partly })
}

fn plan_row(file: &FilePlanView) -> Vec<String> {
    let counts = if file.state == "ready" {
        format!(
            "{} rows: {} observations of {} records ({} known), {} not found, {} warnings",
            file.rows, file.observations, file.records, file.known_records, file.negative, file.warning_count
        )
    } else {
        file.reason.clone()
    };
    vec![file.name.clone(), file.state.clone(), file.format.clone(), counts]
}

pub fn import(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    paths: &[PathBuf],
    wishes: &Wishes,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let request = ImportRunRequest {
        files: files(&bench, paths, wishes)?,
    };
    let line = Line::new(output);
    let view = api::import(&bench, &request, &line)?;
    drop(line);
    output.show(&view, |view| {
        columns(&view.files.iter().map(outcome_row).collect::<Vec<_>>())
    })?;
    for file in &view.files {
        if !file.hint.is_empty() {
            output.note(&format!("hint: {}: {}", file.name, file.hint));
        }
    }
    let well =
        |file: &FileOutcomeView| matches!(file.state.as_str(), "imported" | "already-present") && file.warnings == 0;
    Ok(if view.files.iter().all(well) {
        Exit::Done
    } else {
        Exit::Partly
    })
}

fn outcome_row(file: &FileOutcomeView) -> Vec<String> {
    vec![
        file.name.clone(),
        file.state.clone(),
        file.format.clone(),
        file.message.clone(),
    ]
}

pub fn withdraw(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    source: &str,
    reason: &str,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let request = SourceWithdrawRequest {
        source: source.to_owned(),
        reason: reason.to_owned(),
    };
    let withdrawn = api::withdraw_source(&bench, &request)?;
    output.show(&withdrawn, |source| {
        vec![format!(
            "Withdrew {}; it can come back with `fusion undo`.",
            source.name
        )]
    })?;
    Ok(Exit::Done)
}

pub fn fuse(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    rules: Option<&Path>,
    extent: Extent,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let line = Line::new(output);
    let view = api::fuse_now(&bench, rules, extent, &line)?;
    drop(line);
    output.show(&view, |view| {
        vec![format!(
            "Fused {} sources into {} entities, {} relations and {} events; {} pairs wait for review, {} alerts. Revision {}",
            view.sources,
            view.entities,
            view.relations,
            view.events,
            view.review,
            view.alerts,
            view.revision.get(..12).unwrap_or(&view.revision)
        )]
    })?;
    Ok(Exit::Done)
}
