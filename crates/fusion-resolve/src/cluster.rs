//! Cluster: from linked pairs to entities.
//!
//! Edges are taken greedily by (−score, smaller, larger). Two groups join if all their evidence together, with what
//! contradicts in proportion to how many say so, still makes them one. Edges that hang together form an island; islands
//! know nothing of each other, so they are worked on at the same time. What a person called the same joins first, and yields
//! only to what a person keeps apart. It must not know words or thresholds of pairs.

mod island;
pub(crate) mod profile;

use std::collections::BTreeMap;

use crate::bits::Bits;
use crate::decide::Decision;
use crate::judge::{Judge, Verdicts};
use crate::model::Model;
use crate::parallel::in_parallel_with;
use crate::records::Records;
use crate::run::{Grounds, Merge, Pair};
use crate::score::{Scored, Scorer};

pub(crate) use island::root_of;
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
        let (roots, mut merges) = (self.roots, self.merges);
        sort_by_group(&mut merges, &roots);
        (roots, merges)
    }

    /// Returns the smallest member of each record's group.
    pub(crate) fn roots(&self) -> &[u32] {
        &self.roots
    }

    /// Puts a record into the group of a smaller one, whatever was known of both; [`weigh`](Self::weigh) follows.
    pub(crate) fn put(&mut self, record: u32, root: u32) {
        self.roots[record as usize] = root;
    }

    /// Counts the groups anew; what is said of them is gathered when it is asked for ([`fill`](Self::fill)).
    pub(crate) fn weigh(&mut self) {
        let before = std::mem::replace(&mut self.sizes, vec![0; self.roots.len()]);
        for root in &self.roots {
            self.sizes[*root as usize] += 1;
        }
        for ((profile, before), size) in self.profiles.iter_mut().zip(before).zip(&self.sizes) {
            if before != *size {
                *profile = None;
            }
        }
    }

    /// Gathers what is said of groups, given by their roots, where it is not known.
    pub(crate) fn fill(&mut self, roots: impl Iterator<Item = u32>) {
        let mut wanted = Bits::of(self.roots.len());
        let unknown = |root: &u32| self.sizes[*root as usize] > 1 && self.profiles[*root as usize].is_none();
        roots.filter(unknown).for_each(|root| wanted.set(root));
        let all = (0u32..).zip(&self.roots).filter(|(_, root)| wanted.has(**root));
        let mut members: Vec<(u32, u32)> = all.map(|(record, root)| (*root, record)).collect();
        members.sort_unstable();
        let mut group = Vec::new();
        for same in members.chunk_by(|one, other| one.0 == other.0) {
            group.clear();
            group.extend(same.iter().map(|(_, record)| *record));
            let profile = Profile::of_members(self.records, &group);
            self.profiles[same[0].0 as usize] = Some(Box::new(profile));
        }
    }

    /// Hands over how the groups grew since this was last asked.
    pub(crate) fn forget(&mut self) -> Vec<Merge> {
        std::mem::take(&mut self.merges)
    }

    /// Takes up how groups grew before.
    pub(crate) fn remember(&mut self, merges: impl Iterator<Item = Merge>) {
        self.merges.extend(merges);
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
        let grown = self.merges.len();
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
        sort_by_group(&mut self.merges[grown..], &self.roots);
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
    pub(crate) fn candidates<'p>(&self, pairs: impl Iterator<Item = &'p Pair>) -> Vec<(u32, u32)> {
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
        self.edges_between_unless(candidates, |_, _, _| None)
    }

    /// As [`edges_between`](Self::edges_between), but for those of which `known` says whether they have one, and which.
    pub(crate) fn edges_between_unless(
        &self,
        candidates: &[(u32, u32)],
        known: impl Fn((u32, u32), View<'_>, View<'_>) -> Option<Option<Edge>> + Sync,
    ) -> Vec<Edge> {
        let pieces = candidates.len().div_ceil(PIECE);
        let found = in_parallel_with(pieces, Scored::default, |scored, piece| {
            let mut edges = Vec::new();
            if !self.judge.is_awaited() {
                return edges;
            }
            for (left, right) in candidates.iter().skip(piece * PIECE).take(PIECE) {
                let (one, other) = (self.view(*left), self.view(*right));
                if let Some(edge) = known((*left, *right), one, other) {
                    edges.extend(edge);
                    continue;
                }
                score_groups(&self.scorer, one, other, scored);
                if self.judge.decide(self.scorer.values, scored, one.held, other.held) == Decision::Linked {
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
    /// every piece fits. Only groups whose root is `wanted` are looked at. Returns the members of each group that was too large.
    pub(crate) fn part_oversize(&mut self, pairs: &[Pair], wanted: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
        let mut large: Vec<u32> = (0..self.roots.len() as u32)
            .filter(|at| self.roots[*at as usize] == *at && self.sizes[*at as usize] > self.model.max_size)
            .filter(|at| wanted(*at))
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
            let judged = judged(self.verdicts).filter(|edge| is_inside(edge.left, edge.right));
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

/// Puts steps in the order of their groups; within a group they stay in theirs.
pub(crate) fn sort_by_group(merges: &mut [Merge], roots: &[u32]) {
    merges.sort_by_key(|merge| roots[merge.one as usize]);
}

/// Returns an edge for each pair of records that a person called the same.
pub(crate) fn judged(verdicts: &Verdicts) -> impl Iterator<Item = Edge> {
    verdicts.same.iter().map(|(left, right)| Edge {
        left: *left,
        right: *right,
        score: 0,
        by: Grounds::Judged,
    })
}
