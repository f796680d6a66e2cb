//! Output encoding: one module per syntax, and the one function that makes hidden characters visible.
//!
//! Nothing from evidence reaches a document except through here. Control characters become control pictures,
//! characters that steer text direction or leave no mark become `⟨U+202E⟩`, so a reader sees what a machine read.

pub mod csv;
pub mod html;
pub mod markdown;
pub mod xml;

use std::fmt::Write as _;

use fusion_model::property::is_invisible;

use crate::disclose;

/// Returns a text on one line in which every character can be seen; sealed secrets are replaced.
///
/// Joiners and variation selectors after a non-ASCII character are kept: emoji and several scripts need them, and
/// there they hide nothing.
pub fn visible(text: &str) -> String {
    let text = disclose::without_fingerprints(text);
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for character in text.chars() {
        match character {
            '\n' => out.push('␊'),
            '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('␀')),
            '\u{7F}' => out.push('␡'),
            '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' if !previous.is_ascii() => out.push(character),
            _ if character.is_control()
                || is_invisible(character)
                || is_noncharacter(character)
                || is_line_break(character) =>
            {
                // Writing into a string cannot fail.
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(character));
            }
            _ => out.push(character),
        }
        previous = character;
    }
    out
}

/// Returns a visible text of at most `limit` characters, cut in the middle.
pub fn elided(text: &str, limit: usize) -> String {
    let text = visible(text);
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= limit {
        return text;
    }
    let head = limit.saturating_sub(1) * 2 / 3;
    let tail = limit.saturating_sub(1) - head;
    characters[..head]
        .iter()
        .chain(&['…'])
        .chain(&characters[characters.len() - tail..])
        .collect()
}

fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code) || (0xFFF9..=0xFFFC).contains(&code)
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        for (text, shown) in [
            ("a\u{0}b\n\tc", "a␀b␊␉c"),
            ("\u{202E}gnp.exe", "⟨U+202E⟩gnp.exe"),
            ("\u{7f}\u{85}\u{FFFE}\u{2028}", "␡⟨U+0085⟩⟨U+FFFE⟩⟨U+2028⟩"),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            ("a\u{200D}b", "a⟨U+200D⟩b"),
            ("Straße é 王", "Straße é 王"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn long_texts_are_cut_in_the_middle() {
        assert_eq!(elided("nightjar_77", 20), "nightjar_77");
        assert_eq!(elided("0123456789abcdef", 9), "01234…def");
        assert_eq!(elided("0123456789", 9).chars().count(), 9);
    }
}
