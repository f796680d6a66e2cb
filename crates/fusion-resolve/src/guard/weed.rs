//! Weeding: leaving out the members of a group that are linked with those they contradict.

use std::cmp::Reverse;

use super::Bridge;
use super::bridge::{Guard, at_places};
use super::clashes::Clashes;
use super::contradiction::{Side, are_two};
use super::cut::Links;
use super::found::Parting;
use crate::score::Scored;

impl Guard<'_> {
    /// Leaves out the members that are linked with most of those they contradict, until no link contradicts; if what is left
    /// falls into sides that contradict each other, each member left out goes to the side that it fits best.
    pub(super) fn weed(&self, group: &[u32], links: &Links, against: &[(u32, u32)]) -> Option<Parting> {
        if group.len() < 3 || against.is_empty() {
            return None;
        }
        let weeds = weeds(against, links);
        let mut pieces = links.pieces(&weeds);
        self.rejoin(group, &mut pieces);
        if pieces.len() < 2 {
            return None;
        }
        let mut scored = Scored::default();
        let sides: Vec<Side> = pieces.iter().map(|piece| self.side(&at_places(group, piece))).collect();
        let homes: Vec<Option<usize>> = weeds
            .iter()
            .map(|weed| self.home(&[group[*weed as usize]], &sides, &mut scored))
            .collect();
        let homed = weeds
            .iter()
            .zip(&homes)
            .filter_map(|(weed, home)| Some((group[*weed as usize], (*home)?)));
        if !self.are_sides(&sides, homed, &mut scored) {
            return None;
        }
        let mut groups: Vec<Vec<u32>> = pieces.iter().map(|piece| at_places(group, piece)).collect();
        for (weed, home) in weeds.iter().zip(&homes) {
            match home {
                Some(at) => groups[*at].push(group[*weed as usize]),
                None => groups.push(vec![group[*weed as usize]]),
            }
        }
        for group in &mut groups {
            group.sort_unstable();
        }
        let bridges = bridges(group, &groups, &weeds, against);
        Some(Parting { groups, bridges })
    }

    /// Returns the links, by place, between members who cannot be one.
    pub(super) fn against(clashes: &Clashes, links: &Links) -> Vec<(u32, u32)> {
        let all = (0..links.count()).flat_map(|one| links.of(one).iter().map(move |other| (one, *other)));
        all.filter(|(one, other)| one < other && clashes.are_two(*one, *other))
            .collect()
    }

    /// Joins pieces of a group again that hold together by all their evidence.
    pub(super) fn rejoin(&self, group: &[u32], pieces: &mut Vec<Vec<u32>>) {
        let mut scored = Scored::default();
        let mut sides: Vec<Side> = pieces.iter().map(|piece| self.side(&at_places(group, piece))).collect();
        loop {
            let mut best = None;
            for one in 0..pieces.len() {
                for other in one + 1..pieces.len() {
                    let (left, right) = (sides[one].view(), sides[other].view());
                    let place = (self.score(left, right, &mut scored), Reverse((one, other)));
                    if place.0 >= self.scorer.model.cohesion && best.is_none_or(|kept| place > kept) {
                        best = Some(place);
                    }
                }
            }
            let Some((_, Reverse((one, other)))) = best else {
                return;
            };
            let more = pieces.remove(other);
            sides.remove(other);
            pieces[one].extend(more);
            pieces[one].sort_unstable();
            sides[one] = self.side(&at_places(group, &pieces[one]));
        }
    }

    /// Tells whether sides contradict each other, by themselves or by the names of those who fit one of them best.
    fn are_sides(&self, sides: &[Side], homed: impl Iterator<Item = (u32, usize)>, scored: &mut Scored) -> bool {
        for (at, one) in sides.iter().enumerate() {
            for other in &sides[at + 1..] {
                if one.contradicts(other, self.scorer, scored) {
                    return true;
                }
            }
        }
        homed.into_iter().any(|(record, home)| {
            let mut others = sides.iter().enumerate().filter(|(at, _)| *at != home);
            others.any(|(_, other)| are_two(self.scorer, self.records.of(record), other.view().held))
        })
    }
}

/// Names the members left out that contradict somebody who is now in another group.
fn bridges(group: &[u32], groups: &[Vec<u32>], weeds: &[u32], against: &[(u32, u32)]) -> Vec<Bridge> {
    let root = |at: u32| {
        let record = group[at as usize];
        let found = groups.iter().find(|group| group.binary_search(&record).is_ok());
        found.map_or(record, |group| group[0])
    };
    let bridge = |weed: &u32| {
        let own = root(*weed);
        let others = against
            .iter()
            .filter_map(|(one, other)| match (one == weed, other == weed) {
                (true, _) => Some(root(*other)),
                (_, true) => Some(root(*one)),
                _ => None,
            });
        let other = others.filter(|other| *other != own).min()?;
        Some(Bridge {
            record: group[*weed as usize],
            groups: [own.min(other), own.max(other)],
        })
    };
    weeds.iter().filter_map(bridge).collect()
}

/// Returns the members to leave out so that no link contradicts: again and again the one with most of those links, of
/// several the one with most links at all, since who belongs to two people is linked with both.
fn weeds(against: &[(u32, u32)], links: &Links) -> Vec<u32> {
    let mut left: Vec<(u32, u32)> = against.to_vec();
    let mut weeds = Vec::new();
    while !left.is_empty() {
        let mut ends: Vec<u32> = left.iter().flat_map(|(one, other)| [*one, *other]).collect();
        ends.sort_unstable();
        let runs = ends.chunk_by(|one, other| one == other);
        let worst = runs
            .map(|run| (run.len(), links.of(run[0]).len(), Reverse(run[0])))
            .max();
        let Some((_, _, Reverse(worst))) = worst else {
            break;
        };
        left.retain(|(one, other)| *one != worst && *other != worst);
        weeds.push(worst);
    }
    weeds.sort_unstable();
    weeds
}
