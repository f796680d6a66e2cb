//! Communities by the Leiden method (Traag, Waltman, van Eck 2019), maximising weighted modularity.
//!
//! Local moving, refinement inside each community, aggregation of the refined parts, and again. Where the paper
//! draws lots the best move is taken and ties go to the smaller number, so the outcome depends on the graph alone.
//! All gains are compared in integers, scaled by twice the total weight and by thousandths of the resolution.

mod level;

use std::collections::VecDeque;

use super::csr::Csr;
use level::{Level, Tally};

/// Passes over the whole method; each starts from the outcome of the one before.
const MAX_PASSES: usize = 4;

/// Holds a partition into communities.
#[derive(Debug, Clone, Default)]
pub struct Partition {
    /// Community of each node, numbered by size (largest first), then by smallest member.
    pub community: Vec<u32>,
    /// Number of communities, those of one node included.
    pub count: u32,
    /// Modularity at the given resolution, in millionths.
    pub modularity: i32,
}

/// Finds communities; `resolution` is in thousandths.
pub fn communities(graph: &Csr, resolution: u32) -> Partition {
    let base = Level::of(graph);
    let mut labels: Vec<usize> = (0..base.len()).collect();
    let mut best = base.quality(&labels, resolution);
    for _ in 0..MAX_PASSES {
        let next = pass(&base, labels.clone(), resolution);
        let quality = base.quality(&next, resolution);
        if quality <= best {
            break;
        }
        best = quality;
        labels = next;
    }
    let labels = split_components(graph, &labels);
    let (community, count) = by_size(&labels);
    let modularity = base.modularity(&labels, resolution);
    Partition {
        community,
        count,
        modularity,
    }
}

/// Runs the method once from `labels` and returns the labels of the base level.
fn pass(base: &Level, labels: Vec<usize>, resolution: u32) -> Vec<usize> {
    let mut owner: Vec<usize> = (0..base.len()).collect();
    let mut labels = labels;
    let mut current: Option<Level> = None;
    loop {
        let level = current.as_ref().unwrap_or(base);
        let moved = move_nodes(level, &mut labels, resolution);
        let communities = dense(&mut labels);
        if communities == level.len() || !moved && current.is_some() {
            break;
        }
        let mut refined = refine(level, &labels, resolution);
        let count = dense(&mut refined);
        if count == level.len() {
            break;
        }
        let next = level.aggregate(&refined, count);
        let mut next_labels = vec![0; count];
        for (node, part) in refined.iter().enumerate() {
            next_labels[*part] = labels[node];
        }
        owner.iter_mut().for_each(|node| *node = refined[*node]);
        labels = next_labels;
        current = Some(next);
    }
    owner.into_iter().map(|node| labels[node]).collect()
}

/// Moves nodes to the neighbouring community of the largest gain until none gains; tells whether any moved.
fn move_nodes(level: &Level, labels: &mut [usize], resolution: u32) -> bool {
    let nodes = level.len();
    let mut strength = vec![0_u64; nodes];
    let mut size = vec![0_u32; nodes];
    for node in 0..nodes {
        strength[labels[node]] += level.strength[node];
        size[labels[node]] += 1;
    }
    let mut empty: Vec<usize> = (0..nodes).rev().filter(|label| size[*label] == 0).collect();
    let mut queue: VecDeque<usize> = (0..nodes).collect();
    let mut queued = vec![true; nodes];
    let mut weight_to = Tally::new(nodes);
    let mut moved = false;
    while let Some(node) = queue.pop_front() {
        queued[node] = false;
        let home = labels[node];
        for (target, weight) in &level.rows[node] {
            weight_to.add(labels[*target], *weight);
        }
        strength[home] -= level.strength[node];
        size[home] -= 1;
        let gain = |label: usize, weight: u64| gain(level, weight, level.strength[node], strength[label], resolution);
        let stay = gain(home, weight_to.sum[home]);
        let mut best = (stay, home);
        for (label, weight) in weight_to.drain() {
            let found = gain(label, weight);
            if found > best.0 || found == best.0 && best.1 != home && label < best.1 {
                best = (found, label);
            }
        }
        // To stand alone gains nothing and costs nothing.
        if best.0 < 0
            && size[home] > 0
            && let Some(alone) = empty.pop()
        {
            best = (0, alone);
        }
        let chosen = best.1;
        strength[chosen] += level.strength[node];
        size[chosen] += 1;
        if chosen != home {
            if size[home] == 0 {
                empty.push(home);
            }
            moved = true;
            labels[node] = chosen;
            for (target, _) in &level.rows[node] {
                if labels[*target] != chosen && !queued[*target] {
                    queued[*target] = true;
                    queue.push_back(*target);
                }
            }
        }
    }
    moved
}

