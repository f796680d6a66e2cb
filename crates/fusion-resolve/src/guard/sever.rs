//! Severing: leaving out the fewest members that hold two others together who cannot be one.

use super::Bridge;
use super::bridge::{Guard, at_places};
use super::clashes::Clashes;
use super::contradiction::are_two;
use super::cut::Links;
use super::found::Parting;
use crate::score::Scored;

/// Members that may have to go before a cut is no longer the work of a few.
const MOST: usize = 3;
/// Pairs of members that are tried in one group.
const TRIES: usize = 128;

impl Guard<'_> {
    /// Finds the first cut that parts a group into sides that contradict each other.
    pub(super) fn sever(&self, group: &[u32], links: &Links, apart: &[(u32, u32)]) -> Option<Parting> {
        if group.len() < 3 {
            return None;
        }
        apart.iter().find_map(|ends| {
            let cuts = links.cuts(ends.0, ends.1, MOST)?;
            self.sides(group, links, *ends, &cuts)
        })
    }

    /// Returns members, by place, who cannot be one and are not linked.
    pub(super) fn apart(clashes: &Clashes, links: &Links) -> Vec<(u32, u32)> {
        let all = (0..links.count()).flat_map(|one| (one + 1..links.count()).map(move |other| (one, other)));
        all.filter(|(one, other)| !links.are_linked(*one, *other) && clashes.are_two(*one, *other))
            .take(TRIES)
            .collect()
    }

    /// Parts a group at the likelier of two cuts, if its sides contradict each other.
    fn sides(&self, group: &[u32], links: &Links, ends: (u32, u32), cuts: &[Vec<u32>; 2]) -> Option<Parting> {
        let mut scored = Scored::default();
        // Members that contradict a side are likelier the work of somebody than others.
        let against = |cut: &[u32]| {
            let sides = [ends.0, ends.1].map(|end| self.side(&at_places(group, &links.reached(end, cut))));
            let two = |at: &&u32| {
                let held = self.records.of(group[**at as usize]);
                sides.iter().any(|side| are_two(self.scorer, held, side.view().held))
            };
            cut.iter().filter(two).count()
        };
        let cut = if against(&cuts[1]) > against(&cuts[0]) {
            &cuts[1]
        } else {
            &cuts[0]
        };
        let mut groups = [ends.0, ends.1]
            .map(|end| at_places(group, &links.reached(end, cut)))
            .to_vec();
        // What is held together by more members than either side has is one person with odd rows at its ends.
        if cut.len() > 1 && cut.len() >= groups[0].len().min(groups[1].len()) {
            return None;
        }
        let sides = [self.side(&groups[0]), self.side(&groups[1])];
        if !sides[0].contradicts(&sides[1], self.scorer, &mut scored) {
            return None;
        }
        let is_loose =
            |piece: &Vec<u32>| piece.binary_search(&ends.0).is_err() && piece.binary_search(&ends.1).is_err();
        let pieces = links.pieces(cut).into_iter().filter(is_loose);
        let loose: Vec<Vec<u32>> = pieces.chain(cut.iter().map(|at| vec![*at])).collect();
        for piece in loose {
            let piece = at_places(group, &piece);
            match self.home(&piece, &sides, &mut scored) {
                Some(side) => groups[side].extend(piece),
                None => groups.push(piece),
            }
        }
        for group in &mut groups {
            group.sort_unstable();
        }
        let ends = [groups[0][0].min(groups[1][0]), groups[0][0].max(groups[1][0])];
        let bridges = cut.iter().map(|at| Bridge {
            record: group[*at as usize],
            groups: ends,
        });
        Some(Parting {
            bridges: bridges.collect(),
            groups,
        })
    }
}
