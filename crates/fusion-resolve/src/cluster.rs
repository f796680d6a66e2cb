//! Cluster: from linked pairs to entities.
//!
//! Edges are taken greedily by (−score, smaller, larger). Two groups join if all their evidence together, with what
//! contradicts in proportion to how many say so, still makes them one. Edges that hang together form an island; islands
//! know nothing of each other, so they are worked on at the same time. What a person called the same joins first, and yields
//! only to what a person keeps apart. It must not know words or thresholds of pairs.

mod island;
pub(crate) mod profile;

use std::collections::BTreeMap;

use crate::decide::Decision;
use crate::judge::{Judge, Verdicts};
use crate::model::Model;
use crate::parallel::in_parallel_with;
use crate::records::Records;
use crate::run::{Grounds, Merge, Pair};
use crate::score::{Scored, Scorer};

use island::{Desk, Islands, Joined};
pub(crate) use profile::{Profile, View, score_groups};

/// Joins two positions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) score: i32,
    pub(crate) by: Grounds,
}

/// Holds groups while they grow.
pub(crate) struct Groups<'a, J> {
    scorer: Scorer<'a>,
    model: &'a Model,
    judge: &'a J,
    verdicts: &'a Verdicts,
    /// Per root: roots of groups that a person keeps apart from it.
    apart: BTreeMap<u32, Vec<u32>>,
    merges: Vec<Merge>,
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

impl<'a, J: Judge> Groups<'a, J> {
    pub(crate) fn new(scorer: Scorer<'a>, records: &'a Records, judge: &'a J, verdicts: &'a Verdicts) -> Self {
        let count = records.len();
        Self {
            scorer,
            model: scorer.model,
            judge,
            verdicts,
            apart: BTreeMap::new(),
            merges: Vec::new(),
            records,
            roots: (0..count as u32).collect(),
            sizes: vec![1; count],
            profiles: (0..count).map(|_| None).collect(),
        }
    }

    /// Returns the smallest member of the group of each record, and how the groups grew.
    pub(crate) fn into_parts(self) -> (Vec<u32>, Vec<Merge>) {
        (self.roots, self.merges)
    }

    /// Returns an edge for each pair of records that a person called the same.
    pub(crate) fn judged(&self) -> impl Iterator<Item = Edge> {
        self.verdicts.same.iter().map(|(left, right)| Edge {
            left: *left,
            right: *right,
            score: 0,
            by: Grounds::Judged,
        })
    }

    /// Finds which of the present groups people keep apart.
    fn find_apart(&mut self) {
        self.apart.clear();
        for (left, right) in &self.verdicts.apart {
            let (one, other) = (self.roots[*left as usize], self.roots[*right as usize]);
            self.apart.entry(one).or_default().push(other);
            self.apart.entry(other).or_default().push(one);
        }
    }

    fn view(&self, root: u32) -> View<'_> {
        match &self.profiles[root as usize] {
            Some(profile) => profile.view(),
            None => View::single(self.records.of(root)),
        }
    }

    /// Joins along edges, each taken in its order where both sides hold together.
    pub(crate) fn take(&mut self, edges: &[Edge]) {
        self.find_apart();
        let islands = Islands::of(self.roots.len(), edges, PIECE);
        let this = &*self;
        let joined = in_parallel_with(
            islands.pieces(),
            || Desk::new(this.roots.len()),
            |desk, piece| {
                let (mut joined, mut merges) = (Vec::new(), Vec::new());
                for island in islands.piece(piece) {
                    desk.solve(this, island, this.model.cohesion, &mut joined, &mut merges);
                }
                (joined, merges)
            },
        );
        for (joined, merges) in joined {
            self.merges.extend(merges);
            for group in joined {
                self.enter(group);
            }
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
                let (one, other) = (self.view(*left), self.view(*right));
                score_groups(&self.scorer, one, other, scored);
                if self.judge.decide(scored, one.held, other.held) == Decision::Linked {
                    edges.push(Edge {
                        left: *left,
                        right: *right,
                        score: scored.score,
                        by: Grounds::Together,
                    });
                }
            }
            edges
        });
        found.concat()
    }

    /// Takes each group that is too large apart and puts it together again under thresholds that rise in fixed steps, until
    /// every piece fits. Returns the members of each group that was too large.
    pub(crate) fn part_oversize(&mut self, pairs: &[Pair]) -> Vec<Vec<u32>> {
        let mut large: Vec<u32> = (0..self.roots.len() as u32)
            .filter(|at| self.roots[*at as usize] == *at && self.sizes[*at as usize] > self.model.max_size)
            .collect();
        let mut oversize = vec![Vec::new(); large.len()];
        if large.is_empty() {
            return oversize;
        }
        for (at, root) in (0u32..).zip(&self.roots) {
            if let Ok(group) = large.binary_search(root) {
                oversize[group].push(at);
            }
        }
        let mut desk = Desk::new(self.roots.len());
        let mut stricter = 0;
        while !large.is_empty() && stricter < LONGEST_RISE {
            stricter += self.model.oversize_step.max(1);
            let is_inside = |left: u32, right: u32| {
                let root = self.roots[left as usize];
                root == self.roots[right as usize] && large.binary_search(&root).is_ok()
            };
            let inside = |pair: &&Pair| is_inside(pair.left, pair.right);
            let is_strong =
                |pair: &&Pair| pair.decision == Decision::Linked && pair.score >= self.model.link + stricter;
            let strong = pairs.iter().filter(is_strong).filter(inside).map(Pair::edge);
            let judged = self.judged().filter(|edge| is_inside(edge.left, edge.right));
            let edges: Vec<Edge> = strong.chain(judged).collect();
            let roots = &self.roots;
            self.merges
                .retain(|merge| large.binary_search(&roots[merge.one as usize]).is_err());
            for at in 0..self.roots.len() {
                if large.binary_search(&self.roots[at]).is_ok() {
                    (self.roots[at], self.sizes[at], self.profiles[at]) = (at as u32, 1, None);
                }
            }
            self.find_apart();
            let (mut joined, mut merges) = (Vec::new(), Vec::new());
            let islands = Islands::of(self.roots.len(), &edges, PIECE);
            for island in (0..islands.pieces()).flat_map(|piece| islands.piece(piece)) {
                desk.solve(self, island, self.model.cohesion + stricter, &mut joined, &mut merges);
            }
            self.merges.extend(merges);
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
