//! The command line of `cargo xtask`: one word and a few switches.
//!
//! Written by hand, because an argument parser would be the largest thing that this program compiles. It fails on
//! every word that it does not know, with the word in the message.

use anyhow::{Result, bail};

/// The text of `cargo xtask help`.
pub const HELP: &str = "\
Usage: cargo xtask <TASK> [SWITCH…]

Tasks
  run       builds the workbench and opens the window with the sample case;
            without a display it does the same job headless and prints the counts
              --headless   never opens a window
              --window     opens the window even if no display was found
              --fresh      makes the headless sample case anew
  test      runs every test: Rust, interface, and the real window under Xvfb
  setup     installs every system package that the two commands above need
  codegen   writes ui/src/generated/api.ts from the Rust types
              --check      only says whether the file is fresh
  torture   kills, failing disks, flipped bytes and wrong keys against the real
            program, in full; names choose among the tests
              --rounds N   makes N rounds of each instead of all
  bench     measures in release builds and writes docs/benchmarks.md:
              store        the case file
              er [SET…]    the resolver; words choose
                           among the sets (10k, 100k, 1m, fake, febrl, names …)
              --without-peers   leaves out the resolvers of others
  lint      formatting, clippy with warnings denied, interface lint and types
  ci        what the gate runs: .ci/run
  prune     deletes the build cache if it has grown past its limit
  help      this text

Switches for run, test, torture, setup and lint
  --no-install   names missing system packages and stops, installs nothing

Environment
  FUSION_CACHE_DIR   where build results and the headless case are kept
                     (default: ~/.cache/fusion-workbench)
  CARGO_TARGET_DIR   overrides the folder of the Rust build alone";

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Print the help text.
    Help,
    /// Install system packages.
    Setup,
    /// Build and start the workbench.
    Run,
    /// Run all tests.
    Test,
    /// Write or check the generated TypeScript.
    Codegen,
    /// Everything that a case must survive, in full.
    Torture,
    /// Measure.
    Bench,
    /// Formatting and lints.
    Lint,
    /// The gate.
    Ci,
    /// Keep the build cache within its limit.
    Prune,
}

/// Where `run` shows its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In a window if there is a display, else headless.
    Detect,
    /// In a window.
    Window,
    /// On the command line.
    Headless,
}

/// Whether the generated file is written or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codegen {
    /// Write it.
    Write,
    /// Compare it and fail when it is stale.
    Check,
}

/// Whether missing system packages are installed or only named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Install them.
    Install,
    /// Name them and stop.
    NameOnly,
}

/// Whether a headless sample case of an earlier run may be shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reuse {
    /// Yes, if the same program made it.
    Allowed,
    /// No, make it anew.
    Never,
}

/// The parsed command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What is to be done.
    pub task: Task,
    /// Where `run` shows its result.
    pub stage: Stage,
    /// Whether `codegen` writes or compares.
    pub codegen: Codegen,
    /// What happens to missing system packages.
    pub asking: Asking,
    /// Whether `run` may show an earlier headless case.
    pub reuse: Reuse,
    /// Which tests `torture` runs, all when empty; what `bench` measures, and which sets of it.
    pub names: Vec<String>,
    /// How many rounds of each `torture` makes, when not all.
    pub rounds: Option<u32>,
    /// Whether `bench er` measures the resolvers of others beside ours.
    pub peers: Peers,
}

/// Whether the resolvers of others are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// Beside ours, in the same run.
    Beside,
    /// Not at all; what is promised beside them is left open.
    LeftOut,
}

