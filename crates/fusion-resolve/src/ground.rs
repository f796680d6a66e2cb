//! What pairs are scored on: values, records, rules and what was counted of the population.

use crate::cluster::{Profile, View, score_groups};
use crate::model::Model;
use crate::population::Population;
use crate::records::{Held, Records};
use crate::score::{Scored, Scorer};
use crate::value::{ValueId, Values};

/// Holds a population with what was counted of it; every pair of it can be scored at any time.
#[derive(Debug)]
pub struct Ground {
    /// The values.
    pub values: Values,
    /// The records.
    pub records: Records,
    /// The rules.
    pub model: Model,
    pub(crate) population: Population,
}

impl Ground {
    /// Counts a population.
    pub fn of(values: Values, records: Records, model: Model) -> Self {
        let population = Population::of(&values, &records, &model);
        Self {
            values,
            records,
            model,
            population,
        }
    }

    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer {
            values: &self.values,
            population: &self.population,
            model: &self.model,
        }
    }

    /// Scores two records.
    pub fn score(&self, left: u32, right: u32) -> Scored {
        let mut scored = Scored::default();
        self.scorer()
            .score(self.records.of(left), self.records.of(right), &mut scored);
        scored
    }

    /// Scores two groups by all their evidence together.
    pub fn score_together(&self, left: &[u32], right: &[u32]) -> Scored {
        let mut scored = Scored::default();
        let (one, other) = (self.profile(left), self.profile(right));
        score_groups(&self.scorer(), one.view(), other.view(), &mut scored);
        scored
    }

    /// Returns what is said of a group, each value once.
    pub fn union(&self, members: &[u32]) -> Vec<Held> {
        self.profile(members).view().held.to_vec()
    }

    fn profile(&self, members: &[u32]) -> Profile {
        let mut joined = Profile::default();
        for member in members {
            let mut next = Profile::default();
            next.join(joined.view(), View::single(self.records.of(*member)));
            joined = next;
        }
        joined
    }

    /// Returns the values that too many different names hold, with how many.
    pub fn hubs(&self) -> Vec<(ValueId, u32)> {
        self.population.hubs()
    }
}
