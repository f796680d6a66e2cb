//! Betweenness and closeness from breadth-first searches (Brandes 2001), all sources or a sample.
//!
//! One search per source gives both measures. The sample is drawn by hashing ids, so it is the same for the same
//! entities wherever they are fused; estimates are scaled by `nodes / sources`.

use fusion_model::{ContentHasher, EntityId};

use super::csr::Csr;

/// Holds betweenness and closeness per node, both normalised to 0..=1.
#[derive(Debug, Clone)]
pub struct Shortest {
    /// Share of the shortest paths between two others that run through the node.
    pub betweenness: Vec<f64>,
    /// Mean of the inverse distances to all others (harmonic closeness); unreachable counts zero.
    pub closeness: Vec<f64>,
}

/// Chooses `wanted` of the entities, by hash of their ids, ascending by position.
pub fn sample(ids: &[EntityId], wanted: usize) -> Vec<u32> {
    let mut hashed: Vec<([u8; 16], u32)> = ids
        .iter()
        .zip(0..)
        .map(|(id, index)| {
            let mut hasher = ContentHasher::new("betweenness-sample");
            hasher.part(&id.0);
            (hasher.finish_short(), index)
        })
        .collect();
    hashed.sort_unstable();
    hashed.truncate(wanted);
    let mut chosen: Vec<u32> = hashed.into_iter().map(|(_, index)| index).collect();
    chosen.sort_unstable();
    chosen
}

/// Measures from `sources`, which are all nodes or a sample of them.
pub fn shortest(graph: &Csr, sources: &[u32]) -> Shortest {
    let nodes = graph.nodes();
    let mut betweenness = vec![0.0_f64; nodes];
    let mut closeness = vec![0.0_f64; nodes];
    let mut distance = vec![u32::MAX; nodes];
    let mut paths = vec![0.0_f64; nodes];
    let mut share = vec![0.0_f64; nodes];
    let mut order: Vec<u32> = Vec::with_capacity(nodes);
    for source in sources {
        order.clear();
        order.push(*source);
        distance[*source as usize] = 0;
        paths[*source as usize] = 1.0;
        let mut head = 0;
        while let Some(&node) = order.get(head) {
            head += 1;
            let (next, arriving) = (distance[node as usize] + 1, paths[node as usize]);
            for &target in graph.neighbours(node as usize) {
                let at = target as usize;
                if distance[at] == u32::MAX {
                    distance[at] = next;
                    order.push(target);
                }
                if distance[at] == next {
                    paths[at] += arriving;
                }
            }
        }
        for &node in order.iter().skip(1).rev() {
            let at = node as usize;
            let before = distance[at] - 1;
            let portion = (1.0 + share[at]) / paths[at];
            for &target in graph.neighbours(at) {
                if distance[target as usize] == before {
                    share[target as usize] += paths[target as usize] * portion;
                }
            }
            betweenness[at] += share[at];
            closeness[at] += 1.0 / f64::from(distance[at]);
        }
        for &node in &order {
            distance[node as usize] = u32::MAX;
            paths[node as usize] = 0.0;
            share[node as usize] = 0.0;
        }
    }
    let count = nodes as f64;
    let scale = if sources.is_empty() {
        0.0
    } else {
        count / sources.len() as f64
    };
    let pairs = (count - 1.0) * (count - 2.0);
    for value in &mut betweenness {
        *value = if pairs > 0.0 { *value * scale / pairs } else { 0.0 };
    }
    for value in &mut closeness {
        *value = if count > 1.0 {
            *value * scale / (count - 1.0)
        } else {
            0.0
        };
    }
    Shortest { betweenness, closeness }
}
