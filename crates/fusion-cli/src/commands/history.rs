//! undo, redo, log, note, tag, edit, split.

use std::path::Path;
use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::commands::annotate::{
    self, AnnotationsRequest, AnnotationsView, EditRequest, NoteRequest, SplitRequest, TagRequest,
};
use fusion_api::commands::log::{self, LogPageRequest, OperationView, UndoRequest, UndoView};

use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::session;
use crate::target;

pub fn undo(output: &Output, secret: Option<&Path>, case: &Path, operation: Option<String>) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let view = log::undo(&bench, UndoRequest { operation })?;
    output.show(&view, |view| told(view, "Took back", "There is nothing to take back."))?;
    Ok(Exit::Done)
}

pub fn redo(output: &Output, secret: Option<&Path>, case: &Path, operation: Option<String>) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let view = log::redo(&bench, UndoRequest { operation })?;
    output.show(&view, |view| {
        told(view, "Made again", "There is nothing to make again.")
    })?;
    Ok(Exit::Done)
}

fn told(view: &UndoView, done: &str, nothing: &str) -> Vec<String> {
    let first = view
        .text
        .as_ref()
        .map_or_else(|| nothing.to_owned(), |text| format!("{done}: {text}."));
    let without_ground = view
        .conflicts
        .iter()
        .map(|conflict| format!("  stands without ground now: {conflict}"));
    std::iter::once(first).chain(without_ground).collect()
}

pub fn log(output: &Output, secret: Option<&Path>, case: &Path, request: LogPageRequest) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = log::page(&bench, request)?;
    output.show(&view, |view| {
        columns(&view.operations.iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Exit::Done)
}

fn row(operation: &OperationView) -> Vec<String> {
    let mark = if operation.retracted {
        "taken back".to_owned()
    } else if operation.conflict.is_empty() {
        String::new()
    } else {
        format!("without ground: {}", operation.conflict)
    };
    vec![
        operation.id.clone(),
        operation.at.clone(),
        operation.kind.clone(),
        operation.text.clone(),
        operation.author.clone(),
        mark,
    ]
}

pub fn note(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    target: &str,
    text: Option<String>,
) -> anyhow::Result<Exit> {
    let view = match text {
        Some(text) => {
            let bench = session::writing(case, secret)?;
            let entity = entity(output, &bench, target)?;
            annotate::note(&bench, NoteRequest { entity, text })?
        }
        None => {
            let bench = session::reading(case, secret)?;
            let entity = entity(output, &bench, target)?;
            annotate::annotations(&bench, AnnotationsRequest { entity })?
        }
    };
    output.show(&view, annotations)?;
    Ok(Exit::Done)
}

pub fn tag(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    target: &str,
    (tag, state): (String, &str),
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let request = TagRequest {
        entity: entity(output, &bench, target)?,
        tag,
        state: state.to_owned(),
    };
    let view = annotate::tag(&bench, request)?;
    output.show(&view, annotations)?;
    Ok(Exit::Done)
}

pub fn edit(output: &Output, secret: Option<&Path>, case: &Path, request: EditRequest) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let view = annotate::edit(&bench, request)?;
    output.show(&view, |view| told(view, "Recorded", "Nothing was corrected."))?;
    Ok(Exit::Done)
}

pub fn split(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    target: &str,
    records: Vec<String>,
    reason: String,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let request = SplitRequest {
        entity: entity(output, &bench, target)?,
        records,
        reason,
    };
    let view = annotate::split(&bench, request)?;
    output.show(&view, |view| {
        let mut lines = vec!["The records were parted.".to_owned()];
        lines.extend(
            view.conflicts
                .iter()
                .map(|conflict| format!("  against it: {conflict}")),
        );
        lines
    })?;
    Ok(if view.conflicts.is_empty() {
        Exit::Done
    } else {
        Exit::Partly
    })
}

fn entity(output: &Output, bench: &Arc<Workbench>, target: &str) -> anyhow::Result<String> {
    target::one(output, &*bench.case()?, target)
}

fn annotations(view: &AnnotationsView) -> Vec<String> {
    let mut lines: Vec<String> = view
        .notes
        .iter()
        .map(|note| format!("{}  {}  {}", note.at, note.author, note.text))
        .collect();
    if !view.tags.is_empty() {
        lines.push(format!("tags  {}", view.tags.join(", ")));
    }
    if lines.is_empty() {
        lines.push("Nothing is noted on it.".to_owned());
    }
    lines
}
