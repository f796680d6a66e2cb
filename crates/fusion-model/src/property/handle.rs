//! User names without their site: folded, a leading `@` cut off; dots, dashes and underscores are kept.

use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid user name";

/// Longest user name that is taken, in characters.
const LONGEST: usize = 128;

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let tidy = folding::tidy(original);
    let display = tidy.trim_start_matches(['@', ' ']);
    let canonical = folding::fold(display).trim_start_matches(['@', ' ']).to_owned();
    if canonical.is_empty() {
        return fail(EXPECTED, "empty");
    }
    if canonical.chars().count() > LONGEST {
        return fail(EXPECTED, "longer than 128 characters");
    }
    if !canonical.chars().any(folding::is_letter_or_digit) {
        return fail(EXPECTED, "has no letter or digit");
    }
    Ok(CleanValue::shown(canonical, display))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn user_name_rows() {
        for (original, canonical) in [
            ("@Nightjar_77", Some("nightjar_77")),
            ("mara.ellison", Some("mara.ellison")),
            ("\u{202E}Nightjar_77\u{0}", Some("nightjar_77")),
            ("ＮＩＧＨＴＪＡＲ", Some("nightjar")),
            ("@", None),
            ("...", None),
            ("🦉", None),
            ("", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
