//! Names of people, firms and things: folded words in their given order.
//!
//! `Ellison, Mara` is turned round, forms of address and degrees are cut off where at least two words remain, and
//! punctuation separates words. Nothing is transliterated here: [`latin_skeleton`] and [`nickname_root`] give extra
//! keys beside the name, never instead of it. Han and kana names lose inner blanks, since those carry no meaning.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::{CleanFailure, CleanValue, Property, fail, folding, tables};

const EXPECTED: &str = "valid name";

/// Longest name that is taken, in characters.
const LONGEST: usize = 256;

static BEFORE: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::tagged(tables::NAME_TITLES, "before"));
static AFTER: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::tagged(tables::NAME_TITLES, "after"));
static FIRM: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| tables::tagged(tables::NAME_TITLES, "firm"));
static NICKNAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    tables::lines(tables::NICKNAMES)
        .filter_map(|line| line.split_once('|'))
        .flat_map(|(root, forms)| forms.split(' ').map(move |form| (form, root)))
        .collect()
});

pub(super) fn clean(property: Property, original: &str) -> Result<CleanValue, CleanFailure> {
    let display = folding::tidy(original);
    if display.chars().count() > LONGEST {
        return fail(EXPECTED, "longer than 256 characters");
    }
    let folded = folding::fold(&display);
    let is_firm_field = property == Property::Organization;
    let ordered = if is_firm_field { folded } else { turned_round(&folded) };
    let mut words = split_words(&ordered);
    if !is_firm_field {
        strip_titles(&mut words);
    }
    if !words.iter().any(|word| word.chars().any(folding::is_letter)) {
        return fail(EXPECTED, "has no letter");
    }
    let is_dense = words.iter().flat_map(|word| word.chars()).all(is_han_or_kana);
    let canonical = words.join(if is_dense { "" } else { " " });
    Ok(CleanValue::shown(canonical, display))
}

/// Turns `Ellison, Mara` into `Mara Ellison`; leaves firms and lists alone.
fn turned_round(folded: &str) -> String {
    if !folded.contains(',') {
        return folded.to_owned();
    }
    let parts: Vec<&str> = folded
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let degree = |part: &str| split_words(part).iter().all(|word| AFTER.contains_key(word.as_str()));
    let named: Vec<&str> = parts.iter().copied().filter(|part| !degree(part)).collect();
    match named.as_slice() {
        [surname, given] if !split_words(given).iter().any(|word| FIRM.contains_key(word.as_str())) => {
            format!("{given} {surname}")
        }
        _ => folded.to_owned(),
    }
}

/// Splits into words; apostrophes vanish, every other sign separates.
fn split_words(folded: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for character in folded.chars() {
        if matches!(character, '\'' | '’' | '‘' | '`' | 'ʼ' | 'ʹ' | '′' | '\u{0640}') || is_vowel_sign(character)
        {
            continue;
        }
        let is_mark = || !character.is_ascii() && unicode_normalization::char::is_combining_mark(character);
        if folding::is_letter_or_digit(character) || is_mark() {
            if let Some(word) = words.last_mut() {
                word.push(character);
            }
        } else if words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| word.chars().any(folding::is_letter_or_digit));
    words
}

/// Arabic and Hebrew vowel points, which are written or left out at will.
fn is_vowel_sign(character: char) -> bool {
    matches!(u32::from(character), 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 | 0x064B..=0x0652 | 0x0670)
}

