//! Free text, places and flags: the plain cases.
//!
//! Text is shown as it stands (the screen and the exports make control characters visible) and compared in
//! its tidied form. A place is compared folded, with commas evened out.

use super::{CleanFailure, CleanValue, fail, folding};

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let canonical = folding::tidy(original);
    if canonical.is_empty() {
        return fail("text", "empty");
    }
    Ok(CleanValue::shown(canonical, original.trim()))
}

pub(super) fn clean_place(original: &str) -> Result<CleanValue, CleanFailure> {
    let display = folding::tidy(original);
    let parts: Vec<String> = folding::fold(&display)
        .split(',')
        .map(|part| part.trim_matches([' ', '.']).to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let canonical = parts.join(", ");
    if !canonical.chars().any(folding::is_letter_or_digit) {
        return fail("place", "has no letter or digit");
    }
    Ok(CleanValue::shown(canonical, display))
}

pub(super) fn clean_flag(original: &str) -> Result<CleanValue, CleanFailure> {
    match folding::fold(original).as_str() {
        "true" | "yes" | "y" | "1" | "on" => Ok(CleanValue::shown("true", "yes")),
        "false" | "no" | "n" | "0" | "off" => Ok(CleanValue::shown("false", "no")),
        _ => fail("flag", "neither yes nor no"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn text_is_shown_as_it_stands() {
        let value = clean(" logistics.\u{202E} birds.\n").unwrap();
        assert_eq!(
            (value.canonical.as_str(), value.display.as_str()),
            ("logistics. birds.", "logistics.\u{202E} birds.")
        );
        assert!(clean("\u{200B}\n").is_err());
    }

    #[test]
    fn places_and_flags() {
        assert_eq!(
            clean_place("Rotterdam ,Netherlands.").unwrap().canonical,
            "rotterdam, netherlands"
        );
        assert!(clean_place("--").is_err());
        assert_eq!(clean_flag("YES").unwrap().canonical, "true");
        assert_eq!(clean_flag("0").unwrap().canonical, "false");
        assert!(clean_flag("perhaps").is_err());
    }
}
