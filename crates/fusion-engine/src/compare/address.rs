//! Postal addresses. Levels: 0 disagree, 1 the same town or post code, 2 alike, 3 exact.

use fusion_model::Score;

use super::{Agreement, Value, similarity};

/// Compares two addresses.
pub(super) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    if left.tokens.is_empty() || right.tokens.is_empty() {
        return Agreement::neutral("no word to compare");
    }
    if left.tokens == right.tokens {
        return Agreement::exact(3, "exact");
    }
    let same_numbers = numbers(left) == numbers(right);
    if same_numbers && similarity::reaches(&left.skeleton, &right.skeleton, fuzzy) {
        return Agreement::agrees(2, "alike");
    }
    let shared = left
        .tokens
        .iter()
        .any(|word| word.chars().count() > 3 && right.tokens.contains(word));
    if shared {
        Agreement::leans(1, "one part agrees")
    } else {
        Agreement::differs("disagree")
    }
}

fn numbers(value: &Value) -> Vec<&String> {
    let mut numbers: Vec<&String> = value
        .tokens
        .iter()
        .filter(|word| word.chars().any(|letter| letter.is_ascii_digit()))
        .collect();
    numbers.sort();
    numbers
}
