//! The groups after each round, and how they follow a change.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::Moves;
use crate::bits::Bits;
use crate::cluster::{Edge, Groups, judged, root_of, sort_by_group};
use crate::decide::Decision;
use crate::ground::Ground;
use crate::judge::{Judge, Verdicts};
use crate::population::Moved;
use crate::run::{Merge, Pair};

/// Holds what rounds read.
pub(super) struct On<'a, J> {
    pub(super) ground: &'a Ground,
    pub(super) judge: &'a J,
    pub(super) verdicts: &'a Verdicts,
    pub(super) pairs: &'a [Pair],
}

impl<'a, J: Judge> On<'a, J> {
    fn groups(&self) -> Groups<'a, J> {
        Groups::new(self.ground.scorer(), &self.ground.records, self.judge, self.verdicts)
    }

    fn links(&self) -> impl Iterator<Item = Edge> {
        let linked = self.pairs.iter().filter(|pair| pair.decision == Decision::Linked);
        linked.map(Pair::edge).chain(judged(self.verdicts))
    }
}

/// Holds one round: what it joined along, and the groups after it.
#[derive(Debug, Default)]
struct Round {
    /// Edges between groups; those of the first round are the linked pairs.
    edges: Vec<Edge>,
    roots: Vec<u32>,
    merges: Vec<Merge>,
}

/// Holds all rounds.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    rounds: Vec<Round>,
    roots: Vec<u32>,
    merges: Vec<Merge>,
    oversize: Vec<Vec<u32>>,
}

/// Says why records are looked at again.
pub(super) struct Stale<'a> {
    /// Records that came, were judged, or have hubs for values that were none before, or the reverse.
    pub(super) anew: &'a BTreeSet<u32>,
    /// Records of which a link came, went or scores otherwise, those of `anew` among them.
    pub(super) linked: &'a BTreeSet<u32>,
    /// Records of which a kept pair came or went.
    pub(super) kept: &'a BTreeSet<u32>,
    /// Pairs that came.
    pub(super) gained: &'a [(u32, u32)],
    /// Records whose values weigh something else.
    pub(super) weighed: &'a BTreeSet<u32>,
    pub(super) weights: &'a Moved,
}

/// Holds the records of islands that were joined anew.
pub(super) struct Rejoined {
    pub(super) touched: Bits,
    /// Those among them whose groups have other members than before.
    pub(super) altered: Bits,
}

impl Rounds {
    /// Makes all rounds.
    pub(super) fn of<J: Judge>(on: &On<'_, J>) -> Self {
        let mut groups = on.groups();
        let mut rounds = Vec::new();
        for round in 0..on.ground.model.rounds.max(1) {
            let edges = match round {
                0 => on.links().collect(),
                _ => groups.edges_between(&groups.candidates(on.pairs.iter())),
            };
            groups.take(&edges);
            rounds.push(Round {
                edges: if round == 0 { Vec::new() } else { edges },
                roots: groups.roots().to_vec(),
                merges: groups.forget(),
            });
        }
        groups.remember(rounds.iter().flat_map(|round| round.merges.iter().copied()));
        let oversize = groups.part_oversize(on.pairs, |_| true);
        let (roots, merges) = groups.into_parts();
        Self {
            rounds,
            roots,
            merges,
            oversize,
        }
    }

    /// Returns the smallest member of each record's group.
    pub(super) fn roots(&self) -> &[u32] {
        &self.roots
    }

    /// Returns how the groups grew.
    pub(super) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Returns the members of groups that grew too large.
    pub(super) fn oversize(&self) -> &[Vec<u32>] {
        &self.oversize
    }