/// Scaled gain of adding a node of strength `own` with `weight` to a community of strength `theirs`.
fn gain(level: &Level, weight: u64, own: u64, theirs: u64, resolution: u32) -> i128 {
    1_000 * i128::from(level.total) * i128::from(weight) - i128::from(resolution) * i128::from(own) * i128::from(theirs)
}

/// Splits each community into well-connected parts, from single nodes, by joining only inside the community.
fn refine(level: &Level, communities: &[usize], resolution: u32) -> Vec<usize> {
    let nodes = level.len();
    let mut community_strength = vec![0_u64; nodes];
    for node in 0..nodes {
        community_strength[communities[node]] += level.strength[node];
    }
    let mut part: Vec<usize> = (0..nodes).collect();
    let mut strength = level.strength.clone();
    let mut alone = vec![true; nodes];
    // Weight from each part to the rest of its community.
    let mut outward: Vec<u64> = (0..nodes)
        .map(|node| {
            level.rows[node]
                .iter()
                .filter(|(target, _)| communities[*target] == communities[node])
                .map(|(_, weight)| weight)
                .sum()
        })
        .collect();
    let is_well_connected = |outward: u64, strength: u64, whole: u64| {
        1_000 * i128::from(level.total) * i128::from(outward)
            >= i128::from(resolution) * i128::from(strength) * i128::from(whole - strength)
    };
    let mut weight_to = Tally::new(nodes);
    for node in 0..nodes {
        let whole = community_strength[communities[node]];
        if !alone[node] || !is_well_connected(outward[node], strength[node], whole) {
            continue;
        }
        for (target, weight) in &level.rows[node] {
            if communities[*target] == communities[node] {
                weight_to.add(part[*target], *weight);
            }
        }
        let own = level.strength[node];
        let mut best: Option<(i128, usize, u64)> = None;
        for (candidate, weight) in weight_to.drain() {
            if candidate == part[node] || !is_well_connected(outward[candidate], strength[candidate], whole) {
                continue;
            }
            let found = gain(level, weight, own, strength[candidate], resolution);
            let is_better = best.is_none_or(|(gain, label, _)| found > gain || found == gain && candidate < label);
            if found >= 0 && is_better {
                best = Some((found, candidate, weight));
            }
        }
        if let Some((_, chosen, weight)) = best {
            strength[part[node]] -= own;
            let moving = outward[node];
            part[node] = chosen;
            strength[chosen] += own;
            outward[chosen] = outward[chosen] + moving - 2 * weight;
            alone[node] = false;
            alone[chosen] = false;
        }
    }
    part
}

/// Renumbers labels densely in the order of first use; returns how many there are.
fn dense(labels: &mut [usize]) -> usize {
    let mut number = vec![usize::MAX; labels.iter().copied().max().map_or(0, |label| label + 1)];
    let mut count = 0;
    for label in labels {
        if number[*label] == usize::MAX {
            number[*label] = count;
            count += 1;
        }
        *label = number[*label];
    }
    count
}

/// Gives every connected piece of a community a label of its own; with exact gains this never splits anything that
/// modularity would keep together.
fn split_components(graph: &Csr, labels: &[usize]) -> Vec<usize> {
    let mut split = vec![usize::MAX; labels.len()];
    let mut stack = Vec::new();
    for root in 0..labels.len() {
        if split[root] != usize::MAX {
            continue;
        }
        split[root] = root;
        stack.push(root);
        while let Some(node) = stack.pop() {
            for &target in graph.neighbours(node) {
                let target = target as usize;
                if split[target] == usize::MAX && labels[target] == labels[root] {
                    split[target] = root;
                    stack.push(target);
                }
            }
        }
    }
    split
}

fn by_size(labels: &[usize]) -> (Vec<u32>, u32) {
    let mut size = vec![0_usize; labels.len()];
    let mut smallest = vec![usize::MAX; labels.len()];
    for (node, label) in labels.iter().enumerate() {
        size[*label] += 1;
        smallest[*label] = smallest[*label].min(node);
    }
    let mut order: Vec<usize> = (0..labels.len()).filter(|label| size[*label] > 0).collect();
    order.sort_unstable_by_key(|label| (std::cmp::Reverse(size[*label]), smallest[*label]));
    let mut number = vec![0_u32; labels.len()];
    for (label, next) in order.iter().zip(0..) {
        number[*label] = next;
    }
    (
        labels.iter().map(|label| number[*label]).collect(),
        u32::try_from(order.len()).unwrap_or(u32::MAX),
    )
}
