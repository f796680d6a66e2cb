//! Keys of other systems: compared exactly after as much folding as the property bears.
//!
//! What the number belongs to (register, issuer, service) stands in the qualifier and is part of the canonical
//! form, since the same number means different things in two registers.

use super::{CleanFailure, CleanValue, Property, fail, folding};

const EXPECTED: &str = "valid key";

pub(super) fn clean(property: Property, original: &str, qualifier: &str) -> Result<CleanValue, CleanFailure> {
    let display = folding::tidy(original);
    if display.len() > 1_024 {
        return fail(EXPECTED, "longer than 1024 bytes");
    }
    let key = match property {
        Property::BreachName => breach_name(&display),
        Property::TransactionHash | Property::TokenContract => hex_folded(&display),
        Property::OfficialNumber | Property::CompanyNumber | Property::Postcode => without_marks(&display),
        _ => folding::fold(&display),
    };
    if key.is_empty() {
        return fail(EXPECTED, "no letter or digit");
    }
    let scope = match property {
        Property::BreachName | Property::TransactionHash | Property::Postcode => String::new(),
        _ => folding::fold(qualifier),
    };
    let canonical = if scope.is_empty() || key.starts_with(&format!("{scope}:")) {
        key
    } else {
        format!("{scope}:{key}")
    };
    Ok(CleanValue::shown(canonical, display))
}

/// `ExampleBreach` and `Example Breach` are one; `BreachedWebsite.example` keeps its dot.
fn breach_name(text: &str) -> String {
    let kept: String = folding::fold(text)
        .chars()
        .filter(|character| folding::is_letter_or_digit(*character) || *character == '.')
        .collect();
    kept.trim_matches('.').to_owned()
}

/// Hexadecimal is folded; other alphabets (base58, base64) tell case apart.
fn hex_folded(text: &str) -> String {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        text.to_ascii_lowercase()
    } else {
        text.to_owned()
    }
}

fn without_marks(text: &str) -> String {
    folding::fold(text)
        .chars()
        .filter(|character| !matches!(character, ' ' | '.' | '-' | '/'))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn key_rows() {
        for (property, original, qualifier, canonical) in [
            (Property::BreachName, "Example Breach", "", Some("examplebreach")),
            (Property::BreachName, "ExampleBreach", "", Some("examplebreach")),
            (
                Property::BreachName,
                "BreachedWebsite.example",
                "",
                Some("breachedwebsite.example"),
            ),
            (Property::BreachName, " . ", "", None),
            (Property::CompanyNumber, "12 345.678", "KvK", Some("kvk:12345678")),
            (Property::CompanyNumber, "kvk:12345678", "KvK", Some("kvk:12345678")),
            (Property::TransactionHash, "0xEE64", "", Some("0xee64")),
            (Property::TransactionHash, "5VERv8NMvzb", "", Some("5VERv8NMvzb")),
            (Property::ChatId, "1500000001", "Telegram", Some("telegram:1500000001")),
            (Property::Postcode, "3011 ab", "", Some("3011ab")),
            (Property::ExternalId, "\u{202E}\u{0}", "", None),
        ] {
            let cleaned = clean(property, original, qualifier).ok().map(|value| value.canonical);
            assert_eq!(cleaned.as_deref(), canonical, "{original:?}");
        }
    }
}
