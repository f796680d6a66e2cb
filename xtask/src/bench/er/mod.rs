//! `cargo xtask bench er`: the figures of the resolver, beside the resolvers of others on the same tables.
//!
//! A run without words measures everything. It may be made in parts, chosen by words: what the same program told before on
//! this machine is kept in the cache and counts; a changed program starts over. The chapter is written when nothing is left to
//! measure. A promise whose figure was not measured fails the task like one that is not kept, unless it was left out on
//! purpose or its table cannot be had here.

mod extras;
mod page;
mod peers;
mod program;
mod promises;
mod quality;
mod sets;

use std::cell::RefCell;
use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};

use self::extras::{EXTRAS, Extra};
use self::peers::{ECM, Peer, SPLINK};
use self::program::{Cost, measured};
use self::promises::{Figures, Kept, Scope};
use self::quality::{Quality, Truth};
use self::sets::Set;
use super::{chapters, figures, machine};
use crate::cargo;
use crate::command;
use crate::options::{Asking, Options, Peers};
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::setup;
use crate::stamp::Fingerprint;

/// Measures the chosen tables, or all.
///
/// # Errors
/// A program fails, or a promise is not kept or not measured.
pub(super) fn bench(paths: &Paths, words: &[String], options: &Options) -> Result<()> {
    let all = sets::all();
    let known = |word: &String| {
        all.iter().any(|set| set.is_chosen(std::slice::from_ref(word))) || EXTRAS.iter().any(|extra| extra.name == word)
    };
    if let Some(word) = words.iter().find(|word| !known(word)) {
        bail!("`{word}` names no table and no figure of this bench");
    }
    let run = Run {
        paths,
        options,
        words,
        sets: all,
        missing: RefCell::default(),
    };
    Plan::new("cargo xtask bench er")
        .needed("System packages", || {
            setup::ensure(&packages::for_program(), Asking::NameOnly)
        })
        .needed("The programs", || run.build())
        .check("The resolvers of others", || match options.peers {
            Peers::Beside => peers::prepare(paths),
            Peers::LeftOut => Ok(Outcome::Skipped("left out".to_owned())),
        })
        .check("The tables", || run.measure_sets())
        .check("Further figures", || run.measure_extras())
        .check("The promises", || run.judge())
        .run()
}

/// The chapter that the figures are written to.
const TITLE: &str = "The resolver";

struct Run<'a> {
    paths: &'a Paths,
    options: &'a Options,
    words: &'a [String],
    sets: Vec<Set>,
    /// Tables that cannot be had here.
    missing: RefCell<Vec<String>>,
}

/// Rows up to which a table is resolved several times, of which the middle one counts.
const SMALL: u32 = 10_000;

