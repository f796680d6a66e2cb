//! Internet domains, in the ASCII form of IDNA (UTS 46, as the `idna` crate pins it).
//!
//! Host names are kept whole: `www.example.org` and `example.org` are two names. Defanged dots are mended.

use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid domain";

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let tidy = folding::tidy(original);
    let text = mend_dots(&tidy);
    let name = text.trim_start_matches("*.");
    match to_ascii(name) {
        Ok(ascii) if ascii.contains("xn--") => {
            let (unicode, verdict) = idna::domain_to_unicode(&ascii);
            let display = if verdict.is_ok() {
                format!("{unicode} ({ascii})")
            } else {
                ascii.clone()
            };
            Ok(CleanValue::shown(ascii, display))
        }
        Ok(ascii) => Ok(CleanValue::plain(ascii)),
        Err(reason) => fail(EXPECTED, reason),
    }
}

/// Undoes the usual ways of making a dot harmless.
pub(super) fn mend_dots(text: &str) -> String {
    text.replace("[.]", ".")
        .replace("(.)", ".")
        .replace("[dot]", ".")
        .replace("{.}", ".")
}

/// Returns the ASCII form of a host name with at least one dot, or the reason why it is none.
pub(super) fn to_ascii(host: &str) -> Result<String, &'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.len() > 1_000 {
        return Err("longer than a domain can be");
    }
    let ascii = idna::domain_to_ascii(host).map_err(|_| "not a name that IDNA allows")?;
    if ascii.len() > 253 {
        return Err("longer than 253 characters");
    }
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err("the host has no dot");
    };
    let label_is_sound = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if !ascii.split('.').all(label_is_sound) {
        return Err("a label of the host is empty, too long or has a wrong sign");
    }
    if !top.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Err("the last label has no letter");
    }
    Ok(ascii)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn domain_rows() {
        for (original, canonical) in [
            ("Example.ORG", Some("example.org")),
            ("example.org.", Some("example.org")),
            ("*.example.org", Some("example.org")),
            (
                "portal[.]halcyon-freight[.]example",
                Some("portal.halcyon-freight.example"),
            ),
            ("Bücher.example", Some("xn--bcher-kva.example")),
            ("_dmarc.example.org", Some("_dmarc.example.org")),
            ("example", None),
            ("192.0.2.1", None),
            ("exa mple.org", None),
            ("-a.example", None),
            ("", None),
            ("a..example", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
