//! `cargo xtask bench store`: the figures of the case file, measured in release builds and written down.
//!
//! Each program prints what it does and one line for each figure. A figure that no program told in this run fails the
//! task, and so does one beyond its bound; `docs/benchmarks.md` is written only when every figure was told.

use anyhow::{Context, Result, bail};

use super::{chapters, figures, machine};
use crate::cargo;
use crate::command;
use crate::packages;
use crate::paths::Paths;
use crate::plan::{Outcome, Plan};
use crate::setup;

/// What a figure must be.
#[derive(Debug, Clone, Copy)]
enum Bound {
    AtLeast(f64),
    Below(f64),
}

/// One figure, by the name that its program tells it under.
struct Wanted {
    name: &'static str,
    what: &'static str,
    unit: &'static str,
    bound: Bound,
}

const WANTED: &[Wanted] = &[
    Wanted {
        name: "import-ratio",
        what: "encrypted import, its rows written in a second thread, beside plain SQLite in one thread, same rows, by the clock",
        unit: "of the plain rate",
        bound: Bound::AtLeast(0.6),
    },
    Wanted {
        name: "open-million-observations-secs",
        what: "opening a case of a million observations to the first screen, after key derivation",
        unit: "s",
        bound: Bound::Below(1.0),
    },
    Wanted {
        name: "fuse-million-observations-cpu-secs",
        what: "fusing a million observations and writing what was derived",
        unit: "s of one processor",
        bound: Bound::Below(180.0),
    },
    Wanted {
        name: "fuse-million-observations-megabytes",
        what: "most memory held while fusing them",
        unit: "MB",
        bound: Bound::Below(3_000.0),
    },
    Wanted {
        name: "derived-bytes-an-observation",
        what: "what was derived of them, on the disk",
        unit: "bytes each",
        bound: Bound::Below(2_000.0),
    },
    Wanted {
        name: "verify-million-events-cpu-secs",
        what: "verifying a log of a million events",
        unit: "s of one processor",
        bound: Bound::Below(30.0),
    },
    Wanted {
        name: "pack-megabytes-a-second",
        what: "packing a case",
        unit: "MB/s",
        bound: Bound::AtLeast(100.0),
    },
    Wanted {
        name: "unpack-megabytes-a-second",
        what: "unpacking a package",
        unit: "MB/s",
        bound: Bound::AtLeast(100.0),
    },
];

/// The chapter that the figures are written to.
const TITLE: &str = "The case file";

/// The programs that tell them.
const PROGRAMS: &[&str] = &["import", "packages", "opening", "log"];

/// Measures everything and writes its chapter.
///
/// # Errors
/// A program fails, a figure was not told, or one is beyond its bound.
pub fn bench(paths: &Paths) -> Result<()> {
    Plan::new("cargo xtask bench store")
        .needed("System packages", || {
            setup::ensure(&packages::for_program(), crate::options::Asking::NameOnly)
        })
        .needed("Figures", || measure(paths))
        .run()
}

fn measure(paths: &Paths) -> Result<Outcome> {
    let mut said = String::new();
    for program in PROGRAMS {
        println!("      {program}");
        let mut cargo = cargo::workspace(paths, "bench");
        let text = command::output(cargo.args(["--bench", program]))?;
        for line in text.lines() {
            println!("        {line}");
        }
        said.push_str(&text);
    }
    let told = figures(&said);
    let rows = judged(&told)?;
    chapters::write(&paths.root, TITLE, &chapter(&rows, &machine()))?;
    let beyond: Vec<&str> = rows.iter().filter(|row| !row.held).map(|row| row.wanted.what).collect();
    if beyond.is_empty() {
        Ok(Outcome::Done)
    } else {
        bail!("beyond the bound: {}", beyond.join("; "))
    }
}

struct Judged {
    wanted: &'static Wanted,
    value: f64,
    held: bool,
}

fn judged(told: &[(String, f64)]) -> Result<Vec<Judged>> {
    let judge = |wanted: &'static Wanted| {
        let found = told.iter().find(|(name, _)| name == wanted.name);
        let (_, value) = found.with_context(|| format!("no program told the figure `{}`", wanted.name))?;
        let held = match wanted.bound {
            Bound::AtLeast(least) => *value >= least,
            Bound::Below(most) => *value < most,
        };
        Ok(Judged {
            wanted,
            value: *value,
            held,
        })
    };
    WANTED.iter().map(judge).collect()
}

fn chapter(rows: &[Judged], machine: &str) -> String {
    let mut text = format!(
        "Written by `cargo xtask bench store`, never by hand: release builds, all figures of one run, on {machine}.\n\
         Rates and seconds depend on the machine and on what else it does; the ratio compares two sides in one run.\n\n\
         | what | figure | promised | held |\n|---|---|---|---|\n"
    );
    for row in rows {
        let Wanted { what, unit, bound, .. } = row.wanted;
        let promised = match bound {
            Bound::AtLeast(least) => format!("at least {least}"),
            Bound::Below(most) => format!("below {most}"),
        };
        let held = if row.held { "yes" } else { "**no**" };
        text.push_str(&format!("| {what} | {:.2} {unit} | {promised} | {held} |\n", row.value));
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_figure_that_was_not_told_or_is_beyond_its_bound_is_seen() {
        let mut told: Vec<(String, f64)> = WANTED
            .iter()
            .map(|wanted| {
                let (Bound::AtLeast(limit) | Bound::Below(limit)) = wanted.bound;
                let good = if matches!(wanted.bound, Bound::AtLeast(_)) {
                    limit
                } else {
                    limit / 2.0
                };
                (wanted.name.to_owned(), good)
            })
            .collect();
        assert!(judged(&told).unwrap().iter().all(|row| row.held));
        told[0].1 = 0.59;
        let rows = judged(&told).unwrap();
        assert!(!rows[0].held);
        assert!(chapter(&rows, "2 cores").contains("0.59 of the plain rate | at least 0.6 | **no** |"));
        let last = told.pop().unwrap();
        assert!(judged(&told).err().unwrap().to_string().contains(&last.0));
    }
}