fn is_han_or_kana(character: char) -> bool {
    matches!(u32::from(character), 0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Cuts forms of address and degrees off, as long as two words remain.
fn strip_titles(words: &mut Vec<String>) {
    while words.len() > 2 && BEFORE.contains_key(words[0].as_str()) {
        words.remove(0);
    }
    while words.len() > 2 && words.last().is_some_and(|word| AFTER.contains_key(word.as_str())) {
        words.pop();
    }
}

/// Returns the words of a cleaned name.
pub fn name_tokens(canonical: &str) -> Vec<&str> {
    canonical.split(' ').filter(|word| !word.is_empty()).collect()
}

/// Returns a text in plain Latin letters and digits: an extra key across scripts and accents.
///
/// Cyrillic and Greek are read by the table `transliteration`; accents are cut off. Letters of other scripts stay.
pub fn latin_skeleton(text: &str) -> String {
    let folded = folding::fold(text);
    let mut out = String::with_capacity(folded.len());
    for character in folded.chars() {
        if let Some(reading) = tables::LATIN_READINGS.get(&character) {
            out.push_str(reading);
            continue;
        }
        for part in character
            .nfd()
            .filter(|part| !unicode_normalization::char::is_combining_mark(*part))
        {
            match tables::LATIN_READINGS.get(&part) {
                Some(reading) => out.push_str(reading),
                None => out.push(part),
            }
        }
    }
    split_words(&out).join(" ")
}

/// Returns the root of a given name that is a known short or pet form, else the name itself.
pub fn nickname_root(token: &str) -> &str {
    NICKNAMES.get(token).copied().unwrap_or(token)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn name_rows() {
        for (original, canonical) in [
            ("Mara Ellison", Some("mara ellison")),
            ("ELLISON, Mara", Some("mara ellison")),
            ("Ellison, Mara, PhD", Some("mara ellison")),
            ("Dr. Mara Ellison", Some("mara ellison")),
            ("Dr. Ellison", Some("dr ellison")),
            ("van Dijk, Piet", Some("piet van dijk")),
            ("Halcyon Freight, Ltd.", Some("halcyon freight ltd")),
            ("Seán O’Brien", Some("seán obrien")),
            ("Jean-Pierre  Roux", Some("jean pierre roux")),
            ("王 小明", Some("王小明")),
            ("Мара Эллисон", Some("мара эллисон")),
            ("مُحَمَّد", Some("محمد")),
            ("Mara 🦉 Ellison", Some("mara ellison")),
            ("\u{202E}Mara\u{0}Ellison\u{200F}", Some("mara ellison")),
            ("nightjar", Some("nightjar")),
            ("12345", None),
            ("🦉", None),
            ("", None),
        ] {
            let cleaned = clean(Property::Name, original).ok().map(|value| value.canonical);
            assert_eq!(cleaned.as_deref(), canonical, "{original:?}");
        }
        assert_eq!(
            clean(Property::Organization, "Dr Oetker, Bakery Group")
                .unwrap()
                .canonical,
            "dr oetker bakery group"
        );
    }

    #[test]
    fn skeletons_meet_across_scripts() {
        for (text, skeleton) in [
            ("Мара Эллисон", "mara ellison"),
            ("Юрий", "iurii"),
            ("Seán Müller", "sean muller"),
            ("Łukasz Đorđević", "lukasz dordevic"),
            ("Γιώργος", "giorgos"),
            ("Straße", "strasse"),
            ("王小明", "王小明"),
        ] {
            assert_eq!(latin_skeleton(text), skeleton, "{text}");
        }
    }

    #[test]
    fn nicknames_lead_to_one_root() {
        for (form, root) in [
            ("bob", "robert"),
            ("piet", "peter"),
            ("mara", "mara"),
            ("misha", "michael"),
        ] {
            assert_eq!(nickname_root(form), root);
        }
    }

    #[test]
    fn a_nickname_has_one_root_and_is_none() {
        let forms: usize = tables::lines(tables::NICKNAMES)
            .filter_map(|line| line.split_once('|'))
            .map(|(_, forms)| forms.split(' ').count())
            .sum();
        assert_eq!(forms, NICKNAMES.len(), "a form stands under two roots");
        for line in tables::lines(tables::NICKNAMES) {
            let (root, forms) = line.split_once('|').unwrap();
            assert!(!NICKNAMES.contains_key(root), "{root} is both root and form");
            assert_eq!(folding::fold(line), line);
            assert!(!forms.is_empty());
        }
    }
}
