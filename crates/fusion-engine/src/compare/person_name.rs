//! Names of persons: order of words, initials, short forms, spelling, parts left out.
//!
//! Levels: 0 disagree, 1 one part agrees, 2 initials, short forms or left-out parts, 3 alike in spelling,
//! 4 the same words in another order, 5 exact. A name of one word is often a display name: it agrees when equal, but
//! it cannot contradict a full name. Across scripts and accents names meet by their Latin reading; what has none is not
//! compared by letters.

use fusion_model::Score;
use fusion_model::property::nickname_root;

use super::{Agreement, Value, similarity};

/// Compares two names.
pub(super) fn compare(left: &Value, right: &Value, fuzzy: Score) -> Agreement {
    let (first, second) = (&left.latin, &right.latin);
    if first.is_empty() || second.is_empty() {
        return Agreement::neutral("no word to compare");
    }
    if left.tokens == right.tokens {
        return Agreement::exact(5, "exact");
    }
    if first == second {
        return Agreement::agrees(4, "the same in Latin letters");
    }
    if left.skeleton == right.skeleton {
        return Agreement::agrees(4, "same words in another order");
    }
    if is_latin(first) != is_latin(second) {
        return Agreement::neutral("different scripts");
    }
    let spelled = [
        (first.concat(), second.concat()),
        (joined_sorted(left), joined_sorted(right)),
    ];
    let full = first.len() > 1 && second.len() > 1;
    let is_long = spelled[0].0.chars().count().min(spelled[0].1.chars().count()) >= 5;
    if full && first.len() == second.len() && words_alike(first, second, fuzzy) {
        return Agreement::agrees(3, "alike in spelling");
    }
    if full && contained(first, second) {
        return Agreement::agrees(2, "initials, short form or a part left out");
    }
    if full == (first.len() > 1 || second.len() > 1)
        && is_long
        && spelled
            .iter()
            .any(|(one, other)| similarity::reaches(one, other, fuzzy))
        && !(full && shares_no_word(first, second))
    {
        return Agreement::agrees(3, "alike in spelling");
    }
    if !full {
        return Agreement::neutral("a single word neither proves nor contradicts");
    }
    if !shares_no_word(first, second) {
        return Agreement::leans(1, "one part agrees");
    }
    Agreement::differs("disagree")
}

/// Returns the consonants of a word that carry its sound: vowels and doubled letters fall away after the first.
pub(crate) fn sound_of(word: &str) -> String {
    let mut sound = String::new();
    let mut last = None;
    for letter in word.chars() {
        let letter = match letter {
            'c' | 'q' => 'k',
            'z' => 's',
            'v' => 'w',
            'y' | 'j' => 'i',
            other => other,
        };
        let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'h');
        if Some(letter) != last && (sound.is_empty() || !is_vowel) {
            sound.push(letter);
        }
        last = Some(letter);
    }
    sound
}

fn joined_sorted(value: &Value) -> String {
    value.skeleton.replace(' ', "")
}

fn is_latin(words: &[String]) -> bool {
    words
        .iter()
        .flat_map(|word| word.chars())
        .any(|letter| letter.is_ascii_alphabetic())
}

fn shares_no_word(first: &[String], second: &[String]) -> bool {
    !first
        .iter()
        .any(|word| word.chars().count() > 1 && second.iter().any(|other| same_word(word, other)))
}

fn same_word(one: &str, other: &str) -> bool {
    one == other || nickname_root(one) == nickname_root(other)
}

/// Tells whether the words agree one by one, in order or reversed, each equal or alike, at least one equal.
fn words_alike(first: &[String], second: &[String], fuzzy: Score) -> bool {
    let alike = |one: &str, other: &str| {
        let long = one.chars().count().min(other.chars().count()) >= 4;
        let start = one.chars().next() == other.chars().next();
        one == other || (long && start && similarity::reaches(one, other, fuzzy_word(fuzzy)))
    };
    let agree = |pairs: Vec<(&String, &String)>| {
        let equal = pairs.iter().any(|(one, other)| one == other && one.chars().count() > 1);
        equal && pairs.into_iter().all(|(one, other)| alike(one, other))
    };
    agree(first.iter().zip(second).collect()) || agree(first.iter().zip(second.iter().rev()).collect())
}

/// A single word has fewer letters than a whole name, so one edit weighs more: the bar is a tenth lower.
fn fuzzy_word(fuzzy: Score) -> Score {
    Score::from_basis_points(u64::from(fuzzy.basis_points()).saturating_sub(1_000))
}

/// Tells whether every word of the shorter name is met by a word of its own in the longer: equal, short form or
/// initial; at least one of them a whole word.
fn contained(first: &[String], second: &[String]) -> bool {
    let (shorter, longer) = if (first.len(), first) <= (second.len(), second) {
        (first, second)
    } else {
        (second, first)
    };
    let mut free: Vec<&String> = longer.iter().collect();
    let mut whole = 0;
    let mut rest = Vec::new();
    for word in shorter {
        match free.iter().position(|other| same_word(word, other)) {
            Some(at) => {
                let met = free.remove(at);
                whole += usize::from(met.chars().count() > 1);
            }
            None => rest.push(word),
        }
    }
    let initials = rest
        .into_iter()
        .all(|word| match free.iter().position(|other| is_initial(word, other)) {
            Some(at) => {
                free.remove(at);
                true
            }
            None => false,
        });
    initials && whole > 0
}

fn is_initial(one: &str, other: &str) -> bool {
    let single = one.chars().count() == 1 || other.chars().count() == 1;
    single && one.chars().next() == other.chars().next()
}
