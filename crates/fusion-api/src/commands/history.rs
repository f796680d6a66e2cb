//! How an entity came to be: the joins that hold it together, and what people and imports did to it.

use std::sync::Arc;

use fusion_engine::review::joins;
use fusion_model::EntityId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::log::OperationView;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::router::{Command, command};
use crate::view::{FollowedView, FormerView, PairView};
/// Asks how an entity came to be.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntityHistoryRequest {
    /// Entity id.
    pub id: String,
}

/// Shows how an entity came to be.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EntityHistoryView {
    /// Joins that hold it together: verdicts first, then by falling score; at most 200.
    pub joins: Vec<JoinView>,
    /// All joins.
    pub joins_total: u64,
    /// Records in it.
    pub records: u64,
    /// Records that no pair joins: the evidence of the whole entity holds them.
    pub held_by_all: u64,
    /// What was done to it, latest first; at most 200.
    pub operations: Vec<OperationView>,
    /// All that was done to it.
    pub operations_total: u64,
    /// Former ids whose records came into it.
    #[ts(as = "Option<Vec<FormerView>>", optional)]
    pub formers: Vec<FormerView>,
    /// Where records are that it stood for and does not any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub moved: Option<FollowedView>,
}

/// Shows how two groups of records became one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JoinView {
    /// The pair that joined them.
    pub pair: PairView,
    /// Records on the left before.
    pub left_records: u32,
    /// Records on the right before.
    pub right_records: u32,
}

const MOST: usize = 200;

pub(crate) const COMMANDS: &[Command] = &[
    command!("entity.history", Read, "How an entity came to be, and what was done to it.", EntityHistoryRequest => EntityHistoryView, history),
];

/// Returns how an entity came to be.
pub fn history(bench: &Arc<Workbench>, request: EntityHistoryRequest) -> Result<EntityHistoryView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let id = case.followed(&picture, EntityId::parse(&request.id)?)?;
    let entity = picture
        .entity(id)
        .ok_or_else(|| ApiError::not_found(format!("entity: {}", request.id)))?;
    let (found, groups) = joins(&picture.snapshot.pairs, &entity.records);
    let done = case.operations_on(entity, MOST as u64)?;
    let view = |join: &fusion_engine::review::Join<'_>| JoinView {
        pair: picture.pair_view(join.pair),
        left_records: join.left_records,
        right_records: join.right_records,
    };
    Ok(EntityHistoryView {
        joins_total: found.len() as u64,
        joins: found.iter().take(MOST).map(view).collect(),
        records: entity.records.len() as u64,
        held_by_all: groups as u64 - 1,
        operations: done.operations,
        operations_total: done.total,
        formers: case.former_ids(id, &entity.records)?,
        moved: case.moved_records(&picture, id)?,
    })
}
