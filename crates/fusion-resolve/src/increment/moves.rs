//! Where records stand before and after a change.

use std::collections::BTreeSet;

use super::Change;
use crate::judge::Verdicts;
use crate::records::Held;

/// Holds how positions change.
pub(super) struct Moves<I> {
    /// Per position: the former one; nothing for records that came.
    pub(super) former: Vec<Option<u32>>,
    /// Per former position: the present one; [`NOWHERE`] for records that left.
    later: Vec<u32>,
    /// Former positions of records that left, ascending.
    pub(super) gone: Vec<u32>,
    /// Positions of records that came, ascending.
    pub(super) come: Vec<u32>,
    /// Values of records that came.
    pub(super) held: Vec<Vec<Held>>,
    names: Vec<I>,
}

impl<I: Ord + Clone> Moves<I> {
    /// Works out a change of records with these names, which ascend. Of two that come under one name the first counts.
    pub(super) fn of(ids: &[I], change: Change<I>) -> Self {
        let mut come = change.come;
        come.sort_by(|one, other| one.0.cmp(&other.0));
        come.dedup_by(|later, kept| later.0 == kept.0);
        let leaving = change.gone.iter().chain(come.iter().map(|one| &one.0));
        let gone: BTreeSet<u32> = leaving
            .filter_map(|name| ids.binary_search(name).ok())
            .map(|place| place as u32)
            .collect();
        let mut moves = Self {
            former: Vec::with_capacity(ids.len() + come.len()),
            later: Vec::with_capacity(ids.len()),
            gone: gone.iter().copied().collect(),
            come: Vec::with_capacity(come.len()),
            held: Vec::with_capacity(come.len()),
            names: Vec::with_capacity(come.len()),
        };
        let mut come = come.into_iter().peekable();
        let mut next_gone = gone.into_iter().peekable();
        for (place, name) in (0u32..).zip(ids) {
            while let Some((new, held)) = come.next_if(|(new, _)| new < name) {
                moves.enter(new, held);
            }
            if next_gone.next_if_eq(&place).is_some() {
                moves.later.push(NOWHERE);
            } else {
                moves.later.push(moves.former.len() as u32);
                moves.former.push(Some(place));
            }
        }
        for (new, held) in come {
            moves.enter(new, held);
        }
        moves
    }

    fn enter(&mut self, name: I, held: Vec<Held>) {
        self.come.push(self.former.len() as u32);
        self.former.push(None);
        self.held.push(held);
        self.names.push(name);
    }

    /// Returns the names after the change.
    pub(super) fn ids(&self, ids: Vec<I>) -> Vec<I> {
        let mut old: Vec<Option<I>> = ids.into_iter().map(Some).collect();
        let mut names = self.names.iter();
        let name = |former: &Option<u32>| match former {
            Some(place) => old[*place as usize].take(),
            None => names.next().cloned(),
        };
        self.former.iter().filter_map(name).collect()
    }

    /// Returns what people said, by present positions; what was said of a record that left falls away.
    pub(super) fn renumbered(&self, verdicts: &Verdicts) -> BTreeSet<Saying> {
        let place = |at: u32| self.later(at);
        let said = sayings(verdicts).into_iter();
        said.filter_map(|(sort, left, right)| Some((sort, place(left)?, place(right)?)))
            .collect()
    }
}

impl<I> Moves<I> {
    /// Returns the records of which something was said together with one that left.
    pub(super) fn widowed(&self, verdicts: &Verdicts) -> Vec<u32> {
        let ends = verdicts
            .all()
            .map(|(left, right)| (self.later(left), self.later(right)));
        let widow = |ends| match ends {
            (Some(one), None) | (None, Some(one)) => Some(one),
            _ => None,
        };
        ends.filter_map(widow).collect()
    }

    /// Returns the present position of a record, by its former one; nothing when it left.
    pub(super) fn later(&self, former: u32) -> Option<u32> {
        Some(self.later[former as usize]).filter(|place| *place != NOWHERE)
    }
}

/// Stands for no position.
const NOWHERE: u32 = u32::MAX;

/// What was said, and of which two records.
type Saying = (u8, u32, u32);

/// Returns everything people said.
pub(super) fn sayings(verdicts: &Verdicts) -> BTreeSet<Saying> {
    let sorts = [&verdicts.same, &verdicts.apart, &verdicts.contradicted];
    let each = (0u8..)
        .zip(sorts)
        .flat_map(|(sort, pairs)| pairs.iter().map(move |pair| (sort, pair.0, pair.1)));
    each.collect()
}
