//! Full-text search over entities and statements.

use std::sync::Arc;

use fusion_model::StatementId;
use fusion_store::{HitKind, SearchHit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::router::{Command, command};
use crate::view::EntityRefView;
/// Asks for hits.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SearchRequest {
    /// What the analyst typed.
    pub query: String,
    /// Hits wanted, at most 200.
    pub limit: u64,
}

/// Shows hits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchView {
    /// Best first.
    pub hits: Vec<SearchHitView>,
}

/// Shows a hit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchHitView {
    /// `entity`, `statement`, `source` or `event`.
    pub kind: String,
    /// Entity the hit leads to.
    pub entity: Option<EntityRefView>,
    /// Text that matched.
    pub text: String,
    /// Where it stands: property, source and place, in words.
    pub context: String,
    /// Id of the hit itself.
    pub id: String,
}

const MOST_HITS: u64 = 200;

pub(crate) const COMMANDS: &[Command] = &[
    command!("search.query", Read, "Entities and statements that hold the words.", SearchRequest => SearchView, query),
];

/// Returns the best hits.
pub fn query(bench: &Arc<Workbench>, request: SearchRequest) -> Result<SearchView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let hits = case.search(&request.query, request.limit.min(MOST_HITS))?;
    Ok(SearchView {
        hits: hits.iter().map(|hit| hit_view(&picture, hit)).collect(),
    })
}

fn hit_view(picture: &Picture, hit: &SearchHit) -> SearchHitView {
    let statement = match hit.kind {
        HitKind::Statement => StatementId::parse(&hit.id).ok().and_then(|id| picture.statement(id)),
        HitKind::Entity => None,
    };
    let context = match statement {
        Some(statement) => format!(
            "{} in {}, {}",
            statement.property.id(),
            picture.source_name(statement.source),
            statement.locator.text()
        ),
        None => hit
            .entity
            .and_then(|id| picture.entity(id))
            .map(|entity| entity.kind.label().to_owned())
            .unwrap_or_default(),
    };
    let text = match hit.kind {
        HitKind::Entity => hit.label.clone(),
        HitKind::Statement => hit.snippet.clone(),
    };
    SearchHitView {
        kind: hit.kind.id().to_owned(),
        entity: hit.entity.map(|id| picture.entity_ref(id)),
        text,
        context,
        id: hit.id.clone(),
    }
}
