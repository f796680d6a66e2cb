//! An immutable undirected graph in compressed rows: the form that analysis walks.

use std::collections::BTreeMap;

/// Holds an undirected graph without loops or parallel edges; neighbours stand in ascending order.
#[derive(Debug, Clone, Default)]
pub struct Csr {
    offsets: Vec<u32>,
    targets: Vec<u32>,
    weights: Vec<u32>,
}

impl Csr {
    /// Makes a graph of `nodes` nodes from weighted edges between node numbers.
    ///
    /// Loops and edges to unknown nodes are dropped; of parallel edges the heaviest counts.
    pub fn new(nodes: u32, edges: impl IntoIterator<Item = (u32, u32, u32)>) -> Self {
        let mut list: Vec<(u32, u32, u32)> = edges
            .into_iter()
            .filter(|(a, b, _)| a != b && *a < nodes && *b < nodes)
            .map(|(a, b, weight)| (a.min(b), a.max(b), weight))
            .collect();
        list.sort_unstable_by(|a, b| (a.0, a.1, b.2).cmp(&(b.0, b.1, a.2)));
        list.dedup_by_key(|edge| (edge.0, edge.1));
        let mut offsets = vec![0_u32; nodes as usize + 1];
        for (a, b, _) in &list {
            offsets[*a as usize + 1] += 1;
            offsets[*b as usize + 1] += 1;
        }
        for node in 0..nodes as usize {
            offsets[node + 1] += offsets[node];
        }
        let mut next = offsets.clone();
        let mut targets = vec![0_u32; list.len() * 2];
        let mut weights = vec![0_u32; list.len() * 2];
        let mut place = |from: u32, to: u32, weight: u32| {
            let slot = next[from as usize] as usize;
            targets[slot] = to;
            weights[slot] = weight;
            next[from as usize] += 1;
        };
        // Smaller neighbours first, then larger ones: the list is sorted, so each row comes out ascending.
        for (a, b, weight) in &list {
            place(*b, *a, *weight);
        }
        for (a, b, weight) in &list {
            place(*a, *b, *weight);
        }
        Self {
            offsets,
            targets,
            weights,
        }
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Returns the number of edges.
    pub fn edges(&self) -> usize {
        self.targets.len() / 2
    }

    /// Returns the neighbours of a node, ascending.
    pub fn neighbours(&self, node: usize) -> &[u32] {
        &self.targets[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }

    /// Returns the weights of the edges to [`Self::neighbours`], in the same order.
    pub fn weights(&self, node: usize) -> &[u32] {
        &self.weights[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }

    /// Returns neighbours and weights together.
    pub fn row(&self, node: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.neighbours(node)
            .iter()
            .zip(self.weights(node))
            .map(|(target, weight)| (*target as usize, *weight))
    }

    /// Returns the number of neighbours of a node.
    pub fn degree(&self, node: usize) -> usize {
        self.neighbours(node).len()
    }

    /// Tells whether two nodes are linked.
    pub fn has_edge(&self, a: usize, b: usize) -> bool {
        u32::try_from(b).is_ok_and(|b| self.neighbours(a).binary_search(&b).is_ok())
    }
}

/// Numbers ids in ascending order.
pub(super) fn number<T: Ord + Copy>(ids: impl IntoIterator<Item = T>) -> BTreeMap<T, u32> {
    let sorted: std::collections::BTreeSet<T> = ids.into_iter().collect();
    sorted.into_iter().zip(0..).collect()
}