impl Options {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// An unknown task, an unknown switch, or a switch that does not belong to the task.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut words = arguments.iter().map(String::as_str);
        let task = match words.next() {
            None | Some("help" | "--help" | "-h") => Task::Help,
            Some("setup") => Task::Setup,
            Some("run") => Task::Run,
            Some("test") => Task::Test,
            Some("codegen") => Task::Codegen,
            Some("torture") => Task::Torture,
            Some("bench") => Task::Bench,
            Some("lint") => Task::Lint,
            Some("ci") => Task::Ci,
            Some("prune") => Task::Prune,
            Some(other) => bail!("unknown task `{other}`"),
        };
        let mut options = Self {
            task,
            stage: Stage::Detect,
            codegen: Codegen::Write,
            asking: Asking::Install,
            reuse: Reuse::Allowed,
            names: Vec::new(),
            rounds: None,
            peers: Peers::Beside,
        };
        while let Some(word) = words.next() {
            match (task, word) {
                (_, "--help" | "-h") => options.task = Task::Help,
                (Task::Run, "--headless") => options.stage = Stage::Headless,
                (Task::Run, "--window") => options.stage = Stage::Window,
                (Task::Run, "--fresh") => options.reuse = Reuse::Never,
                (Task::Codegen, "--check") => options.codegen = Codegen::Check,
                (Task::Torture, "--rounds") => options.rounds = Some(count(words.next())?),
                (Task::Torture, name) if !name.starts_with('-') => options.names.push(name.to_owned()),
                (Task::Bench, "--without-peers") => options.peers = Peers::LeftOut,
                (Task::Bench, "store" | "er") if options.names.is_empty() => options.names.push(word.to_owned()),
                (Task::Bench, set)
                    if options.names.first().is_some_and(|which| which == "er") && !set.starts_with('-') =>
                {
                    options.names.push(set.to_owned());
                }
                (Task::Run | Task::Test | Task::Torture | Task::Setup | Task::Lint, "--no-install") => {
                    options.asking = Asking::NameOnly;
                }
                (_, other) => bail!("`{other}` is not a switch of this task"),
            }
        }
        if options.task == Task::Bench && options.names.is_empty() {
            bail!("say what is to be measured: `store` or `er`");
        }
        Ok(options)
    }
}

fn count(word: Option<&str>) -> Result<u32> {
    match word.map(str::parse) {
        Some(Ok(count)) if count > 0 => Ok(count),
        _ => bail!("`--rounds` needs a number above zero"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn every_task_of_the_help_text_is_known() {
        let tasks = HELP.lines().skip_while(|line| *line != "Tasks").skip(1);
        let mut seen = 0;
        for line in tasks.take_while(|line| !line.is_empty()) {
            let is_task = line.starts_with("  ") && !line.starts_with("   ");
            if let Some(word) = line.split_whitespace().next().filter(|_| is_task) {
                let line = if word == "bench" { "bench store" } else { word };
                assert!(parse(line).is_ok(), "`{word}` is in the help text but not parsed");
                seen += 1;
            }
        }
        assert_eq!(seen, 10);
    }

    #[test]
    fn switches_reach_their_field() {
        assert_eq!(parse("run --headless").unwrap().stage, Stage::Headless);
        assert_eq!(parse("run --window --fresh").unwrap().reuse, Reuse::Never);
        assert_eq!(parse("codegen --check").unwrap().codegen, Codegen::Check);
        assert_eq!(parse("test --no-install").unwrap().asking, Asking::NameOnly);
        assert_eq!(parse("test --help").unwrap().task, Task::Help);
        let torture = parse("torture kills undo --rounds 7").unwrap();
        assert_eq!((torture.names.len(), torture.rounds), (2, Some(7)));
        let bench = parse("bench er 10k febrl --without-peers").unwrap();
        assert_eq!(
            (bench.names.join(" "), bench.peers),
            ("er 10k febrl".to_owned(), Peers::LeftOut)
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (line, word) in [
            ("rnu", "rnu"),
            ("test --headless", "--headless"),
            ("run --chek", "--chek"),
            ("codegen extra", "extra"),
            ("bench hardware", "hardware"),
            ("bench", "store"),
            ("bench store 10k", "10k"),
            ("torture --rounds none", "--rounds"),
        ] {
            let message = parse(line).unwrap_err().to_string();
            assert!(message.contains(word), "{line}: {message}");
        }
    }
}
