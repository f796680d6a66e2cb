//! Graph views, neighbourhoods, paths. Large answers travel as columns of bytes (see [`GraphColumns`]).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fusion_engine::graph::Path;
use fusion_model::derived::{Relation, RelationKind};
use fusion_model::{EntityId, EntityKind, RelationId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::entities::parse_kinds;
use super::timeline::parse_entities;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::graph_picture;
use crate::picture::Picture;
use crate::router::{Command, bytes_command, command};
use crate::view::draw::percent;
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

const MOST_NODES: u32 = 10_000;
const MOST_DEPTH: u32 = 4;
const MOST_PATHS: u32 = 100;

pub(crate) const COMMANDS: &[Command] = &[
    bytes_command!(
        "graph.view",
        Read,
        "A picture of the graph, as byte columns.",
        GraphViewRequest,
        view
    ),
    command!("graph.columns", Read, "The key to the byte columns.", GraphColumnsRequest => GraphColumns, columns),
    command!("graph.paths", Read, "Ways between two entities.", GraphPathsRequest => GraphPathsView, paths),
    command!("graph.communities", Read, "Communities and suggested links.", CommunitiesRequest => CommunitiesView, communities),
];

/// Returns a picture of the graph.
pub fn view(bench: &Arc<Workbench>, request: GraphViewRequest) -> Result<Vec<u8>, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let kinds = parse_kinds(&request.kinds)?;
    let relation_kinds: Vec<RelationKind> = request
        .relations
        .iter()
        .map(|id| RelationKind::from_id(id).ok_or_else(|| ApiError::usage(format!("unknown kind of relation: {id}"))))
        .collect::<Result<_, _>>()?;
    let lowest = (request.min_score.clamp(0.0, 100.0) * 100.0).round() as u16;
    let kept: Vec<&Relation> = picture
        .snapshot
        .relations
        .iter()
        .filter(|relation| relation.score.basis_points() >= lowest)
        .filter(|relation| relation_kinds.is_empty() || relation_kinds.contains(&relation.kind))
        .collect();
    let allowed = |id: EntityId| {
        picture
            .entity(id)
            .is_some_and(|entity| kinds.is_empty() || kinds.contains(&entity.kind))
    };
    let focus = parse_entities(&case, &picture, &request.focus)?;
    let most = request.max_nodes.clamp(1, MOST_NODES) as usize;
    let chosen = if focus.is_empty() {
        most_influential(&picture, &allowed, most)
    } else {
        around(&kept, &focus, request.depth.min(MOST_DEPTH), &allowed, most)
    };
    Ok(graph_picture::encode(&picture, &chosen, &kept))
}

/// Takes the most influential entities; ties go to the smaller id.
fn most_influential(picture: &Picture, allowed: &dyn Fn(EntityId) -> bool, most: usize) -> Vec<EntityId> {
    let mut all: Vec<_> = picture
        .snapshot
        .entities
        .iter()
        .filter(|entity| allowed(entity.id))
        .collect();
    all.sort_by_key(|entity| {
        (
            Reverse(entity.network.influence),
            Reverse(entity.network.degree),
            entity.id,
        )
    });
    let mut chosen: Vec<EntityId> = all.into_iter().take(most).map(|entity| entity.id).collect();
    chosen.sort_unstable();
    chosen
}

/// Takes what lies at most `depth` steps from the focus, ring by ring, until there are `most`.
fn around(
    relations: &[&Relation],
    focus: &[EntityId],
    depth: u32,
    allowed: &dyn Fn(EntityId) -> bool,
    most: usize,
) -> Vec<EntityId> {
    let mut neighbours: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    for relation in relations {
        neighbours.entry(relation.from).or_default().insert(relation.to);
        neighbours.entry(relation.to).or_default().insert(relation.from);
    }
    let mut chosen: BTreeSet<EntityId> = focus.iter().copied().collect();
    let mut ring: Vec<EntityId> = chosen.iter().copied().collect();
    for _ in 0..depth {
        let mut next = Vec::new();
        for neighbour in ring
            .iter()
            .filter_map(|entity| neighbours.get(entity))
            .flatten()
            .copied()
        {
            if chosen.len() < most && allowed(neighbour) && chosen.insert(neighbour) {
                next.push(neighbour);
            }
        }
        ring = next;
    }
    chosen.into_iter().collect()
}

/// Returns the key to the byte columns.
pub fn columns(_bench: &Arc<Workbench>, _request: GraphColumnsRequest) -> Result<GraphColumns, ApiError> {
    Ok(GraphColumns {
        kinds: EntityKind::ALL.iter().map(|kind| kind.id().to_owned()).collect(),
        relation_kinds: RelationKind::ALL.iter().map(|kind| kind.id().to_owned()).collect(),
    })
}

/// Returns ways between two entities.
pub fn paths(bench: &Arc<Workbench>, request: GraphPathsRequest) -> Result<GraphPathsView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let end = |id: &str| case.followed(&picture, EntityId::parse(id)?);
    let (from, to) = (end(&request.from)?, end(&request.to)?);
    let k = request.k.clamp(1, MOST_PATHS) as usize;
    let found = fusion_engine::graph::paths(&picture.snapshot, from, to, k, request.max_depth as usize);
    Ok(GraphPathsView {
        paths: found.iter().map(|path| path_view(&picture, path)).collect(),
    })
}

fn path_view(picture: &Picture, path: &Path) -> PathView {
    let relation = |id: &RelationId| {
        let position = picture
            .snapshot
            .relations
            .binary_search_by(|relation| relation.id.cmp(id))
            .ok()?;
        picture.snapshot.relations.get(position)
    };
    let steps = path.entities.iter().zip(&path.relations);
    PathView {
        score: percent(path.weakest),
        entities: path.entities.iter().map(|id| picture.entity_ref(*id)).collect(),
        relations: steps
            .filter_map(|(here, id)| relation(id).map(|relation| picture.relation_view(relation, *here)))
            .collect(),
    }
}

/// Returns communities and suggested links.
pub fn communities(bench: &Arc<Workbench>, _request: CommunitiesRequest) -> Result<CommunitiesView, ApiError> {
    let picture = bench.case()?.picture()?;
    let graph = &picture.snapshot.graph;
    let named = |ids: &[EntityId]| ids.iter().map(|id| picture.entity_ref(*id)).collect();
    Ok(CommunitiesView {
        communities: graph
            .communities
            .iter()
            .map(|community| CommunityView {
                number: community.number,
                label: community.label.clone(),
                members: named(&community.members),
            })
            .collect(),
        suggestions: graph
            .suggestions
            .iter()
            .map(|suggestion| SuggestionView {
                left: picture.entity_ref(suggestion.left),
                right: picture.entity_ref(suggestion.right),
                score: percent(suggestion.score),
                through: named(&suggestion.through),
            })
            .collect(),
        components: graph.components,
        modularity: f64::from(graph.modularity) / 1_000_000.0,
        betweenness_samples: graph.betweenness_samples,
    })
}
