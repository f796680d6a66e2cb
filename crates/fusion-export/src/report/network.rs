//! The network of a report: the picture, and measures, communities, brokers and suggestions in words.

use std::collections::BTreeSet;

use fusion_model::EntityId;
use fusion_model::derived::Snapshot;

use super::{MOST_ROWS, NetworkPart, words};
use crate::picture::NetworkPicture;
use crate::scope::Scope;

/// Draws and describes the network in scope.
pub(super) fn part(snapshot: &Snapshot, scope: &Scope<'_>, profiled: &BTreeSet<EntityId>) -> NetworkPart {
    let label = |id: EntityId| {
        snapshot
            .entity(id)
            .map(|entity| entity.label.clone())
            .unwrap_or_default()
    };
    let mut measures = vec![format!(
        "{} in the whole case; modularity of the communities {}.",
        words::counted(snapshot.graph.components as usize, "connected part", "connected parts"),
        thousandths(snapshot.graph.modularity)
    )];
    if snapshot.graph.betweenness_samples > 0 {
        measures.push(format!(
            "Betweenness was sampled from {} entities.",
            snapshot.graph.betweenness_samples
        ));
    }
    let communities = snapshot
        .graph
        .communities
        .iter()
        .filter(|community| community.members.iter().any(|id| scope.holds(*id)));
    measures.extend(communities.take(MOST_ROWS).map(|community| {
        format!(
            "Community {} around {}: {}.",
            community.number + 1,
            community.label,
            words::counted(community.members.len(), "member", "members")
        )
    }));
    let brokers: Vec<String> = scope
        .entities()
        .filter(|entity| entity.network.broker)
        .take(MOST_ROWS)
        .map(|entity| entity.label.clone())
        .collect();
    if !brokers.is_empty() {
        measures.push(format!(
            "Without these the network would fall apart: {}.",
            words::joined(&brokers)
        ));
    }
    let suggestions = snapshot
        .graph
        .suggestions
        .iter()
        .filter(|suggestion| scope.holds(suggestion.left) && scope.holds(suggestion.right));
    measures.extend(suggestions.take(MOST_ROWS).map(|suggestion| {
        let through: Vec<String> = suggestion.through.iter().map(|id| label(*id)).collect();
        format!(
            "Suggestion, not in evidence: look for a link between {} and {} (through {}).",
            label(suggestion.left),
            label(suggestion.right),
            words::joined(&through)
        )
    }));
    NetworkPart {
        picture: NetworkPicture::new(scope, profiled),
        measures,
    }
}

/// Writes millionths with three decimals.
fn thousandths(millionths: i32) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1_000_000, size % 1_000_000 / 1_000)
}
