//! Increments: a population that stands, and follows when records come, change or go.
//!
//! What a full run works out is kept: counts, keys, pairs, the groups after each round. A change touches the records it
//! names, the records that hold a value whose weight it moved, and those whose keys it brought to life or ended. Of their
//! pairs those are scored anew that read something else than before; only islands of groups in which a link changed are
//! joined anew, and only groups with other members, or with members who clash, are looked at for bridges. The rest stands.
//! Nothing is ever read of the way the population came about, so the result is that of a full run, byte for byte; where the
//! number of records passes a power of two, every weight moves and a full run is what happens.

mod dirty;
mod index;
mod moves;
mod postings;
mod rounds;

use std::collections::{BTreeMap, BTreeSet};

use crate::bits::Bits;
use crate::block::{Blocks, KeyFamily};
use crate::ground::Ground;
use crate::guard::{self, Bridge, Findings};
use crate::judge::{Judge, Verdicts};
use crate::model::Model;
use crate::parallel::in_parallel_with;
use crate::population::{Population, magnitude};
use crate::records::{Held, Records};
use crate::run::{Merge, OverBudget, Pair, Twins, fetch, hold_back, score_all, score_pair};
use crate::score::Scored;
use crate::value::{ValueId, Values};

use dirty::{Differences, Dirty, Turned};
use index::{Index, Offer};
use moves::{Moves, sayings};
use rounds::Rounds;

/// Holds a population with everything that was worked out of it. `I` names records; the order of names is the order of
/// positions.
pub struct Standing<I> {
    ids: Vec<I>,
    ground: Ground,
    /// Per position: the slot that stands for the record in the index, as long as it does not change.
    slots: Vec<u32>,
    /// Per slot: its position; nothing for those that left.
    places: Vec<Option<u32>>,
    twins: Twins,
    /// What the record of each slot says, in the order of digests.
    alike: Vec<(u64, u32)>,
    verdicts: Verdicts,
    index: Index,
    pairs: Vec<Pair>,
    rounds: Rounds,
    /// The smallest member of each record's group, bridges taken away.
    groups: Vec<u32>,
    merges: Vec<Merge>,
    found: guard::Found,
    bridges: Vec<Bridge>,
}

/// Holds records that come and go. A record that is known and comes again takes the place of the former one.
#[derive(Debug, Clone)]
pub struct Change<I> {
    /// Records that leave.
    pub gone: Vec<I>,
    /// Records that come.
    pub come: Vec<(I, Vec<Held>)>,
}

/// Tells how much a change touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    /// Records whose pairs were scored anew.
    pub records: u64,
    /// Pairs that were scored.
    pub scored: u64,
    /// Records of islands that were joined anew.
    pub rejoined: u64,
    /// Whether everything was worked out anew, because the number of records passed a power of two.
    pub whole: bool,
}

impl<I: Ord + Clone + Sync> Standing<I> {
    /// Works everything out; `ids` ascend, and records stand in their order.
    ///
    /// # Errors
    ///
    /// [`OverBudget`] as in a full run.
    pub fn of<J: Judge>(ids: Vec<I>, ground: Ground, judge: &J, verdicts: Verdicts) -> Result<Self, OverBudget> {
        let (records, scorer) = (&ground.records, ground.scorer());
        let count = ids.len() as u32;
        let alike = Twins::alike(records);
        let mut twins = Twins::among(&alike, Some, &scorer, records, judge, &verdicts);
        guard::set_apart(records, &ground.values, &mut twins.takes_part);
        let index = Index::of(
            records,
            &twins.takes_part,
            &ground.values,
            &ground.population,
            &ground.model,
        );
        require_budget(&index, &ground.model)?;
        let mut standing = Self {
            slots: (0..count).collect(),
            places: (0..count).map(Some).collect(),
            pairs: Vec::new(),
            rounds: Rounds::default(),
            groups: Vec::new(),
            merges: Vec::new(),
            found: guard::Found::default(),
            bridges: Vec::new(),
            ids,
            twins,
            alike,
            verdicts,
            index,
            ground,
        };
        standing.pairs = standing.score_whole(judge);
        standing.rounds = Rounds::of(&rounds::On {
            ground: &standing.ground,
            judge,
            verdicts: &standing.verdicts,
            pairs: &standing.pairs,
        });
        standing.part_bridges(guard::Extent::All);
        Ok(standing)
    }

