//! Dates of birth. Levels: 0 disagree, 1 near, 2 agree as far as given, 3 a slip of the pen, 4 exact.
//!
//! A slip is one digit, two swapped neighbours, swapped day and month, or a year off by one. Near is the same year, about a
//! year, or about ten years apart: what is left of a date after several slips. A date that fills a field contradicts
//! nothing.

use crate::agreement::Agreement;
use crate::value::DateForm;

/// Compares two dates.
pub(super) fn compare(one: &DateForm, other: &DateForm, same: bool) -> Agreement {
    if *one == DateForm::default() || *other == DateForm::default() {
        return Agreement::neutral("not dates");
    }
    if one.day > 0 && other.day > 0 {
        if same || one == other {
            return Agreement::exact(4, "exact");
        }
        if one.is_filler || other.is_filler {
            return Agreement::neutral("a date that fills a field");
        }
        return of_days(one, other);
    }
    if one.is_filler || other.is_filler {
        return Agreement::neutral("a date that fills a field");
    }
    let month_agrees = one.month == 0 || other.month == 0 || one.month == other.month;
    if one.year == other.year && month_agrees {
        return Agreement::agrees(2, "agree as far as given");
    }
    if one.year == other.year {
        return Agreement::leans(1, "the same year");
    }
    if (one.year - other.year).abs() == 1 && (one.month == 0 || other.month == 0) {
        return Agreement::leans(1, "near");
    }
    Agreement::differs("disagree")
}

fn of_days(one: &DateForm, other: &DateForm) -> Agreement {
    let (first, second) = (digits(one), digits(other));
    let off: Vec<usize> = (0..8).filter(|at| first[*at] != second[*at]).collect();
    let swapped = one.year == other.year && (one.month, one.day) == (other.day, other.month);
    let day_alike = (one.month, one.day) == (other.month, other.day);
    let turned = |at: usize, to: usize| first[at] == second[to] && first[to] == second[at];
    let swap = matches!(off.as_slice(), [at, to] if *to == at + 1 && turned(*at, *to));
    if swapped {
        return Agreement::agrees(3, "day and month swapped");
    }
    if off.len() == 1 || swap || (day_alike && (one.year - other.year).abs() == 1) {
        return Agreement::agrees(3, "a slip of the pen apart");
    }
    let apart = (ordinal(one) - ordinal(other)).abs();
    if one.year == other.year || apart <= 400 || (3_652 - apart).abs() <= 62 {
        return Agreement::leans(1, "near");
    }
    Agreement::differs("disagree")
}

/// Counts days roughly: every month has 30.4 of them.
fn ordinal(date: &DateForm) -> i32 {
    (date.year * 3_652 + i32::from(date.month) * 304) / 10 + i32::from(date.day)
}

fn digits(date: &DateForm) -> [u8; 8] {
    let year = date.year.rem_euclid(10_000) as u32;
    let (month, day) = (u32::from(date.month), u32::from(date.day));
    let digit = |number: u32, place: u32| (number / place % 10) as u8;
    [
        digit(year, 1_000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        digit(month, 10),
        digit(month, 1),
        digit(day, 10),
        digit(day, 1),
    ]
}
