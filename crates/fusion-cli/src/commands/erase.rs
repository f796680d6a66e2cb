//! erase, reveal.

use std::path::Path;

use fusion_api::commands::annotate::{self as api, EraseView, RevealRequest};

use crate::exit::Exit;
use crate::output::Output;
use crate::session;

pub fn plan(output: &Output, secret: Option<&Path>, case: &Path, targets: &[String]) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    output.show(&api::plan_erasure(&bench, targets)?, lines)?;
    Ok(Exit::Done)
}

pub fn erase(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    targets: &[String],
    reason: &str,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    output.show(&api::erase_targets(&bench, targets, reason)?, lines)?;
    Ok(Exit::Done)
}

fn lines(view: &EraseView) -> Vec<String> {
    let mut lines = vec![view.text.clone()];
    if !view.copies.is_empty() {
        lines.push("Copies that this does not reach:".to_owned());
        lines.extend(view.copies.iter().map(|copy| format!("  {copy}")));
    }
    lines
}

pub fn reveal(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    statement: &str,
    reason: &str,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let request = RevealRequest {
        statement: statement.to_owned(),
        reason: reason.to_owned(),
    };
    let view = api::reveal(&bench, request)?;
    output.show(&view, |view| view.text.iter().cloned().collect())?;
    if view.text.is_none() {
        output.note(&format!("hint: {}", view.hint));
        return Ok(Exit::Partly);
    }
    Ok(Exit::Done)
}
