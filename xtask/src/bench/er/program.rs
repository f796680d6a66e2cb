//! One program from start to end: how long it took, what it cost, how much it held.
//!
//! The system tells what a process cost as long as nobody has waited for it; so the program is watched until it has
//! ended, and waited for only after that was read. Linux only.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command;

/// What one run cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cost {
    /// Seconds of all processors, children included, in user and in system mode.
    pub(super) cpu_secs: f64,
    /// Seconds by the clock.
    pub(super) wall_secs: f64,
    /// Most memory that was held, in megabytes of a million bytes.
    pub(super) megabytes: f64,
}

/// How often the program is looked at.
const GLANCE: Duration = Duration::from_millis(3);
/// How many parts of a second the system counts in (`USER_HZ`, the same on every Linux).
const TICKS_A_SECOND: f64 = 100.0;

/// Runs a program to its end with its standard output in a file.
///
/// # Errors
/// It cannot be started, fails, or the system does not tell what it cost.
pub(super) fn measured(command: &mut Command, output: &Path) -> Result<Cost> {
    let line = command::line_of(command);
    let file = fs::File::create(output).with_context(|| format!("cannot create {}", output.display()))?;
    let beside = fs::File::create(output.with_extension("err"))?;
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(beside)
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;
    let cost = watched(&child, begun);
    let status = wait(&mut child)?;
    if !status.success() {
        let said = fs::read_to_string(output.with_extension("err")).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(3).collect();
        bail!(
            "`{line}` ended with {status}: {}",
            last.into_iter().rev().collect::<Vec<_>>().join(" / ")
        );
    }
    cost.with_context(|| format!("the system does not tell what `{line}` cost"))
}

fn wait(child: &mut Child) -> Result<std::process::ExitStatus> {
    child.wait().context("a program cannot be waited for")
}

/// Watches a program until it has ended; nothing where there is no `/proc`.
fn watched(child: &Child, begun: Instant) -> Option<Cost> {
    let folder = Path::new("/proc").join(child.id().to_string());
    let mut cost = Cost::default();
    loop {
        let stat = fs::read_to_string(folder.join("stat")).ok()?;
        let (state, cpu_secs) = state_of(&stat)?;
        if let Ok(status) = fs::read_to_string(folder.join("status")) {
            cost.megabytes = cost.megabytes.max(peak_of(&status).unwrap_or_default());
        }
        if state == 'Z' {
            cost.cpu_secs = cpu_secs;
            cost.wall_secs = begun.elapsed().as_secs_f64();
            return Some(cost);
        }
        thread::sleep(GLANCE);
    }
}

/// Reads the state of a process, and the seconds of it and of the children it waited for.
fn state_of(stat: &str) -> Option<(char, f64)> {
    // The name of the program stands in brackets and may hold anything.
    let rest = stat.rsplit_once(')')?.1;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().map(|field| field.parse::<f64>().ok());
    let sum = ticks.sum::<Option<f64>>()?;
    Some((fields.first()?.chars().next()?, sum / TICKS_A_SECOND))
}

/// Reads the high-water mark of resident memory, in megabytes.
fn peak_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1_024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_the_system_tells_is_read() {
        let stat = "71 (a) b) Z 1 2 3 4 5 6 7 8 9 10 150 25 20 5 20 0 1 0 99";
        assert_eq!(state_of(stat), Some(('Z', 2.0)));
        assert_eq!(peak_of("Name:\tx\nVmHWM:\t    2000 kB\n"), Some(2.048));
        assert_eq!(peak_of("Name:\tx\n"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_program_is_measured_and_a_failure_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done";
        let cost = measured(command::program("sh").args(["-c", busy]), &folder.path().join("out")).unwrap();
        assert!(
            cost.cpu_secs > 0.0 && cost.wall_secs > 0.0 && cost.megabytes > 0.1,
            "{cost:?}"
        );
        assert_eq!(fs::read_to_string(folder.path().join("out")).unwrap(), "done\n");
        let failing = "echo no such table >&2; exit 3";
        let error = measured(command::program("sh").args(["-c", failing]), &folder.path().join("out")).unwrap_err();
        assert!(error.to_string().contains("no such table"), "{error}");
    }
}
