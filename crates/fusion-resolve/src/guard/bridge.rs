//! Bridges: records that hold two people together who contradict each other.
//!
//! A group that fell together is looked at again in two ways. Weeding leaves out the members that are linked with those
//! they contradict, and looks whether the rest falls into sides. Severing takes two members that cannot be one, and
//! leaves out the fewest members that hold them together. Where the sides contradict each other as wholes, they become
//! groups of their own, and each member left out goes to the side that it fits best. Records that clustering already
//! kept apart are named by [`super::contested`].

use std::collections::BTreeSet;

use super::Bridge;
use super::contested::{contested, identifiers};
use super::contradiction::{Said, Side};
use super::cut::Links;
use crate::cluster::profile::{View, score_groups};
use crate::decide::Decision;
use crate::judge::Verdicts;
use crate::parallel::in_parallel;
use crate::records::Records;
use crate::run::{Grounds, Merge, Pair};
use crate::score::{Scored, Scorer};
use crate::value::ValueId;

/// Records of one piece of work.
const PIECE: usize = 4_096;

/// Parts groups that bridges hold together, writes the new groups into `groups` and how they grew into `merges`, and
/// returns the bridges. Where a person judged, nothing is parted.
pub(crate) fn part_bridges(
    scorer: &Scorer<'_>,
    records: &Records,
    pairs: &[Pair],
    verdicts: &Verdicts,
    groups: &mut [u32],
    merges: &mut Vec<Merge>,
) -> Vec<Bridge> {
    let guard = Guard {
        scorer,
        records,
        linked: Linked::of(pairs, records.len()),
        judged: verdicts.all().flat_map(|(one, other)| [one, other]).collect(),
    };
    let members = Members::of(groups);
    let found = in_parallel(members.count().div_ceil(PIECE), |piece| {
        let mut parted = Vec::new();
        for at in piece * PIECE..((piece + 1) * PIECE).min(members.count()) {
            guard.part(members.at(at), &mut parted);
        }
        parted
    });
    let (mut bridges, mut parted) = (Vec::new(), Vec::new());
    for mut parting in found.into_iter().flatten() {
        enter(&parting.groups, groups);
        parted.append(&mut parting.groups);
        bridges.extend(parting.bridges);
    }
    let members = Members::of(groups);
    bridges.extend(contested(scorer, records, groups, &members));
    bridges.sort_unstable();
    bridges.dedup_by_key(|bridge| bridge.record);
    let is_bridge = |record: &u32| bridges.binary_search_by_key(record, |bridge| bridge.record).is_ok();
    let mut held: Vec<u32> = bridges.iter().map(|bridge| groups[bridge.record as usize]).collect();
    held.sort_unstable();
    held.dedup();
    let mut apart = Vec::new();
    for group in held {
        guard.hold_apart(members.of_group(group), is_bridge, &mut apart);
    }
    enter(&apart, groups);
    parted.append(&mut apart);
    guard.regrow(&parted, groups, merges);
    bridges
}

/// Writes groups, each by its smallest member.
fn enter(parted: &[Vec<u32>], groups: &mut [u32]) {
    for group in parted {
        for member in group {
            groups[*member as usize] = group[0];
        }
    }
}

/// Holds what a group fell into.
#[derive(Default)]
pub(super) struct Parting {
    pub(super) groups: Vec<Vec<u32>>,
    pub(super) bridges: Vec<Bridge>,
}

/// Records by group.
pub(super) struct Members {
    order: Vec<u32>,
    ends: Vec<u32>,
}

impl Members {
    fn of(groups: &[u32]) -> Self {
        let mut starts = vec![0u32; groups.len() + 1];
        for group in groups {
            starts[*group as usize + 1] += 1;
        }
        for at in 0..groups.len() {
            starts[at + 1] += starts[at];
        }
        let mut order = vec![0; groups.len()];
        let mut ends = starts[..groups.len()].to_vec();
        for (record, group) in (0u32..).zip(groups) {
            let end = &mut ends[*group as usize];
            order[*end as usize] = record;
            *end += 1;
        }
        Self { order, ends }
    }

    fn count(&self) -> usize {
        self.ends.len()
    }

    /// Returns the records of the group whose smallest member this is, ascending; none for all other records.
    fn at(&self, root: usize) -> &[u32] {
        let from = if root == 0 { 0 } else { self.ends[root - 1] };
        &self.order[from as usize..self.ends[root] as usize]
    }

    /// Returns the records of the group that a record belongs to.
    pub(super) fn of_group(&self, group: u32) -> &[u32] {
        self.at(group as usize)
    }
}

/// Linked pairs by their smaller record.
struct Linked<'a> {
    pairs: &'a [Pair],
    starts: Vec<u32>,
}

impl<'a> Linked<'a> {
    fn of(pairs: &'a [Pair], records: usize) -> Self {
        let mut starts = vec![0u32; records + 1];
        for pair in pairs {
            starts[pair.left as usize + 1] += 1;
        }
        for at in 0..records {
            starts[at + 1] += starts[at];
        }
        Self { pairs, starts }
    }

    fn after(&self, record: u32) -> impl Iterator<Item = &Pair> {
        let (from, to) = (self.starts[record as usize], self.starts[record as usize + 1]);
        let pairs = self.pairs[from as usize..to as usize].iter();
        pairs.filter(|pair| pair.decision == Decision::Linked)
    }
}

/// Holds what groups are looked at with.
pub(super) struct Guard<'a> {
    pub(super) scorer: &'a Scorer<'a>,
    pub(super) records: &'a Records,
    linked: Linked<'a>,
    judged: BTreeSet<u32>,
}

