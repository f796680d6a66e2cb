//! One level of aggregation: communities joined into nodes, weights kept exactly.

use crate::graph::csr::Csr;

/// Holds the graph at one level of aggregation.
pub(super) struct Level {
    pub(super) rows: Vec<Vec<(usize, u64)>>,
    /// Weight of all edge ends at a node, loops twice.
    pub(super) strength: Vec<u64>,
    /// Twice the weight of the edges inside a node.
    inside: Vec<u64>,
    /// Twice the total weight.
    pub(super) total: u64,
}

impl Level {
    pub(super) fn of(graph: &Csr) -> Self {
        let rows: Vec<Vec<(usize, u64)>> = (0..graph.nodes())
            .map(|node| {
                graph
                    .row(node)
                    .map(|(target, weight)| (target, u64::from(weight.max(1))))
                    .collect()
            })
            .collect();
        let strength: Vec<u64> = rows
            .iter()
            .map(|row: &Vec<(usize, u64)>| row.iter().map(|(_, weight)| weight).sum())
            .collect();
        let total = strength.iter().sum();
        Self {
            inside: vec![0; rows.len()],
            rows,
            strength,
            total,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Modularity scaled by `1000 · total²`.
    pub(super) fn quality(&self, labels: &[usize], resolution: u32) -> i128 {
        let mut strength = vec![0_u64; self.len()];
        let mut within = 0_u64;
        for (node, row) in self.rows.iter().enumerate() {
            strength[labels[node]] += self.strength[node];
            within += self.inside[node];
            within += row
                .iter()
                .filter(|(target, _)| labels[*target] == labels[node])
                .map(|(_, weight)| weight)
                .sum::<u64>();
        }
        let expected: i128 = strength
            .iter()
            .map(|strength| i128::from(*strength) * i128::from(*strength))
            .sum();
        1_000 * i128::from(self.total) * i128::from(within) - i128::from(resolution) * expected
    }

    pub(super) fn modularity(&self, labels: &[usize], resolution: u32) -> i32 {
        let whole = i128::from(self.total) * i128::from(self.total);
        if whole == 0 {
            return 0;
        }
        i32::try_from((self.quality(labels, resolution) * 1_000).div_euclid(whole)).unwrap_or(0)
    }

    /// Joins nodes of one label into one node; labels are dense.
    pub(super) fn aggregate(&self, labels: &[usize], count: usize) -> Self {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, label) in labels.iter().enumerate() {
            members[*label].push(node);
        }
        let mut rows = Vec::with_capacity(count);
        let mut strength = vec![0_u64; count];
        let mut inside = vec![0_u64; count];
        let mut weight_to = Tally::new(count);
        for (label, nodes) in members.iter().enumerate() {
            for &node in nodes {
                strength[label] += self.strength[node];
                inside[label] += self.inside[node];
                for (target, weight) in &self.rows[node] {
                    if labels[*target] == label {
                        inside[label] += weight;
                    } else {
                        weight_to.add(labels[*target], *weight);
                    }
                }
            }
            let mut row: Vec<(usize, u64)> = weight_to.drain().collect();
            row.sort_unstable();
            rows.push(row);
        }
        Self {
            rows,
            strength,
            inside,
            total: self.total,
        }
    }
}

/// Sums weights per label and remembers which labels were met, in the order of meeting.
pub(super) struct Tally {
    pub(super) sum: Vec<u64>,
    met: Vec<usize>,
}

impl Tally {
    pub(super) fn new(labels: usize) -> Self {
        Self {
            sum: vec![0; labels],
            met: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, label: usize, weight: u64) {
        if self.sum[label] == 0 {
            self.met.push(label);
        }
        self.sum[label] += weight;
    }

    pub(super) fn drain(&mut self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let sum = &mut self.sum;
        self.met
            .drain(..)
            .map(move |label| (label, std::mem::take(&mut sum[label])))
    }
}
