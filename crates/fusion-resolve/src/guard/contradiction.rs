//! When two records, or two groups, cannot be one person: their names and dates of birth say so, and no identifier that
//! both hold themselves says otherwise.

use crate::agreement::Strength;
use crate::cluster::profile::{Profile, View, score_groups};
use crate::compare::compare;
use crate::feature::Feature;
use crate::records::{Held, Records, Through, of_feature};
use crate::score::{Scored, Scorer};
use crate::value::ValueId;

/// One part in so many may say otherwise.
const FEW: u64 = 5;

/// Names and dates of birth that some records say of themselves, each with how many say it.
#[derive(Debug, Default)]
pub(super) struct Said {
    names: Vec<(ValueId, u32)>,
    births: Vec<(ValueId, u32)>,
}

impl Said {
    /// Gathers what some records say.
    pub(super) fn by(records: &Records, members: impl IntoIterator<Item = u32>) -> Self {
        let mut said = Self::default();
        for member in members {
            let held = records.of(member);
            said.names
                .extend(own(held, Feature::PersonName).map(|held| (held.value, 1)));
            said.births
                .extend(own(held, Feature::BirthDate).map(|held| (held.value, 1)));
        }
        for values in [&mut said.names, &mut said.births] {
            values.sort_unstable();
            values.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                kept.1 += if same { later.1 } else { 0 };
                same
            });
        }
        said
    }

    /// Tells whether a name is said.
    pub(super) fn has_name(&self) -> bool {
        !self.names.is_empty()
    }

    /// Tells whether nothing that is said differs from anything else that is said.
    pub(super) fn is_of_one(&self, scorer: &Scorer<'_>) -> bool {
        let differ = |values: &[(ValueId, u32)], feature: Feature| {
            values.iter().enumerate().any(|(at, (one, _))| {
                let mut later = values[at + 1..].iter();
                later.any(|(other, _)| strength_of(scorer, feature, *one, *other) == Strength::Differs)
            })
        };
        !differ(&self.names, Feature::PersonName) && !differ(&self.births, Feature::BirthDate)
    }

    /// Compares with what others say.
    pub(super) fn beside(&self, scorer: &Scorer<'_>, other: &Self) -> Comparison {
        Comparison {
            names: Tally::of(scorer, Feature::PersonName, &self.names, &other.names),
            births: Tally::of(scorer, Feature::BirthDate, &self.births, &other.births),
        }
    }
}

fn own(held: &[Held], feature: Feature) -> impl Iterator<Item = &Held> {
    of_feature(held, feature)
        .iter()
        .filter(|held| held.through == Through::Own)
}

/// Pairs of records by how far what they say of one feature agrees.
#[derive(Debug, Default)]
struct Tally {
    differ: u64,
    lean: u64,
    agree: u64,
    exact: u64,
}

impl Tally {
    fn of(scorer: &Scorer<'_>, feature: Feature, one: &[(ValueId, u32)], other: &[(ValueId, u32)]) -> Self {
        let mut tally = Self::default();
        for (left, times) in one {
            for (right, more) in other {
                let place = match strength_of(scorer, feature, *left, *right) {
                    Strength::Neutral => continue,
                    Strength::Differs => &mut tally.differ,
                    Strength::Leans => &mut tally.lean,
                    Strength::Agrees => &mut tally.agree,
                    Strength::Exact => &mut tally.exact,
                };
                *place += u64::from(*times) * u64::from(*more);
            }
        }
        tally
    }

    fn less(&self, other: &Self) -> Self {
        Self {
            differ: self.differ.saturating_sub(other.differ),
            lean: self.lean.saturating_sub(other.lean),
            agree: self.agree.saturating_sub(other.agree),
            exact: self.exact.saturating_sub(other.exact),
        }
    }

    fn total(&self) -> u64 {
        self.differ + self.lean + self.agree + self.exact
    }

    fn mostly_differs(&self) -> bool {
        self.differ > 0 && (self.total() - self.differ) * FEW <= self.total()
    }

    fn rarely_agrees(&self) -> bool {
        (self.agree + self.exact) * FEW <= self.total()
    }
}

/// How the names and dates of birth of two sides compare.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    names: Tally,
    births: Tally,
}

impl Comparison {
    /// Returns what is left without the pairs of another comparison.
    pub(super) fn less(&self, other: &Self) -> Self {
        Self {
            names: self.names.less(&other.names),
            births: self.births.less(&other.births),
        }
    }

    /// Tells whether most names are of two people and no date of birth says otherwise, or most dates of birth are and the
    /// names at most lean towards each other. A few may be named wrongly on either side, by mistake or on purpose.
    pub(super) fn is_two(&self) -> bool {
        self.names.rarely_agrees()
            && self.births.rarely_agrees()
            && (self.names.mostly_differs() || self.births.differ > self.births.lean)
    }

    /// Tells whether most names are of two people and no date of birth is the same: less than a contradiction, but cause to
    /// look at a record that holds the identifiers of the other side.
    pub(super) fn is_named_two(&self) -> bool {
        (self.names.mostly_differs() && self.births.exact == 0) || self.is_two()
    }
}

/// Tells whether two records are of two people.
pub(super) fn are_two(scorer: &Scorer<'_>, one: &[Held], other: &[Held]) -> bool {
    are_two_by(best(scorer, Feature::BirthDate, one, other), || {
        best(scorer, Feature::PersonName, one, other)
    })
}

/// Tells whether two are of two people by how far the closest dates of birth and names agree: all their names differ and no
/// date of birth agrees, or all dates of birth differ and no name agrees.
pub(super) fn are_two_by(birth: Option<Strength>, name: impl FnOnce() -> Option<Strength>) -> bool {
    if birth >= Some(Strength::Agrees) {
        return false;
    }
    match name() {
        Some(Strength::Differs) => true,
        Some(Strength::Leans) | None => birth == Some(Strength::Differs),
        _ => false,
    }
}

/// Returns how far the closest values of two sides agree; nothing where one side has none.
fn best(scorer: &Scorer<'_>, feature: Feature, one: &[Held], other: &[Held]) -> Option<Strength> {
    let pairs = own(one, feature).flat_map(|left| own(other, feature).map(move |right| (left.value, right.value)));
    let strengths = pairs.map(|(left, right)| strength_of(scorer, feature, left, right));
    strengths.max()
}

/// Returns how far two values agree.
pub(super) fn strength_of(scorer: &Scorer<'_>, feature: Feature, one: ValueId, other: ValueId) -> Strength {
    compare(scorer.values, feature, one, other, scorer.model.fuzzy).strength
}

/// Some records as one side of a contradiction.
pub(super) struct Side {
    pub(super) said: Said,
    profile: Profile,
}

impl Side {
    /// Takes records together.
    pub(super) fn of(records: &Records, members: &[u32]) -> Self {
        Self {
            said: Said::by(records, members.iter().copied()),
            profile: Profile::of_members(records, members),
        }
    }

    pub(super) fn view(&self) -> View<'_> {
        self.profile.view()
    }

    /// Tells whether two sides cannot be one: they are two, share no identifier, and all evidence together speaks against it.
    pub(super) fn contradicts(&self, other: &Self, scorer: &Scorer<'_>, scored: &mut Scored) -> bool {
        if !self.said.beside(scorer, &other.said).is_two() {
            return false;
        }
        score_groups(scorer, self.view(), other.view(), scored);
        scored.score < 0 && !scored.parts.iter().any(|part| part.is_shared_identifier())
    }
}
