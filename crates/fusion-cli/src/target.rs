//! What a person names on the command line: an entity by id, name or identifier.
//!
//! An id of an entity that is no more leads to where most of its records are, and a remark on standard error says so.

use fusion_api::lookup;
use fusion_api::open_case::OpenCase;

use crate::output::Output;

/// Finds the one entity that `target` means and returns its id.
pub fn one(output: &Output, case: &OpenCase, target: &str) -> anyhow::Result<String> {
    let id = lookup::one(case, target)?;
    if let Some(moved) = lookup::moved(case, target)? {
        output.note(&format!("note: {}", moved.words()));
    }
    Ok(id.to_string())
}