impl Guard<'_> {
    /// Tells whether a group can fall into two with somebody between them, and nobody judged any of it.
    fn may_part(&self, group: &[u32]) -> bool {
        group.len() > 2 && (self.judged.is_empty() || !group.iter().any(|record| self.judged.contains(record)))
    }

    /// Parts one group until no bridge holds it together.
    fn part(&self, group: &[u32], partings: &mut Vec<Parting>) {
        if !self.may_part(group) || Said::by(self.records, group.iter().copied()).is_of_one(self.scorer) {
            return;
        }
        let mut parting = Parting::default();
        let mut waiting = vec![group.to_vec()];
        while let Some(group) = waiting.pop() {
            let links = self.links(&group);
            match self.weed(&group, &links).or_else(|| self.sever(&group, &links)) {
                Some(parted) => {
                    parting.bridges.extend(parted.bridges);
                    waiting.extend(parted.groups);
                }
                None => parting.groups.push(group),
            }
        }
        if parting.groups.len() > 1 {
            partings.push(parting);
        }
    }

    /// Parts what only bridges hold together: nobody is joined to somebody on the word of a record that contradicts a third.
    fn hold_apart(&self, group: &[u32], is_bridge: impl Fn(&u32) -> bool, parted: &mut Vec<Vec<u32>>) {
        let places = (0u32..).zip(group).filter(|(_, record)| is_bridge(record));
        let without: Vec<u32> = places.map(|(place, _)| place).collect();
        if without.len() == group.len() || !self.may_part(group) {
            return;
        }
        let mut pieces = self.links(group).pieces(&without);
        self.rejoin(group, &mut pieces);
        if pieces.len() < 2 {
            return;
        }
        let mut groups: Vec<Vec<u32>> = pieces.iter().map(|piece| at_places(group, piece)).collect();
        let sides: Vec<Side> = groups.iter().map(|side| self.side(side)).collect();
        let mut scored = Scored::default();
        for place in without {
            let record = group[place as usize];
            match self.home(&[record], &sides, &mut scored) {
                Some(side) => groups[side].push(record),
                None => groups.push(vec![record]),
            }
        }
        for group in &mut groups {
            group.sort_unstable();
        }
        parted.append(&mut groups);
    }

    /// Writes how the groups grew that others fell into: from the smallest record on, always what fits best.
    fn regrow(&self, parted: &[Vec<u32>], groups: &[u32], merges: &mut Vec<Merge>) {
        if parted.is_empty() {
            return;
        }
        let mut changed = vec![false; groups.len()];
        for record in parted.iter().flatten() {
            changed[*record as usize] = true;
        }
        merges.retain(|merge| !changed[merge.one as usize] && !changed[merge.other as usize]);
        let members = Members::of(groups);
        let mut scored = Scored::default();
        for root in (0..groups.len()).filter(|root| changed[*root]) {
            let Some((first, rest)) = members.at(root).split_first() else {
                continue;
            };
            let (mut joined, mut rest) = (vec![*first], rest.to_vec());
            while !rest.is_empty() {
                let side = self.side(&joined);
                let fits = rest.iter().enumerate().map(|(at, record)| {
                    let held = View::single(self.records.of(*record));
                    (self.score(held, side.view(), &mut scored), std::cmp::Reverse(at))
                });
                let Some((score, std::cmp::Reverse(at))) = fits.max() else {
                    break;
                };
                let other = rest.remove(at);
                joined.push(other);
                merges.push(Merge {
                    one: *first,
                    other,
                    score,
                    by: Grounds::Together,
                });
            }
        }
    }

    /// Links the members of a group that are linked as pairs, or that say the same identifier of themselves: groups also
    /// grow together by what several members say.
    fn links(&self, group: &[u32]) -> Links {
        let place = |record: &u32| group.binary_search(record).ok().map(|at| at as u32);
        let mut links: Vec<(u32, u32)> = Vec::new();
        let mut held: Vec<(ValueId, u32)> = Vec::new();
        for (at, member) in (0u32..).zip(group) {
            links.extend(
                self.linked
                    .after(*member)
                    .filter_map(|pair| Some((at, place(&pair.right)?))),
            );
            held.extend(identifiers(self.scorer, self.records, *member).map(|(value, _)| (value, at)));
        }
        held.sort_unstable();
        for holders in held.chunk_by(|one, other| one.0 == other.0) {
            for (at, (_, one)) in holders.iter().enumerate() {
                links.extend(holders[at + 1..].iter().map(|(_, other)| (*one, *other)));
            }
        }
        Links::between(group.len(), links.into_iter())
    }

    pub(super) fn side(&self, members: &[u32]) -> Side {
        Side::of(self.records, members)
    }

    pub(super) fn score(&self, one: View<'_>, other: View<'_>, scored: &mut Scored) -> i32 {
        score_groups(self.scorer, one, other, scored);
        scored.score
    }

    /// Returns the side that some records fit best, if they fit any.
    pub(super) fn home(&self, members: &[u32], sides: &[Side], scored: &mut Scored) -> Option<usize> {
        let own = self.side(members);
        let fits = sides
            .iter()
            .enumerate()
            .map(|(at, side)| (self.score(own.view(), side.view(), scored), std::cmp::Reverse(at)));
        let best = fits.max().filter(|best| best.0 >= self.scorer.model.cohesion);
        best.map(|best| best.1.0)
    }
}

/// Returns the records that stand at some places of a group.
pub(super) fn at_places(group: &[u32], places: &[u32]) -> Vec<u32> {
    places.iter().map(|at| group[*at as usize]).collect()
}
