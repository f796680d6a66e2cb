//! The resolvers of others, from the Python package index, in an environment of their own in the cache.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command;
use crate::paths::Paths;
use crate::plan::Outcome;
use crate::stamp::Fingerprint;

/// One of them: its name, and the program that drives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) driver: &'static str,
}

/// Splink 4 on DuckDB.
pub(super) const SPLINK: Peer = Peer {
    name: "splink",
    driver: "splink_peer.py",
};

/// The ECM classifier of recordlinkage.
pub(super) const ECM: Peer = Peer {
    name: "ecm",
    driver: "recordlinkage_peer.py",
};

/// The Python that has them, if they could be installed.
pub(super) fn interpreter(paths: &Paths) -> Option<PathBuf> {
    Some(folder(paths).join("bin/python")).filter(|python| python.is_file() && stamp(paths).is_file())
}

/// Installs them.
///
/// # Errors
/// The list cannot be read or the cache not be written. An unreachable package index is a skipped step, not an error.
pub(super) fn prepare(paths: &Paths) -> Result<Outcome> {
    let list = paths.root.join("xtask/peers/requirements.txt");
    let wanted = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let figure = Fingerprint::of(&[])?.with(&wanted);
    if interpreter(paths).is_some() && figure.matches(&stamp(paths)) {
        return Ok(Outcome::Fresh("they are installed".to_owned()));
    }
    let folder = folder(paths);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&paths.cache).with_context(|| format!("cannot create {}", paths.cache.display()))?;
    let made = command::run(command::program("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        let mut pip = command::program(folder.join("bin/python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--retries",
            "2",
            "-r",
        ]);
        command::run(pip.arg(&list))
    });
    match made {
        Ok(()) => {
            figure.write(&stamp(paths))?;
            Ok(Outcome::Done)
        }
        Err(error) => Ok(Outcome::Skipped(format!(
            "the resolvers of others cannot be installed ({error:#})"
        ))),
    }
}

/// Where a driver stands.
pub(super) fn driver(paths: &Paths, peer: Peer) -> PathBuf {
    paths.root.join("xtask/peers").join(peer.driver)
}

fn folder(paths: &Paths) -> PathBuf {
    paths.cache.join("peers")
}

fn stamp(paths: &Paths) -> PathBuf {
    Path::new(&folder(paths)).join("requirements.stamp")
}
