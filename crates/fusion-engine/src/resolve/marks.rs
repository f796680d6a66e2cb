//! Unique marks of a cluster: dates of birth and official numbers, which one thing has only one of.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{Precision, Score};

use crate::compare::{Feature, Strength, Value, ValueId, Values, compare};

use super::holder::{Holder, Through};

/// Says which unique marks contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conflict {
    BirthDates,
    OfficialNumbers,
}

impl Conflict {
    /// Returns it in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::BirthDates => "different dates of birth",
            Self::OfficialNumbers => "different official numbers of one issuer",
        }
    }
}

/// Holds the marks that a holder states itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    births: BTreeSet<ValueId>,
    numbers: BTreeMap<String, BTreeSet<ValueId>>,
}

impl Marks {
    /// Reads the marks of a holder.
    pub(crate) fn of(holder: &Holder, values: &Values) -> Self {
        let mut marks = Self::default();
        let own = |feature| holder.of(feature).iter().filter(|held| held.through == Through::Own);
        for held in own(Feature::BirthDate) {
            let to_the_day = |value: &Value| value.span.is_some_and(|span| span.precision >= Precision::Day);
            if values.get(held.value).is_some_and(to_the_day) {
                marks.births.insert(held.value);
            }
        }
        for held in own(Feature::OfficialNumber) {
            if let Some(value) = values.get(held.value).filter(|value| !value.scope.is_empty()) {
                marks.numbers.entry(value.scope.clone()).or_default().insert(held.value);
            }
        }
        marks
    }

    /// Adds the marks of another.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.births.extend(other.births);
        for (scope, numbers) in other.numbers {
            self.numbers.entry(scope).or_default().extend(numbers);
        }
    }

    /// Returns what contradicts, if anything. Dates that differ by one digit or by swapped day and month do not:
    /// those are slips of the pen, weighed but not refused.
    pub(crate) fn conflict(&self, other: &Self, values: &Values) -> Option<Conflict> {
        let near = |one: &ValueId, another: &ValueId| match (values.get(*one), values.get(*another)) {
            (Some(one), Some(another)) => {
                let agreement = compare(one, another, Score::ONE);
                agreement.level >= 2 || agreement.strength == Strength::Neutral
            }
            _ => true,
        };
        let stated = !self.births.is_empty() && !other.births.is_empty();
        if stated
            && !self
                .births
                .iter()
                .any(|one| other.births.iter().any(|another| near(one, another)))
        {
            return Some(Conflict::BirthDates);
        }
        let clash = self.numbers.iter().any(|(scope, numbers)| {
            other
                .numbers
                .get(scope)
                .is_some_and(|others| numbers.is_disjoint(others))
        });
        clash.then_some(Conflict::OfficialNumbers)
    }
}
