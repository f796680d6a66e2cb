//! Section `graph`: measures, communities, paths.

use crate::rules::schema::section;

section! {
    /// Says what is measured in the graph.
    Graph {
        /// Which measures are taken.
        measures: sub(GraphMeasures) = built_in;
        /// Relations below this score are left out of the measures.
        min_relation_score: share = 0;
        /// Entities up to which betweenness and closeness are exact.
        exact_betweenness_limit: count in 0 to 100_000 = 1_500;
        /// Entities from which both are sampled above that limit.
        betweenness_samples: count in 16 to 100_000 = 256;
        /// Resolution of communities; higher makes smaller ones.
        community_resolution: milli in 10 to 100_000 = 1_000;
        /// Share of PageRank that follows links.
        pagerank_damping: share in 0 to 9_900 = 8_500;
        /// Suggested links kept.
        suggestions: count in 0 to 100_000 = 50;
        /// Strength below which a link is not suggested.
        min_suggestion_score: share = 4_500;
        /// Neighbours above which an entity is too common to suggest links through.
        suggestion_hub_limit: count in 2 to 100_000 = 200;
        /// Paths shown between two entities.
        paths: count in 1 to 1_000 = 5;
        /// Blend of the influence score; the weights add up to 1.
        influence_weights: sub(InfluenceWeights) = built_in;
    }
}

section! {
    /// Switches measures.
    GraphMeasures {
        /// Shortest paths that run through an entity.
        betweenness: flag = true;
        /// Nearness to all others.
        closeness: flag = true;
        /// Links to the well linked.
        eigenvector: flag = true;
        /// PageRank.
        pagerank: flag = true;
        /// Largest k-core.
        core: flag = true;
        /// Entities and relations whose loss cuts the graph.
        brokers: flag = true;
        /// Communities.
        communities: flag = true;
        /// Suggested links.
        suggestions: flag = true;
    }
}

section! {
    /// Weighs measures in the influence score; each measure counts relative to its largest value in the graph.
    InfluenceWeights {
        /// Number of neighbours.
        degree: share = 2_000;
        /// Betweenness.
        betweenness: share = 3_000;
        /// Closeness.
        closeness: share = 1_000;
        /// Eigenvector centrality.
        eigenvector: share = 1_500;
        /// PageRank.
        pagerank: share = 2_500;
    }
}
