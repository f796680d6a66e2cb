//! Score: Fellegi–Sunter log-odds of a pair, in integer milli-bits.
//!
//! Prior (falling with the number of records) plus, per feature, the weight of the best agreement level and, on
//! exact agreement only, the rarity of the value. Missing is not different: a feature that one side lacks weighs
//! nothing. Features that say the same thing in other words form a family, of which only the strongest agreement
//! counts. Values that too many hold weigh nothing. It must not know thresholds or verdicts, and never fails.

mod weights;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fusion_model::Score;

use crate::compare::{Agreement, Family, Feature, Strength, Value, ValueId, Values, compare, letters_of};
use crate::resolve::{Held, Holder, Population, Through};
use crate::rules::EntityResolution;

pub(crate) use fusion_resolve::odds::{least_for, probability};
pub(crate) use weights::hub_limit;

/// Holds one feature's part in a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) feature: Feature,
    pub(crate) left: Option<ValueId>,
    pub(crate) right: Option<ValueId>,
    pub(crate) agreement: Agreement,
    pub(crate) weight: i32,
    pub(crate) rarity: i32,
    /// Whether either value was said through an account.
    pub(crate) through: Through,
    /// What kept the part from counting.
    pub(crate) muted: Option<Muted>,
}

/// Says why a part does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Muted {
    /// Too many different names hold the value.
    Hub,
    /// A stronger part of its family counts.
    Family,
    /// Only an account says it, and it would contradict.
    ThroughAccount,
}

/// Holds the score of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) score: i32,
    pub(crate) prior: i32,
    /// Strongest first, ties by feature.
    pub(crate) parts: Vec<Part>,
    /// Independent kinds of evidence that agree.
    pub(crate) kinds: u32,
}

impl Part {
    /// Returns what it adds.
    pub(crate) fn total(&self) -> i32 {
        self.weight + self.rarity
    }

    /// Tells whether both records themselves say the same value of a unique identifier.
    pub(crate) fn is_shared_identifier(&self) -> bool {
        self.feature.is_unique_identifier()
            && self.agreement.strength == Strength::Exact
            && self.through == Through::Own
            && self.muted != Some(Muted::Hub)
    }
}

/// Scores pairs of one population.
pub(crate) struct Scorer<'a> {
    pub(crate) values: &'a Values,
    pub(crate) population: &'a Population,
    pub(crate) rules: &'a EntityResolution,
}

