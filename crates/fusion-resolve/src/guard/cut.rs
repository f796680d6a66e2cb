//! The fewest members of a group without which two others no longer hang together.

use std::collections::VecDeque;

/// Links between the members of one group, by place.
#[derive(Debug, Default)]
pub(super) struct Links {
    of: Vec<Vec<u32>>,
}

impl Links {
    /// Lays out links between `count` members.
    pub(super) fn between(count: usize, links: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut of = vec![Vec::new(); count];
        for (one, other) in links {
            of[one as usize].push(other);
            of[other as usize].push(one);
        }
        for others in &mut of {
            others.sort_unstable();
            others.dedup();
        }
        Self { of }
    }

    /// Returns the number of members.
    pub(super) fn count(&self) -> u32 {
        self.of.len() as u32
    }

    /// Returns those a member is linked with.
    pub(super) fn of(&self, one: u32) -> &[u32] {
        &self.of[one as usize]
    }

    /// Returns what the group falls into when `without` are left out.
    pub(super) fn pieces(&self, without: &[u32]) -> Vec<Vec<u32>> {
        let mut rest: Vec<u32> = (0..self.of.len() as u32)
            .filter(|at| without.binary_search(at).is_err())
            .collect();
        let mut pieces = Vec::new();
        while let Some(at) = rest.first().copied() {
            let piece = self.reached(at, without);
            rest.retain(|at| piece.binary_search(at).is_err());
            pieces.push(piece);
        }
        pieces
    }

    /// Tells whether two members are linked.
    pub(super) fn are_linked(&self, one: u32, other: u32) -> bool {
        self.of[one as usize].binary_search(&other).is_ok()
    }

    /// Returns all members that hang together with one of them when `without` are left out.
    pub(super) fn reached(&self, from: u32, without: &[u32]) -> Vec<u32> {
        let mut seen = vec![false; self.of.len()];
        for place in without {
            seen[*place as usize] = true;
        }
        seen[from as usize] = true;
        let mut reached = vec![from];
        let mut at = 0;
        while at < reached.len() {
            for other in &self.of[reached[at] as usize] {
                if !std::mem::replace(&mut seen[*other as usize], true) {
                    reached.push(*other);
                }
            }
            at += 1;
        }
        reached.sort_unstable();
        reached
    }

    /// Returns the two smallest cuts between two members that are not linked, the one next to `from` and the one next to
    /// `to`; nothing where more than `most` members would have to go.
    pub(super) fn cuts(&self, from: u32, to: u32, most: usize) -> Option<[Vec<u32>; 2]> {
        // Whoever is linked with both is a way of its own between them.
        let is_between = |other: &&u32| self.are_linked(**other, to);
        if self.of(from).iter().filter(is_between).nth(most).is_some() {
            return None;
        }
        let mut pipes = Pipes::along(self, from, to);
        for _ in 0..=most {
            if !pipes.send_one() {
                return Some(pipes.cuts());
            }
        }
        None
    }
}

/// Room for paths that share no member: every member is an entry and an exit with room for one path between them.
struct Pipes {
    from: usize,
    to: usize,
    /// For each entry (even) and exit (odd): the pipes that leave it.
    leaving: Vec<Vec<usize>>,
    /// Where each pipe goes; the one after an even one runs back.
    ends: Vec<usize>,
    room: Vec<u32>,
}

const WIDE: u32 = u32::MAX / 2;

impl Pipes {
    fn along(links: &Links, from: u32, to: u32) -> Self {
        let count = links.of.len();
        let mut pipes = Self {
            from: from as usize * 2 + 1,
            to: to as usize * 2,
            leaving: vec![Vec::new(); count * 2],
            ends: Vec::new(),
            room: Vec::new(),
        };
        for (member, others) in links.of.iter().enumerate() {
            pipes.lay(member * 2, member * 2 + 1, 1);
            for other in others {
                pipes.lay(member * 2 + 1, *other as usize * 2, WIDE);
            }
        }
        pipes
    }

    fn lay(&mut self, from: usize, to: usize, room: u32) {
        for (start, end, room) in [(from, to, room), (to, from, 0)] {
            self.leaving[start].push(self.ends.len());
            self.ends.push(end);
            self.room.push(room);
        }
    }

