//! Unique marks: dates of birth and official numbers, of which one thing has only one.

use crate::agreement::Strength;
use crate::compare::compare;
use crate::feature::Feature;
use crate::records::{Held, Through, of_feature};
use crate::value::Values;

/// Says which unique marks contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Dates of birth, each to the day.
    BirthDates,
    /// Official numbers of one issuer.
    OfficialNumbers,
}

/// Returns what contradicts between two records or groups, if anything.
///
/// Only what they state themselves counts, and one mark in common is enough. Dates a slip of the pen apart are no
/// contradiction; numbers are, since the next number is somebody else's.
pub fn conflict(values: &Values, left: &[Held], right: &[Held]) -> Option<Conflict> {
    let own = |side: &'_ [Held], feature| -> Vec<Held> {
        let held = of_feature(side, feature).iter();
        held.filter(|held| held.through == Through::Own).copied().collect()
    };
    let (births, others) = (own(left, Feature::BirthDate), own(right, Feature::BirthDate));
    if !births.is_empty() && !others.is_empty() && all_contradict(values, &births, &others, is_day) {
        return Some(Conflict::BirthDates);
    }
    let (numbers, others) = (own(left, Feature::OfficialNumber), own(right, Feature::OfficialNumber));
    let issuers = numbers.iter().map(|held| values.scope(held.value));
    let clash = issuers.filter(|issuer| !issuer.is_empty()).any(|issuer| {
        let of_issuer = |values: &Values, held: &Held| values.scope(held.value) == issuer;
        all_contradict(values, &numbers, &others, of_issuer)
    });
    clash.then_some(Conflict::OfficialNumbers)
}

/// Tells whether both sides have marks of a sort, and each of one side contradicts each of the other.
fn all_contradict(values: &Values, left: &[Held], right: &[Held], is_mark: impl Fn(&Values, &Held) -> bool) -> bool {
    let marks = |side: &[Held]| -> Vec<Held> { side.iter().filter(|held| is_mark(values, held)).copied().collect() };
    let (ones, others) = (marks(left), marks(right));
    let contradicts = |one: &Held, other: &Held| {
        let agreement = compare(values, one.feature, one.value, other.value, 10_000);
        match one.feature {
            Feature::OfficialNumber => agreement.strength != Strength::Exact,
            _ => matches!(agreement.strength, Strength::Differs | Strength::Leans),
        }
    };
    !ones.is_empty()
        && !others.is_empty()
        && ones
            .iter()
            .all(|one| others.iter().all(|other| contradicts(one, other)))
}

fn is_day(values: &Values, held: &Held) -> bool {
    let date = values.date_form(held.value);
    date.day > 0 && !date.is_filler
}

#[cfg(test)]
mod tests {
    use fusion_model::{Precision, TimeSpan, Timestamp};

    use super::*;

    fn born(values: &mut Values, day: i64, precision: Precision) -> Held {
        let start = Timestamp(day * Timestamp::DAY_MS);
        let span = TimeSpan {
            start,
            end: Timestamp(start.0 + Timestamp::DAY_MS),
            precision,
            zone_known: false,
        };
        Held::own(
            Feature::BirthDate,
            values.intern(Feature::BirthDate, &format!("{day} {precision:?}"), "", Some(span)),
        )
    }

    fn number(values: &mut Values, text: &str, issuer: &str) -> Held {
        Held::own(
            Feature::OfficialNumber,
            values.intern(Feature::OfficialNumber, text, issuer, None),
        )
    }

    #[test]
    fn dates_conflict_to_the_day_and_beyond_a_slip() {
        let mut values = Values::default();
        // 1988-03-04, 1988-04-03, 1971-11-27, and the year 1971.
        let [day, swapped, other] = [6_637, 6_667, 695].map(|day| born(&mut values, day, Precision::Day));
        let year = born(&mut values, 365, Precision::Year);
        assert_eq!(conflict(&values, &[day], &[other]), Some(Conflict::BirthDates));
        assert_eq!(conflict(&values, &[other], &[day]), Some(Conflict::BirthDates));
        assert_eq!(conflict(&values, &[day], &[swapped]), None, "a slip of the pen");
        assert_eq!(conflict(&values, &[day], &[year]), None, "a year is no mark");
        assert_eq!(
            conflict(&values, &[day, other], &[other]),
            None,
            "one in common is enough"
        );
        let told = Held {
            through: Through::Account,
            ..other
        };
        assert_eq!(conflict(&values, &[day], &[told]), None, "an account is not the person");
    }

    #[test]
    fn numbers_conflict_within_one_issuer() {
        let mut values = Values::default();
        let one = number(&mut values, "x1", "nl passport");
        let other = number(&mut values, "x2", "nl passport");
        let foreign = number(&mut values, "x2", "be passport");
        let (long, slip) = (
            number(&mut values, "12345678", "gb"),
            number(&mut values, "12345679", "gb"),
        );
        let unnamed = (number(&mut values, "7", ""), number(&mut values, "8", ""));
        assert_eq!(conflict(&values, &[one], &[other]), Some(Conflict::OfficialNumbers));
        assert_eq!(conflict(&values, &[one], &[foreign]), None);
        assert_eq!(conflict(&values, &[one], &[one, other]), None);
        assert_eq!(conflict(&values, &[long], &[slip]), Some(Conflict::OfficialNumbers));
        assert_eq!(conflict(&values, &[unnamed.0], &[unnamed.1]), None);
    }
}