    /// Follows a change.
    pub(super) fn follow<J: Judge, I: Ord + Clone>(
        &mut self,
        on: &On<'_, J>,
        moved: &Moves<I>,
        stale: &Stale<'_>,
    ) -> Rejoined {
        let count = moved.former.len();
        let mut touched = Bits::of(count);
        let first = stale.linked.iter().chain(stale.weighed);
        first.for_each(|place| touched.set(*place));
        let mut altered = Bits::of(count);
        let mut groups = on.groups();
        for at in 0..self.rounds.len() {
            let former = later_roots(&self.rounds[at].roots, moved);
            let mut seeds = Bits::of(count);
            let before = groups.roots().to_vec();
            touched.iter().for_each(|place| seeds.set(before[place as usize]));
            let edges = if at == 0 {
                Vec::new()
            } else {
                let mut weighed = Bits::of(count);
                let roots = stale.weighed.iter().map(|place| before[*place as usize]);
                roots.for_each(|root| weighed.set(root));
                // After the first round whole groups are touched or none of their records.
                let near = |pair: &&Pair| touched.has(pair.left) || touched.has(pair.right);
                let fresh = groups.candidates(on.pairs.iter().filter(near));
                let ends = stale
                    .gained
                    .iter()
                    .map(|(left, right)| (before[*left as usize], before[*right as usize]));
                let gained: BTreeSet<(u32, u32)> = ends.map(|(one, other)| (one.min(other), one.max(other))).collect();
                // What no weight that moved can have changed is not even gathered.
                let is_stale = |root: u32| altered.has(root) || weighed.has(root);
                let is_pair = |pair: &(u32, u32)| is_stale(pair.0) || is_stale(pair.1) || gained.contains(pair);
                let stale_ends = fresh.iter().filter(|pair| is_pair(pair));
                groups.fill(stale_ends.flat_map(|pair| [pair.0, pair.1]));
                let (mut edges, mut nudged) = (Vec::new(), Vec::new());
                let mut known: BTreeMap<(u32, u32), Edge> = BTreeMap::new();
                for edge in &self.rounds[at].edges {
                    let ends = [edge.left, edge.right].map(|end| moved.later(end));
                    if let [Some(left), Some(right)] = ends {
                        let edge = Edge { left, right, ..*edge };
                        if !touched.has(left) && !touched.has(right) {
                            edges.push(edge);
                            continue;
                        }
                        known.insert((left, right), edge);
                    }
                    nudged.extend(ends.into_iter().flatten());
                }
                let again = groups.edges_between_unless(&fresh, |ends, one, other| {
                    let among = |set: &Bits| set.has(ends.0) || set.has(ends.1);
                    let values = &on.ground.values;
                    let is_read = || {
                        weighed.has(ends.0) && stale.weights.is_read_beside(values, one.held, other.held)
                            || weighed.has(ends.1) && stale.weights.is_read_beside(values, other.held, one.held)
                    };
                    let is_stale = among(&altered) || gained.contains(&ends) || is_read();
                    (!is_stale).then(|| known.get(&ends).copied())
                });
                nudged.into_iter().for_each(|end| seeds.set(before[end as usize]));
                edges.extend(again);
                edges
            };
            let links: Vec<Edge> = if at == 0 { on.links().collect() } else { Vec::new() };
            let all = || links.iter().chain(&edges);
            let islands = islands_with(count, all(), &seeds);
            let chosen: Vec<Edge> = all().filter(|edge| islands.has(edge.left)).copied().collect();
            groups.fill(chosen.iter().flat_map(|edge| [edge.left, edge.right]));
            groups.take(&chosen);
            for place in 0..count as u32 {
                if islands.has(before[place as usize]) {
                    touched.set(place);
                } else {
                    groups.put(place, former[place as usize]);
                }
            }
            groups.weigh();
            let stood = self.rounds[at]
                .merges
                .iter()
                .filter_map(|merge| later_merge(merge, moved, &touched));
            let mut merges: Vec<Merge> = stood.chain(groups.forget()).collect();
            sort_by_group(&mut merges, groups.roots());
            let (before, after) = (&self.rounds[at].roots, groups.roots());
            if at == 0 {
                // Pairs that are no links matter from the next round on.
                let mut near = Bits::of(count);
                stale.kept.iter().for_each(|place| near.set(after[*place as usize]));
                let members = (0u32..).zip(after).filter(|(_, root)| near.has(**root));
                members.for_each(|(place, _)| touched.set(place));
            }
            altered = altered_groups((before, after), moved, (&touched, stale.anew));
            self.rounds[at] = Round {
                edges,
                roots: groups.roots().to_vec(),
                merges,
            };
        }
        let before = std::mem::take(&mut self.roots);
        self.finish(on, groups, moved, (&before, &touched));
        let altered = altered_groups((&before, &self.roots), moved, (&touched, stale.anew));
        Rejoined { touched, altered }
    }

