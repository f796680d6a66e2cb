//! Core numbers by peeling in linear time (Batagelj and Zaveršnik 2003).

use super::csr::Csr;

/// Returns, per node, the largest k such that the node is in the k-core.
pub fn cores(graph: &Csr) -> Vec<u32> {
    let nodes = graph.nodes();
    let mut degree: Vec<usize> = (0..nodes).map(|node| graph.degree(node)).collect();
    let most = degree.iter().copied().max().unwrap_or(0);
    // Nodes sorted by remaining degree; `first[d]` is where those of degree d begin.
    let mut first = vec![0_usize; most + 2];
    for &degree in &degree {
        first[degree + 1] += 1;
    }
    for degree in 0..=most {
        first[degree + 1] += first[degree];
    }
    let mut slot = vec![0_usize; nodes];
    let mut sorted = vec![0_usize; nodes];
    let mut next = first.clone();
    for node in 0..nodes {
        slot[node] = next[degree[node]];
        sorted[slot[node]] = node;
        next[degree[node]] += 1;
    }
    for at in 0..nodes {
        let node = sorted[at];
        for &target in graph.neighbours(node) {
            let target = target as usize;
            if degree[target] > degree[node] {
                // Swap the neighbour to the front of its bucket, then move the bucket's border over it.
                let front = first[degree[target]];
                let other = sorted[front];
                sorted.swap(front, slot[target]);
                slot[other] = slot[target];
                slot[target] = front;
                first[degree[target]] += 1;
                degree[target] -= 1;
            }
        }
    }
    degree
        .into_iter()
        .map(|core| u32::try_from(core).unwrap_or(u32::MAX))
        .collect()
}
