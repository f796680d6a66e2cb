//! Islands: edges that hang together, and the desk on which one island is joined.

use core::hash::BuildHasherDefault;
use core::ops::Range;
use std::cmp::Reverse;

use hashbrown::HashSet;

use super::profile::{Profile, View, score_groups};
use super::{Edge, Groups};
use crate::judge::Judge;
use crate::run::{Grounds, Merge};
use crate::score::Scored;

/// Holds edges by island, and islands in pieces of work.
pub(crate) struct Islands {
    edges: Vec<Edge>,
    /// Where the edges of each island end.
    ends: Vec<u32>,
    /// Which islands are worked on in one piece.
    pieces: Vec<Range<usize>>,
}

impl Islands {
    /// Sorts edges between `count` positions by island; a piece has at least `piece` edges.
    pub(crate) fn of(count: usize, edges: &[Edge], piece: usize) -> Self {
        let mut parents: Vec<u32> = (0..count as u32).collect();
        for edge in edges {
            let (one, other) = (root_of(&mut parents, edge.left), root_of(&mut parents, edge.right));
            parents[one.max(other) as usize] = one.min(other);
        }
        let mut starts = vec![0u32; count + 1];
        for edge in edges {
            starts[root_of(&mut parents, edge.left) as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut sorted = vec![Edge::default(); edges.len()];
        let mut next = starts.clone();
        for edge in edges {
            let at = &mut next[parents[edge.left as usize] as usize];
            sorted[*at as usize] = *edge;
            *at += 1;
        }
        let mut islands = Self {
            edges: sorted,
            ends: Vec::new(),
            pieces: Vec::new(),
        };
        let (mut first, mut from) = (0, 0);
        for ends in starts.windows(2).filter(|ends| ends[0] < ends[1]) {
            islands.ends.push(ends[1]);
            if ends[1] as usize - from >= piece {
                islands.pieces.push(first..islands.ends.len());
                (first, from) = (islands.ends.len(), ends[1] as usize);
            }
        }
        if first < islands.ends.len() {
            islands.pieces.push(first..islands.ends.len());
        }
        islands
    }

    /// Returns how many pieces of work there are.
    pub(crate) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Walks the islands of one piece.
    pub(crate) fn piece(&self, piece: usize) -> impl Iterator<Item = &[Edge]> {
        self.pieces[piece].clone().map(|at| {
            let from = if at == 0 { 0 } else { self.ends[at - 1] };
            &self.edges[from as usize..self.ends[at] as usize]
        })
    }
}

/// Returns the smallest position that hangs together with this one, as far as `parents` know.
pub(crate) fn root_of(parents: &mut [u32], mut at: u32) -> u32 {
    while parents[at as usize] != at {
        let next = parents[parents[at as usize] as usize];
        parents[at as usize] = next;
        at = next;
    }
    at
}

/// Holds a group that was joined: the roots of the groups it is made of, ascending, and what is said of it.
pub(crate) struct Joined {
    pub(crate) members: Vec<u32>,
    pub(crate) size: u32,
    pub(crate) profile: Box<Profile>,
}

/// Holds what joining one island needs, kept between islands.
pub(crate) struct Desk {
    /// Place of each root on the desk; right only for roots of the island at hand.
    place: Vec<u32>,
    roots: Vec<u32>,
    parents: Vec<u32>,
    sizes: Vec<u32>,
    /// What is said of groups that were joined on the desk.
    profiles: Vec<Option<Profile>>,
    spare: Vec<Profile>,
    /// Where each group that grew is handed over.
    groups: Vec<Option<usize>>,
    edges: Vec<Edge>,
    /// Places that a person keeps apart from each; empty where nobody keeps anything apart.
    apart: Vec<Vec<u32>>,
    refused: HashSet<(u32, u32, u32, u32), BuildHasherDefault<Plain>>,
    scored: Scored,
}

impl Desk {
    /// Makes a desk for groups of `count` records.
    pub(crate) fn new(count: usize) -> Self {
        Self {
            place: vec![0; count],
            roots: Vec::new(),
            parents: Vec::new(),
            sizes: Vec::new(),
            profiles: Vec::new(),
            spare: Vec::new(),
            groups: Vec::new(),
            edges: Vec::new(),
            apart: Vec::new(),
            refused: HashSet::default(),
            scored: Scored::default(),
        }
    }

    /// Joins the groups of one island along its edges, where both sides together reach `cohesion`.
    pub(crate) fn solve<J: Judge>(
        &mut self,
        groups: &Groups<'_, J>,
        island: &[Edge],
        cohesion: i32,
        joined: &mut Vec<Joined>,
        merges: &mut Vec<Merge>,
    ) {
        self.lay_out(groups, island);
        for at in 0..self.edges.len() {
            let edge = self.edges[at];
            let ends = [edge.left, edge.right].map(|root| self.place[root as usize]);
            let (one, other) = (root_of(&mut self.parents, ends[0]), root_of(&mut self.parents, ends[1]));
            let (one, other) = (one.min(other), one.max(other));
            if one == other || self.are_apart(one, other) {
                continue;
            }
            if edge.by == Grounds::Judged || self.holds_together(groups, one, other, cohesion) {
                self.join(groups, one, other);
                merges.push(Merge {
                    one: self.roots[one as usize],
                    other: self.roots[other as usize],
                    score: edge.score,
                    by: edge.by,
                });
            }
        }
        self.clear_away(joined);
    }

    fn lay_out<J: Judge>(&mut self, groups: &Groups<'_, J>, island: &[Edge]) {
        self.edges.clear();
        self.edges.extend_from_slice(island);
        self.edges
            .sort_unstable_by_key(|edge| (edge.by != Grounds::Judged, Reverse(edge.score), edge.left, edge.right));
        self.roots.clear();
        self.roots
            .extend(island.iter().flat_map(|edge| [edge.left, edge.right]));
        self.roots.sort_unstable();
        self.roots.dedup();
        self.refused.clear();
        self.parents.clear();
        self.sizes.clear();
        self.profiles.clear();
        for (at, root) in (0u32..).zip(&self.roots) {
            self.place[*root as usize] = at;
            self.parents.push(at);
            self.sizes.push(groups.sizes[*root as usize]);
            self.profiles.push(None);
        }
        self.apart.clear();
        if groups.apart.is_empty() {
            return;
        }
        for root in &self.roots {
            let enemies = groups.apart.get(root).into_iter().flatten();
            let places = enemies.filter_map(|enemy| self.roots.binary_search(enemy).ok());
            self.apart.push(places.map(|place| place as u32).collect());
        }
    }

    /// Tells whether a person keeps two groups apart.
    fn are_apart(&mut self, one: u32, other: u32) -> bool {
        let Some(enemies) = self.apart.get(one as usize) else {
            return false;
        };
        let parents = &mut self.parents;
        enemies.iter().any(|enemy| root_of(parents, *enemy) == other)
    }

    fn view<'a, J: Judge>(&'a self, groups: &'a Groups<'_, J>, at: u32) -> View<'a> {
        match &self.profiles[at as usize] {
            Some(profile) => profile.view(),
            None => groups.view(self.roots[at as usize]),
        }
    }

