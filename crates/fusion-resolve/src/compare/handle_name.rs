//! A user name against a person's name: `mara.ellison` and "Mara Ellison". Levels: 0 nothing to say, 1 an initial and
//! one name, 2 all names run together. Different names never contradict a user name.

use fusion_model::property::nickname_root;

use crate::agreement::Agreement;
use crate::digest::of_text;
use crate::value::{HandleForm, NameForm, Values};
use crate::words::{WordId, sound_of};

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

/// Tells whether a user name is most likely made of a name that stands here in other words: its letters fall into two parts
/// that each meet a word of the name, by sound or as a short form (`williamchestworth` and "Billy Chestworth", `kathekruger`
/// and "Kaethe Krueger"), or begin with two of its words (`juanmartinezgomez` and "Juan Martinez").
pub(crate) fn is_made_of(values: &Values, handle: &HandleForm, name: &NameForm) -> bool {
    let words = name.words();
    let letters = values
        .handle_text(handle)
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    if words.len() < 2 || letters.len() < SHORTEST || !letters.is_ascii() {
        return false;
    }
    (2..letters.len() - 1).any(|at| {
        let (first, second) = letters.split_at(at);
        let first = Piece::of(first);
        let mut last = None;
        words.iter().any(|one| {
            let met = first.meets(values, *one);
            met != Met::Not
                && words.iter().filter(|other| *other != one).any(|other| {
                    let next = values.words.text(*other);
                    let begins = met == Met::Whole && next.len() >= SHORTEST_WORD && second.starts_with(next);
                    let last = last.get_or_insert_with(|| Piece::of(second));
                    begins || is_met_twice(met, last.meets(values, *other))
                })
        })
    })
}

/// Shortest word of a name that is looked for in front of more letters.
const SHORTEST_WORD: usize = 3;

/// Says how a part of a user name meets a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    Not,
    /// It begins as the word does, and is about as long.
    Perhaps,
    /// It sounds like the word, or is a short form of it.
    Alike,
    Whole,
}

/// Tells whether two parts are the two words of a name: one of them may be much misspelled, not both.
fn is_met_twice(one: Met, other: Met) -> bool {
    match (one, other) {
        (Met::Not, _) | (_, Met::Not) => false,
        (Met::Perhaps, other) | (other, Met::Perhaps) => other == Met::Whole,
        _ => true,
    }
}

/// A piece of a user name, with what meets words.
struct Piece<'a> {
    text: &'a str,
    sound: u64,
    roots: [u32; 2],
}

impl<'a> Piece<'a> {
    fn of(text: &'a str) -> Self {
        let root = nickname_root(text);
        Self {
            text,
            sound: sound_of(text),
            roots: [of_text(text) as u32, of_text(root) as u32],
        }
    }

    fn meets(&self, values: &Values, word: WordId) -> Met {
        let (known, text) = (values.words.get(word), values.words.text(word));
        if known.is_initial {
            return Met::Not;
        }
        if self.text == text {
            return Met::Whole;
        }
        let sounds_alike = known.sound > 0xff && self.sound == known.sound;
        if sounds_alike || self.roots.iter().any(|root| known.roots.contains(root)) {
            return Met::Alike;
        }
        let starts_alike = self.text.as_bytes().first() == Some(&known.first);
        if starts_alike && self.text.len().abs_diff(text.len()) <= 2 {
            Met::Perhaps
        } else {
            Met::Not
        }
    }
}
