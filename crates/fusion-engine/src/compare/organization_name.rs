//! Names of firms and bodies, with and without their legal form.
//!
//! Levels: 0 disagree, 1 one part agrees, 2 alike, 3 the same but for the legal form, 4 exact. As something a person
//! belongs to: 0 disagree, 1 alike, 2 the same.

use fusion_model::Score;

use super::legal_forms::is_legal_form;
use super::{Agreement, Value, similarity};

/// Compares two names of firms.
pub(super) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    if left.tokens.is_empty() || right.tokens.is_empty() {
        return Agreement::neutral("no word to compare");
    }
    if left.tokens == right.tokens {
        return Agreement::exact(4, "exact");
    }
    let (first, second) = (without_form(left), without_form(right));
    if first == second {
        return Agreement::agrees(3, "the same but for the legal form");
    }
    if similarity::reaches(&first.concat(), &second.concat(), fuzzy) {
        return Agreement::agrees(2, "alike in spelling");
    }
    if first
        .iter()
        .any(|word| word.chars().count() > 2 && second.contains(word))
    {
        return Agreement::leans(1, "one part agrees");
    }
    Agreement::differs("disagree")
}

/// Compares the firms that two persons belong to.
pub(super) fn compare_membership(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    match compare(left, right, fuzzy).level {
        3 | 4 => Agreement::exact(2, "the same firm"),
        2 => Agreement::agrees(1, "alike in spelling"),
        _ => Agreement::differs("disagree"),
    }
}

/// Tells whether the name states a legal form: a registered name, not a label.
pub(crate) fn has_legal_form(value: &Value) -> bool {
    value.tokens.len() > 1 && value.tokens.iter().any(|word| is_legal_form(word))
}

fn without_form(value: &Value) -> Vec<&str> {
    let all = value.tokens.iter().map(String::as_str);
    let core: Vec<&str> = all.clone().filter(|word| !is_legal_form(word)).collect();
    if core.is_empty() { all.collect() } else { core }
}