    /// Returns the names of the records, by position.
    pub fn ids(&self) -> &[I] {
        &self.ids
    }

    /// Returns the values, to intern those of records that come.
    pub fn values_mut(&mut self) -> &mut Values {
        &mut self.ground.values
    }

    /// Returns values, records, rules and counts.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Returns the kept pairs by position.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Returns the smallest member of each record's group.
    pub fn group_of(&self) -> &[u32] {
        &self.groups
    }

    /// Returns how the groups grew: within each group, step by step.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Returns the records that hold people together who contradict each other.
    pub fn bridges(&self) -> &[Bridge] {
        &self.bridges
    }

    /// Returns the members of groups that grew beyond the limit before stronger evidence was asked for.
    pub fn oversize(&self) -> &[Vec<u32>] {
        self.rounds.oversize()
    }

    /// Returns keys per family that are too common, and how many of their composites are too common as well.
    pub fn capped(&self) -> [(u64, u64); KeyFamily::COUNT] {
        self.index.capped
    }

    /// Returns records that rested because a smaller one says exactly the same: the smaller and the larger one.
    pub fn twins(&self) -> Vec<(u32, u32)> {
        self.twins.pairs()
    }

    /// Returns what somebody may have planted.
    pub fn findings(&self) -> Findings {
        let Ground {
            values,
            records,
            population,
            ..
        } = &self.ground;
        Findings {
            hubs: guard::hubs(values, records, population),
            crowds: guard::set_apart(records, values, &mut vec![true; records.len()]),
            bridges: self.bridges.clone(),
            mixed_scripts: guard::mixed_scripts(records, values),
        }
    }

    /// Follows a change. `verdicts` is everything people say now, by the positions after the change.
    ///
    /// # Errors
    ///
    /// [`OverBudget`] when the keys make too many pairs now; the population is of no use any more then.
    pub fn follow<J: Judge>(
        &mut self,
        change: Change<I>,
        judge: &J,
        verdicts: Verdicts,
    ) -> Result<Touched, OverBudget> {
        let mut moved = Moves::of(&self.ids, change);
        let mut records = std::mem::take(&mut self.ground.records);
        let left: Vec<Vec<Held>> = moved.gone.iter().map(|place| records.of(*place).to_vec()).collect();
        records.with(&moved.former, &mut moved.held);
        if magnitude(records.len() as u32) != self.ground.population.magnitude {
            return self.begin_anew(&moved, records, judge, verdicts);
        }
        let ground = &mut self.ground;
        let came: Vec<&[Held]> = moved.come.iter().map(|place| records.of(*place)).collect();
        let gone: Vec<&[Held]> = left.iter().map(Vec::as_slice).collect();
        let on = (&ground.values, &records, &ground.model);
        let (weights, before) = ground.population.follow(on, &gone, &came);
        let weighed = holders(&records, |value| weights.is_through(value));
        let mut anew: BTreeSet<u32> = moved.come.iter().copied().collect();
        anew.extend(moved.widowed(&self.verdicts));
        let (said, says) = (moved.renumbered(&self.verdicts), sayings(&verdicts));
        anew.extend(said.symmetric_difference(&says).flat_map(|said| [said.1, said.2]));
        let mut rekeyed = Bits::of(records.len());
        let turned_hubs = ground.population.turned_hubs(&before);
        if !turned_hubs.is_empty() {
            let turned = holders(&records, |value| turned_hubs.has(value));
            turned.into_iter().for_each(|record| rekeyed.set(record));
        }
        anew.extend(rekeyed.iter());
        self.ground.records = records;
        let gone = self.renumber(&moved);
        self.verdicts = verdicts;
        let leavers = gone.into_iter().zip(&moved.gone).zip(&left);
        let leavers: Vec<Left<'_>> = leavers
            .map(|((slot, place), held)| Left {
                slot,
                place: *place,
                held,
            })
            .collect();
        let turned = self.turn_keys(&moved, &leavers, &before, &rekeyed, judge)?;
        let mut ends = anew.clone();
        ends.extend(&turned.offering);
        let dirty = Dirty::of(self.ids.len(), &ends, &turned, &weighed, &weights);
        let former = self.drop_pairs(&moved, &dirty);
        let (again, scored) = self.score_again(&dirty, judge);
        let turned = Differences::between(&former.0, &again);
        ends.extend(turned.linked.iter().chain(&former.1));
        let kept: BTreeSet<u32> = turned.kept.iter().chain(&former.1).copied().collect();
        merge_in(&mut self.pairs, &again, |pair| (pair.left, pair.right));
        let on = rounds::On {
            ground: &self.ground,
            judge,
            verdicts: &self.verdicts,
            pairs: &self.pairs,
        };
        let reaching: BTreeSet<u32> = weighed
            .into_iter()
            .filter(|place| dirty.reaches(&self.ground, *place))
            .collect();
        let stale = rounds::Stale {
            anew: &anew,
            linked: &ends,
            kept: &kept,
            gained: &turned.gained,
            weighed: &reaching,
            weights: &weights,
        };
        let rejoined = self.rounds.follow(&on, &moved, &stale);
        let later = |place| moved.later(place);
        let mut touched = guard::Touched {
            rejoined: &rejoined.touched,
            looked_at: rejoined.altered.clone(),
            altered: rejoined.altered,
            left: &left,
        };
        self.found.follow(&mut touched, self.rounds.roots(), later);
        self.part_bridges(guard::Extent::Touched(touched));
        let (kept, held) = self.ground.records.kept();
        if kept > 2 * held + 1_000 {
            self.ground.records.compact();
        }
        Ok(Touched {
            records: dirty.records,
            scored,
            rejoined: rejoined.touched.iter().count() as u64,
            whole: false,
        })
    }

