//! Names of persons: order of words, initials, short forms, spelling, sound, parts left out.
//!
//! Levels: 0 disagree, 1 only the family name agrees, 2 only a given name agrees, 3 all agree but for a name between,
//! 4 the one word given agrees, 5 initials, 6 short forms or left-out parts, 7 alike in spelling or sound, 8 the same words
//! in another order or script, 9 exact. A name of one word is often a display name: it agrees when equal, but cannot
//! contradict a full name.

use super::similarity::{edits_within, is_slip};
use crate::agreement::{Agreement, Strength};
use crate::value::{NAME_WORDS, NameForm, ValueId, Values};
use crate::words::{Word, WordId, Words};

/// Says how two words met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// One is the first letter of the other.
    Initial,
    /// They sound alike, or differ by a slip of the pen.
    Alike,
    /// One is a short form of the other.
    Variant,
    /// They are equal.
    Same,
}

/// Holds an agreement with the words that met.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matched {
    pub(crate) agreement: Agreement,
    words: [(WordId, WordId, Class); NAME_WORDS],
    len: u8,
}

impl Matched {
    fn of(agreement: Agreement) -> Self {
        Self {
            agreement,
            words: [(0, 0, Class::Initial); NAME_WORDS],
            len: 0,
        }
    }

    /// Returns the words that met: one of either name, and how.
    pub(crate) fn words(&self) -> &[(WordId, WordId, Class)] {
        &self.words[..usize::from(self.len)]
    }

    fn count(&self, class: Class) -> usize {
        self.words().iter().filter(|met| met.2 == class).count()
    }
}

/// Compares two names.
pub(crate) fn compare(values: &Values, left: ValueId, right: ValueId) -> Matched {
    let (one, other) = (values.name_form(left), values.name_form(right));
    if one.words().is_empty() || other.words().is_empty() {
        return Matched::of(Agreement::neutral("no word to compare"));
    }
    let mut matched = meet(&values.words, one, other);
    matched.agreement = if left == right {
        Agreement::exact(9, "exact")
    } else if one.letters == other.letters || one.joined == other.joined {
        Agreement::exact(8, "the same words in another order or spelling")
    } else {
        match judged(&matched, one, other) {
            low if low.level < 3 && low.strength != Strength::Neutral && one.words().len() != other.words().len() => {
                run_together(&values.words, one, other).unwrap_or(low)
            }
            judged => judged,
        }
    };
    matched
}

/// Compares names letter by letter where a blank may stand in the wrong place.
fn run_together(words: &Words, one: &NameForm, other: &NameForm) -> Option<Agreement> {
    let letters = |form: &NameForm| form.words().iter().fold(0, |set, word| set | words.get(*word).letters);
    if (letters(one) ^ letters(other)).count_ones() > 2 {
        return None;
    }
    let joined = |form: &NameForm| form.words().iter().map(|word| words.text(*word)).collect::<String>();
    let (first, second) = (joined(one), joined(other));
    let long = first.len().min(second.len()) >= 8;
    (long && edits_within(&first, &second, 1).is_some()).then(|| Agreement::agrees(7, "alike in spelling or sound"))
}

fn judged(matched: &Matched, one: &NameForm, other: &NameForm) -> Agreement {
    let (shorter, longer) = (
        one.words().len().min(other.words().len()),
        one.words().len().max(other.words().len()),
    );
    let met = matched.words().len();
    let initials = matched.count(Class::Initial);
    let whole = met - initials;
    if longer == 1 {
        return if whole == 1 {
            Agreement::agrees(7, "alike in spelling or sound")
        } else {
            Agreement::neutral("single words neither prove nor contradict")
        };
    }
    if shorter == 1 {
        return match whole {
            0 => Agreement::neutral("a single word neither proves nor contradicts"),
            _ => Agreement::agrees(4, "the one word given agrees"),
        };
    }
    if met < shorter {
        let strong = matched.count(Class::Same) + matched.count(Class::Variant);
        return match (whole, strong) {
            (0, _) => Agreement::differs("disagree"),
            (_, 0) if !one.foreign && !other.foreign => Agreement::differs("disagree"),
            (2.., _) => Agreement::agrees(3, "all agree but for a name between"),
            _ if ends_meet(matched, one, other) => Agreement::leans(1, "only the family name agrees"),
            _ => Agreement::leans(2, "only a given name agrees"),
        };
    }
    if whole == 0 {
        return Agreement::neutral("only initials agree");
    }
    if whole == 1 && initials > 0 {
        return Agreement::agrees(5, "initials agree");
    }
    if matched.count(Class::Alike) > 0 {
        return Agreement::agrees(7, "alike in spelling or sound");
    }
    Agreement::agrees(6, "short form or a part left out")
}

