//! Records that hold the identifiers of a group they contradict.
//!
//! Clustering keeps most of them out of that group; they are named all the same, since somebody may have written down half of
//! one person and half of another. One telephone number or user name in common is no cause: numbers are handed on and
//! relatives share them. Nor is an identifier that its own group holds more often than the other one.

use super::Bridge;
use super::bridge::Members;
use super::contradiction::Said;
use crate::feature::Feature;
use crate::parallel::in_parallel;
use crate::records::{Records, Through, of_feature};
use crate::score::Scorer;
use crate::value::ValueId;

/// Points that shared identifiers must reach: a unique one has two, a telephone number or user name one.
const CAUSE: u32 = 2;
/// Records of one piece of work.
const PIECE: usize = 4_096;

/// Returns the records that contradict their own group, or share identifiers with groups they contradict.
pub(super) fn contested(scorer: &Scorer<'_>, records: &Records, groups: &[u32], members: &Members) -> Vec<Bridge> {
    let desk = Desk {
        scorer,
        records,
        groups,
        holders: Holders::of(scorer, records, groups),
        members,
    };
    let found = in_parallel(records.len().div_ceil(PIECE), |piece| {
        let all = piece * PIECE..((piece + 1) * PIECE).min(records.len());
        let mut bridges = Vec::new();
        for at in all {
            desk.look_at_group(at as u32, &mut bridges);
            bridges.extend(desk.look(at as u32));
        }
        bridges
    });
    found.concat()
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
    let own = records.of(record).iter().filter(|held| held.through == Through::Own);
    own.filter_map(|held| {
        let points = match held.feature {
            Feature::Handle | Feature::Email if scorer.values.handle_form(held.value).is_common => return None,
            Feature::Phone | Feature::Handle => 1,
            feature if feature.is_unique_identifier() => 2,
            _ => return None,
        };
        let is_shared = scorer.population.is_shared(held.value, scorer.values);
        (is_shared && !scorer.population.is_hub(held.value)).then(|| (scorer.values.class_of(held.value), points))
    })
}

/// How many records of a group hold a value and have a name; of the others nobody can tell whose they are.
#[derive(Clone, Copy)]
struct Holder {
    value: ValueId,
    group: u32,
    records: u32,
}

/// The holders of values that several groups hold, by value.
struct Holders(Vec<Holder>);

impl Holders {
    fn of(scorer: &Scorer<'_>, records: &Records, groups: &[u32]) -> Self {
        let mut held: Vec<(ValueId, u32)> = (0..records.len() as u32)
            .filter(|record| !of_feature(records.of(*record), Feature::PersonName).is_empty())
            .flat_map(|record| {
                let group = groups[record as usize];
                identifiers(scorer, records, record).map(move |(value, _)| (value, group))
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
