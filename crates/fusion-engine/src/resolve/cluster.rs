//! Cluster: from edges to entities.
//!
//! Components over linking edges and *same* verdicts; an oversize component raises the threshold inside itself in
//! fixed steps until every piece fits. Inside a piece, edges are taken greedily by (−score, smaller, larger): two
//! groups join if no verdict forbids it, no unique marks conflict, and the average score between them holds up,
//! compared by cross-multiplication. Review edges never get here. It must not know values or words.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{Conflict, Marks};
use crate::compare::Values;

/// Joins two positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) score: i32,
    pub(crate) kind: EdgeKind,
}

/// Says what an edge stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EdgeKind {
    /// A person's *same*.
    Judged,
    /// A score.
    Scored,
}

/// Says why an edge did not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Forbidden,
    Conflict(Conflict),
    Cohesion,
    Oversize,
}

/// Holds what clustering reads.
pub(crate) struct Material<'a> {
    /// Joining edges, each pair once.
    pub(crate) edges: &'a [Edge],
    /// Every scored pair, for averages.
    pub(crate) scores: &'a BTreeMap<(usize, usize), i32>,
    /// Pairs that a verdict keeps apart.
    pub(crate) forbidden: &'a BTreeSet<(usize, usize)>,
    /// Unique marks per position.
    pub(crate) marks: &'a [Marks],
    /// What each position counts towards the size of a group: twins of another count nothing.
    pub(crate) weights: &'a [u64],
    pub(crate) values: &'a Values,
    pub(crate) max_size: u64,
    pub(crate) step: i32,
    pub(crate) cohesion: i32,
}

/// Holds the partition.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Partition {
    /// Groups, each ascending, ordered by their smallest member.
    pub(crate) groups: Vec<Vec<usize>>,
    /// Group of each position.
    pub(crate) group_of: Vec<usize>,
    /// Edges that did not join two groups, and why.
    pub(crate) refused: BTreeMap<(usize, usize), Refusal>,
    /// Members of components that were too large.
    pub(crate) oversize: Vec<Vec<usize>>,
}

/// Clusters the positions `0..material.marks.len()`.
pub(crate) fn cluster(material: &Material<'_>) -> Partition {
    let count = material.marks.len();
    let mut partition = Partition::default();
    let mut work: Vec<Vec<Edge>> = components(count, material.edges);
    let mut pieces: Vec<Vec<Edge>> = Vec::new();
    while let Some(edges) = work.pop() {
        let members: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.left, edge.right]).collect();
        let size: u64 = members.iter().filter_map(|at| material.weights.get(*at)).sum();
        let weakest = edges
            .iter()
            .filter(|edge| edge.kind == EdgeKind::Scored)
            .map(|edge| edge.score)
            .min();
        let (Some(weakest), true) = (weakest, size > material.max_size) else {
            pieces.push(edges);
            continue;
        };
        let least = weakest + material.step.max(1);
        let (kept, cut): (Vec<Edge>, Vec<Edge>) = edges
            .into_iter()
            .partition(|edge| edge.kind == EdgeKind::Judged || edge.score >= least);
        partition
            .refused
            .extend(cut.iter().map(|edge| ((edge.left, edge.right), Refusal::Oversize)));
        partition.oversize.push(members.into_iter().collect());
        work.extend(components(count, &kept));
    }
    pieces.sort();
    partition.oversize = outermost(partition.oversize);
    let mut forest = Forest::new(material);
    for edges in pieces {
        join_piece(&mut forest, edges, material, &mut partition.refused);
    }
    forest.finish(&mut partition);
    partition
}

fn join_piece(
    forest: &mut Forest<'_>,
    mut edges: Vec<Edge>,
    material: &Material<'_>,
    refused: &mut BTreeMap<(usize, usize), Refusal>,
) {
    edges.sort_by_key(|edge| (edge.kind, std::cmp::Reverse(edge.score), edge.left, edge.right));
    for edge in edges {
        let (one, other) = (forest.root(edge.left), forest.root(edge.right));
        if one == other {
            continue;
        }
        match forest.obstacle(one, other, edge.kind, material) {
            Some(refusal) => {
                refused.insert((edge.left, edge.right), refusal);
            }
            None => forest.join(one, other),
        }
    }
}

