//! Cluster: from linked pairs to entities.
//!
//! Edges are taken greedily by (−score, smaller, larger). Two groups join if all their evidence together, with what
//! contradicts in proportion to how many say so, still makes them one. Edges that hang together form an island; islands
//! know nothing of each other, so they are worked on at the same time. It must not know words or thresholds of pairs.

mod island;
mod profile;

use crate::decide::{Decision, decide};
use crate::model::Model;
use crate::parallel::in_parallel_with;
use crate::records::Records;
use crate::run::Pair;
use crate::score::{Scored, Scorer};

use island::{Desk, Islands, Joined};
use profile::{Profile, View, score_groups};

/// Joins two positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) score: i32,
}

/// Holds groups while they grow.
pub(crate) struct Groups<'a> {
    scorer: Scorer<'a>,
    model: &'a Model,
    records: &'a Records,
    /// The smallest member of each record's group.
    roots: Vec<u32>,
    sizes: Vec<u32>,
    profiles: Vec<Option<Box<Profile>>>,
}

/// How far the threshold of an oversize group rises at most, in milli-bits.
const LONGEST_RISE: i32 = 60_000;
/// Edges or candidates that are worked on in one piece.
const PIECE: usize = 4_096;

impl<'a> Groups<'a> {
    pub(crate) fn new(scorer: Scorer<'a>, records: &'a Records) -> Self {
        let count = records.len();
        Self {
            scorer,
            model: scorer.model,
            records,
            roots: (0..count as u32).collect(),
            sizes: vec![1; count],
            profiles: (0..count).map(|_| None).collect(),
        }
    }

    /// Returns the smallest member of the group of each record.
    pub(crate) fn into_roots(self) -> Vec<u32> {
        self.roots
    }

    fn view(&self, root: u32) -> View<'_> {
        match &self.profiles[root as usize] {
            Some(profile) => profile.view(),
            None => View::single(self.records.of(root)),
        }
    }

    /// Joins along edges, each taken in its order where both sides hold together.
    pub(crate) fn take(&mut self, edges: &[Edge]) {
        let islands = Islands::of(self.roots.len(), edges, PIECE);
        let this = &*self;
        let joined = in_parallel_with(
            islands.pieces(),
            || Desk::new(this.roots.len()),
            |desk, piece| {
                let mut joined = Vec::new();
                for island in islands.piece(piece) {
                    desk.solve(this, island, this.model.cohesion, &mut joined);
                }
                joined
            },
        );
        for group in joined.into_iter().flatten() {
            self.enter(group);
        }
        for at in 0..self.roots.len() {
            self.roots[at] = self.roots[self.roots[at] as usize];
        }
    }

    /// Enters a group that was joined from others, whose roots it names.
    fn enter(&mut self, group: Joined) {
        let Some(root) = group.members.first().copied() else {
            return;
        };
        for member in &group.members {
            self.roots[*member as usize] = root;
            self.profiles[*member as usize] = None;
        }
        self.sizes[root as usize] = group.size;
        self.profiles[root as usize] = Some(group.profile);
    }

    /// Returns the pairs of groups that a kept pair lies between, each once.
    pub(crate) fn candidates(&self, pairs: &[Pair]) -> Vec<(u32, u32)> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        for pair in pairs {
            let (one, other) = (self.roots[pair.left as usize], self.roots[pair.right as usize]);
            let alone = self.sizes[one as usize] == 1 && self.sizes[other as usize] == 1;
            if one != other && !alone {
                found.push((one.min(other), one.max(other)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns an edge for each pair of groups that all their evidence together makes one.
    pub(crate) fn edges_between(&self, candidates: &[(u32, u32)]) -> Vec<Edge> {
        let pieces = candidates.len().div_ceil(PIECE);
        let found = in_parallel_with(pieces, Scored::default, |scored, piece| {
            let mut edges = Vec::new();
            for (left, right) in candidates.iter().skip(piece * PIECE).take(PIECE) {
                score_groups(&self.scorer, self.view(*left), self.view(*right), scored);
                if decide(scored, self.model) == Decision::Linked {
                    edges.push(Edge {
                        left: *left,
                        right: *right,
                        score: scored.score,
                    });
                }
            }
            edges
        });
        found.concat()
    }

    /// Takes each group that is too large apart and puts it together again under thresholds that rise in fixed steps, until
    /// every piece fits. Returns a member and the size of each group that was too large.
    pub(crate) fn part_oversize(&mut self, pairs: &[Pair]) -> Vec<(u32, u32)> {
        let oversize: Vec<(u32, u32)> = (0..self.roots.len() as u32)
            .filter(|at| self.roots[*at as usize] == *at)
            .map(|root| (root, self.sizes[root as usize]))
            .filter(|(_, size)| *size > self.model.max_size)
            .collect();
        if oversize.is_empty() {
            return oversize;
        }
        let mut desk = Desk::new(self.roots.len());
        let mut stricter = 0;
        let mut large: Vec<u32> = oversize.iter().map(|group| group.0).collect();
        while !large.is_empty() && stricter < LONGEST_RISE {
            stricter += self.model.oversize_step.max(1);
            let inside = |pair: &&Pair| {
                let root = self.roots[pair.left as usize];
                root == self.roots[pair.right as usize] && large.binary_search(&root).is_ok()
            };
            let is_strong =
                |pair: &&Pair| pair.decision == Decision::Linked && pair.score >= self.model.link + stricter;
            let edges: Vec<Edge> = pairs.iter().filter(is_strong).filter(inside).map(Pair::edge).collect();
            for at in 0..self.roots.len() {
                if large.binary_search(&self.roots[at]).is_ok() {
                    (self.roots[at], self.sizes[at], self.profiles[at]) = (at as u32, 1, None);
                }
            }
            let mut joined = Vec::new();
            let islands = Islands::of(self.roots.len(), &edges, PIECE);
            for island in (0..islands.pieces()).flat_map(|piece| islands.piece(piece)) {
                desk.solve(self, island, self.model.cohesion + stricter, &mut joined);
            }
            let too_large = |group: &&Joined| group.size > self.model.max_size;
            large = joined
                .iter()
                .filter(too_large)
                .filter_map(|group| group.members.first().copied())
                .collect();
            large.sort_unstable();
            for group in joined {
                self.enter(group);
            }
        }
        oversize
    }
}