    /// Tells whether two groups reach `cohesion` by all that is said of both; two single records did so as a pair.
    fn holds_together<J: Judge>(&mut self, groups: &Groups<'_, J>, one: u32, other: u32, cohesion: i32) -> bool {
        let sizes = [one, other].map(|at| self.sizes[at as usize]);
        if sizes == [1, 1] {
            return true;
        }
        let key = (one, sizes[0], other, sizes[1]);
        if self.refused.contains(&key) {
            return false;
        }
        let mut scored = std::mem::take(&mut self.scored);
        let (left, right) = (self.view(groups, one), self.view(groups, other));
        score_groups(&groups.scorer, left, right, &mut scored);
        let holds = groups
            .judge
            .holds(groups.scorer.values, &scored, left.held, right.held, cohesion);
        self.scored = scored;
        if !holds {
            self.refused.insert(key);
        }
        holds
    }

    fn join<J: Judge>(&mut self, groups: &Groups<'_, J>, one: u32, other: u32) {
        if let Some(enemies) = self.apart.get_mut(other as usize).map(std::mem::take) {
            self.apart[one as usize].extend(enemies);
        }
        let mut profile = self.spare.pop().unwrap_or_default();
        profile.join(self.view(groups, one), self.view(groups, other));
        self.parents[other as usize] = one;
        self.sizes[one as usize] += self.sizes[other as usize];
        let old = [
            self.profiles[one as usize].replace(profile),
            self.profiles[other as usize].take(),
        ];
        self.spare.extend(old.into_iter().flatten());
    }

    /// Hands over the groups that grew.
    fn clear_away(&mut self, joined: &mut Vec<Joined>) {
        self.groups.clear();
        for (profile, size) in self.profiles.iter_mut().zip(&self.sizes) {
            self.groups.push(profile.as_ref().map(|_| joined.len()));
            joined.extend(profile.take().map(|profile| Joined {
                members: Vec::new(),
                size: *size,
                profile: Box::new(profile),
            }));
        }
        for (at, root) in (0u32..).zip(&self.roots) {
            let top = root_of(&mut self.parents, at);
            if let Some(group) = self.groups[top as usize] {
                joined[group].members.push(*root);
            }
        }
    }
}

/// Hashes small tuples of numbers.
#[derive(Default)]
struct Plain(u64);

impl core::hash::Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(21) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
