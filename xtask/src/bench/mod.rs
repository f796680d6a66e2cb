//! `cargo xtask bench`: what is promised in figures, measured in release builds and written down.
//!
//! Each bench has its chapter in `docs/benchmarks.md`, and writes it only when every figure was told. A program that is measured
//! prints what it does and one line `figure TAB name TAB value` for each figure.

mod chapters;
mod er;
mod store;

use std::fs;

use anyhow::{Result, bail};

use crate::options::Options;
use crate::paths::Paths;

/// Measures what was asked for.
///
/// # Errors
/// A program fails, a figure was not told, or one is beyond its bound.
pub fn bench(paths: &Paths, options: &Options) -> Result<()> {
    match options.names.split_first() {
        Some((which, _)) if which == "store" => store::bench(paths),
        Some((which, names)) if which == "er" => er::bench(paths, names, options),
        _ => bail!("say what is to be measured: `store` or `er`"),
    }
}

/// Reads the lines `figure TAB name TAB value`.
fn figures(said: &str) -> Vec<(String, f64)> {
    let read = |line: &str| {
        let mut cells = line.strip_prefix("figure\t")?.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.parse().ok()?))
    };
    said.lines().filter_map(read).collect()
}

/// The machine in a few words, without its name.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unknown processor", |rest| rest.trim_start_matches([' ', '\t', ':']));
    format!("{cores} cores of {model}, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_among_other_words() {
        let said = "making: 7 changes/s\nfigure\timport-ratio\t0.712\nfigure\tbroken\tx\nfigure";
        assert_eq!(figures(said), [("import-ratio".to_owned(), 0.712)]);
    }
}
