//! Co-active: things that act together beyond chance.
//!
//! Each source is a sensor and each dated act (a message sent, a payment made) a spike of whoever acts; the same act
//! told by several sensors is one spike. For two spike trains a leaky integrate-and-fire cell counts coincidences
//! ([`cell`]); how many chance would give follows in closed form from the two rates ([`chance`]), and only an excess
//! of `min_surprise` bits draws a relation. Acts towards each other, and talk in the same room, are no coincidence.

mod cell;
mod chance;
mod train;

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, Score, TimeSpan};

use super::Ground;
use super::merge::{Support, Ties, either};
use crate::poisson::surprise_millibits;
use train::{Spike, Train};

/// Actors inside one window above which the window is a crowd and its pairs are not counted.
const CROWD: usize = 64;

/// Draws relations between trains that fire together.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let tuning = &ground.rules.correlation.co_active;
    if !tuning.enabled {
        return;
    }
    let trains = train::trains(ground, ties);
    let reach = cell::reach_secs(tuning);
    let least = tuning.min_coincidences as usize;
    let mut crowds = 0;
    let candidates = candidates(&trains, reach, least, &mut crowds);
    if crowds > 0 {
        ties.note(format!(
            "In {crowds} windows more than {CROWD} things act at once; such crowds relate nobody as co-active."
        ));
    }
    for (left, right) in candidates {
        let (Some(one), Some(two)) = (trains.get(&left), trains.get(&right)) else {
            continue;
        };
        let (one, two) = (apart_from(one, two, right), apart_from(two, one, left));
        let fired = cell::coincidences(tuning, &one, &two);
        let expected = chance::expected_milli(&one, &two, reach);
        let surprise = surprise_millibits(fired.len() as u64, expected);
        if fired.len() < least || surprise < u64::try_from(tuning.min_surprise.0).unwrap_or_default() {
            continue;
        }
        let score = score(ground, fired.len() as u64, expected);
        let why = format!(
            "acted within {} minutes of each other {} times where chance would give {} ({} bits of surprise)",
            (reach / 60).max(1),
            fired.len(),
            tenths(expected),
            tenths(surprise),
        );
        let positions: BTreeSet<usize> = fired
            .iter()
            .flat_map(|(a, b)| a.positions.iter().chain(&b.positions).copied())
            .collect();
        let spans: Vec<TimeSpan> = fired.iter().flat_map(|(a, b)| [a.span, b.span]).collect();
        ties.add(
            left,
            right,
            RelationKind::CoActive,
            Support::derived(ground, score, why, positions).dated(spans),
        );
    }
}

/// Each coincidence after the first is a chance of `temporal_proximity`; the part that chance explains is taken off.
fn score(ground: &Ground<'_>, fired: u64, expected_milli: u64) -> Score {
    let proximity = ground.rules.correlation.weights.temporal_proximity;
    let together = (1..fired.min(32)).fold(Score::ZERO, |sum, _| either(sum, proximity));
    together.times(Score::ratio(
        (fired * 1_000).saturating_sub(expected_milli),
        fired * 1_000,
    ))
}

/// Returns the pairs that come within reach of each other often enough to look closer.
fn candidates(
    trains: &BTreeMap<EntityId, Train>,
    reach: i64,
    least: usize,
    crowds: &mut usize,
) -> Vec<(EntityId, EntityId)> {
    let mut all: Vec<(i64, EntityId)> = trains
        .iter()
        .flat_map(|(entity, train)| train.spikes.iter().map(|spike| (spike.secs, *entity)))
        .collect();
    all.sort();
    let mut met: BTreeMap<(EntityId, EntityId), usize> = BTreeMap::new();
    let mut start = 0;
    for (at, (secs, entity)) in all.iter().enumerate() {
        while all.get(start).is_some_and(|(early, _)| secs - early > reach) {
            start += 1;
        }
        let window = all.get(start..at).unwrap_or_default();
        let others: BTreeSet<EntityId> = window
            .iter()
            .map(|(_, other)| *other)
            .filter(|other| other != entity)
            .collect();
        if others.len() > CROWD {
            *crowds += 1;
            continue;
        }
        for other in others {
            *met.entry(super::rarity::ordered(*entity, other)).or_default() += 1;
        }
    }
    met.into_iter()
        .filter(|(_, count)| *count >= least)
        .map(|(pair, _)| pair)
        .collect()
}

/// Returns the spikes of `one` that are neither towards `other` nor in a room where `two` talks as well.
fn apart_from(one: &Train, two: &Train, other: EntityId) -> Vec<Spike> {
    let rooms: BTreeSet<EntityId> = two
        .spikes
        .iter()
        .flat_map(|spike| spike.rooms.iter().copied())
        .collect();
    let kept = one
        .spikes
        .iter()
        .filter(|spike| !spike.towards.contains(&other) && spike.rooms.is_disjoint(&rooms));
    kept.cloned().collect()
}

fn tenths(milli: u64) -> String {
    let tenths = (milli + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}