impl Run<'_> {
    fn build(&self) -> Result<Outcome> {
        let mut cargo = cargo::workspace(self.paths, "build");
        cargo.args([
            "--release",
            "--bin",
            "fusion",
            "--example",
            "measure",
            "--example",
            "people",
        ]);
        for extra in EXTRAS {
            cargo.args(["--example", extra.example]);
        }
        command::run(&mut cargo)?;
        Ok(Outcome::Done)
    }

    fn program(&self) -> PathBuf {
        self.paths
            .target
            .join("release")
            .join(format!("fusion{}", env::consts::EXE_SUFFIX))
    }

    fn example(&self, name: &str) -> PathBuf {
        self.paths
            .target
            .join("release/examples")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Where the figures of one table are kept.
    fn kept(&self, name: &str) -> PathBuf {
        self.paths.cache.join("bench-er/figures").join(format!("{name}.tsv"))
    }

    /// What figures are of: the program and the settings of peers.
    fn fingerprint(&self) -> Result<Fingerprint> {
        Fingerprint::of(&[self.program(), self.paths.root.join("xtask/peers")])
    }

    fn is_measured(&self, name: &str) -> Result<bool> {
        let stamp = self.kept(name).with_extension("stamp");
        Ok(self.kept(name).is_file() && self.fingerprint()?.matches(&stamp))
    }

    fn keep(&self, name: &str, told: &[(String, f64)]) -> Result<()> {
        let path = self.kept(name);
        fs::create_dir_all(path.parent().context("the cache has no folder")?)?;
        let lines: Vec<String> = told
            .iter()
            .map(|(what, value)| format!("figure\t{name}/{what}\t{value}\n"))
            .collect();
        fs::write(&path, lines.concat()).with_context(|| format!("cannot write {}", path.display()))?;
        self.fingerprint()?.write(&path.with_extension("stamp"))
    }

    fn measure_sets(&self) -> Result<Outcome> {
        let python = peers::interpreter(self.paths);
        for set in &self.sets {
            let made = if set.is_chosen(self.words) {
                set.make(self.paths, &self.example("people"), python.as_deref())?
            } else {
                Ok(())
            };
            if let Err(why) = made {
                println!("      {}: SKIPPED: {why}", set.name);
                self.missing.borrow_mut().push(set.name.clone());
            } else if set.is_chosen(self.words) {
                self.measure(set).with_context(|| set.name.clone())?;
            }
        }
        let missing = self.missing.borrow();
        if missing.is_empty() {
            Ok(Outcome::Done)
        } else {
            Ok(Outcome::Skipped(format!("{} tables cannot be had here", missing.len())))
        }
    }

    /// Resolves one table with our program and with those of others.
    fn measure(&self, set: &Set) -> Result<()> {
        let table = set.table(self.paths);
        let truth = Truth::read(&table, &set.beside(self.paths), set.truth)?;
        let clusters = table.with_file_name("clusters.csv");
        let mut costs = Vec::new();
        for _ in 0..if set.rows <= SMALL { 5 } else { 1 } {
            let mut fusion = command::program(self.program());
            fusion.arg("resolve").arg(&table).arg("-o").arg(&clusters).arg("--json");
            costs.push(measured(&mut fusion, &table.with_file_name("fusion.json"))?);
        }
        costs.sort_by(|one, other| one.cpu_secs.total_cmp(&other.cpu_secs));
        let quality = Quality::read(&clusters, &truth)?;
        let mut told = told_of("ours", &costs[costs.len() / 2], Some(&quality));
        let mut measure = command::program(self.example("measure"));
        measure.arg(&table);
        if set.truth == quality::TruthIn::Beside {
            measure.arg(set.beside(self.paths));
        }
        let lost = figures(&command::output(&mut measure)?);
        told.extend(
            lost.into_iter()
                .filter(|(name, _)| name.starts_with("lost-"))
                .map(|(name, value)| (format!("ours/{name}"), value)),
        );
        show(set, "fusion", &costs[costs.len() / 2], Some(&quality));
        if self.options.peers == Peers::Beside && set.has_peers() {
            told.extend(self.beside(set, SPLINK, &truth)?);
        }
        if self.options.peers == Peers::Beside && set.has_ecm() {
            told.extend(self.beside(set, ECM, &truth)?);
        }
        self.keep(&set.name, &told)
    }

    /// Resolves one table with somebody else's program, where it is installed. Its failure is shown and leaves its figures out.
    fn beside(&self, set: &Set, peer: Peer, truth: &Truth) -> Result<Vec<(String, f64)>> {
        let Some(python) = peers::interpreter(self.paths) else {
            return Ok(Vec::new());
        };
        let table = set.table(self.paths);
        let clusters = table.with_file_name(format!("{}.csv", peer.name));
        let mut driver = command::program(python);
        driver
            .arg(peers::driver(self.paths, peer))
            .arg(set.kind)
            .arg(&table)
            .arg(&clusters);
        let only_pairs = peer == SPLINK && set.rows >= 1_000_000;
        if only_pairs {
            driver.arg("predict");
        }
        match measured(&mut driver, &table.with_file_name(format!("{}.out", peer.name))) {
            Ok(cost) => {
                let quality = if only_pairs {
                    None
                } else {
                    Some(Quality::read(&clusters, truth)?)
                };
                show(set, peer.name, &cost, quality.as_ref());
                Ok(told_of(peer.name, &cost, quality.as_ref()))
            }
            Err(error) => {
                println!("      {}: {} failed: {error:#}", set.name, peer.name);
                Ok(Vec::new())
            }
        }
    }

    fn measure_extras(&self) -> Result<Outcome> {
        let is_chosen = |extra: &&Extra| self.words.is_empty() || self.words.iter().any(|word| word == extra.name);
        for extra in EXTRAS.iter().filter(is_chosen) {
            let mut program = command::program(self.example(extra.example));
            for argument in extra.arguments {
                match self.sets.iter().find(|set| set.name == *argument) {
                    Some(set) => {
                        let made = set.make(self.paths, &self.example("people"), None)?;
                        made.map_err(|why| anyhow!("{}: {why}", set.name))?;
                        program.arg(set.table(self.paths));
                    }
                    None => {
                        program.arg(argument);
                    }
                }
            }
            let text = command::output(&mut program)?;
            for line in text.lines().filter(|line| !line.starts_with("figure\t")) {
                println!("      {line}");
            }
            let told: Vec<(String, f64)> = figures(&text)
                .into_iter()
                .map(|(name, value)| (format!("ours/{name}"), value))
                .collect();
            self.keep(extra.name, &told)?;
        }
        Ok(Outcome::Done)
    }

    /// Gathers what this program told, shows the table, and writes the page when nothing is left to measure.
    fn judge(&self) -> Result<Outcome> {
        let mut all = Figures::new();
        let extras = EXTRAS.iter().map(|extra| extra.name.to_owned());
        for name in self.sets.iter().map(|set| set.name.clone()).chain(extras) {
            if self.is_measured(&name)? {
                let text = fs::read_to_string(self.kept(&name))?;
                all.extend(figures(&text));
            }
        }
        let missing = self.missing.borrow();
        let scope = Scope {
            missing: &missing,
            peers: self.options.peers,
        };
        let promises = promises::judged(&self.sets, &all, scope);
        let is_shown = |promise: &&promises::Promise| promise.kept != Kept::NotMeasured || self.words.is_empty();
        let shown: Vec<promises::Promise> = promises.iter().filter(is_shown).cloned().collect();
        print!("{}", page::promised(&shown));
        let count = |kept: Kept| promises.iter().filter(|promise| promise.kept == kept).count();
        let (broken, open) = (count(Kept::No), count(Kept::NotMeasured));
        if open == 0 {
            let text = page::page(&machine(), &promises, &self.sets, &all);
            chapters::write(&self.paths.root, TITLE, &text)?;
        }
        match (broken, open) {
            (0, 0) => Ok(Outcome::Done),
            (0, open) if !self.words.is_empty() => Ok(Outcome::Skipped(format!(
                "{open} figures are still to be measured; the page is not written"
            ))),
            (broken, open) => bail!("{broken} promises are not kept, {open} were not measured"),
        }
    }
}

