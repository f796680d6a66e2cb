//! The interface's build: `npm ci` and `npm run …`, each only when its inputs changed.
//!
//! Packages are installed without their install scripts, from the lockfile alone. The stamps lie in `node_modules`,
//! so that deleting that folder forgets them. Fails with a hint when Node.js is absent or too old.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::paths::Paths;
use crate::plan::Outcome;
use crate::stamp::Fingerprint;

/// Major and minor version below which the build tools refuse to start.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Files and folders that the built interface depends on, besides the installed packages.
const INPUTS: &[&str] = &[
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
    "tsconfig.app.json",
    "tsconfig.node.json",
];

/// Installs the locked packages unless that has been done for this lockfile.
///
/// # Errors
/// Node.js is absent or too old, the lockfile is absent, or `npm ci` fails.
pub fn install(paths: &Paths) -> Result<Outcome> {
    let node = node_version()?;
    let ui = paths.ui();
    let lock = ui.join("package-lock.json");
    if !lock.is_file() {
        bail!("there is no lockfile: {}", lock.display());
    }
    let figure = Fingerprint::of(&[lock])?.with(&node);
    let stamp = stamp(paths, "install");
    if figure.matches(&stamp) {
        return Ok(Outcome::Fresh("the lockfile has not changed".to_owned()));
    }
    command::run(command::program("npm").current_dir(&ui).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
    ]))?;
    figure.write(&stamp)?;
    Ok(Outcome::Done)
}

/// Builds `ui/dist` unless it was built from the same sources.
///
/// # Errors
/// The build fails, or a source cannot be read.
pub fn build(paths: &Paths) -> Result<Outcome> {
    let ui = paths.ui();
    let inputs: Vec<PathBuf> = INPUTS.iter().map(|name| ui.join(name)).collect();
    let figure = Fingerprint::of(&inputs)?.with(&node_version()?);
    let stamp = stamp(paths, "build");
    if ui.join("dist/index.html").is_file() && figure.matches(&stamp) {
        return Ok(Outcome::Fresh("its sources have not changed".to_owned()));
    }
    script(paths, "build")?;
    figure.write(&stamp)?;
    Ok(Outcome::Done)
}

/// Runs one script of `ui/package.json`.
///
/// # Errors
/// The script fails.
pub fn script(paths: &Paths, name: &str) -> Result<Outcome> {
    let mut npm = command::program("npm");
    npm.current_dir(paths.ui()).args(["run", "--silent", name]);
    command::run(&mut npm)?;
    Ok(Outcome::Done)
}

fn stamp(paths: &Paths, name: &str) -> PathBuf {
    paths.ui().join("node_modules/.xtask").join(format!("{name}.stamp"))
}

fn node_version() -> Result<String> {
    let hint = "hint: install Node.js 20.19 or newer, with npm, from https://nodejs.org";
    if !command::is_installed("npm") {
        bail!("npm is not installed\n{hint}");
    }
    let version = command::output(command::program("node").arg("--version")).context(hint)?;
    let version = version.trim();
    match release_of(version) {
        Some(release) if release >= OLDEST_NODE => Ok(version.to_owned()),
        _ => bail!(
            "Node.js {}.{} or newer is needed, found {version}\n{hint}",
            OLDEST_NODE.0,
            OLDEST_NODE.1
        ),
    }
}

/// Major and minor version of what `node --version` prints.
fn release_of(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_read_from_what_node_prints() {
        for (text, release) in [
            ("v20.20.2", Some((20, 20))),
            ("v9.11.0", Some((9, 11))),
            ("20.1.0", None),
            ("v20", None),
            ("vv.1", None),
            ("", None),
        ] {
            assert_eq!(release_of(text), release, "{text}");
        }
    }

    #[test]
    fn a_release_that_the_build_tools_refuse_is_too_old() {
        assert!(release_of("v20.18.1") < Some(OLDEST_NODE));
        assert!(release_of("v22.0.0") > Some(OLDEST_NODE));
    }
}
