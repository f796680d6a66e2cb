//! Cleaning of one cell: what the model's cleaning gives, with the allowances that a table without provenance needs.
//!
//! A table has no region and no issuer: a national telephone number stays national, and a wallet whose checksum does not
//! hold is compared as it stands.

use fusion_model::property::{letters_and_digits, tidy};
use fusion_model::{CleanContext, Property, TimeSpan};

use crate::feature::Feature;

/// Orders of day and month in dates that do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// `31/12/1999`.
    DayFirst,
    /// `12/31/1999`.
    MonthFirst,
}

/// Cleans the text of a cell; nothing for what cannot be read as such a value.
pub(super) fn clean(feature: Feature, text: &str, order: DayOrder) -> Option<(String, Option<TimeSpan>)> {
    let by = |property: Property, qualifier: &str| {
        let value = property.clean(text, qualifier, &CleanContext::default()).ok()?;
        Some((value.canonical, value.span))
    };
    let plain = |canonical: String| (!canonical.is_empty()).then_some((canonical, None));
    match feature {
        Feature::PersonName | Feature::OrganizationName => by(Property::Name, ""),
        Feature::Organization => by(Property::Organization, ""),
        Feature::Email => by(Property::Email, ""),
        Feature::Handle => by(Property::Handle, ""),
        Feature::Location | Feature::Region | Feature::Address => by(Property::City, ""),
        Feature::Country => by(Property::Country, ""),
        Feature::Iban => by(Property::Iban, "").or_else(|| plain(letters_and_digits(text))),
        Feature::Url => by(Property::Url, ""),
        Feature::Domain => by(Property::Domain, ""),
        Feature::Ip => by(Property::Ip, ""),
        Feature::Phone => plain(digits(text)?),
        Feature::BirthDate => birth_date(text, order),
        Feature::Postcode | Feature::OfficialNumber | Feature::ExternalId | Feature::FileHash => {
            plain(letters_and_digits(text))
        }
        Feature::Wallet => {
            let tidied = tidy(text);
            let is_hex = tidied.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
            plain(if is_hex { tidied.to_ascii_lowercase() } else { tidied })
        }
        Feature::Occupation | Feature::Bio | Feature::Title => plain(fusion_model::property::fold(text)),
        Feature::Account | Feature::Secret | Feature::Image | Feature::HandleName => plain(tidy(text)),
    }
}

/// Returns the digits of a telephone number; nothing for fillers.
fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let is_run = digits.as_bytes().windows(2).all(|pair| pair[0] == pair[1])
        || digits
            .as_bytes()
            .windows(2)
            .all(|pair| (pair[0] - b'0' + 1) % 10 == pair[1] - b'0');
    ((5..=17).contains(&digits.len()) && !is_run).then(|| digits.to_owned())
}

fn birth_date(text: &str, order: DayOrder) -> Option<(String, Option<TimeSpan>)> {
    let qualifier = match order {
        DayOrder::DayFirst => "dmy",
        DayOrder::MonthFirst => "mdy",
    };
    let is_compact = text.len() == 8 && text.bytes().all(|letter| letter.is_ascii_digit());
    let spaced = is_compact.then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    let value = Property::BirthDate
        .clean(spaced.as_deref().unwrap_or(text), qualifier, &CleanContext::default())
        .ok()?;
    Some((value.canonical, value.span))
}

/// Tells whether day and month could change places in a date that proves no order.
pub(super) fn tells_no_order(text: &str) -> bool {
    leading_numbers(text).is_some_and(|(first, second)| first != second)
}

/// Tells which order a date with two leading numbers proves, if any.
pub(super) fn order_of(text: &str) -> Option<DayOrder> {
    match leading_numbers(text).map(|(first, second)| (first > 12, second > 12)) {
        Some((true, false)) => Some(DayOrder::DayFirst),
        Some((false, true)) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// Returns the two short numbers that a date begins with, if it does.
fn leading_numbers(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .split(|letter: char| !letter.is_ascii_digit())
        .map(|number| (number.len(), number.parse::<u32>()));
    match (numbers.next(), numbers.next()) {
        (Some((1..=2, Ok(first))), Some((1..=2, Ok(second)))) => Some((first, second)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(feature: Feature, text: &str) -> Option<String> {
        clean(feature, text, DayOrder::DayFirst).map(|cleaned| cleaned.0)
    }

    #[test]
    fn cells_are_cleaned() {
        assert_eq!(
            text(Feature::Phone, "+31 (10) 123-4567").as_deref(),
            Some("31101234567")
        );
        assert_eq!(text(Feature::Phone, "0101234567").as_deref(), Some("101234567"));
        assert_eq!(text(Feature::Phone, "0000000000"), None);
        assert_eq!(text(Feature::Phone, "1234567890"), None);
        assert_eq!(text(Feature::Phone, "n/a"), None);
        assert_eq!(text(Feature::Wallet, "0xABC").as_deref(), Some("0xabc"));
        assert_eq!(
            text(Feature::BirthDate, "19380327"),
            text(Feature::BirthDate, "1938-03-27")
        );
        assert_eq!(
            text(Feature::BirthDate, "04/05/1988"),
            text(Feature::BirthDate, "4 May 1988")
        );
        assert_eq!(
            text(Feature::PersonName, "ELLISON, Mara").as_deref(),
            Some("mara ellison")
        );
    }

    #[test]
    fn a_day_above_twelve_proves_the_order() {
        assert_eq!(order_of("31/12/1999"), Some(DayOrder::DayFirst));
        assert_eq!(order_of("12/31/1999"), Some(DayOrder::MonthFirst));
        assert_eq!(order_of("04/05/1999"), None);
        assert_eq!(order_of("1999-12-31"), None);
    }
}
