//! Records that hold the identifiers of a group they contradict.
//!
//! Clustering keeps most of them out of that group; they are named all the same, since somebody may have written down half of
//! one person and half of another. One telephone number or user name in common is no cause: numbers are handed on and
//! relatives share them. Nor is an identifier that its own group holds more often than the other one.

use super::Bridge;
use super::bridge::{Members, On};
use super::contradiction::Said;
use super::extent::Near;
use super::found::Contested;
use crate::feature::Feature;
use crate::parallel::in_parallel;
use crate::records::{Held, Records, Through, of_feature};
use crate::score::Scorer;
use crate::value::ValueId;

/// Points that shared identifiers must reach: a unique one has two, a telephone number or user name one.
const CAUSE: u32 = 2;
/// Records of one piece of work.
const PIECE: usize = 4_096;

/// Finds the records that contradict their own group, or share identifiers with groups they contradict, among those that
/// are looked at.
pub(super) fn contested(on: &On<'_>, near: &Near, groups: &[u32], members: &Members) -> Contested {
    let (scorer, records) = (on.scorer, on.records);
    let desk = Desk {
        scorer,
        records,
        groups,
        holders: Holders::of(scorer, records, groups, near),
        members,
    };
    let pieces = in_parallel(records.len().div_ceil(PIECE), |piece| {
        let all = piece * PIECE..((piece + 1) * PIECE).min(records.len());
        let mut found = Contested::default();
        for at in all.map(|at| at as u32) {
            if near.has_group(at) {
                desk.look_at_group(at, &mut found.inside);
            }
            if near.has_record(at) {
                found.between.extend(desk.look(at));
            }
        }
        found
    });
    let mut found = Contested::default();
    for piece in pieces {
        found.inside.extend(piece.inside);
        found.between.extend(piece.between);
    }
    found
}

struct Desk<'a> {
    scorer: &'a Scorer<'a>,
    records: &'a Records,
    groups: &'a [u32],
    holders: Holders,
    members: &'a Members,
}

impl Desk<'_> {
    /// Names the records of a group that most of the rest of it contradicts.
    fn look_at_group(&self, group: u32, bridges: &mut Vec<Bridge>) {
        let members = self.members.of_group(group);
        if members.len() < 2 {
            return;
        }
        let all = Said::by(self.records, members.iter().copied());
        if all.is_of_one(self.scorer) {
            return;
        }
        for record in members {
            let said = Said::by(self.records, [*record]);
            let rest = said.beside(self.scorer, &all).less(&said.beside(self.scorer, &said));
            if said.has_name() && rest.is_named_two() {
                bridges.push(Bridge {
                    record: *record,
                    groups: [group, group],
                });
            }
        }
    }

    /// Names a record that shares enough identifiers with groups it contradicts.
    fn look(&self, record: u32) -> Option<Bridge> {
        let own = self.groups[record as usize];
        let mut shared: Vec<(&[Holder], u32)> = Vec::new();
        for (value, points) in identifiers(self.scorer, self.records, record) {
            let of_value = self.holders.of_value(value);
            if of_value.iter().any(|holder| holder.group != own) {
                shared.push((of_value, points));
            }
        }
        if shared.iter().map(|entry| entry.1).sum::<u32>() < CAUSE {
            return None;
        }
        let said = Said::by(self.records, [record]);
        let mut known: Vec<(u32, bool)> = Vec::new();
        let (mut sum, mut first) = (0, None);
        for (of_value, points) in shared.into_iter().filter(|_| said.has_name()) {
            let count = of_value
                .iter()
                .find(|holder| holder.group == own)
                .map_or(0, |holder| holder.records);
            let mut others = of_value
                .iter()
                .filter(|holder| holder.group != own && holder.records >= count);
            if let Some(holder) = others.find(|holder| self.contradicts(&said, holder.group, &mut known)) {
                sum += points;
                first = Some(first.map_or(holder.group, |known: u32| known.min(holder.group)));
            }
        }
        let other = first.filter(|_| sum >= CAUSE)?;
        Some(Bridge {
            record,
            groups: [own.min(other), own.max(other)],
        })
    }

    /// Tells whether a record and another group are of two.
    fn contradicts(&self, said: &Said, group: u32, known: &mut Vec<(u32, bool)>) -> bool {
        if let Some((_, answer)) = known.iter().find(|entry| entry.0 == group) {
            return *answer;
        }
        let theirs = Said::by(self.records, self.members.of_group(group).iter().copied());
        let answer = said.beside(self.scorer, &theirs).is_named_two();
        known.push((group, answer));
        answer
    }
}

/// Returns the identifiers that a record says of itself, that others say too and that are no hubs, by class, each with its
/// points.
pub(super) fn identifiers<'a>(
    scorer: &'a Scorer<'_>,
    records: &'a Records,
    record: u32,
) -> impl Iterator<Item = (ValueId, u32)> + 'a {
    records.of(record).iter().filter_map(|held| identifier(scorer, held))
}

fn identifier(scorer: &Scorer<'_>, held: &Held) -> Option<(ValueId, u32)> {
    let points = points(held.feature).filter(|_| held.through == Through::Own)?;
    let has_handle = matches!(held.feature, Feature::Handle | Feature::Email);
    if has_handle && scorer.values.handle_form(held.value).is_common {
        return None;
    }
    let is_shared = scorer.population.is_shared(held.value, scorer.values);
    (is_shared && !scorer.population.is_hub(held.value)).then(|| (scorer.values.class_of(held.value), points))
}

/// Returns the points of an identifier; nothing for whatever is none.
pub(super) fn points(feature: Feature) -> Option<u32> {
    match feature {
        Feature::Phone | Feature::Handle => Some(1),
        feature if feature.is_unique_identifier() => Some(2),
        _ => None,
    }
}

/// How many records of a group hold a value and have a name; of the others nobody can tell whose they are.
#[derive(Clone, Copy)]
struct Holder {
    value: ValueId,
    group: u32,
    records: u32,
}

/// The holders of values that several groups hold, by value: of every value that somebody who is looked at holds.
struct Holders(Vec<Holder>);

impl Holders {
    fn of(scorer: &Scorer<'_>, records: &Records, groups: &[u32], near: &Near) -> Self {
        let mut held: Vec<(ValueId, u32)> = (0..records.len() as u32)
            .filter(|record| records.of(*record).iter().any(|held| near.has_value(held.value)))
            .filter(|record| !of_feature(records.of(*record), Feature::PersonName).is_empty())
            .flat_map(|record| {
                let group = groups[record as usize];
                let held = records.of(record).iter().filter(|held| near.has_value(held.value));
                held.filter_map(move |held| Some((identifier(scorer, held)?.0, group)))
            })
            .collect();
        held.sort_unstable();
        let mut holders = Vec::new();
        for value in held.chunk_by(|one, other| one.0 == other.0) {
            if value.first().map(|first| first.1) == value.last().map(|last| last.1) {
                continue;
            }
            let groups = value.chunk_by(|one, other| one.1 == other.1);
            holders.extend(groups.map(|group| Holder {
                value: group[0].0,
                group: group[0].1,
                records: group.len() as u32,
            }));
        }
        Self(holders)
    }

    fn of_value(&self, value: ValueId) -> &[Holder] {
        let from = self.0.partition_point(|holder| holder.value < value);
        let count = self.0[from..].iter().take_while(|holder| holder.value == value).count();
        &self.0[from..from + count]
    }
}
