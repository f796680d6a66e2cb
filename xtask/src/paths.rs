//! Where the checkout lies, and where everything that is built is kept.
//!
//! Build results live outside the checkout, so that a fresh clone on the same machine starts warm and a checkout
//! holds nothing but sources. Fails when neither `FUSION_CACHE_DIR` nor a home folder is known.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every folder and file that more than one task needs.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The workspace root.
    pub root: PathBuf,
    /// The cache folder: `$FUSION_CACHE_DIR`, else `~/.cache/fusion-workbench`.
    pub cache: PathBuf,
    /// The target folder that child builds use.
    pub target: PathBuf,
}

impl Paths {
    /// Finds the folders from the environment.
    ///
    /// # Errors
    /// No cache folder can be named.
    pub fn locate() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest
            .parent()
            .context("xtask lies outside the workspace")?
            .to_path_buf();
        let here = env::current_dir().context("the current folder cannot be read")?;
        let cache = match set_variable("FUSION_CACHE_DIR") {
            Some(folder) => here.join(folder),
            None => user_cache()?.join("fusion-workbench"),
        };
        let target = match set_variable("CARGO_TARGET_DIR") {
            Some(folder) => here.join(folder),
            None => cache.join("target"),
        };
        Ok(Self { root, cache, target })
    }

    /// The interface's folder.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The built program `name` (debug profile).
    pub fn program(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}

fn set_variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn user_cache() -> Result<PathBuf> {
    let home = env::home_dir()
        .filter(|home| !home.as_os_str().is_empty())
        .context("no home folder is known\nhint: set FUSION_CACHE_DIR to a folder for build results")?;
    Ok(home.join(".cache"))
}
