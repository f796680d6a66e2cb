//! Links that are not in evidence but whose ends share rare neighbours (Adamic and Adar 2003).
//!
//! A shared neighbour counts `1 / log2(1 + its degree)`; the sum `s` becomes the share `s / (1 + s)`. A suggestion is
//! a question to the analyst, never a relation. Neighbours above the hub limit count nothing.

use fusion_model::Score;

use super::csr::Csr;
use crate::bits::{self, log2};

/// Holds a suggestion between node numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggested {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) score: Score,
    pub(super) through: Vec<u32>,
}

/// Bounds what is suggested.
pub(super) struct Bounds {
    pub(super) kept: usize,
    pub(super) least: Score,
    pub(super) hub: usize,
}

/// Suggests links between nodes that `may_link` allows, strongest first, ties by ends.
pub(super) fn suggest(graph: &Csr, bounds: &Bounds, may_link: impl Fn(usize) -> bool) -> Vec<Suggested> {
    const MILLION: i64 = 1_000_000;
    let nodes = graph.nodes();
    let worth: Vec<u64> = (0..nodes)
        .map(|node| match graph.degree(node) {
            degree @ 2.. if degree <= bounds.hub => {
                u64::try_from(MILLION * bits::ONE / log2(degree as u64 + 1)).unwrap_or(0)
            }
            _ => 0,
        })
        .collect();
    let mut found: Vec<(Score, u32, u32)> = Vec::new();
    let mut sum = vec![0_u64; nodes];
    let mut met: Vec<u32> = Vec::new();
    for left in (0..nodes).filter(|node| may_link(*node)) {
        for &through in graph.neighbours(left) {
            let weight = worth[through as usize];
            if weight == 0 {
                continue;
            }
            for &right in graph.neighbours(through as usize) {
                let at = right as usize;
                if at > left && may_link(at) {
                    if sum[at] == 0 {
                        met.push(right);
                    }
                    sum[at] += weight;
                }
            }
        }
        for right in met.drain(..) {
            let strength = std::mem::take(&mut sum[right as usize]);
            let score = Score::ratio(strength, strength + MILLION.unsigned_abs());
            if score >= bounds.least && !graph.has_edge(left, right as usize) {
                found.push((score, u32::try_from(left).unwrap_or(u32::MAX), right));
            }
        }
        if found.len() > 4 * bounds.kept + 10_000 {
            strongest(&mut found, bounds.kept);
        }
    }
    strongest(&mut found, bounds.kept);
    found
        .into_iter()
        .map(|(score, left, right)| {
            let other = graph.neighbours(right as usize);
            let shared = graph.neighbours(left as usize).iter().copied();
            let through = shared
                .filter(|node| worth[*node as usize] > 0 && other.binary_search(node).is_ok())
                .collect();
            Suggested {
                left,
                right,
                score,
                through,
            }
        })
        .collect()
}

fn strongest(found: &mut Vec<(Score, u32, u32)>, kept: usize) {
    found.sort_unstable_by_key(|(score, left, right)| (std::cmp::Reverse(*score), *left, *right));
    found.truncate(kept);
}
