//! Folding of text: what makes two spellings of one text equal, and which characters are letters or digits.
//!
//! `char::to_lowercase` of the standard library is not used: it maps to lower case, which is not case folding
//! (`ß` and `ẞ`, final sigma, the dotted I), and its tables change with the compiler, so the same case could
//! fuse differently on two machines. Full case folding comes from `icu_casemap`, normalisation from
//! `unicode-normalization`, classes of characters from `icu_properties`, all pinned by the lock file (`char::is_alphanumeric`
//! moves with the compiler as well). [`FINGERPRINT`] hashes what they do to every character;
//! a test compares it, so that an update that changes one character changes the tables digest.
//!
//! Nothing here fails: any text, however hostile, folds to some text, perhaps an empty one.

use icu_casemap::CaseMapper;
use icu_properties::CodePointMapData;
use icu_properties::CodePointSetData;
use icu_properties::props::{Alphabetic, GeneralCategory, GeneralCategoryGroup};
use unicode_normalization::UnicodeNormalization;

/// Digest over the folding of every Unicode scalar value, checked by a test.
pub(super) const FINGERPRINT: &str = "e43d8a61db72223e5714c06ca29f8ba9";

/// Rounds after which folding has come to rest for every text (two are enough for all known characters).
const ROUNDS: usize = 4;

/// Returns the text in compatibility form without invisible characters, white space collapsed to single blanks.
///
/// Control characters and white space become blanks; format characters (bidirectional marks, joiners, tags) vanish.
pub fn tidy(text: &str) -> String {
    if text.is_ascii() {
        return tidy_ascii(text);
    }
    let mut current = tidy_once(text);
    for _ in 0..ROUNDS {
        let next = tidy_once(&current);
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// ASCII is its own compatibility form and has no invisible characters, so only blanks are left to even out.
fn tidy_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let words = text.split(|character: char| character == ' ' || character.is_ascii_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn tidy_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(1 << 20));
    let mut gap = false;
    for character in text.nfkc().filter(|character| !is_invisible(*character)) {
        if character.is_whitespace() || character.is_control() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(character);
    }
    out
}

/// Returns the tidied text with case folded away.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = tidy_ascii(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let mut current = tidy(text);
    for _ in 0..ROUNDS {
        let next = tidy(&CaseMapper::new().fold_string(&current));
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// Returns the folded text reduced to letters and digits.
pub fn letters_and_digits(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|character| is_letter_or_digit(*character))
        .collect()
}

/// Tells letters, in any script.
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    CodePointSetData::new::<Alphabetic>().contains(character)
}

/// Tells letters and digits, in any script.
pub fn is_letter_or_digit(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    is_letter(character)
        || GeneralCategoryGroup::Number.contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

/// Tells format characters (general category Cf), variation selectors and other characters that leave no mark.
pub fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0x00AD | 0x034F | 0x061C | 0x0600..=0x0605 | 0x06DD | 0x070F | 0x0890..=0x0891 | 0x08E2 | 0x115F..=0x1160
        | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164
        | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::hash::ContentHasher;

    #[test]
    fn folding_rows() {
        for (text, folded) in [
            ("  Mara\tEllison ", "mara ellison"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("οδυσσευς", "οδυσσευσ"),
            ("ﬁle №１", "file no1"),
            ("a\u{202E}b\u{200B}c\u{0}d", "abc d"),
            ("İ", "i\u{307}"),
            ("\u{FEFF}", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn the_fingerprint_is_that_of_the_linked_tables() {
        let mut hasher = ContentHasher::new("folding");
        for character in '\u{0}'..=char::MAX {
            let text = character.to_string();
            let folded = fold(&text);
            let class = [is_letter(character), is_letter_or_digit(character)].map(u8::from);
            if folded != text || class != [0; 2] {
                hasher.text(&text).text(&folded).part(&class);
            }
        }
        let digest: String = hasher.finish_short().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            digest, FINGERPRINT,
            "folding has changed: pin the new fingerprint, results will change"
        );
    }

    proptest! {
        #[test]
        fn the_short_way_for_ascii_is_the_long_way(text in "[\\x00-\\x7f]{0,40}") {
            let long = CaseMapper::new().fold_string(&tidy_once(&text)).into_owned();
            prop_assert_eq!(tidy(&text), tidy_once(&text));
            prop_assert_eq!(fold(&text), long);
        }

        #[test]
        fn folding_comes_to_rest(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert!(!folded.chars().any(is_invisible));
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
