//! A user name against a person's name: `mara.ellison` and "Mara Ellison". Levels: 0 nothing to say, 1 an initial and
//! one name, 2 all names run together. Different names never contradict a user name.

use super::handle::letters_of;
use super::{Agreement, Feature, Value};

const SHORTEST: usize = 5;

/// Compares a user name with a name, in either order.
pub(crate) fn compare(left: &Value, right: &Value) -> Agreement {
    let (handle, name) = if left.feature == Feature::Handle {
        (left, right)
    } else {
        (right, left)
    };
    let letters = letters_of(handle);
    let words = &name.latin;
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return nothing();
    };
    if words.len() < 2 || letters.chars().count() < SHORTEST || first.chars().count() < 2 || last.chars().count() < 2 {
        return nothing();
    }
    let run_together = [words.concat(), format!("{first}{last}"), format!("{last}{first}")];
    if run_together.contains(&letters) {
        return Agreement::exact(2, "the user name is the name run together");
    }
    let initial = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
    let shortened = [
        format!("{}{last}", initial(first)),
        format!("{last}{}", initial(first)),
        format!("{first}{}", initial(last)),
    ];
    if shortened.contains(&letters) {
        return Agreement::leans(1, "the user name is an initial and one name");
    }
    nothing()
}

fn nothing() -> Agreement {
    Agreement::neutral("nothing in common")
}