impl Scorer<'_> {
    /// Returns the part of the score that no evidence moves.
    pub(crate) fn prior(&self) -> i32 {
        self.rules.prior_constant.0 - 1_000 * self.population.magnitude
    }

    /// Scores two holders. Symmetric but for the sides of the parts.
    pub(crate) fn score(&self, left: &Holder, right: &Holder) -> Scored {
        let mut parts: Vec<Part> = Feature::ALL
            .into_iter()
            .filter(|feature| *feature != Feature::HandleName)
            .filter_map(|feature| self.best(feature, left.of(feature), right.of(feature)))
            .collect();
        parts.extend(self.handle_name(left, right));
        let families = self.mute_families(&mut parts, left, right);
        let kinds = families
            .iter()
            .filter(|(family, part)| **family != Family::Support && part.1 >= Strength::Agrees)
            .count() as u32;
        parts.sort_by_key(|part| (Reverse(part.total()), part.feature));
        let prior = self.prior();
        Scored {
            score: prior + parts.iter().map(Part::total).sum::<i32>(),
            prior,
            parts,
            kinds,
        }
    }

    /// Returns the best agreement between any two values of a feature.
    fn best(&self, feature: Feature, left: &[Held], right: &[Held]) -> Option<Part> {
        let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
        pairs
            .filter_map(|(one, other)| self.part(feature, one, other))
            .max_by(|one, other| self.order(one).cmp(&self.order(other)))
    }

    /// Ranks agreement before contradiction before silence; ties by the values themselves, smaller first.
    fn order(&self, part: &Part) -> impl Ord {
        let rank = match part.agreement.strength {
            Strength::Neutral => 0,
            Strength::Differs => 1,
            Strength::Leans => 2,
            Strength::Agrees => 3,
            Strength::Exact => 4,
        };
        let text = |id: Option<ValueId>| {
            let value = id.and_then(|id| self.values.get(id));
            Reverse(value.map(|value| (value.canonical.clone(), value.scope.clone())))
        };
        (
            part.muted.is_none(),
            rank,
            part.total(),
            text(part.left),
            text(part.right),
        )
    }

    fn part(&self, feature: Feature, left: &Held, right: &Held) -> Option<Part> {
        let (one, other) = (self.values.get(left.value)?, self.values.get(right.value)?);
        let agreement = compare(one, other, self.rules.fuzzy_threshold);
        let through = left.through.max(right.through);
        let mut part = Part {
            feature,
            left: Some(left.value),
            right: Some(right.value),
            agreement,
            weight: 0,
            rarity: 0,
            through,
            muted: None,
        };
        if self.population.is_hub(left.value) || self.population.is_hub(right.value) {
            part.muted = Some(Muted::Hub);
            return (left.value == right.value).then_some(part);
        }
        let exact = agreement.strength == Strength::Exact;
        let rarity = if exact { self.population.rarity(left.value) } else { 0 };
        self.weigh(&mut part, rarity);
        Some(part)
    }

    fn weigh(&self, part: &mut Part, rarity: i32) {
        if part.agreement.strength == Strength::Neutral {
            return;
        }
        if part.agreement.strength == Strength::Differs && part.through == Through::Account {
            part.muted = Some(Muted::ThroughAccount);
            return;
        }
        let share = match part.through {
            Through::Own => Score::ONE,
            Through::Account => self.rules.said_through_account,
        };
        part.weight = scaled(
            weights::weight(&self.rules.weights, part.feature, part.agreement.level),
            share,
        );
        part.rarity = scaled(rarity.min(self.rules.rarity_cap.0), share);
    }

    /// Compares the user names of one side with the names of the other.
    fn handle_name(&self, left: &Holder, right: &Holder) -> Option<Part> {
        let sides = [
            (left.of(Feature::Handle), right.of(Feature::PersonName)),
            (left.of(Feature::PersonName), right.of(Feature::Handle)),
        ];
        let pairs = sides.into_iter().flat_map(|(first, second)| {
            first
                .iter()
                .flat_map(move |one| second.iter().map(move |other| (one, other)))
        });
        let parts = pairs.filter_map(|(one, other)| {
            let (first, second) = (self.values.get(one.value)?, self.values.get(other.value)?);
            let agreement = self.handle_against_name(first, second)?;
            let mut part = Part {
                feature: Feature::HandleName,
                left: Some(one.value),
                right: Some(other.value),
                agreement,
                weight: 0,
                rarity: 0,
                through: one.through.max(other.through),
                muted: None,
            };
            let handle = if first.feature == Feature::Handle {
                first
            } else {
                second
            };
            let exact = agreement.strength == Strength::Exact;
            let rarity = if exact {
                self.population.rarity_of_letters(&letters_of(handle))
            } else {
                0
            };
            self.weigh(&mut part, rarity);
            Some(part)
        });
        parts.max_by(|one, other| self.order(one).cmp(&self.order(other)))
    }

    fn handle_against_name(&self, one: &Value, other: &Value) -> Option<Agreement> {
        let agreement = crate::compare::compare_handle_name(one, other);
        (agreement.strength > Strength::Neutral).then_some(agreement)
    }

    /// Leaves only the strongest agreement of each family and returns it; contradictions always count.
    fn mute_families(&self, parts: &mut [Part], left: &Holder, right: &Holder) -> BTreeMap<Family, (i32, Strength)> {
        let mut strongest: BTreeMap<Family, (i32, Strength)> = BTreeMap::new();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| parts.get(*at).map(|part| (Reverse(part.total()), part.feature)));
        for at in order {
            let Some(part) = parts.get_mut(at) else { continue };
            if part.total() <= 0 || part.muted.is_some() {
                continue;
            }
            let family = self.family_of(part, left, right);
            let found = (part.total(), part.agreement.strength);
            if let Some(kept) = strongest.get_mut(&family) {
                kept.1 = kept.1.max(found.1);
                part.muted = Some(Muted::Family);
                part.weight = 0;
                part.rarity = 0;
            } else {
                strongest.insert(family, found);
            }
        }
        strongest
    }

    /// A user name that is a name run together says nothing that the name does not say.
    fn family_of(&self, part: &Part, left: &Holder, right: &Holder) -> Family {
        let own = part.feature.family();
        if part.feature != Feature::Handle {
            return own;
        }
        let Some(handle) = part.left.and_then(|id| self.values.get(id)) else {
            return own;
        };
        let mut names = left.of(Feature::PersonName).iter().chain(right.of(Feature::PersonName));
        let is_name = names.any(|held| {
            self.values
                .get(held.value)
                .is_some_and(|name| self.handle_against_name(handle, name).is_some())
        });
        if is_name { Family::Name } else { own }
    }
}

/// Takes a share of milli-bits, half away from zero.
fn scaled(bits: i32, share: Score) -> i32 {
    let product = i64::from(bits) * i64::from(share.basis_points());
    let rounded = (product.abs() + 5_000) / 10_000 * product.signum();
    i32::try_from(rounded).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