    /// Works everything out anew.
    fn begin_anew<J: Judge>(
        &mut self,
        moved: &Moves<I>,
        records: Records,
        judge: &J,
        verdicts: Verdicts,
    ) -> Result<Touched, OverBudget> {
        let ids = moved.ids(std::mem::take(&mut self.ids));
        let values = std::mem::take(&mut self.ground.values);
        let ground = Ground::of(values, records, self.ground.model.clone());
        *self = Self::of(ids, ground, judge, verdicts)?;
        Ok(Touched {
            records: self.ids.len() as u64,
            scored: self.index.expected,
            rejoined: self.ids.len() as u64,
            whole: true,
        })
    }

    /// Gives names and slots their new positions; returns the slots of those that left.
    fn renumber(&mut self, moved: &Moves<I>) -> Vec<u32> {
        self.ids = moved.ids(std::mem::take(&mut self.ids));
        let old = std::mem::take(&mut self.slots);
        let gone: Vec<u32> = moved.gone.iter().map(|place| old[*place as usize]).collect();
        for slot in &gone {
            self.places[*slot as usize] = None;
        }
        if !gone.is_empty() {
            self.alike.retain(|(_, slot)| self.places[*slot as usize].is_some());
        }
        let records = &self.ground.records;
        let slots = self.places.len() as u32..;
        let come = moved.come.iter().zip(slots);
        let mut come: Vec<(u64, u32)> = come
            .map(|(place, slot)| (Twins::digest(records.of(*place)), slot))
            .collect();
        come.sort_unstable();
        merge_in(&mut self.alike, &come, |one| *one);
        for (place, former) in (0u32..).zip(&moved.former) {
            let slot = former.map_or(self.places.len() as u32, |former| old[former as usize]);
            match former {
                Some(_) => self.places[slot as usize] = Some(place),
                None => self.places.push(Some(place)),
            }
            self.slots.push(slot);
        }
        gone
    }

