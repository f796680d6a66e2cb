//! Rules files: reading, showing, comparing.
//!
//! Command line wins over the environment, which wins over the case, which wins over the shipped default; a file
//! names only what it changes.

use std::path::{Path, PathBuf};

use fusion_engine::rules::{self, Rules};
use serde::Serialize;
use ts_rs::TS;

use crate::commands::log::RulesShowView;
use crate::error::ApiError;

/// Names a rules file for every run.
pub const FILE_VARIABLE: &str = "FUSION_CONFIG";

/// Shows a key whose value differs from the shipped one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleChangeView {
    /// Key with its section, e.g. `correlation.time_window_days`.
    pub key: String,
    /// Shipped value, or the one before a change.
    pub shipped: String,
    /// Value in force, or after a change.
    pub now: String,
}

/// Names the rules in force.
#[derive(Debug, Clone, Serialize)]
pub struct RulesSummary {
    /// Digest that is part of the revision.
    pub digest: String,
}

/// Reads the rules in force: `file`, else the file named by the environment, else the shipped ones.
pub fn read(file: Option<&Path>) -> Result<Rules, ApiError> {
    let named = std::env::var_os(FILE_VARIABLE)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    let Some(path) = file.map(Path::to_owned).or(named) else {
        return Ok(Rules::shipped());
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|error| ApiError::usage(format!("the rules cannot be read: {error}: {name}")))?;
    parse(&text, &name)
}

/// Reads the text of a rules file; `name` stands in its errors.
pub fn parse(text: &str, name: &str) -> Result<Rules, ApiError> {
    rules::load(text, name).map_err(|problems| refusal(&problems))
}

/// Reads rules that a case has kept, and names the keys whose kept weights gave way to the shipped ones because the
/// comparator has other levels now.
pub fn parse_kept(text: &str) -> Result<(Rules, Vec<String>), ApiError> {
    let (rules, outgrown) = rules::load_kept(text, "rules of the case").map_err(|problems| refusal(&problems))?;
    Ok((rules, outgrown.into_iter().map(|problem| problem.key).collect()))
}

fn refusal(problems: &[rules::RulesProblem]) -> ApiError {
    let told: Vec<String> = problems
        .iter()
        .map(|problem| match problem.hint() {
            Some(hint) => format!("{problem} ({hint})"),
            None => problem.to_string(),
        })
        .collect();
    ApiError::usage(format!("the rules do not hold:\n  {}", told.join("\n  ")))
        .hint("`fusion rules show` prints every key with its meaning")
}

/// Names rules by their digest.
pub fn summary(rules: &Rules) -> RulesSummary {
    RulesSummary {
        digest: hex(&rules.digest()),
    }
}

/// Shows rules as a commented file.
pub fn show(rules: &Rules) -> RulesShowView {
    shown(rules, origin())
}

/// Shows the rules in force for a case that keeps rules of its own as `kept`.
pub fn show_kept(rules: &Rules, kept: &str) -> Result<RulesShowView, ApiError> {
    if std::env::var_os(FILE_VARIABLE).is_some() {
        return Ok(show(rules));
    }
    let outgrown = parse_kept(kept)?.1;
    let mut origin = "rules of the case".to_owned();
    if !outgrown.is_empty() {
        origin.push_str(": weights for levels of an earlier version rest, the shipped ones stand for ");
        origin.push_str(&outgrown.join(", "));
    }
    Ok(shown(rules, origin))
}

fn shown(rules: &Rules, origin: String) -> RulesShowView {
    RulesShowView {
        text: rules::show(rules),
        digest: hex(&rules.digest()),
        origin,
    }
}

/// Lists what differs from the shipped rules.
pub fn diff(rules: &Rules) -> Vec<RuleChangeView> {
    changes(&Rules::shipped(), rules)
}

/// Lists what differs between two rule sets; the first stands for the shipped one.
pub fn changes(before: &Rules, after: &Rules) -> Vec<RuleChangeView> {
    rules::diff(before, after)
        .into_iter()
        .map(|change| RuleChangeView {
            key: change.key,
            shipped: change.old,
            now: change.new,
        })
        .collect()
}

fn origin() -> String {
    match std::env::var_os(FILE_VARIABLE).filter(|value| !value.is_empty()) {
        Some(path) => format!("shipped rules, changed by {}", Path::new(&path).display()),
        None => "shipped rules".to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
