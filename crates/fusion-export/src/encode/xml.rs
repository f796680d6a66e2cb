//! XML attribute values and text: what may stand in XML 1.0, shown.
//!
//! Escaping of markup is done by the XML writer; this makes characters that XML forbids visible first. White space
//! is evened out, since an attribute of type `token` loses it anyway.

use super::visible;

/// Returns a text that is legal in XML 1.0 and survives white-space normalisation.
pub fn token(text: &str) -> String {
    let shown = visible(text);
    let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn forbidden_characters_are_shown() {
        assert_eq!(super::token(" a\u{0}  b\u{FFFF}\n"), "a␀ b⟨U+FFFF⟩␊");
    }
}