    /// Brings the index to what records offer now; returns whose keys turned.
    fn turn_keys<J: Judge>(
        &mut self,
        moved: &Moves<I>,
        left: &[Left<'_>],
        before: &Population,
        rekeyed: &Bits,
        judge: &J,
    ) -> Result<Turned, OverBudget> {
        let ground = &self.ground;
        let place = |slot: u32| self.places[slot as usize];
        let mut twins = Twins::among(
            &self.alike,
            place,
            &ground.scorer(),
            &ground.records,
            judge,
            &self.verdicts,
        );
        guard::set_apart(&ground.records, &ground.values, &mut twins.takes_part);
        let took_part = |former: Option<u32>| former.is_some_and(|former| self.twins.takes_part[former as usize]);
        let (mut out, mut into) = (BTreeMap::new(), BTreeMap::new());
        for left in left.iter().filter(|left| took_part(Some(left.place))) {
            out.insert(left.slot, Offer::of(left.held, &ground.values, before));
        }
        for (place, former) in (0u32..).zip(&moved.former) {
            let (was, is) = (took_part(*former), twins.takes_part[place as usize]);
            if was == is && former.is_some() && !rekeyed.has(place) {
                continue;
            }
            let (slot, held) = (self.slots[place as usize], ground.records.of(place));
            if was {
                out.insert(slot, Offer::of(held, &ground.values, before));
            }
            if is {
                into.insert(slot, Offer::of(held, &ground.values, &ground.population));
            }
        }
        let places = &self.places;
        let seconds = |slot: u32| {
            let held = places[slot as usize].map_or(&[][..], |place| ground.records.of(place));
            Offer::of(held, &ground.values, &ground.population).into_seconds()
        };
        let shared = self.index.turn(&out, &into, &ground.model, seconds);
        self.twins = twins;
        require_budget(&self.index, &self.ground.model)?;
        let offering = out.into_keys().chain(into.into_keys());
        let place = |slot: u32| self.places[slot as usize];
        Ok(Turned {
            offering: offering.filter_map(place).collect(),
            born: shared.born.into_iter().filter_map(place).collect(),
            died: shared.died.into_iter().filter_map(place).collect(),
        })
    }

    /// Lets go of the pairs that no longer stand: returns those of records that stay, in their new positions, and the
    /// records that lost a partner which left.
    fn drop_pairs(&mut self, moved: &Moves<I>, dirty: &Dirty<'_>) -> (Vec<Pair>, Vec<u32>) {
        let (mut again, mut lost) = (Vec::new(), Vec::new());
        let (ground, index) = (&self.ground, &self.index);
        let offer = |place: &u32| Offer::of(ground.records.of(*place), &ground.values, &ground.population);
        let offers: BTreeMap<u32, Offer> = dirty.died.iter().map(|place| (place, offer(&place))).collect();
        let meet = |one: u32, other: u32| match (offers.get(&one), offers.get(&other)) {
            (Some(one), Some(other)) => index.meet(one, other, &ground.model),
            _ => true,
        };
        let near = dirty.all.with(&dirty.died);
        self.pairs
            .retain_mut(|pair| match (moved.later(pair.left), moved.later(pair.right)) {
                (Some(left), Some(right)) => {
                    (pair.left, pair.right) = (left, right);
                    let stands = !near.has(left) && !near.has(right)
                        || !dirty.is_pair(ground, left, right)
                            && (!dirty.died.has(left) || !dirty.died.has(right) || meet(left, right));
                    if !stands {
                        again.push(*pair);
                    }
                    stands
                }
                (left, right) => {
                    lost.extend(left.or(right));
                    false
                }
            });
        (again, lost)
    }

    /// Takes bridges away, as a full run does after clustering; outside of `extent` what was found stands.
    fn part_bridges(&mut self, extent: guard::Extent<'_>) {
        let on = guard::On {
            scorer: &self.ground.scorer(),
            records: &self.ground.records,
            pairs: &self.pairs,
            verdicts: &self.verdicts,
        };
        let (mut groups, mut merges) = (self.rounds.roots().to_vec(), self.rounds.merges().to_vec());
        self.bridges = guard::part_bridges(&on, extent, &mut self.found, &mut groups, &mut merges);
        for (record, twin) in self.twins.of.iter().enumerate() {
            groups[record] = groups[*twin as usize];
        }
        (self.groups, self.merges) = (groups, merges);
    }

    fn score_whole<J: Judge>(&self, judge: &J) -> Vec<Pair> {
        let Ground {
            values,
            records,
            model,
            population,
        } = &self.ground;
        let blocks = Blocks::of(records, &self.twins.takes_part, values, population, model);
        let (mut pairs, _) = score_all(&self.ground.scorer(), records, &blocks, judge);
        hold_back(&mut pairs, &self.verdicts);
        pairs
    }

    /// Scores what is dirty; returns the pairs worth keeping, in order, and how many were scored.
    fn score_again<J: Judge>(&self, dirty: &Dirty<'_>, judge: &J) -> (Vec<Pair>, u64) {
        const STEP: usize = 256;
        let ground = &self.ground;
        let takes_part = |place: &u32| self.twins.takes_part[*place as usize];
        let taking = dirty
            .all
            .iter()
            .filter(takes_part)
            .filter(|place| dirty.leads(ground, *place));
        let taking: Vec<u32> = taking.collect();
        let parts = in_parallel_with(taking.len().div_ceil(STEP), Scored::default, |scored, piece| {
            let (mut pairs, mut slots, mut others, mut count) = (Vec::new(), Vec::new(), Vec::new(), 0);
            if !judge.is_awaited() {
                return (pairs, count);
            }
            for one in taking.iter().skip(piece * STEP).take(STEP) {
                let offer = Offer::of(ground.records.of(*one), &ground.values, &ground.population);
                self.index.partners(&offer, &ground.model, &mut slots);
                others.clear();
                let places = slots.iter().filter_map(|slot| self.places[*slot as usize]);
                ground.records.touch(places.clone());
                let places = places.filter(|other| {
                    other != one && (!dirty.all.has(*other) || one < other || !dirty.leads(ground, *other))
                });
                others.extend(places.filter(|other| dirty.is_pair(ground, *one, *other)));
                fetch(&ground.values, &ground.records, &others);
                count += others.len() as u64;
                for other in &others {
                    let (left, right) = (*one.min(other), *one.max(other));
                    pairs.extend(score_pair(
                        &ground.scorer(),
                        &ground.records,
                        (left, right),
                        judge,
                        scored,
                    ));
                }
            }
            (pairs, count)
        });
        let scored = parts.iter().map(|part| part.1).sum();
        let mut pairs: Vec<Pair> = parts.into_iter().flat_map(|part| part.0).collect();
        pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
        hold_back(&mut pairs, &self.verdicts);
        (pairs, scored)
    }
}

/// A record that left.
struct Left<'a> {
    slot: u32,
    /// Its former position.
    place: u32,
    held: &'a [Held],
}

fn require_budget(index: &Index, model: &Model) -> Result<(), OverBudget> {
    let (expected, budget) = (index.expected, model.pair_budget);
    if expected > budget {
        Err(OverBudget { expected, budget })
    } else {
        Ok(())
    }
}

/// Returns the records that hold one of some values.
fn holders(records: &Records, wanted: impl Fn(ValueId) -> bool) -> BTreeSet<u32> {
    let all = 0..records.len() as u32;
    all.filter(|record| records.of(*record).iter().any(|held| wanted(held.value)))
        .collect()
}

/// Puts more into a list that is in order.
fn merge_in<T: Copy, K: Ord>(list: &mut Vec<T>, more: &[T], key: impl Fn(&T) -> K) {
    let (mut from, mut rest) = (list.len(), more.len());
    list.extend_from_slice(more);
    for at in (0..list.len()).rev() {
        if rest == 0 {
            break;
        }
        if from > 0 && key(&list[from - 1]) > key(&more[rest - 1]) {
            from -= 1;
            list[at] = list[from];
        } else {
            rest -= 1;
            list[at] = more[rest];
        }
    }
}

#[cfg(test)]
mod tests;
