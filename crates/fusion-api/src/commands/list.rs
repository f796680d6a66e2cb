//! Plain lists for scripts: relations, events, judgements, sources, cursor by cursor.

use std::sync::Arc;

use fusion_model::StatementId;
use serde::Serialize;
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::view::{EventView, RelationView, StatementView};
/// Shows a verdict.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JudgementView {
    /// Smaller record id.
    pub left: String,
    /// Larger record id.
    pub right: String,
    /// `same`, `different` or `unsure`.
    pub verdict: String,
    /// Who.
    pub author: String,
    /// When, ISO 8601 UTC.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// Returns all relations, by id.
pub fn relations(bench: &Arc<Workbench>) -> Result<Vec<RelationView>, ApiError> {
    let picture = bench.case()?.picture()?;
    let all = picture.snapshot.relations.iter();
    Ok(all
        .map(|relation| picture.relation_view(relation, relation.from))
        .collect())
}

/// Returns all events, by time.
pub fn events(bench: &Arc<Workbench>) -> Result<Vec<EventView>, ApiError> {
    let picture = bench.case()?.picture()?;
    Ok(picture
        .snapshot
        .events
        .iter()
        .map(|event| picture.event_view(event))
        .collect())
}

/// Returns live judgements, by pair.
pub fn judgements(bench: &Arc<Workbench>) -> Result<Vec<JudgementView>, ApiError> {
    let judgements = bench.case()?.judgements()?;
    Ok(judgements
        .into_iter()
        .map(|judgement| JudgementView {
            left: judgement.left.to_string(),
            right: judgement.right.to_string(),
            verdict: judgement.verdict.id().to_owned(),
            author: judgement.author,
            at: judgement.at.iso(),
            reason: judgement.reason,
        })
        .collect())
}

/// Returns statements by id; all of them when `ids` is empty.
pub fn statements(bench: &Arc<Workbench>, ids: &[String]) -> Result<Vec<StatementView>, ApiError> {
    let picture = bench.case()?.picture()?;
    if ids.is_empty() {
        return Ok(picture
            .snapshot
            .statements
            .iter()
            .map(|statement| picture.statement_view(statement))
            .collect());
    }
    let mut found = Vec::new();
    for id in ids {
        let id = StatementId::parse(id)?;
        let statement = picture
            .statement(id)
            .ok_or_else(|| ApiError::not_found(format!("statement: {id}")))?;
        found.push(picture.statement_view(statement));
    }
    Ok(found)
}
