//! What the program may be started with.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::bail;

/// Holds the command line.
#[derive(Debug, Default)]
pub struct Options {
    /// Open the sample case at once.
    pub sample: bool,
    /// Case to offer for unlocking.
    pub case: Option<PathBuf>,
}

impl Options {
    /// Reads `[--sample] [CASE]`.
    pub fn parse(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Self> {
        let mut options = Self::default();
        for argument in arguments {
            match argument.to_str() {
                Some("--sample") => options.sample = true,
                Some(flag) if flag.starts_with('-') => {
                    bail!("unknown option: {flag}\nhint: fusion-workbench [--sample] [CASE]")
                }
                _ if options.case.is_none() => options.case = Some(argument.into()),
                _ => bail!("one case at a time, please"),
            }
        }
        Ok(options)
    }
}
