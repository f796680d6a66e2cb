//! System packages: which are missing, why they are needed, and their installation.
//!
//! On Debian and its relatives packages are asked from `dpkg-query` and installed with `apt-get`: directly as root,
//! through `sudo` otherwise. Without either the exact command is printed and the plan stops. On other systems the
//! list is printed and the plan goes on, because the packages have other names there and may well be present.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::options::Asking;
use crate::packages::Package;
use crate::plan::Outcome;

/// How a command gets the rights to install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rights {
    Root,
    Sudo,
    None,
}

/// Installs what is missing of `packages`.
///
/// # Errors
/// Packages are missing and may not or cannot be installed; the message holds the command to type.
pub fn install(packages: &[Package], asking: Asking) -> Result<()> {
    match ensure(packages, asking)? {
        Outcome::Done => println!("The missing system packages are installed now."),
        Outcome::Fresh(why) => println!("Nothing to install: {why}."),
        Outcome::Skipped(why) => println!("Nothing was installed: {why}."),
    }
    Ok(())
}

/// As [`install`], as a step of a plan.
///
/// # Errors
/// As [`install`].
pub fn ensure(packages: &[Package], asking: Asking) -> Result<Outcome> {
    if !command::is_installed("dpkg-query") || !command::is_installed("apt-get") {
        for package in packages {
            println!("      {:30} {}", package.name, package.reason);
        }
        return Ok(Outcome::Skipped(
            "not a Debian system; the packages above are needed under their local names".to_owned(),
        ));
    }
    let missing = missing_of(packages)?;
    if missing.is_empty() {
        return Ok(Outcome::Fresh(format!("all {} packages are present", packages.len())));
    }
    println!("      missing:");
    for package in &missing {
        println!("        {:30} {}", package.name, package.reason);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let rights = rights();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if asking == Asking::NameOnly {
        bail!("{} system packages are missing\nhint: {by_hand}", names.len());
    }
    if rights == Rights::None {
        bail!(
            "{} system packages are missing, and there is neither root nor sudo\nhint: as root: {by_hand}",
            names.len()
        );
    }
    fetch_and_install(&names, rights)
        .with_context(|| format!("system packages could not be installed\nhint: try by hand: {by_hand}"))?;
    let left = missing_of(packages)?;
    if !left.is_empty() {
        let left: Vec<&str> = left.iter().map(|package| package.name).collect();
        bail!("still missing after the installation: {}", left.join(" "));
    }
    Ok(Outcome::Done)
}

fn fetch_and_install(names: &[&str], rights: Rights) -> Result<()> {
    let mut updated = false;
    if !without_candidate(names)?.is_empty() {
        update(rights)?;
        updated = true;
        let unknown = without_candidate(names)?;
        if !unknown.is_empty() {
            bail!("this system's package sources do not offer {}", unknown.join(" "));
        }
    }
    println!("      installing {} packages with apt-get", names.len());
    let first = command::run(apt(rights).arg("install").args(names));
    match first {
        Err(_) if !updated => {
            // A list from long ago names files that the mirror has since replaced.
            update(rights)?;
            command::run(apt(rights).arg("install").args(names))
        }
        other => other,
    }
}

fn update(rights: Rights) -> Result<()> {
    println!("      refreshing the package lists");
    let mut result = command::run(apt(rights).arg("update"));
    for _ in 0..3 {
        if result.is_ok() {
            break;
        }
        // The lists' lock has no time-out of its own: another apt may be at work.
        sleep(Duration::from_secs(5));
        result = command::run(apt(rights).arg("update"));
    }
    result
}

fn apt(rights: Rights) -> Command {
    let mut command = match rights {
        Rights::Sudo => {
            let mut sudo = command::program("sudo");
            sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            sudo
        }
        Rights::Root | Rights::None => {
            let mut apt = command::program("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            apt
        }
    };
    command.args([
        "-y",
        "-q",
        "-o",
        "DPkg::Lock::Timeout=120",
        "-o",
        "Dpkg::Use-Pty=0",
        "--no-install-recommends",
    ]);
    command
}

fn rights() -> Rights {
    let is_root = command::output(command::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root {
        Rights::Root
    } else if command::is_installed("sudo") {
        Rights::Sudo
    } else {
        Rights::None
    }
}

fn missing_of(packages: &[Package]) -> Result<Vec<Package>> {
    let mut query = command::program("dpkg-query");
    query.args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"]);
    query.args(packages.iter().map(|package| package.name));
    // It exits with 1 and complains when it has never heard of a package: that is an answer, not a failure.
    let answer = query
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .context("cannot start dpkg-query")?;
    let installed = installed_in(&String::from_utf8_lossy(&answer.stdout));
    Ok(packages
        .iter()
        .copied()
        .filter(|package| !installed.contains(package.name))
        .collect())
}

fn installed_in(answer: &str) -> BTreeSet<String> {
    answer
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

fn without_candidate(names: &[&str]) -> Result<Vec<String>> {
    let answer = command::output(command::program("apt-cache").arg("policy").args(names))?;
    let offered = candidates_in(&answer);
    Ok(names
        .iter()
        .filter(|name| !offered.contains(**name))
        .map(|name| (*name).to_owned())
        .collect())
}

fn candidates_in(answer: &str) -> BTreeSet<String> {
    let mut offered = BTreeSet::new();
    let mut current = String::new();
    for line in answer.lines() {
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            current = name.to_owned();
        } else if line.trim_start().starts_with("Candidate:") && !line.contains("(none)") {
            offered.insert(current.clone());
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fully_installed_packages_count() {
        let answer = "xvfb installed\nperl config-files\ntidy half-configured\nlibdbus-1-dev installed\n";
        let installed = installed_in(answer);
        assert_eq!(installed.into_iter().collect::<Vec<_>>(), ["libdbus-1-dev", "xvfb"]);
    }

    #[test]
    fn a_package_without_a_candidate_is_not_offered() {
        let answer = "xvfb:\n  Installed: (none)\n  Candidate: 2:21.1.7\n  Version table:\n     2:21.1.7 500\n\
                      chromium:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n";
        assert_eq!(candidates_in(answer).into_iter().collect::<Vec<_>>(), ["xvfb"]);
        assert!(candidates_in("").is_empty());
    }

    #[test]
    fn sudo_carries_the_frontend_variable_through() {
        let line = command::line_of(apt(Rights::Sudo).arg("update"));
        assert!(
            line.starts_with("sudo env DEBIAN_FRONTEND=noninteractive apt-get -y"),
            "{line}"
        );
        assert!(
            line.contains("DPkg::Lock::Timeout=120") && line.ends_with("--no-install-recommends update"),
            "{line}"
        );
    }
}
