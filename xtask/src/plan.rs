//! A numbered list of steps, announced, timed and summed up.
//!
//! A task is a list of steps in order. A step that later ones need stops the plan when it fails; a check that fails
//! is counted and the plan goes on, so that one run shows everything that is wrong. The summary is printed in every
//! case, because it is what a reader of a log looks for first.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// What a finished step reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The work was done.
    Done,
    /// Nothing was to do; the text says why.
    Fresh(String),
    /// The work could not be tried; the text says why. Shown again in the summary.
    Skipped(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    Needed,
    Check,
}

type Work<'a> = Box<dyn FnOnce() -> Result<Outcome> + 'a>;

struct Step<'a> {
    title: &'static str,
    gate: Gate,
    work: Work<'a>,
}

/// Steps in the order in which they run.
pub struct Plan<'a> {
    title: &'static str,
    steps: Vec<Step<'a>>,
}

struct Row {
    title: &'static str,
    word: String,
    took: Duration,
}

impl<'a> Plan<'a> {
    /// Starts an empty plan.
    pub fn new(title: &'static str) -> Self {
        Self {
            title,
            steps: Vec::new(),
        }
    }

    /// Adds a step that every later one needs.
    pub fn needed(mut self, title: &'static str, work: impl FnOnce() -> Result<Outcome> + 'a) -> Self {
        self.steps.push(Step {
            title,
            gate: Gate::Needed,
            work: Box::new(work),
        });
        self
    }

    /// Adds a check: its failure is counted and the plan goes on.
    pub fn check(mut self, title: &'static str, work: impl FnOnce() -> Result<Outcome> + 'a) -> Self {
        self.steps.push(Step {
            title,
            gate: Gate::Check,
            work: Box::new(work),
        });
        self
    }

    /// Runs the steps and prints the summary.
    ///
    /// # Errors
    /// At least one step failed; the message counts them and the summary above it names them.
    pub fn run(self) -> Result<()> {
        let (started, count) = (Instant::now(), self.steps.len());
        let mut rows = Vec::new();
        let mut failures = 0_usize;
        let mut stopped = false;
        for (index, step) in self.steps.into_iter().enumerate() {
            if stopped {
                rows.push(Row {
                    title: step.title,
                    word: "not reached".to_owned(),
                    took: Duration::ZERO,
                });
                continue;
            }
            println!("\n[{}/{count}] {}", index + 1, step.title);
            let begun = Instant::now();
            let result = (step.work)();
            let took = begun.elapsed();
            let word = match result {
                Ok(Outcome::Done) => "done".to_owned(),
                Ok(Outcome::Fresh(why)) => format!("nothing to do: {why}"),
                Ok(Outcome::Skipped(why)) => format!("SKIPPED: {why}"),
                Err(error) => {
                    failures += 1;
                    stopped = step.gate == Gate::Needed;
                    eprintln!("      error: {error:#}");
                    "FAILED".to_owned()
                }
            };
            println!("      {word} ({})", clock(took));
            rows.push(Row {
                title: step.title,
                word,
                took,
            });
        }
        print!("{}", summary(self.title, &rows, started.elapsed()));
        if failures > 0 {
            bail!("{failures} of {count} steps failed");
        }
        Ok(())
    }
}

fn summary(title: &str, rows: &[Row], total: Duration) -> String {
    let width = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let mut text = format!("\n{title}\n");
    for row in rows {
        let pad = width - row.title.chars().count();
        let _ = writeln!(text, "  {}{:pad$}  {:>9}  {}", row.title, "", clock(row.took), row.word);
    }
    let _ = writeln!(text, "  {:width$}  {:>9}", "total", clock(total));
    text
}

/// A duration for people: `0.4 s`, `2 min 05 s`.
pub fn clock(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{seconds}.{} s", duration.subsec_millis() / 100)
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn a_failed_check_goes_on_and_a_failed_need_stops() {
        let trace = RefCell::new(Vec::new());
        let note = |name: &'static str, fails: bool| {
            let trace = &trace;
            move || {
                trace.borrow_mut().push(name);
                if fails {
                    bail!("{name} broke")
                } else {
                    Ok(Outcome::Done)
                }
            }
        };
        let result = Plan::new("trial")
            .needed("a", note("a", false))
            .check("b", note("b", true))
            .needed("c", note("c", true))
            .check("d", note("d", false))
            .run();
        assert_eq!(*trace.borrow(), ["a", "b", "c"]);
        assert_eq!(result.unwrap_err().to_string(), "2 of 4 steps failed");
    }

    #[test]
    fn the_summary_lists_every_step_with_its_time() {
        let rows = [
            Row {
                title: "short",
                word: "done".into(),
                took: Duration::from_millis(420),
            },
            Row {
                title: "a longer one",
                word: "FAILED".into(),
                took: Duration::from_secs(125),
            },
        ];
        let text = summary("trial", &rows, Duration::from_secs(126));
        assert_eq!(
            text,
            "\ntrial\n  short             0.4 s  done\n  a longer one  2 min 05 s  FAILED\n  total         2 min 06 s\n"
        );
    }
}
