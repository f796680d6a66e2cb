//! A user name against a person's name: `mara.ellison` and "Mara Ellison". Levels: 0 nothing to say, 1 an initial and
//! one name, 2 all names run together. Different names never contradict a user name.

use crate::agreement::Agreement;
use crate::value::{HandleForm, NameForm, Values};

const SHORTEST: usize = 5;

/// Compares a user name, or the local part of an address, with a name.
pub(crate) fn compare(values: &Values, handle: &HandleForm, name: &NameForm) -> Agreement {
    let nothing = Agreement::neutral("nothing in common");
    let words = name.words();
    if words.len() < 2 || usize::from(handle.letter_count) < SHORTEST {
        return nothing;
    }
    let text = values.handle_text(handle);
    let letters = text.trim_matches(|letter: char| letter.is_ascii_digit());
    let mut initial_met = false;
    for one in words {
        for other in words.iter().filter(|other| *other != one) {
            let (first, last) = (values.words.text(*one), values.words.text(*other));
            if last.len() < 2 {
                continue;
            }
            if first.len() == 1 {
                initial_met |= last.len() >= 4 && letters.starts_with(first) && letters.ends_with(last);
                continue;
            }
            let spare = letters.len().saturating_sub(first.len() + last.len());
            if spare <= 6
                && letters.len() >= first.len() + last.len()
                && letters.starts_with(first)
                && letters.ends_with(last)
            {
                return Agreement::exact(2, "the user name is the name run together");
            }
            let starts = letters.len() == 1 + last.len() && letters.as_bytes().first() == first.as_bytes().first();
            let ends = letters.len() == 1 + last.len() && letters.as_bytes().last() == first.as_bytes().first();
            initial_met |= starts && letters.ends_with(last) || ends && letters.starts_with(last);
        }
    }
    if initial_met {
        return Agreement::leans(1, "the user name is an initial and one name");
    }
    nothing
}
