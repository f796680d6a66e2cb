//! Measures of an entity's place in the graph. Shares are integer millionths, so that they compare exactly.

use crate::id::EntityId;
use crate::score::Score;

/// Holds an entity's measures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Number of neighbours.
    pub degree: u32,
    /// Sum of relation scores, in basis points.
    pub weighted_degree: u64,
    /// Betweenness, normalised, in millionths.
    pub betweenness: u32,
    /// Closeness (harmonic, normalised), in millionths.
    pub closeness: u32,
    /// Eigenvector centrality, largest is one, in millionths.
    pub eigenvector: u32,
    /// PageRank, in millionths of the sum.
    pub pagerank: u32,
    /// Largest k such that the entity is in the k-core.
    pub core: u32,
    /// Number of its community, 0-based, largest community first.
    pub community: u32,
    /// Whether removing it would cut the graph.
    pub broker: bool,
    /// Blend of the above.
    pub influence: Score,
}

/// Holds a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// Number, 0-based.
    pub number: u32,
    /// Members, ascending.
    pub members: Vec<EntityId>,
    /// Label of its best-connected member.
    pub label: String,
}

/// Suggests a link that is not in evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSuggestion {
    /// Smaller end.
    pub left: EntityId,
    /// Larger end.
    pub right: EntityId,
    /// Strength by shared neighbours weighted by rarity.
    pub score: Score,
    /// Neighbours both share, ascending.
    pub through: Vec<EntityId>,
}

/// Holds measures of the whole graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GraphSummary {
    /// Communities of two or more, largest first.
    pub communities: Vec<Community>,
    /// Suggested links, strongest first.
    pub suggestions: Vec<LinkSuggestion>,
    /// Relations whose loss would cut the graph, as pairs of ends.
    pub bridges: Vec<(EntityId, EntityId)>,
    /// Number of connected components.
    pub components: u32,
    /// Modularity of the communities, in millionths.
    pub modularity: i32,
    /// Whether betweenness was sampled (and from how many sources); 0 means exact.
    pub betweenness_samples: u32,
}
