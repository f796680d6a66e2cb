//! Cluster: from linked pairs to entities.
//!
//! Edges are taken greedily by (−score, smaller, larger). Two groups join if all their evidence together, with what
//! contradicts in proportion to how many say so, still makes them one. It must not know words or thresholds of pairs.

use hashbrown::HashSet;

use crate::decide::{Decision, decide};
use crate::feature::Feature;
use crate::model::Model;
use crate::records::{Held, Records};
use crate::run::Pair;
use crate::score::{Part, Scored, Scorer};

/// Joins two positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) score: i32,
}

/// Holds what is said of a group of records: each value once, with how many members say it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    pub(crate) held: Vec<Held>,
    counts: Vec<u32>,
}

impl Profile {
    pub(crate) fn of(held: &[Held]) -> Self {
        Self {
            held: held.to_vec(),
            counts: vec![1; held.len()],
        }
    }

    fn join(&self, other: &Self) -> Self {
        let mut joined = Self::default();
        let (mut at, mut to) = (0, 0);
        let order = |held: &Held| (held.feature, held.value);
        while at < self.held.len() || to < other.held.len() {
            let left = self.held.get(at);
            let right = other.held.get(to);
            let (held, count) = match (left, right) {
                (Some(one), Some(another)) if order(one) == order(another) => {
                    let held = Held {
                        through: one.through.min(another.through),
                        voices: one.voices.max(another.voices),
                        ..*one
                    };
                    let count = self.counts[at] + other.counts[to];
                    (at, to) = (at + 1, to + 1);
                    (held, count)
                }
                (Some(one), another) if another.is_none_or(|another| order(one) < order(another)) => {
                    at += 1;
                    (*one, self.counts[at - 1])
                }
                (_, Some(another)) => {
                    to += 1;
                    (*another, other.counts[to - 1])
                }
                (Some(one), None) => {
                    at += 1;
                    (*one, self.counts[at - 1])
                }
                (None, None) => break,
            };
            joined.held.push(held);
            joined.counts.push(count);
        }
        joined
    }
}

/// Scores two groups by all their evidence.
pub(crate) fn score_groups(scorer: &Scorer<'_>, one: &Profile, other: &Profile, scored: &mut Scored) {
    scorer.score(&one.held, &other.held, scored);
    let singles: Vec<Feature> = scored
        .parts
        .iter()
        .filter(|part| part.feature.is_single() && part.muted.is_none())
        .map(|part| part.feature)
        .collect();
    for feature in singles {
        if let Some((weight, rarity)) = average(scorer, feature, one, other) {
            for part in scored.parts.iter_mut().filter(|part| part.feature == feature) {
                (part.weight, part.rarity) = (weight, rarity);
            }
        }
    }
    scored.score = scored.prior + scored.parts.iter().map(Part::total).sum::<i32>();
}

/// Returns the average weight and rarity over all pairs of members that both state a feature.
fn average(scorer: &Scorer<'_>, feature: Feature, one: &Profile, other: &Profile) -> Option<(i32, i32)> {
    let (mut weight, mut rarity, mut count) = (0i64, 0i64, 0i64);
    let of = |profile: &Profile| -> Vec<(Held, u32)> {
        let all = profile.held.iter().copied().zip(profile.counts.iter().copied());
        all.filter(|(held, _)| held.feature == feature).collect()
    };
    let others = of(other);
    for (left, times) in of(one) {
        for (right, more) in &others {
            let pairs = i64::from(times) * i64::from(*more);
            let Some(part) = scorer.part(feature, &left, right) else {
                continue;
            };
            weight += pairs * i64::from(part.weight);
            rarity += pairs * i64::from(part.rarity);
            count += pairs;
        }
    }
    (count > 1).then(|| ((weight / count) as i32, (rarity / count) as i32))
}

/// Holds groups while they grow.
pub(crate) struct Groups<'a> {
    scorer: Scorer<'a>,
    model: &'a Model,
    pub(crate) parents: Vec<u32>,
    sizes: Vec<u32>,
    profiles: Vec<Option<Box<Profile>>>,
    records: &'a Records,
    refused: HashSet<(u32, u32, u32, u32), core::hash::BuildHasherDefault<Plain>>,
    scored: Scored,
}

/// How far the threshold of an oversize group rises at most, in milli-bits.
const LONGEST_RISE: i32 = 60_000;

/// Hashes small tuples of numbers.
#[derive(Default)]
pub(crate) struct Plain(u64);

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