/// Groups edges by connected component, in the order of their smallest position.
fn components(count: usize, edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut parents: Vec<usize> = (0..count).collect();
    for edge in edges {
        let (one, other) = (find(&mut parents, edge.left), find(&mut parents, edge.right));
        parents[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        groups.entry(find(&mut parents, edge.left)).or_default().push(*edge);
    }
    groups.into_values().collect()
}

fn find(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// Leaves the components that were too large at first, not the pieces of them that were still too large.
fn outermost(mut oversize: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    oversize.sort_by_key(|members| (std::cmp::Reverse(members.len()), members.first().copied()));
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for members in oversize {
        if members.iter().all(|at| seen.insert(*at)) {
            kept.push(members);
        }
    }
    kept.sort();
    kept
}

/// Holds groups while they grow.
struct Forest<'a> {
    parents: Vec<usize>,
    members: Vec<Vec<usize>>,
    marks: Vec<Marks>,
    /// Per root: other roots with the sum and number of scores between the two groups.
    between: Vec<BTreeMap<usize, (i64, i64)>>,
    enemies: Vec<BTreeSet<usize>>,
    values: &'a Values,
}

impl<'a> Forest<'a> {
    fn new(material: &Material<'a>) -> Self {
        let count = material.marks.len();
        let mut between: Vec<BTreeMap<usize, (i64, i64)>> = vec![BTreeMap::new(); count];
        for ((left, right), score) in material.scores {
            between[*left].insert(*right, (i64::from(*score), 1));
            between[*right].insert(*left, (i64::from(*score), 1));
        }
        let mut enemies: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
        for (left, right) in material.forbidden {
            enemies[*left].insert(*right);
            enemies[*right].insert(*left);
        }
        Self {
            parents: (0..count).collect(),
            members: (0..count).map(|at| vec![at]).collect(),
            marks: material.marks.to_vec(),
            between,
            enemies,
            values: material.values,
        }
    }

    fn root(&mut self, at: usize) -> usize {
        find(&mut self.parents, at)
    }

    /// A person's *same* yields only to a person's *not same*; a score also to marks and averages.
    fn obstacle(&self, one: usize, other: usize, kind: EdgeKind, material: &Material<'_>) -> Option<Refusal> {
        if self.enemies[one].contains(&other) {
            return Some(Refusal::Forbidden);
        }
        if kind == EdgeKind::Judged {
            return None;
        }
        if let Some(conflict) = self.marks[one].conflict(&self.marks[other], self.values) {
            return Some(Refusal::Conflict(conflict));
        }
        let (sum, count) = self.between[one].get(&other).copied().unwrap_or_default();
        (count > 0 && sum < i64::from(material.cohesion) * count).then_some(Refusal::Cohesion)
    }

    fn join(&mut self, one: usize, other: usize) {
        let larger = |at: usize| (self.between[at].len() + self.members[at].len(), std::cmp::Reverse(at));
        let (into, from) = if larger(one) >= larger(other) {
            (one, other)
        } else {
            (other, one)
        };
        self.parents[from] = into;
        let members = std::mem::take(&mut self.members[from]);
        self.members[into].extend(members);
        let marks = std::mem::take(&mut self.marks[from]);
        self.marks[into].absorb(marks);
        for enemy in std::mem::take(&mut self.enemies[from]) {
            self.enemies[enemy].remove(&from);
            self.enemies[enemy].insert(into);
            self.enemies[into].insert(enemy);
        }
        for (neighbour, (sum, count)) in std::mem::take(&mut self.between[from]) {
            self.between[neighbour].remove(&from);
            if neighbour == into {
                continue;
            }
            for (at, towards) in [(into, neighbour), (neighbour, into)] {
                let total = self.between[at].entry(towards).or_default();
                total.0 += sum;
                total.1 += count;
            }
        }
    }

    fn finish(mut self, partition: &mut Partition) {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in 0..self.parents.len() {
            if self.root(at) == at {
                let mut members = std::mem::take(&mut self.members[at]);
                members.sort_unstable();
                groups.push(members);
            }
        }
        groups.sort();
        partition.group_of = vec![0; self.parents.len()];
        for (number, members) in groups.iter().enumerate() {
            for at in members {
                partition.group_of[*at] = number;
            }
        }
        partition.groups = groups;
    }
}

#[cfg(test)]
mod tests;
