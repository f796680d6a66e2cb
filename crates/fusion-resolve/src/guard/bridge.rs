//! Bridges: records that hold two people together who contradict each other.
//!
//! A group that fell together is looked at again in two ways. Weeding leaves out the members that are linked with those
//! they contradict, and looks whether the rest falls into sides. Severing takes two members that cannot be one, and
//! leaves out the fewest members that hold them together. Where the sides contradict each other as wholes, they become
//! groups of their own, and each member left out goes to the side that it fits best. Records that clustering already
//! kept apart are named by [`super::contested`].

use std::collections::BTreeSet;

use super::Bridge;
use super::clashes::Clashes;
use super::contested::{contested, identifiers};
use super::contradiction::Side;
use super::cut::Links;
use super::extent::Extent;
use super::found::{Found, Parting};
use crate::bits::Bits;
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

/// Holds what the look for bridges reads.
pub(crate) struct On<'a> {
    pub(crate) scorer: &'a Scorer<'a>,
    pub(crate) records: &'a Records,
    pub(crate) pairs: &'a [Pair],
    pub(crate) verdicts: &'a Verdicts,
}

/// Parts groups that bridges hold together, writes the new groups into `groups` and how they grew into `merges`, and
/// returns the bridges. Where a person judged, nothing is parted. Only what `extent` takes in is looked at; of the rest
/// `found` holds what was found before, and in the end all of it.
pub(crate) fn part_bridges(
    on: &On<'_>,
    extent: Extent<'_>,
    found: &mut Found,
    groups: &mut [u32],
    merges: &mut Vec<Merge>,
) -> Vec<Bridge> {
    let guard = Guard {
        scorer: on.scorer,
        records: on.records,
        linked: Linked::of(on.pairs, on.records.len()),
        judged: on.verdicts.all().flat_map(|(one, other)| [one, other]).collect(),
    };
    let members = Members::of(groups);
    let pieces = in_parallel(members.count().div_ceil(PIECE), |piece| {
        let mut found = Found::default();
        let roots = piece * PIECE..((piece + 1) * PIECE).min(members.count());
        for root in roots.filter(|root| extent.has_group(*root as u32)) {
            guard.part(members.at(root), &mut found);
        }
        found
    });
    let mut anew = Found::default();
    pieces.into_iter().for_each(|piece| anew.take(piece));
    let near = extent.near(&anew, on.records, on.scorer.values);
    found.forget(&near);
    found.take(anew);
    for parting in &found.partings {
        enter(&parting.groups, groups);
    }
    let members = Members::of(groups);
    found.contested.take(contested(on, &near, groups, &members));
    let bridges = found.bridges();
    let is_bridge = |record: &u32| bridges.binary_search_by_key(record, |bridge| bridge.record).is_ok();
    let mut held: Vec<u32> = bridges.iter().map(|bridge| groups[bridge.record as usize]).collect();
    held.sort_unstable();
    held.dedup();
    let mut apart = Vec::new();
    for group in held {
        guard.hold_apart(members.of_group(group), is_bridge, &mut apart);
    }
    enter(&apart, groups);
    let parted = found.partings.iter().flat_map(|parting| &parting.groups).chain(&apart);
    guard.regrow(parted, groups, merges);
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
    fn part(&self, group: &[u32], found: &mut Found) {
        if !self.may_part(group) {
            return;
        }
        let clashes = Clashes::of(self.scorer, self.records, group);
        if clashes.is_of_one() {
            return;
        }
        let mut parting = Parting::default();
        let mut clash = false;
        let mut waiting = vec![(group.to_vec(), clashes)];
        while let Some((group, clashes)) = waiting.pop() {
            let links = self.links(&group);
            let against = Self::against(&clashes, &links);
            clash |= !against.is_empty();
            let parted = self.weed(&group, &links, &against).or_else(|| {
                let apart = Self::apart(&clashes, &links);
                clash |= !apart.is_empty();
                self.sever(&group, &links, &apart)
            });
            match parted {
                Some(parted) => {
                    parting.bridges.extend(parted.bridges);
                    for group in parted.groups {
                        let clashes = Clashes::of(self.scorer, self.records, &group);
                        waiting.push((group, clashes));
                    }
                }
                None => parting.groups.push(group),
            }
        }
        if clash {
            found.clashing.extend(group.first());
        }
        if parting.groups.len() > 1 {
            found.partings.push(parting);
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
    fn regrow<'p>(&self, parted: impl Iterator<Item = &'p Vec<u32>>, groups: &[u32], merges: &mut Vec<Merge>) {
        let mut changed = Bits::of(groups.len());
        parted.flatten().for_each(|record| changed.set(*record));
        merges.retain(|merge| !changed.has(merge.one) && !changed.has(merge.other));
        let mut members: Vec<(u32, u32)> = changed.iter().map(|at| (groups[at as usize], at)).collect();
        members.sort_unstable();
        let mut scored = Scored::default();
        for same in members.chunk_by(|one, other| one.0 == other.0) {
            let first = &same[0].1;
            let mut rest: Vec<u32> = same[1..].iter().map(|(_, record)| *record).collect();
            let mut joined = vec![*first];
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
