//! Graph views, neighbourhoods, paths. Large answers travel as columns of bytes (see [`GraphColumns`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{EntityRefView, RelationView};

/// Asks for a picture of the graph: the answer is bytes, laid out as [`GraphColumns`] says.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GraphViewRequest {
    /// Start here; the whole graph (most influential first) when empty.
    pub focus: Vec<String>,
    /// Steps away from the focus, at most 4.
    pub depth: u32,
    /// Kinds to keep; all when empty.
    pub kinds: Vec<String>,
    /// Relation kinds to keep; all when empty.
    pub relations: Vec<String>,
    /// Lowest relation score to keep, 0 to 100.
    pub min_score: f64,
    /// Most nodes wanted, at most 10,000; what is cut is said in the answer.
    pub max_nodes: u32,
}

/// Documents the byte columns of a graph picture; little-endian throughout.
///
/// `u32` magic `0x46475231`, `u32` nodes n, `u32` edges m, `u32` nodes in the whole graph, `u32` length of the text block;
/// then per node, column by column: `f32 x`[n], `f32 y`[n], `u8 kind`[n] (index into [`GraphColumns::KINDS`]), `u8 risk`[n] (0 minimal … 4 critical),
/// `u8 confidence`[n] (percent), `u8 padding`[n], `u32 degree`[n], `u32 community`[n];
/// then per edge: `u32 from`[m], `u32 to`[m], `u16 score`[m] (basis points), `u8 kind`[m] (index into the relation kinds), `u8 directed`[m];
/// then the text block, UTF-8: n lines of entity id, tab, label; then m lines of relation id. Control characters in labels are replaced.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GraphColumns {
    /// Kind ids by index.
    pub kinds: Vec<String>,
    /// Relation kind ids by index.
    pub relation_kinds: Vec<String>,
}

/// Asks for the key to the byte columns.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GraphColumnsRequest {}

/// Asks for the ways between two entities.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GraphPathsRequest {
    /// Entity id.
    pub from: String,
    /// Entity id.
    pub to: String,
    /// Ways wanted.
    pub k: u32,
    /// Longest way, in steps.
    pub max_depth: u32,
}

/// Shows ways between two entities.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GraphPathsView {
    /// Strongest first.
    pub paths: Vec<PathView>,
}

/// Shows one way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PathView {
    /// Strength, 0 to 100.
    pub score: f64,
    /// Entities along the way.
    pub entities: Vec<EntityRefView>,
    /// Relations along the way, one fewer.
    pub relations: Vec<RelationView>,
}

/// Asks for communities.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CommunitiesRequest {}

/// Shows communities and suggestions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommunitiesView {
    /// Largest first.
    pub communities: Vec<CommunityView>,
    /// Links that evidence does not state but the graph suggests.
    pub suggestions: Vec<SuggestionView>,
    /// Connected components.
    pub components: u32,
    /// Modularity, −1 to 1.
    pub modularity: f64,
    /// Sources betweenness was sampled from; 0 means exact.
    pub betweenness_samples: u32,
}

/// Shows a community.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommunityView {
    /// Number.
    pub number: u32,
    /// Label of its best-connected member.
    pub label: String,
    /// Members.
    pub members: Vec<EntityRefView>,
}

/// Shows a suggested link.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SuggestionView {
    /// One end.
    pub left: EntityRefView,
    /// The other.
    pub right: EntityRefView,
    /// 0 to 100.
    pub score: f64,
    /// Neighbours both share.
    pub through: Vec<EntityRefView>,
}
