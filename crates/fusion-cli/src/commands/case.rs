//! new, verify, doctor.

use std::path::Path;

use fusion_api::commands::case::{self as api, NewCase, Sample};
use fusion_api::commands::log::{self, CheckView, DoctorRequest};

use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::progress::Line;
use crate::{passphrase, session};

pub fn new(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    name: Option<String>,
    region: String,
    sample: Sample,
) -> anyhow::Result<Exit> {
    let bench = session::bench()?;
    let passphrase = passphrase::read(secret)?;
    let stem = case
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let wanted = NewCase {
        name: name.unwrap_or(stem),
        region,
        sample,
    };
    let line = Line::new(output);
    let view = api::create_folder(&bench, case, passphrase, wanted, &line)?;
    drop(line);
    output.show(&view, |view| {
        vec![format!(
            "Created the case {}: {} sources, {} entities, {} relations, {} events.",
            view.name, view.sources, view.entities, view.relations, view.events
        )]
    })?;
    Ok(Exit::Done)
}

pub fn doctor(output: &Output, secret: Option<&Path>, case: Option<&Path>) -> anyhow::Result<Exit> {
    let bench = match case {
        Some(case) => session::reading(case, secret)?,
        None => session::bench()?,
    };
    let view = log::doctor(&bench, DoctorRequest {})?;
    output.show(&view, |view| {
        let mut lines = checks(&view.checks);
        lines.extend(view.advice.iter().map(|advice| format!("hint: {advice}")));
        lines
    })?;
    let well = view.checks.iter().all(|check| check.state == "ok");
    Ok(if well { Exit::Done } else { Exit::Failed })
}

pub fn checks(checks: &[CheckView]) -> Vec<String> {
    let rows: Vec<Vec<String>> = checks
        .iter()
        .map(|check| vec![check.state.clone(), check.name.clone(), check.text.clone()])
        .collect();
    columns(&rows)
}