    fn finish<J: Judge, I: Ord + Clone>(
        &mut self,
        on: &On<'_, J>,
        mut groups: Groups<'_, J>,
        moved: &Moves<I>,
        (before, touched): (&[u32], &Bits),
    ) {
        let former = later_roots(before, moved);
        for place in (0..former.len() as u32).filter(|place| !touched.has(*place)) {
            groups.put(place, former[place as usize]);
        }
        groups.weigh();
        let stood = self
            .merges
            .iter()
            .filter_map(|merge| later_merge(merge, moved, touched));
        let anew = self.rounds.iter().flat_map(|round| round.merges.iter().copied());
        groups.remember(stood.chain(anew.filter(|merge| touched.has(merge.one))));
        let stands = |place: &u32| moved.later(*place).filter(|place| !touched.has(*place));
        let parted = groups.part_oversize(on.pairs, |root| touched.has(root));
        let stood = self
            .oversize
            .iter()
            .filter_map(|members| members.iter().map(stands).collect());
        self.oversize = stood.chain(parted).collect();
        self.oversize.sort_unstable();
        (self.roots, self.merges) = groups.into_parts();
    }
}

/// Returns the touched records of groups that have other members than before, or one of `seeds` among them.
fn altered_groups<I>(
    (before, after): (&[u32], &[u32]),
    moved: &Moves<I>,
    (touched, seeds): (&Bits, &BTreeSet<u32>),
) -> Bits {
    let mut groups = Bits::of(after.len());
    let root = |place: u32| after[place as usize];
    for place in touched.iter() {
        let former = moved.former[place as usize].and_then(|former| moved.later(before[former as usize]));
        if former != Some(root(place)) {
            groups.set(root(place));
            former.into_iter().for_each(|former| groups.set(root(former)));
        }
    }
    seeds.iter().for_each(|place| groups.set(root(*place)));
    let widowed = moved
        .gone
        .iter()
        .filter_map(|place| moved.later(before[*place as usize]));
    widowed.for_each(|former| groups.set(root(former)));
    let mut altered = Bits::of(after.len());
    let members = touched.iter().filter(|place| groups.has(root(*place)));
    members.for_each(|place| altered.set(place));
    altered
}

/// Returns a step by present positions, where its group was not touched.
fn later_merge<I>(merge: &Merge, moved: &Moves<I>, touched: &Bits) -> Option<Merge> {
    let stands = |place: u32| moved.later(place).filter(|place| !touched.has(*place));
    Some(Merge {
        one: stands(merge.one)?,
        other: stands(merge.other)?,
        ..*merge
    })
}

/// Returns roots by present positions; a record that came, or whose root left, stands by itself.
fn later_roots<I>(roots: &[u32], moved: &Moves<I>) -> Vec<u32> {
    let later = |(place, former): (u32, &Option<u32>)| {
        let root = former.and_then(|former| moved.later(roots[former as usize]));
        root.unwrap_or(place)
    };
    (0u32..).zip(&moved.former).map(later).collect()
}

/// Returns all roots that hang together with one of `seeds`, those among them.
fn islands_with<'a>(count: usize, edges: impl Iterator<Item = &'a Edge>, seeds: &Bits) -> Bits {
    let mut parents: Vec<u32> = (0..count as u32).collect();
    for edge in edges {
        let (one, other) = (root_of(&mut parents, edge.left), root_of(&mut parents, edge.right));
        parents[one.max(other) as usize] = one.min(other);
    }
    let mut islands = Bits::of(count);
    for root in (0..count as u32).filter(|root| seeds.has(*root)) {
        islands.set(root_of(&mut parents, root));
    }
    let mut found = Bits::of(count);
    for root in 0..count as u32 {
        if islands.has(root_of(&mut parents, root)) {
            found.set(root);
        }
    }
    found
}
