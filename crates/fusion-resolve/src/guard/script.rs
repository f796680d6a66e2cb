//! Words that mix scripts, and marks that cannot be seen: how one text is made to pass for another.

use fusion_model::property::is_invisible;

use super::MixedScript;
use crate::feature::Feature;
use crate::records::Records;
use crate::value::Values;

/// Scripts whose letters can be taken for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

fn script_of(letter: char) -> Option<Script> {
    match u32::from(letter) {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x250..=0x2AF | 0x1E00..=0x1EFF => {
            Some(Script::Latin)
        }
        0x370..=0x3FF | 0x1F00..=0x1FFF => Some(Script::Greek),
        0x400..=0x52F | 0x1C80..=0x1C8F => Some(Script::Cyrillic),
        0x531..=0x58F => Some(Script::Armenian),
        0x13A0..=0x13FF | 0xAB70..=0xABBF => Some(Script::Cherokee),
        _ => None,
    }
}

/// Marks that are drawn through a letter and belong to no spelling.
fn is_overlay(letter: char) -> bool {
    matches!(u32::from(letter), 0x334..=0x338)
}

/// Tells whether a word of a text mixes scripts, or has marks drawn through its letters.
fn is_mixed(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut of_word = None;
    for letter in text.chars() {
        if is_overlay(letter) {
            return true;
        }
        match script_of(letter) {
            Some(script) if of_word.is_some_and(|known| known != script) => return true,
            Some(script) => of_word = Some(script),
            // Digits and marks stand inside words of any script; everything else ends a word.
            None if letter.is_alphanumeric() || is_mark(letter) => {}
            None => of_word = None,
        }
    }
    false
}

/// Tells marks that stand over a letter: they neither are letters nor end a word.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36F)
}

/// Tells whether marks that cannot be seen stand between letters of scripts that have no use for them.
pub(crate) fn hides(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut before = None;
    let mut hidden = false;
    for letter in text.trim().chars() {
        if is_invisible(letter) && letter != '\u{ad}' {
            hidden |= before.is_some();
            continue;
        }
        let is_plain = letter.is_ascii_alphanumeric() || script_of(letter).is_some();
        if hidden && (is_plain || before == Some(true)) {
            return true;
        }
        (before, hidden) = (Some(is_plain), false);
    }
    false
}

/// Returns the records with a word that mixes scripts, each with the first such value.
pub(crate) fn mixed_scripts(records: &Records, values: &Values) -> Vec<MixedScript> {
    let mixed: Vec<bool> = (0..values.len() as u32)
        .map(|value| is_written(values.feature(value)) && is_mixed(values.canonical(value)))
        .collect();
    let of_record = |record: u32| {
        let found = records.of(record).iter().find(|held| mixed[held.value as usize])?;
        let same = records
            .of(record)
            .iter()
            .filter(|held| held.feature == found.feature && mixed[held.value as usize]);
        let first = same
            .map(|held| held.value)
            .min_by_key(|value| values.canonical(*value))?;
        Some(MixedScript { record, value: first })
    };
    (0..records.len() as u32).filter_map(of_record).collect()
}

/// Tells features whose text people read and write by hand.
fn is_written(feature: Feature) -> bool {
    matches!(
        feature,
        Feature::PersonName
            | Feature::OrganizationName
            | Feature::Organization
            | Feature::Title
            | Feature::Email
            | Feature::Handle
            | Feature::Account
            | Feature::Address
            | Feature::Location
            | Feature::Url
            | Feature::Domain
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_two_scripts_is_seen_and_words_of_one_each_are_not() {
        for (text, mixed) in [
            ("mara ellison", false),
            ("sergei иванов", false),
            ("mаra ellison", true),
            ("nιghtjar", true),
            ("мара2000", false),
            ("müller çağrı łódź", false),
            ("i\u{307}zmir", false),
            ("ma\u{337}ra", true),
            ("maria@почта.example", false),
            ("王wang", false),
        ] {
            assert_eq!(is_mixed(text), mixed, "{text}");
        }
    }

    #[test]
    fn marks_that_cannot_be_seen_are_found_between_letters_only() {
        for (text, hidden) in [
            ("mara", false),
            ("ma\u{200b}ra", true),
            ("\u{feff}mara", false),
            ("mara\u{200b}", false),
            ("mara \u{34f}ellison", true),
            ("можно\u{2060}да", true),
            ("می\u{200c}خواهم", false),
            ("co\u{ad}operate", false),
        ] {
            assert_eq!(hides(text), hidden, "{text:?}");
        }
    }
}
