//! E-mail addresses. Levels: 0 disagree, 1 alike in spelling, 2 the same user at another host, 3 exact but
//! made of a name only, 4 exact with letters of its own or digits. Offices and fillers say nothing.

use super::similarity::edits_within;
use crate::agreement::Agreement;
use crate::value::{ValueId, Values};

/// Compares two addresses.
pub(super) fn compare(values: &Values, left: ValueId, right: ValueId) -> Agreement {
    let (one, other) = (values.handle_form(left), values.handle_form(right));
    if one.is_common || other.is_common {
        return Agreement::neutral("an office or a filler");
    }
    if left == right {
        return if one.digit_count >= 2 {
            Agreement::exact(4, "exact, with digits of its own")
        } else {
            Agreement::exact(3, "exact")
        };
    }
    let (first, second) = (values.handle_text(one), values.handle_text(other));
    let long = first.len().min(second.len());
    if one.squeezed == other.squeezed && long >= 5 {
        if edits_within(values.canonical(one.host), values.canonical(other.host), 2).is_some() {
            return Agreement::agrees(1, "alike in spelling");
        }
        return Agreement::leans(2, "the same user at another host");
    }
    if one.letters == other.letters && one.host == other.host && one.letter_count > 0 {
        return Agreement::neutral("the same letters with other digits");
    }
    let most = match long {
        0..6 => 0,
        6..9 => 1,
        _ => 2,
    };
    let alike = if one.host == other.host {
        first.len().abs_diff(second.len()) <= most
            && (first.as_bytes().first() == second.as_bytes().first()
                || first.as_bytes().last() == second.as_bytes().last())
            && edits_within(first, second, most).is_some()
    } else {
        false
    };
    if alike {
        return Agreement::agrees(1, "alike in spelling");
    }
    Agreement::differs("disagree")
}
