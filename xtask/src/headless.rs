//! The sample case without a window: made, fused, reported and exported by the `fusion` program.
//!
//! The case is made in a folder of its own and takes the place of an earlier one only when everything succeeded, so a
//! broken run never leaves half a case under the final name. The passphrase is random and lies beside the case: the
//! people in it are invented, and nobody's real case is made here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;
use crate::options::Reuse;
use crate::paths::Paths;
use crate::plan::Outcome;
use crate::stamp::Fingerprint;

const CASE: &str = "sample.fusion";
const PASSPHRASE: &str = "passphrase.txt";
const REPORT: &str = "report.html";
const GRAPH: &str = "graph.gexf";
const DATA: &str = "case.json";
const STAMP: &str = "made-by.stamp";

/// Counts that `fusion fuse --json` answers with, and what they count, in the case's own walk from evidence to alerts.
const COUNTED: &[(&str, &str)] = &[
    ("sources", "sources"),
    ("entities", "entities"),
    ("relations", "relations"),
    ("events", "events"),
    ("review", "pairs that wait for a verdict"),
    ("alerts", "alerts"),
];

/// Makes the sample case with its report and exports, unless this very program has made it before.
///
/// # Errors
/// A command of the `fusion` program fails, or the cache folder cannot be written.
pub fn make(paths: &Paths, reuse: Reuse) -> Result<Outcome> {
    let program = paths.program("fusion");
    let figure = Fingerprint::of(std::slice::from_ref(&program))?;
    let place = folder(paths);
    if reuse == Reuse::Allowed && is_complete(&place) && figure.matches(&place.join(STAMP)) {
        return Ok(Outcome::Fresh(
            "this program has made it before; --fresh makes it anew".to_owned(),
        ));
    }
    let next = place.with_extension("next");
    clear(&next)?;
    fs::create_dir_all(&next).with_context(|| format!("cannot create {}", next.display()))?;
    write_passphrase(&next.join(PASSPHRASE))?;

    println!("      sample evidence is imported and fused");
    command::run(fusion(&program, &next).args(["new", CASE, "--sample"]))?;
    println!("      report and exports are written");
    command::run(fusion(&program, &next).args(["report", CASE, "--case", "-o", REPORT]))?;
    command::run(fusion(&program, &next).args(["export", CASE, "-o", GRAPH]))?;
    command::run(fusion(&program, &next).args(["export", CASE, "-o", DATA]))?;
    if !is_complete(&next) {
        bail!("the commands succeeded but left a file out: {}", next.display());
    }
    figure.write(&next.join(STAMP))?;
    clear(&place)?;
    fs::rename(&next, &place).with_context(|| format!("cannot rename {} to {}", next.display(), place.display()))?;
    Ok(Outcome::Done)
}

/// Prints the case's counts and where the files lie.
///
/// # Errors
/// The case cannot be read, or an answer lacks a count.
pub fn show(paths: &Paths) -> Result<Outcome> {
    let program = paths.program("fusion");
    let place = folder(paths);
    // Nothing has changed since it was made, so this computes nothing and answers with the counts.
    let case = answer(fusion(&program, &place).args(["fuse", CASE, "--quiet", "--json"]))?;
    let sources = answer(fusion(&program, &place).args(["list", CASE, "sources", "--json"]))?;
    print_count(observations_in(&sources)?, "observations");
    for (field, what) in COUNTED {
        print_count(count_in(&case, field)?, what);
    }
    for (name, what) in [
        (CASE, "the encrypted case"),
        (PASSPHRASE, "its passphrase (sample only)"),
        (REPORT, "the report"),
        (GRAPH, "the graph, for Gephi"),
        (DATA, "the whole case as JSON"),
    ] {
        println!("      {}  {what}", place.join(name).display());
    }
    Ok(Outcome::Done)
}

fn folder(paths: &Paths) -> PathBuf {
    paths.cache.join("run/sample")
}

fn is_complete(place: &Path) -> bool {
    [CASE, PASSPHRASE, REPORT, GRAPH, DATA]
        .iter()
        .all(|name| place.join(name).exists())
}

fn fusion(program: &Path, place: &Path) -> Command {
    let mut command = command::program(program);
    command
        .current_dir(place)
        .env("FUSION_PASSPHRASE_FILE", place.join(PASSPHRASE));
    command
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn write_passphrase(file: &Path) -> Result<()> {
    use std::io::{Read, Write};
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("no random numbers from /dev/urandom")?;
    let mut text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push('\n');
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
        .open(file)
        .and_then(|mut handle| handle.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", file.display()))
}

fn print_count(count: u64, what: &str) {
    println!("      {count:>7}  {what}");
}

fn answer(command: &mut Command) -> Result<Value> {
    let line = command::line_of(command);
    let text = command::output(command)?;
    serde_json::from_str(&text).with_context(|| format!("`{line}` did not answer in JSON"))
}

fn count_in(answer: &Value, field: &str) -> Result<u64> {
    answer
        .get(field)
        .and_then(Value::as_u64)
        .with_context(|| format!("the answer has no count of {field}"))
}

fn observations_in(sources: &Value) -> Result<u64> {
    let items = sources
        .get("items")
        .and_then(Value::as_array)
        .context("the answer lists no sources")?;
    items.iter().map(|source| count_in(source, "observations")).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn counts_are_read_and_their_absence_is_an_error() {
        let case: Value = serde_json::from_str(r#"{"entities":41,"name":"Sample"}"#).unwrap();
        assert_eq!(count_in(&case, "entities").unwrap(), 41);
        assert!(count_in(&case, "events").is_err() && count_in(&case, "name").is_err());

        let sources = r#"{"items":[{"observations":12},{"observations":300}],"total":2}"#;
        assert_eq!(observations_in(&serde_json::from_str(sources).unwrap()).unwrap(), 312);
        assert!(observations_in(&serde_json::from_str(r#"{"items":[{}]}"#).unwrap()).is_err());
    }

    #[test]
    fn two_passphrases_differ_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("1"), folder.path().join("2"));
        write_passphrase(&one).unwrap();
        write_passphrase(&two).unwrap();
        assert_ne!(fs::read_to_string(&one).unwrap(), fs::read_to_string(&two).unwrap());
        assert!(
            write_passphrase(&one).is_err(),
            "an existing passphrase is never overwritten"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
