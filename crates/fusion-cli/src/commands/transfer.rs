//! backup, restore, pack, unpack, merge, identity.

use std::path::{Path, PathBuf};

use fusion_api::commands::backup::{self, Rehearsal};
use fusion_api::commands::share::{self, MergeView, PackageView, ShareIdentityRequest, SharePackRequest};
use fusion_api::error::{ApiError, Code};
use fusion_api::open_case::transfer::PackageOpener;

use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::progress::Line;
use crate::{passphrase, session};

/// What was said of a package to be written.
pub struct Packing {
    pub recipients: Vec<String>,
    pub package_passphrase_file: Option<PathBuf>,
    pub entities: Vec<String>,
    pub reason: String,
}

/// What was said of how a package opens.
pub struct Opening {
    pub package_passphrase_file: Option<PathBuf>,
    pub identity_file: Option<PathBuf>,
}

pub fn backup(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    folder: &Path,
    rehearsal: Rehearsal,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let line = Line::new(output);
    let view = backup::run_to(&bench, folder, rehearsal, &line)?;
    drop(line);
    output.show(&view, |view| {
        let tested = if view.tested {
            " It was restored to scratch and found whole."
        } else {
            ""
        };
        vec![
            format!(
                "Backed up {} sources with {} observations.{tested}",
                view.sources, view.observations
            ),
            view.path.clone(),
        ]
    })?;
    Ok(Exit::Done)
}

pub fn restore(output: &Output, secret: Option<&Path>, backup: &Path, case: &Path) -> anyhow::Result<Exit> {
    let bench = session::bench()?;
    let passphrase = passphrase::read(secret)?;
    let line = Line::new(output);
    let view = backup::restore_to(&bench, backup, passphrase, case, &line)?;
    drop(line);
    output.show(&view, |view| {
        vec![format!(
            "Restored {} sources with {} observations and {} operations: {}",
            view.sources, view.observations, view.operations, view.path
        )]
    })?;
    Ok(Exit::Done)
}

pub fn pack(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    file: &Path,
    packing: Packing,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    // Without recipients and without a passphrase of its own, what opens the case opens the package.
    let package_secret = match (&packing.package_passphrase_file, packing.recipients.is_empty()) {
        (Some(own), _) => passphrase::read(Some(own))?,
        (None, true) => passphrase::read(secret)?,
        (None, false) => zeroize::Zeroizing::default(),
    };
    if !packing.recipients.is_empty() && packing.package_passphrase_file.is_some() {
        return Err(ApiError::new(
            Code::Usage,
            "a package is opened by keys or by a passphrase, not by both",
        )
        .into());
    }
    let request = SharePackRequest {
        recipients: packing.recipients,
        passphrase: package_secret.as_str().to_owned(),
        entities: packing.entities,
        place: None,
        reason: packing.reason,
    };
    let line = Line::new(output);
    let view = share::pack_to(&bench, file, request, &line)?;
    drop(line);
    output.show(&view, |view| {
        vec![format!(
            "Packed {} sources with {} observations and {} operations ({}): {}",
            view.sources,
            view.observations,
            view.operations,
            view.extent,
            file.display()
        )]
    })?;
    Ok(Exit::Done)
}

pub fn inspect(output: &Output, secret: Option<&Path>, file: &Path, opening: &Opening) -> anyhow::Result<Exit> {
    let bench = session::bench()?;
    let view = opened(secret, opening, |opener| share::inspect_file(&bench, file, opener))?;
    output.show(&view, describe)?;
    Ok(Exit::Done)
}

pub fn unpack(
    output: &Output,
    secret: Option<&Path>,
    file: &Path,
    case: &Path,
    opening: &Opening,
) -> anyhow::Result<Exit> {
    let bench = session::bench()?;
    let chosen = passphrase::read(secret)?;
    let line = Line::new(output);
    let view = opened(secret, opening, |opener| {
        share::unpack_to(&bench, (file, opener), case, chosen.clone(), &line)
    })?;
    drop(line);
    output.show(&view, |view| {
        let mut lines = describe(view);
        lines.push(format!("Unpacked as a case of its own: {}", case.display()));
        lines
    })?;
    Ok(Exit::Done)
}

pub fn merge_plan(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    file: &Path,
    opening: &Opening,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let view = opened(secret, opening, |opener| share::compare_file(&bench, file, opener))?;
    output.show(&view, |view| tell_merge(view, "Merging would bring"))?;
    Ok(Exit::Done)
}

pub fn merge(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    file: &Path,
    opening: &Opening,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let line = Line::new(output);
    let view = opened(secret, opening, |opener| share::merge_file(&bench, file, opener, &line))?;
    drop(line);
    output.show(&view, |view| tell_merge(view, "Merged"))?;
    Ok(Exit::Done)
}

fn tell_merge(view: &MergeView, begin: &str) -> Vec<String> {
    let rows: Vec<Vec<String>> = view
        .rows
        .iter()
        .map(|row| vec![row.state.clone(), row.kind.clone(), row.text.clone(), row.here.clone()])
        .collect();
    let mut lines = columns(&rows);
    lines.push(format!(
        "{begin}: {} new, {} in conflict, {} the same.",
        view.new, view.conflicts, view.same
    ));
    lines
}

pub fn identity(output: &Output) -> anyhow::Result<Exit> {
    let bench = session::bench()?;
    let view = share::identity(&bench, ShareIdentityRequest {})?;
    output.show(&view, |view| {
        vec![view.recipient.clone(), format!("signs as {}…", view.signing_key)]
    })?;
    Ok(Exit::Done)
}

/// Opens a package by what was named; else by this computer's identity, else by the passphrase.
fn opened<T>(
    secret: Option<&Path>,
    opening: &Opening,
    run: impl Fn(&PackageOpener) -> Result<T, ApiError>,
) -> anyhow::Result<T> {
    if let Some(file) = &opening.identity_file {
        return Ok(run(&share::identity_file(file)?)?);
    }
    if let Some(file) = &opening.package_passphrase_file {
        return Ok(run(&PackageOpener::Passphrase(passphrase::read(Some(file))?))?);
    }
    match run(&PackageOpener::Here) {
        Err(error) if error.code == Code::WrongKey => Ok(run(&PackageOpener::Passphrase(passphrase::read(secret)?))?),
        other => Ok(other?),
    }
}

fn describe(view: &PackageView) -> Vec<String> {
    let known = if view.sender_known {
        "this computer"
    } else {
        "a computer not known here"
    };
    vec![
        format!(
            "{}, {}: {} sources, {} observations, {} operations.",
            view.name, view.extent, view.sources, view.observations, view.operations
        ),
        format!(
            "Packed {} by {}, signed by {known} ({}…).",
            view.at, view.sender, view.signed_by
        ),
    ]
}
