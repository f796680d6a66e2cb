//! `cargo xtask torture`: everything that a case must survive, with all rounds, against the real program.
//!
//! The rounds are made by the test program `torture`, which also runs with few rounds in `cargo xtask test`. It
//! writes one row for each test into a table in the cache; nothing is written into the checkout. Names choose
//! among the tests, as in `cargo test`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo;
use crate::command;
use crate::options::Options;
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::setup;

/// Makes all rounds, or as many as asked for, and prints the table.
///
/// # Errors
/// A round lost something; the table names the test and the text above it the round.
pub fn torture(paths: &Paths, options: &Options) -> Result<()> {
    let table = paths.cache.join("torture.tsv");
    Plan::new("cargo xtask torture")
        .needed("System packages", || {
            setup::ensure(&packages::everything(), options.asking)
        })
        .needed("The program", || {
            cargo::build_programs(paths, &["fusion"])?;
            Ok(Outcome::Done)
        })
        .check("The rounds", || {
            let ended = rounds(paths, options, &table);
            print!("{}", shown(&rows(&table)));
            ended?;
            Ok(Outcome::Done)
        })
        .run()
}

fn rounds(paths: &Paths, options: &Options, table: &Path) -> Result<()> {
    fs::create_dir_all(&paths.cache).context("the cache folder cannot be made")?;
    fs::write(table, "").context("the table of rounds cannot be written")?;
    let mut cargo = cargo::workspace(paths, "test");
    cargo
        .args(["--test", "torture", "--", "--nocapture", "--test-threads=1"])
        .args(&options.names)
        .env("FUSION_CLI_BIN", paths.program("fusion"))
        .env("FUSION_TORTURE", "1")
        .env("FUSION_TORTURE_TABLE", table);
    if let Some(rounds) = options.rounds {
        cargo.env("FUSION_TORTURE_ROUNDS", rounds.to_string());
    }
    command::run(&mut cargo)
}

/// One test: what, rounds, lost, figure, seconds.
type Row = [String; 5];

fn rows(table: &Path) -> Vec<Row> {
    let text = fs::read_to_string(table).unwrap_or_default();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    text.lines().filter_map(|line| cells(line).try_into().ok()).collect()
}

/// Draws the table with a verdict for each row.
fn shown(rows: &[Row]) -> String {
    let verdict = |row: &Row| match (row[1].as_str(), row[2].as_str()) {
        ("0", _) => "SKIPPED",
        (_, "0") => "held",
        _ => "FAILED",
    };
    let width = rows.iter().map(|row| row[0].chars().count()).max().unwrap_or(4).max(4);
    let mut lines = vec![format!(
        "  {:width$}  {:>6}  {:>5}  {:>6}  {:7}  figure",
        "what", "rounds", "lost", "s", "verdict"
    )];
    for row in rows {
        let [what, rounds, lost, figure, seconds] = row;
        let pad = width - what.chars().count();
        lines.push(format!(
            "  {what}{:pad$}  {rounds:>6}  {lost:>5}  {seconds:>6}  {:7}  {figure}",
            "",
            verdict(row)
        ));
    }
    format!("\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_held_from_lost_and_skipped() {
        let row = |cells: [&str; 5]| cells.map(str::to_owned);
        let text = shown(&[
            row(["kill -9 during undo", "60", "0", "57 fell", "41"]),
            row(["flips", "9", "1", "", "3"]),
            row(["full disk", "0", "0", "SKIPPED: mounting needs root", "0"]),
        ]);
        let verdicts: Vec<&str> = text
            .lines()
            .filter_map(|line| {
                ["held", "FAILED", "SKIPPED"]
                    .into_iter()
                    .find(|word| line.contains(word))
            })
            .collect();
        assert_eq!(verdicts, ["held", "FAILED", "SKIPPED"], "{text}");
    }
}
