//! Telephone numbers. Levels: 0 disagree, 1 the same national digits, 2 exact.

use super::{Agreement, Value};

const NATIONAL_DIGITS: usize = 9;

/// Compares two numbers.
pub(super) fn compare(left: &Value, right: &Value) -> Agreement {
    if left.canonical == right.canonical {
        return Agreement::exact(2, "exact");
    }
    match (national(&left.canonical), national(&right.canonical)) {
        (Some(first), Some(second)) if first == second => Agreement::leans(1, "same national digits"),
        _ => Agreement::differs("disagree"),
    }
}

fn national(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits
        .len()
        .checked_sub(NATIONAL_DIGITS)
        .map(|start| digits[start..].to_owned())
}