/// Tells whether the last words of both names met each other: most likely the family names.
fn ends_meet(matched: &Matched, one: &NameForm, other: &NameForm) -> bool {
    let ends = (one.words().last(), other.words().last());
    matched
        .words()
        .iter()
        .any(|(left, right, class)| *class > Class::Initial && (Some(left), Some(right)) == ends)
}

/// Pairs the words of two names, each once, the closest first.
///
/// Every pair of words is looked at once, since words of strangers mostly have nothing in common; spellings are compared
/// only where a slip may lie between two words that are still free.
fn meet(words: &Words, one: &NameForm, other: &NameForm) -> Matched {
    let mut matched = Matched::of(Agreement::neutral(""));
    let foreign = one.foreign || other.foreign;
    let mut meetings = [[0u8; NAME_WORDS]; NAME_WORDS];
    let mut seen = 0;
    for (row, left) in meetings.iter_mut().zip(one.words()) {
        let first = words.get(*left);
        for (cell, right) in row.iter_mut().zip(other.words()) {
            *cell = meeting(first, words.get(*right), left == right, foreign);
            seen |= *cell;
        }
    }
    if seen == 0 {
        return matched;
    }
    let (mut free, mut taken) = ([true; NAME_WORDS], [false; NAME_WORDS]);
    for (class, wanted) in [
        (Class::Same, SAME),
        (Class::Variant, VARIANT),
        (Class::Alike, ALIKE | PERHAPS_SLIP),
        (Class::Initial, INITIAL),
    ] {
        if seen & wanted == 0 {
            continue;
        }
        for (at, left) in one.words().iter().enumerate() {
            if taken[at] {
                continue;
            }
            let meets = |to: usize, right: WordId| match meetings[at][to] & wanted {
                0 => false,
                PERHAPS_SLIP => is_slip(words.text(*left), words.text(right)),
                _ => true,
            };
            let mut candidates = other.words().iter().enumerate();
            let found = candidates.find(|(to, right)| free[*to] && meets(*to, **right));
            if let Some((to, right)) = found {
                (taken[at], free[to]) = (true, false);
                matched.words[usize::from(matched.len)] = (*left, *right, class);
                matched.len += 1;
            }
        }
    }
    matched
}

/// Tells whether two words of names may meet; in names of other scripts vowels count less.
pub(crate) fn may_meet(words: &Words, one: WordId, other: WordId, foreign: bool) -> bool {
    meeting(words.get(one), words.get(other), one == other, foreign) != 0
}

const SAME: u8 = 1;
const VARIANT: u8 = 2;
const ALIKE: u8 = 4;
const PERHAPS_SLIP: u8 = 8;
const INITIAL: u8 = 16;

/// Returns all the ways in which two words meet.
fn meeting(one: &Word, other: &Word, same: bool, foreign: bool) -> u8 {
    if one.is_initial || other.is_initial {
        return if one.first == other.first { INITIAL } else { 0 };
    }
    let sounds_alike = one.sound == other.sound && one.sound > 0xff && (foreign || one.vowels == other.vowels);
    let ways = [
        (same, SAME),
        (one.is_variant_of(other), VARIANT),
        (sounds_alike, ALIKE),
        (!sounds_alike && one.may_be_slip_of(other), PERHAPS_SLIP),
    ];
    ways.into_iter()
        .fold(0, |met, (holds, way)| if holds { met | way } else { met })
}

#[cfg(test)]
mod tests;
