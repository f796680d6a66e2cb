//! One number out of several measures: each counts relative to its largest value in the graph.

use fusion_model::Score;
use fusion_model::derived::Network;

use crate::rules::InfluenceWeights;

/// Reads one measure.
type Reading = fn(&Network) -> u64;

/// Fills in the influence of every node.
pub(super) fn fill(networks: &mut [Network], weights: &InfluenceWeights) {
    let parts: [(Score, Reading); 5] = [
        (weights.degree, |network| network.degree.into()),
        (weights.betweenness, |network| network.betweenness.into()),
        (weights.closeness, |network| network.closeness.into()),
        (weights.eigenvector, |network| network.eigenvector.into()),
        (weights.pagerank, |network| network.pagerank.into()),
    ];
    let largest = parts.map(|(_, value)| networks.iter().map(value).max().unwrap_or(0));
    for network in networks {
        let points: u64 = parts
            .iter()
            .zip(largest)
            .map(|((weight, value), largest)| {
                u64::from(Score::ratio(value(network), largest).times(*weight).basis_points())
            })
            .sum();
        // Nobody is influential alone.
        network.influence = if network.degree == 0 {
            Score::ZERO
        } else {
            Score::from_basis_points(points)
        };
    }
}
