//! Alias: somebody is said to go by a name that another entity bears.
//!
//! Only a source that says "also known as" makes an alias; a shared user name is a candidate, not a proof. Exact
//! names count by `exact_match`, names alike from `fuzzy_threshold` on by `fuzzy_match`; a name that several bear
//! counts less. Pairs in the review queue, and pairs that people or the resolver keep apart, are no aliases.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{PairDecision, RelationKind};
use fusion_model::{EntityId, EntityKind, Property, Score};

use super::Ground;
use super::merge::{Support, Ties};
use super::rarity::{holder_limit, ordered, weight};
use super::values::Holders;

/// Draws aliases between described entities of one kind.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let apart = kept_apart(ground);
    let names = Names::new(ground);
    let mut drawn: BTreeMap<(EntityId, EntityId), Found> = BTreeMap::new();
    for (alias, claimants) in ground.values.of(Property::Alias) {
        for (name, bearers) in names.near(alias) {
            let Some((score, how)) = likeness(ground, alias, name, bearers.len()) else {
                continue;
            };
            for (claimant, claimed) in claimants {
                for (bearer, borne) in bearers {
                    let pair = ordered(*claimant, *bearer);
                    let open = !apart.contains(&pair) && !ground.pairs.in_review(pair.0, pair.1);
                    if claimant == bearer || !comparable(ground, pair) || !open {
                        continue;
                    }
                    let positions = claimed.union(borne).copied().collect();
                    let found = Found { score, how, positions };
                    match drawn.entry(pair) {
                        Entry::Vacant(free) => {
                            free.insert(found);
                        }
                        Entry::Occupied(mut kept) if found.score > kept.get().score => {
                            kept.insert(found);
                        }
                        Entry::Occupied(_) => {}
                    }
                }
            }
        }
    }
    for ((left, right), found) in drawn {
        let why = format!("one is said to go by {} that the other bears", found.how);
        let support = Support::derived(ground, found.score, why, found.positions);
        ties.add(left, right, RelationKind::Alias, support);
    }
}

/// Holds the best reason for one pair.
struct Found {
    score: Score,
    how: &'static str,
    positions: BTreeSet<usize>,
}

/// Finds names that can be like an alias without comparing all with all.
struct Names<'g> {
    by_key: BTreeMap<&'g str, Vec<(&'g str, &'g Holders)>>,
}

impl<'g> Names<'g> {
    fn new(ground: &'g Ground<'_>) -> Self {
        let mut by_key: BTreeMap<&str, Vec<(&str, &Holders)>> = BTreeMap::new();
        for (name, bearers) in ground.values.of(Property::Name) {
            for key in keys(name) {
                by_key.entry(key).or_default().push((name, bearers));
            }
        }
        Self { by_key }
    }

    /// Returns the names that share a whole word or their first three letters with `alias`, each once.
    fn near(&self, alias: &str) -> BTreeMap<&'g str, &'g Holders> {
        keys(alias)
            .into_iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .copied()
            .collect()
    }
}

fn keys(name: &str) -> BTreeSet<&str> {
    let start = name.char_indices().nth(3).map_or(name, |(end, _)| &name[..end]);
    name.split(' ').chain([start]).filter(|key| !key.is_empty()).collect()
}

/// Scores an alias against a name that `bearers` bear, with the words for how they agree.
fn likeness(ground: &Ground<'_>, alias: &str, name: &str, bearers: usize) -> Option<(Score, &'static str)> {
    if bearers > holder_limit(ground.rules, Property::Name) {
        return None;
    }
    let weights = &ground.rules.correlation.weights;
    let rarity = weight(ground.lookup, ground.rules, bearers + 1);
    match similarity(alias, name) {
        Score::ONE => Some((weights.exact_match.times(rarity), "the very name")),
        alike if alike >= ground.rules.entity_resolution.fuzzy_threshold => Some((
            weights.fuzzy_match.times(alike).times(rarity),
            "a name much like the one",
        )),
        _ => None,
    }
}

fn comparable(ground: &Ground<'_>, (left, right): (EntityId, EntityId)) -> bool {
    let kinds = (ground.lookup.kind_of(left), ground.lookup.kind_of(right));
    kinds.0 == kinds.1 && matches!(kinds.0, Some(EntityKind::Person | EntityKind::Organization))
}

fn kept_apart(ground: &Ground<'_>) -> BTreeSet<(EntityId, EntityId)> {
    let pairs = ground.lookup.resolution.pairs.iter();
    pairs
        .filter(|pair| matches!(pair.decision, PairDecision::JudgedDifferent | PairDecision::Refused))
        .filter_map(|pair| {
            Some(ordered(
                ground.lookup.entity_of(pair.left)?,
                ground.lookup.entity_of(pair.right)?,
            ))
        })
        .collect()
}

/// Returns how alike two names are: one minus the edits over the longer length, in integers.
fn similarity(left: &str, right: &str) -> Score {
    if left == right {
        return Score::ONE;
    }
    let longer = left.chars().count().max(right.chars().count()) as u64;
    let shorter = left.chars().count().min(right.chars().count()) as u64;
    // The length difference alone bounds the likeness; most pairs end here, before any distance is computed.
    if shorter * 2 < longer {
        return Score::ZERO;
    }
    let edits = strsim::osa_distance(left, right) as u64;
    Score::ratio(longer.saturating_sub(edits), longer).min(Score::from_basis_points(9_999))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_edits_against_the_longer_name() {
        let rows = [
            ("mara ellison", "mara ellison", 10_000),
            ("mara ellison", "mara elison", 9_167),
            ("abcd", "wxyz", 0),
            ("a", "abcdef", 0),
        ];
        for (left, right, points) in rows {
            assert_eq!(similarity(left, right).basis_points(), points, "{left} / {right}");
        }
    }
}
