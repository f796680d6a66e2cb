//! Versions, self-test, sizes, advice: what to look at before asking anybody for help.

use std::sync::Arc;

use fusion_store::Setting;

use crate::bench::Workbench;
use crate::clock;
use crate::commands::log::{CheckView, DoctorView};
use crate::error::ApiError;
use crate::open_case::OpenCase;
use crate::sample;

/// Examines the program and, where one is open, the case.
pub fn examine(bench: &Arc<Workbench>) -> Result<DoctorView, ApiError> {
    let mut checks = vec![
        well("program", format!("fusion {}", env!("CARGO_PKG_VERSION"))),
        well("engine", fusion_engine::ENGINE.to_owned()),
    ];
    let mut advice = Vec::new();
    match fusion_store::library_facts() {
        Ok(facts) => {
            checks.push(well(
                "database",
                format!(
                    "SQLite {} (at least {}), SQLCipher {} (at least {})",
                    facts.sqlite, facts.floors[0], facts.sqlcipher, facts.floors[1]
                ),
            ));
            checks.push(well("schema", facts.schema.to_string()));
        }
        Err(error) => checks.push(bad("database", error.to_string())),
    }
    match fusion_store::self_test() {
        Ok(settings) => checks.extend(settings.iter().map(setting)),
        Err(error) => checks.push(bad("self-test", error.to_string())),
    }
    let rules = crate::rules::read(None);
    checks.push(match &rules {
        Ok(rules) => well("rules", crate::rules::summary(rules).digest),
        Err(error) => bad("rules", error.to_string()),
    });
    let keyring = OpenCase::keyring_state();
    checks.push(well("keyring", keyring));
    checks.push(well(
        "formats",
        format!(
            "{} importers, {} exporters",
            fusion_import::IMPORTERS.len(),
            fusion_export::EXPORTERS.len()
        ),
    ));
    if let Some(case) = bench.try_case() {
        examine_case(&case, &mut checks, &mut advice)?;
    }
    Ok(DoctorView { checks, advice })
}

fn examine_case(case: &OpenCase, checks: &mut Vec<CheckView>, advice: &mut Vec<String>) -> Result<(), ApiError> {
    let facts = case.store.facts()?;
    checks.push(well("case", format!("{}, schema {}", case.name(), facts.schema)));
    checks.push(well(
        "sizes",
        format!(
            "evidence {} bytes, derived {} bytes, {} originals in {} bytes",
            facts.evidence_bytes, facts.derived_bytes, facts.originals, facts.vault_bytes
        ),
    ));
    let settings = case.store.settings()?;
    let off = settings.iter().find(|setting| !setting.holds());
    checks.push(match off {
        None => well("case settings", format!("{} as they must be", settings.len())),
        Some(setting) => bad("case settings", told(setting)),
    });
    examine_backups(case, checks, advice)?;
    let verified = case.verify()?;
    checks.push(match &verified.first_bad {
        None => well("integrity", "every check passed".to_owned()),
        Some(first) => bad("integrity", first.clone()),
    });
    if case.is_stale()? {
        advice.push("the results are older than the evidence; run `fusion fuse`".to_owned());
    }
    if verified.first_bad.is_some() {
        advice.push("work on a copy, and restore the newest backup that verifies".to_owned());
    }
    Ok(())
}

/// Says how old the last backup is; the sample case needs none.
fn examine_backups(case: &OpenCase, checks: &mut Vec<CheckView>, advice: &mut Vec<String>) -> Result<(), ApiError> {
    let standing = case.backup_standing()?;
    let text = match standing.last_success {
        None => "none was made on this computer".to_owned(),
        Some(at) => {
            let hours = clock::wall().0.saturating_sub(at.0).max(0) / 3_600_000;
            format!("the last one succeeded {hours} h ago, at {}", at.iso())
        }
    };
    checks.push(well("backup", text));
    if standing.overdue && case.name() != sample::CASE_NAME {
        advice.push("no backup has succeeded for 25 hours; run `fusion backup CASE -o FOLDER`".to_owned());
    }
    Ok(())
}

fn setting(setting: &Setting) -> CheckView {
    let name = format!("setting {}", setting.name);
    if setting.holds() {
        well(&name, setting.found.clone())
    } else {
        bad(&name, told(setting))
    }
}

fn told(setting: &Setting) -> String {
    format!("{} is \"{}\", not \"{}\"", setting.name, setting.found, setting.wanted)
}

fn well(name: &str, text: String) -> CheckView {
    CheckView {
        name: name.to_owned(),
        state: "ok".to_owned(),
        text,
    }
}

fn bad(name: &str, text: String) -> CheckView {
    CheckView {
        name: name.to_owned(),
        state: "bad".to_owned(),
        text,
    }
}
