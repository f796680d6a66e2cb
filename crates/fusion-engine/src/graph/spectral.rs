//! Eigenvector centrality and PageRank by power iteration in fixed order.

use super::csr::Csr;

const MAX_ROUNDS: usize = 200;
const TOLERANCE: f64 = 1e-9;

/// Measures links to the well linked; the largest value is one, a graph without edges has only zeros.
///
/// Iterates over the adjacency plus the identity, which has the same eigenvectors and converges on bipartite graphs too.
pub fn eigenvector(graph: &Csr) -> Vec<f64> {
    let nodes = graph.nodes();
    if graph.edges() == 0 {
        return vec![0.0; nodes];
    }
    // Weights enter as shares of the heaviest, so that the identity stays comparable.
    let heaviest = (0..nodes)
        .flat_map(|node| graph.weights(node))
        .copied()
        .max()
        .map_or(1.0, |weight| f64::from(weight.max(1)));
    let mut value: Vec<f64> = (0..nodes)
        .map(|node| if graph.degree(node) == 0 { 0.0 } else { 1.0 })
        .collect();
    let mut next = vec![0.0_f64; nodes];
    for _ in 0..MAX_ROUNDS {
        let mut largest = 0.0_f64;
        for (node, slot) in next.iter_mut().enumerate() {
            let around: f64 = graph
                .row(node)
                .map(|(target, weight)| value[target] * f64::from(weight))
                .sum();
            *slot = value[node] + around / heaviest;
            largest = largest.max(*slot);
        }
        let mut change = 0.0_f64;
        for (slot, old) in next.iter_mut().zip(&value) {
            *slot /= largest;
            change = change.max((*slot - old).abs());
        }
        std::mem::swap(&mut value, &mut next);
        if change < TOLERANCE {
            break;
        }
    }
    value
}

/// Measures where a walker is found who follows links by weight and jumps with probability `1 − damping`; sums to one.
///
/// A node without links sends its walker anywhere, so no rank is lost.
pub fn pagerank(graph: &Csr, damping: f64) -> Vec<f64> {
    let nodes = graph.nodes();
    if nodes == 0 {
        return Vec::new();
    }
    let count = nodes as f64;
    let inverse: Vec<f64> = (0..nodes)
        .map(|node| {
            let strength: u64 = graph.weights(node).iter().map(|weight| u64::from(*weight)).sum();
            if strength == 0 { 0.0 } else { 1.0 / strength as f64 }
        })
        .collect();
    let mut value = vec![1.0 / count; nodes];
    let mut sent = vec![0.0_f64; nodes];
    let mut next = vec![0.0_f64; nodes];
    for _ in 0..MAX_ROUNDS {
        let mut dangling = 0.0_f64;
        for node in 0..nodes {
            sent[node] = value[node] * inverse[node];
            if inverse[node] == 0.0 {
                dangling += value[node];
            }
        }
        let base = (1.0 - damping + damping * dangling) / count;
        let mut change = 0.0_f64;
        for node in 0..nodes {
            let received: f64 = graph
                .row(node)
                .map(|(target, weight)| sent[target] * f64::from(weight))
                .sum();
            next[node] = base + damping * received;
            change += (next[node] - value[node]).abs();
        }
        std::mem::swap(&mut value, &mut next);
        if change < TOLERANCE {
            break;
        }
    }
    value
}
