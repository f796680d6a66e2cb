//! Full-text search over entities and statements.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
