//! Versions, self-test, sizes, advice: what to look at before asking anybody for help.

use std::sync::Arc;

use crate::bench::Workbench;
use crate::commands::log::{CheckView, DoctorView};
use crate::error::ApiError;
use crate::open_case::OpenCase;

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
                format!("SQLite {}, SQLCipher {}", facts.sqlite, facts.sqlcipher),
            ));
            checks.push(well("schema", facts.schema.to_string()));
        }
        Err(error) => checks.push(bad("database", error.to_string())),
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