/// The figures of one run of one program.
fn told_of(who: &str, cost: &Cost, quality: Option<&Quality>) -> Vec<(String, f64)> {
    let mut told = vec![
        ("cpu", cost.cpu_secs),
        ("wall", cost.wall_secs),
        ("megabytes", cost.megabytes),
    ];
    if let Some(quality) = quality {
        told.extend([
            ("b-cubed", quality.b_cubed()),
            ("precision", quality.precision),
            ("recall", quality.recall),
            ("pair-precision", quality.pair_precision),
            ("pair-recall", quality.pair_recall),
            ("pair-f1", quality.pair_f1()),
            ("largest", quality.largest as f64),
            ("largest-true", quality.largest_true as f64),
        ]);
    }
    told.into_iter()
        .map(|(what, value)| (format!("{who}/{what}"), value))
        .collect()
}

fn show(set: &Set, who: &str, cost: &Cost, quality: Option<&Quality>) {
    let worth = quality.map_or(String::new(), |quality| {
        format!(
            "B-cubed F1 {:.4}, pair F1 {:.4}, largest {} of {}, ",
            quality.b_cubed(),
            quality.pair_f1(),
            quality.largest,
            quality.largest_true
        )
    });
    println!(
        "      {:<14} {who:<7} {worth}{:.2} CPU s, {:.2} s, {:.0} MB",
        set.name, cost.cpu_secs, cost.wall_secs, cost.megabytes
    );
}
