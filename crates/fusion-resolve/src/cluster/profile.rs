//! What is said of a group of records, and how two groups compare by all of it.

use crate::feature::Feature;
use crate::records::{Held, Records, of_feature};
use crate::score::{Muted, Scored, Scorer};

/// Holds what is said of a group of records: each value once, with how many members say it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    held: Vec<Held>,
    counts: Vec<u32>,
}

/// Shows what is said of a group, or of a single record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) held: &'a [Held],
    /// Members that say each value; nothing where there is one member.
    counts: Option<&'a [u32]>,
}

impl<'a> View<'a> {
    /// Shows a single record.
    pub(crate) fn single(held: &'a [Held]) -> Self {
        Self { held, counts: None }
    }

    fn count(&self, at: usize) -> u32 {
        self.counts.map_or(1, |counts| counts[at])
    }

    /// Returns the values of one feature, each with how many members say it.
    fn of(&self, feature: Feature) -> impl Iterator<Item = (&'a Held, u32)> + Clone {
        let found = of_feature(self.held, feature);
        let start = found.first().map_or(0, |_| {
            self.held
                .iter()
                .position(|held| held.feature == feature)
                .unwrap_or_default()
        });
        let this = *self;
        found
            .iter()
            .enumerate()
            .map(move |(at, held)| (held, this.count(start + at)))
    }
}

impl Profile {
    /// Gathers what some records say.
    pub(crate) fn of_members(records: &Records, members: &[u32]) -> Self {
        let mut all: Vec<Held> = members.iter().flat_map(|member| records.of(*member)).copied().collect();
        all.sort_unstable_by_key(|held| (held.feature, held.value));
        let mut profile = Self::default();
        for same in all.chunk_by(|one, other| (one.feature, one.value) == (other.feature, other.value)) {
            let held = same.iter().copied().reduce(|kept, next| Held {
                through: kept.through.min(next.through),
                voices: kept.voices.max(next.voices),
                ..kept
            });
            profile.held.extend(held);
            profile.counts.push(same.len() as u32);
        }
        profile
    }

    /// Shows what is said.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            held: &self.held,
            counts: Some(&self.counts),
        }
    }

    /// Becomes what is said of two groups together.
    pub(crate) fn join(&mut self, one: View<'_>, other: View<'_>) {
        self.held.clear();
        self.counts.clear();
        let (mut at, mut to) = (0, 0);
        let order = |held: &Held| (held.feature, held.value);
        loop {
            let (held, count) = match (one.held.get(at), other.held.get(to)) {
                (Some(left), Some(right)) if order(left) == order(right) => {
                    let held = Held {
                        through: left.through.min(right.through),
                        voices: left.voices.max(right.voices),
                        ..*left
                    };
                    (at, to) = (at + 1, to + 1);
                    (held, one.count(at - 1) + other.count(to - 1))
                }
                (Some(left), right) if right.is_none_or(|right| order(left) < order(right)) => {
                    at += 1;
                    (*left, one.count(at - 1))
                }
                (_, Some(right)) => {
                    to += 1;
                    (*right, other.count(to - 1))
                }
                (Some(_), None) | (None, None) => break,
            };
            self.held.push(held);
            self.counts.push(count);
        }
    }
}

/// Scores two groups by all their evidence.
pub(crate) fn score_groups(scorer: &Scorer<'_>, one: View<'_>, other: View<'_>, scored: &mut Scored) {
    scorer.score(one.held, other.held, scored);
    for at in 0..scored.parts.len() {
        let part = scored.parts[at];
        if part.feature.is_single()
            && matches!(part.muted, None | Some(Muted::NameAlone))
            && let Some((weight, rarity, pairs)) = average(scorer, part.feature, one, other)
        {
            let part = &mut scored.parts[at];
            (part.weight, part.rarity, part.pairs, part.muted) = (weight, rarity, pairs, None);
        }
    }
    scorer.add_up(scored);
}

/// Returns the average weight and rarity over all pairs of members that both state a feature, and how many those are.
fn average(scorer: &Scorer<'_>, feature: Feature, one: View<'_>, other: View<'_>) -> Option<(i32, i32, u32)> {
    let (mut weight, mut rarity, mut count) = (0i64, 0i64, 0i64);
    let others = other.of(feature);
    for (left, times) in one.of(feature) {
        for (right, more) in others.clone() {
            let pairs = i64::from(times) * i64::from(more);
            let Some(part) = scorer.part(feature, left, right) else {
                continue;
            };
            weight += pairs * i64::from(part.weight);
            rarity += pairs * i64::from(part.rarity);
            count += pairs;
        }
    }
    (count > 1).then(|| {
        let pairs = u32::try_from(count).unwrap_or(u32::MAX);
        ((weight / count) as i32, (rarity / count) as i32, pairs)
    })
}
