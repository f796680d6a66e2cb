//! Articulation points, bridges and components by one depth-first walk (Tarjan 1972), without recursion.

use super::csr::Csr;

/// Holds what would cut the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Whether removing the node would cut its component.
    pub broker: Vec<bool>,
    /// Edges whose removal would cut their component, smaller end first, ascending.
    pub bridges: Vec<(u32, u32)>,
}

/// Finds articulation points and bridges.
pub fn cuts(graph: &Csr) -> Cuts {
    const NONE: u32 = u32::MAX;
    let nodes = graph.nodes();
    let mut found = Cuts {
        broker: vec![false; nodes],
        bridges: Vec::new(),
    };
    let mut entered = vec![NONE; nodes];
    let mut low = vec![NONE; nodes];
    let mut cursor = vec![0_u32; nodes];
    let mut clock = 0;
    let mut stack: Vec<(u32, u32)> = Vec::new();
    for root in (0..nodes).zip(0_u32..) {
        if entered[root.0] != NONE {
            continue;
        }
        let mut root_children = 0;
        stack.push((root.1, NONE));
        entered[root.0] = clock;
        low[root.0] = clock;
        clock += 1;
        while let Some(&(node, parent)) = stack.last() {
            let at = node as usize;
            if let Some(&target) = graph.neighbours(at).get(cursor[at] as usize) {
                cursor[at] += 1;
                let to = target as usize;
                if entered[to] == NONE {
                    entered[to] = clock;
                    low[to] = clock;
                    clock += 1;
                    stack.push((target, node));
                    root_children += u32::from(node == root.1);
                } else if target != parent {
                    low[at] = low[at].min(entered[to]);
                }
                continue;
            }
            stack.pop();
            if parent == NONE {
                continue;
            }
            let up = parent as usize;
            low[up] = low[up].min(low[at]);
            if low[at] > entered[up] {
                found.bridges.push((node.min(parent), node.max(parent)));
            }
            if parent != root.1 && low[at] >= entered[up] {
                found.broker[up] = true;
            }
        }
        found.broker[root.0] = root_children > 1;
    }
    found.bridges.sort_unstable();
    found
}