impl<'a> Groups<'a> {
    pub(crate) fn new(scorer: Scorer<'a>, records: &'a Records) -> Self {
        let count = records.len();
        Self {
            scorer,
            model: scorer.model,
            parents: (0..count as u32).collect(),
            sizes: vec![1; count],
            profiles: (0..count).map(|_| None).collect(),
            records,
            refused: HashSet::default(),
            scored: Scored::default(),
        }
    }

    pub(crate) fn root(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let next = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = next;
            at = next;
        }
        at
    }

    fn profile(&self, root: u32) -> Profile {
        match &self.profiles[root as usize] {
            Some(profile) => (**profile).clone(),
            None => Profile::of(self.records.of(root)),
        }
    }

    /// Scores two groups, given by their roots.
    pub(crate) fn score(&mut self, one: u32, other: u32) -> (i32, Decision) {
        let (left, right) = (self.profile(one), self.profile(other));
        let mut scored = std::mem::take(&mut self.scored);
        score_groups(&self.scorer, &left, &right, &mut scored);
        let result = (scored.score, decide(&scored, self.model));
        self.scored = scored;
        result
    }

    /// Takes edges in their order; each joins two groups if they hold together.
    pub(crate) fn take(&mut self, edges: &mut [Edge], stricter: i32) {
        edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.score), edge.left, edge.right));
        for edge in edges {
            let (one, other) = (self.root(edge.left), self.root(edge.right));
            if one == other {
                continue;
            }
            let (one, other) = (one.min(other), one.max(other));
            let alone = self.sizes[one as usize] == 1 && self.sizes[other as usize] == 1;
            if !alone {
                let key = (one, self.sizes[one as usize], other, self.sizes[other as usize]);
                if self.refused.contains(&key) {
                    continue;
                }
                if self.score(one, other).0 < self.model.cohesion + stricter {
                    self.refused.insert(key);
                    continue;
                }
            }
            self.join(one, other);
        }
    }

    /// Returns the pairs of groups that a kept pair lies between, each once.
    pub(crate) fn candidates(&mut self, pairs: &[Pair]) -> Vec<(u32, u32)> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        for pair in pairs {
            let (one, other) = (self.root(pair.left), self.root(pair.right));
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
    pub(crate) fn edges_between(&mut self, candidates: &[(u32, u32)]) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (left, right) in candidates {
            let (score, decision) = self.score(*left, *right);
            if decision == Decision::Linked {
                edges.push(Edge {
                    left: *left,
                    right: *right,
                    score,
                });
            }
        }
        edges
    }

    /// Takes groups that are too large apart and puts them together again under thresholds that rise in fixed steps, until
    /// every piece fits. Returns a member and the size of each group that was too large.
    pub(crate) fn part_oversize(&mut self, pairs: &[Pair]) -> Vec<(u32, u32)> {
        let roots = (0..self.parents.len() as u32).filter(|at| self.parents[*at as usize] == *at);
        let oversize: Vec<(u32, u32)> = roots
            .map(|root| (root, self.sizes[root as usize]))
            .filter(|(_, size)| *size > self.model.max_size)
            .collect();
        if oversize.is_empty() {
            return oversize;
        }
        let mut stricter = 0;
        let mut large: Vec<u32> = oversize.iter().map(|group| group.0).collect();
        while !large.is_empty() && stricter < LONGEST_RISE {
            stricter += self.model.oversize_step.max(1);
            let inside: Vec<bool> = (0..self.parents.len() as u32)
                .map(|at| large.binary_search(&self.root(at)).is_ok())
                .collect();
            let members: Vec<u32> = (0..self.parents.len() as u32)
                .filter(|at| inside[*at as usize])
                .collect();
            for at in &members {
                (
                    self.parents[*at as usize],
                    self.sizes[*at as usize],
                    self.profiles[*at as usize],
                ) = (*at, 1, None);
            }
            self.refused.clear();
            let strong = |pair: &&Pair| {
                inside[pair.left as usize]
                    && inside[pair.right as usize]
                    && pair.decision == Decision::Linked
                    && pair.score >= self.model.link + stricter
            };
            let mut edges: Vec<Edge> = pairs.iter().filter(strong).map(Pair::edge).collect();
            self.take(&mut edges, stricter);
            large = members
                .into_iter()
                .filter(|at| self.parents[*at as usize] == *at && self.sizes[*at as usize] > self.model.max_size)
                .collect();
        }
        oversize
    }

    fn join(&mut self, one: u32, other: u32) {
        let joined = self.profile(one).join(&self.profile(other));
        self.parents[other as usize] = one;
        self.sizes[one as usize] += self.sizes[other as usize];
        self.profiles[one as usize] = Some(Box::new(joined));
        self.profiles[other as usize] = None;
    }
}