    /// Sends one more path through, if there is room.
    fn send_one(&mut self) -> bool {
        let mut came: Vec<Option<usize>> = vec![None; self.leaving.len()];
        let mut queue = VecDeque::from([self.from]);
        while let Some(at) = queue.pop_front() {
            for pipe in &self.leaving[at] {
                let end = self.ends[*pipe];
                if self.room[*pipe] > 0 && end != self.from && came[end].is_none() {
                    came[end] = Some(*pipe);
                    queue.push_back(end);
                }
            }
        }
        let mut at = self.to;
        while let Some(pipe) = came[at] {
            self.room[pipe] -= 1;
            self.room[pipe ^ 1] += 1;
            at = self.ends[pipe ^ 1];
        }
        came[self.to].is_some()
    }

    /// Returns the members whose room is used up next to either end.
    fn cuts(&self) -> [Vec<u32>; 2] {
        let forth = self.walked(self.from, |pipe| pipe);
        let back = self.walked(self.to, |pipe| pipe ^ 1);
        let places = || (0..self.leaving.len() / 2).filter(|place| place * 2 + 1 != self.from && place * 2 != self.to);
        let near = places().filter(|place| forth[place * 2] && !forth[place * 2 + 1]);
        let far = places().filter(|place| back[place * 2 + 1] && !back[place * 2]);
        [
            near.map(|place| place as u32).collect(),
            far.map(|place| place as u32).collect(),
        ]
    }

    /// Tells what can be reached where there is room left; `along` turns a pipe in the direction of the walk.
    fn walked(&self, from: usize, along: impl Fn(usize) -> usize) -> Vec<bool> {
        let mut seen = vec![false; self.leaving.len()];
        seen[from] = true;
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            for pipe in &self.leaving[at] {
                let end = self.ends[*pipe];
                if self.room[along(*pipe)] > 0 && !std::mem::replace(&mut seen[end], true) {
                    queue.push_back(end);
                }
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(count: usize, links: &[(u32, u32)], from: u32, to: u32, most: usize) -> Option<[Vec<u32>; 2]> {
        Links::between(count, links.iter().copied()).cuts(from, to, most)
    }

    #[test]
    fn the_fewest_that_must_go_are_found_from_either_end() {
        let line = [(0, 1), (1, 2), (2, 3), (3, 4)];
        assert_eq!(cuts(5, &line, 0, 4, 1), Some([vec![1], vec![3]]));
        // Two circles that share a member.
        let circles = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2)];
        assert_eq!(cuts(5, &circles, 0, 4, 1), Some([vec![2], vec![2]]));
        // Two ways round, then three.
        let ways = [(0, 1), (1, 3), (0, 2), (2, 3)];
        assert_eq!(cuts(4, &ways, 0, 3, 1), None);
        assert_eq!(cuts(4, &ways, 0, 3, 2), Some([vec![1, 2], vec![1, 2]]));
        let between = [(0, 1), (1, 5), (0, 2), (2, 5), (0, 3), (3, 5), (0, 4), (4, 5)];
        assert_eq!(cuts(6, &between, 0, 5, 3), None);
        assert_eq!(cuts(6, &between, 0, 5, 4), Some([vec![1, 2, 3, 4], vec![1, 2, 3, 4]]));
        // A path that must turn an earlier one aside: 0-1-4-5 first, then 0-2-…-5 by way of 1's other link.
        let turned = [(0, 1), (1, 4), (4, 5), (0, 2), (2, 4), (1, 3), (3, 5)];
        assert_eq!(cuts(6, &turned, 0, 5, 1), None);
        assert_eq!(cuts(6, &turned, 0, 5, 2), Some([vec![1, 2], vec![3, 4]]));
    }

    #[test]
    fn members_that_hang_together_without_others() {
        let links = Links::between(5, [(0, 1), (1, 2), (3, 4)].into_iter());
        assert_eq!(links.reached(0, &[]), [0, 1, 2]);
        assert_eq!(links.reached(0, &[1]), [0]);
        assert!(links.are_linked(2, 1) && !links.are_linked(0, 2));
    }
}
