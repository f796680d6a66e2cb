//! Telephone numbers in E.164, by the metadata of the `phonenumber` crate.
//!
//! A number with `+` or `00` is international; any other needs the case's region. Numbers that the metadata
//! calls invalid but of a possible length are kept: reserved and newly opened ranges are evidence too.

use std::sync::Once;

use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type, country};

use super::{CleanContext, CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid telephone number";

/// Patterns of numbers that stay compiled. A number meets a dozen for each country that its code may mean; the crate keeps
/// a hundred, which numbers of four countries push out again and again: nearly all the time went into compiling.
const PATTERNS: usize = 1_500;

static MADE_ROOM: Once = Once::new();

pub(super) fn clean(original: &str, context: &CleanContext) -> Result<CleanValue, CleanFailure> {
    MADE_ROOM.call_once(make_room);
    let tidy = folding::tidy(original);
    let text = tidy.strip_prefix("tel:").unwrap_or(&tidy).trim();
    if text.len() > 64 {
        return fail(EXPECTED, "longer than 64 bytes");
    }
    if text.contains(['*', '•']) {
        return fail(EXPECTED, "has hidden digits");
    }
    if text
        .chars()
        .any(|sign| !(sign.is_ascii_digit() || "+-–‐‑./() ".contains(sign)))
    {
        return fail(EXPECTED, "has signs that no number has");
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 5 {
        return fail(EXPECTED, "fewer than five digits");
    }
    let (region, full) = if text.starts_with('+') || text.starts_with("(+") {
        (None, format!("+{}", without_trunk_zero(text)))
    } else if let Some(rest) = digits.strip_prefix("00") {
        (None, format!("+{rest}"))
    } else {
        let region = context.region.to_ascii_uppercase();
        if region.is_empty() {
            return fail(EXPECTED, "a national number, and the case has no region");
        }
        match region.parse::<country::Id>() {
            Ok(id) => (Some(id), digits),
            Err(_) => return fail(EXPECTED, "the region of the case is unknown"),
        }
    };
    let Ok(number) = phonenumber::parse(region, &full) else {
        return fail(EXPECTED, "no country has such a number");
    };
    if !phonenumber::is_valid(&number) && !is_possible(&number) {
        return fail(EXPECTED, "wrong length for its country");
    }
    Ok(CleanValue::shown(
        number.format().mode(Mode::E164).to_string(),
        number.format().mode(Mode::International).to_string(),
    ))
}

/// Lets more patterns stay compiled; what has no room is compiled anew, so that results never depend on it.
fn make_room() {
    if let Ok(mut kept) = DATABASE.cache().lock() {
        kept.set_capacity(PATTERNS);
    }
}

/// Drops the `(0)` people write after a country code.
fn without_trunk_zero(text: &str) -> String {
    text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect()
}

/// Tells whether any country of the number's code has fixed or mobile numbers of this length.
fn is_possible(number: &phonenumber::PhoneNumber) -> bool {
    let length = number.national().to_string().len() as u16;
    let countries = DATABASE.by_code(&number.country().code()).unwrap_or_default();
    countries.iter().any(|metadata| {
        [Type::FixedLine, Type::Mobile, Type::FixedLineOrMobile]
            .into_iter()
            .filter_map(|kind| metadata.descriptors().get(kind))
            .any(|descriptor| descriptor.possible_length().contains(&length))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn number_rows() {
        for (original, region, canonical) in [
            ("+31 10 123 45 67", "", "+31101234567"),
            ("0031101234567", "", "+31101234567"),
            ("+31 (0)10 1234567", "", "+31101234567"),
            ("010-1234567", "NL", "+31101234567"),
            ("tel:+31101234567", "", "+31101234567"),
            ("\u{202A}+31 10 1234567\u{202C}", "", "+31101234567"),
            ("+44 7700 900123", "", "+447700900123"),
            ("07700 900123", "gb", "+447700900123"),
            ("(202) 555-0123", "US", "+12025550123"),
            ("+390612345678", "", "+390612345678"),
        ] {
            let value = clean(
                original,
                &CleanContext {
                    region: region.to_owned(),
                },
            )
            .unwrap();
            assert_eq!(value.canonical, canonical, "{original:?}");
        }
    }

    #[test]
    fn junk_is_refused_with_a_reason() {
        for (original, region, reason) in [
            ("010-1234567", "", "no region"),
            ("010-1234567", "ZZ", "unknown"),
            ("+31 ** *** **67", "", "hidden"),
            ("call me", "", "signs"),
            ("12", "NL", "fewer"),
            ("+99999999999999999", "", ""),
            ("", "NL", "fewer"),
            ("+311", "", "fewer"),
        ] {
            let failure = clean(
                original,
                &CleanContext {
                    region: region.to_owned(),
                },
            )
            .unwrap_err();
            assert!(failure.reason.contains(reason), "{original:?}: {failure}");
        }
    }
}
