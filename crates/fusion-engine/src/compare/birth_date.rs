//! Dates of birth. Levels: 0 disagree, 1 the same year, 2 one digit or swapped day and month, 3 exact.
//!
//! A date given only to the year or month agrees as far as it was given (level 2), and contradicts where the
//! intervals do not touch.

use fusion_model::{Precision, TimeSpan};

use super::{Agreement, Value};

/// Compares two dates.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    let (Some(first), Some(second)) = (left.span, right.span) else {
        return if left.canonical == right.canonical {
            Agreement::exact(3, "exact")
        } else {
            Agreement::neutral("not dates")
        };
    };
    if !is_day(first) || !is_day(second) {
        let touch = first.start < second.end && second.start < first.end;
        return if touch {
            Agreement::agrees(2, "agree as far as given")
        } else {
            Agreement::differs("disagree")
        };
    }
    if first.start == second.start {
        return Agreement::exact(3, "exact");
    }
    let (one, other) = (calendar(first), calendar(second));
    let swapped = one.0 == other.0 && (one.1, one.2) == (other.2, other.1);
    let digits = |(year, month, day): (i64, i64, i64)| format!("{year:04}{month:02}{day:02}");
    let off = digits(one)
        .chars()
        .zip(digits(other).chars())
        .filter(|(a, b)| a != b)
        .count();
    if swapped {
        return Agreement::agrees(2, "day and month swapped");
    }
    if off == 1 {
        return Agreement::leans(2, "one digit differs");
    }
    if one.0 == other.0 {
        Agreement::leans(1, "the same year")
    } else {
        Agreement::differs("disagree")
    }
}

fn is_day(span: TimeSpan) -> bool {
    span.precision >= Precision::Day
}

/// Returns year, month and day of the start of a span (proleptic Gregorian, by days since the epoch).
fn calendar(span: TimeSpan) -> (i64, i64, i64) {
    let days = span.start.days() + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}
