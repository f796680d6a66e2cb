//! A Python environment with networkx and igraph, for the tests that read our exports with them.
//!
//! It lies in the cache folder and is made once per list of requirements. When the package index cannot be reached
//! the step is skipped aloud, and the tests that wanted it say so themselves.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command;
use crate::paths::Paths;
use crate::plan::Outcome;
use crate::stamp::Fingerprint;

/// What is installed: libraries that load the graph files which other people's tools will load.
const REQUIREMENTS: &[&str] = &["networkx>=3.2,<4", "igraph>=0.11,<2"];

/// The environment's Python, if it has been made.
pub fn interpreter(paths: &Paths) -> Option<PathBuf> {
    Some(folder(paths).join("bin/python")).filter(|python| python.is_file() && stamp(paths).is_file())
}

/// Makes the environment.
///
/// # Errors
/// The folder cannot be written. An unreachable package index is a skipped step, not an error.
pub fn prepare(paths: &Paths) -> Result<Outcome> {
    let python = if Path::new("/usr/bin/python3").is_file() {
        "/usr/bin/python3"
    } else {
        "python3"
    };
    let figure = Fingerprint::of(&[])?.with(&REQUIREMENTS.join(" ")).with(python);
    let stamp = stamp(paths);
    if interpreter(paths).is_some() && figure.matches(&stamp) {
        return Ok(Outcome::Fresh("networkx and igraph are installed".to_owned()));
    }
    let folder = folder(paths);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&paths.cache).with_context(|| format!("cannot create {}", paths.cache.display()))?;
    let made = command::run(command::program(python).args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        command::run(
            command::program(folder.join("bin/python"))
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--retries",
                    "2",
                ])
                .args(REQUIREMENTS),
        )
    });
    match made {
        Ok(()) => {
            figure.write(&stamp)?;
            Ok(Outcome::Done)
        }
        Err(error) => Ok(Outcome::Skipped(format!(
            "networkx and igraph cannot be installed, so exports are not loaded by them ({error:#})"
        ))),
    }
}

fn folder(paths: &Paths) -> PathBuf {
    paths.cache.join("python")
}

fn stamp(paths: &Paths) -> PathBuf {
    folder(paths).join("requirements.stamp")
}
