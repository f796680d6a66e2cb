//! Amounts and counts: digits with separators, signs and units in, one exact text out.
//!
//! Of two kinds of separator the last one is the point. A lone comma is a thousands separator when groups of
//! three follow it, else a decimal comma; a lone dot is always the point, as ledgers write eighteen decimals.

use super::decimal::Decimal;
use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED_AMOUNT: &str = "valid amount";
const EXPECTED_COUNT: &str = "valid count";

const SYMBOLS: &[(char, &str)] = &[
    ('$', "USD"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('¥', "JPY"),
    ('₿', "BTC"),
    ('Ξ', "ETH"),
    ('₽', "RUB"),
    ('₹', "INR"),
    ('₴', "UAH"),
];

pub(super) fn clean(original: &str, qualifier: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::tidy(original);
    if text.len() > 200 {
        return fail(EXPECTED_AMOUNT, "longer than 200 bytes");
    }
    let (mut number_text, mut unit) = (text, String::new());
    for (symbol, code) in SYMBOLS {
        if number_text.contains(*symbol) {
            number_text = number_text.replace(*symbol, " ");
            unit = (*code).to_owned();
        }
    }
    let (digits, word) = split_unit(&number_text);
    if unit.is_empty() {
        unit = word;
    }
    if !qualifier.trim().is_empty() {
        unit = folding::tidy(qualifier);
    }
    let Some(number) = number_of(&digits) else {
        return fail(EXPECTED_AMOUNT, "the digits cannot be read");
    };
    let unit = unit_code(&unit);
    Ok(CleanValue::plain(if unit.is_empty() {
        number.to_string()
    } else {
        format!("{number} {unit}")
    }))
}

pub(super) fn clean_count(original: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::fold(original);
    let (digits, power) = match text.chars().last() {
        Some('k') => (&text[..text.len() - 1], 3),
        Some('m') => (&text[..text.len() - 1], 6),
        Some('b') => (&text[..text.len() - 1], 9),
        _ => (text.as_str(), 0),
    };
    let grouped_by_dots = power == 0 && is_grouped(digits, '.');
    let digits = if grouped_by_dots {
        digits.replace('.', "")
    } else {
        digits.to_owned()
    };
    let Some(number) = (digits.len() <= 60).then(|| number_of(&digits)).flatten() else {
        return fail(EXPECTED_COUNT, "the digits cannot be read");
    };
    let canonical = number.shifted(power).to_string();
    if canonical.contains(['.', '-']) {
        return fail(EXPECTED_COUNT, "not a whole number of things");
    }
    Ok(CleanValue::plain(canonical))
}

/// Splits digits and signs from a unit word before or after them.
fn split_unit(text: &str) -> (String, String) {
    let is_number_sign = |character: char| character.is_ascii_digit() || "+-.,' ".contains(character);
    let trimmed = text.trim();
    if let Some((mantissa, exponent)) = trimmed.split_once(['e', 'E'])
        && !mantissa.is_empty()
        && mantissa.chars().all(is_number_sign)
        && exponent.parse::<i32>().is_ok()
    {
        return (trimmed.to_owned(), String::new());
    }
    let start = trimmed.find(is_number_sign).unwrap_or(trimmed.len());
    let (before, rest) = trimmed.split_at(start);
    let end = rest.find(|character| !is_number_sign(character)).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let (before, after) = (before.trim(), after.trim());
    match (before.is_empty(), after.is_empty()) {
        (true, _) => (digits.to_owned(), after.to_owned()),
        (false, true) => (digits.to_owned(), before.to_owned()),
        (false, false) => (String::new(), String::new()),
    }
}

fn number_of(text: &str) -> Option<Decimal> {
    let text: String = text
        .chars()
        .filter(|character| !matches!(character, ' ' | '\''))
        .collect();
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let power: i32 = exponent.parse().ok().filter(|power: &i32| power.abs() <= 60)?;
        return Some(mantissa.parse::<Decimal>().ok()?.shifted(power));
    }
    let plain = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(dot)) if comma > dot => (text.matches(',').count() == 1 && is_grouped(&text[..comma], '.'))
            .then(|| text.replace('.', "").replace(',', "."))?,
        (Some(_), Some(dot)) => {
            (text.matches('.').count() == 1 && is_grouped(&text[..dot], ',')).then(|| text.replace(',', ""))?
        }
        (Some(_), None) if is_grouped(&text, ',') => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        (None, Some(_)) if text.matches('.').count() > 1 && is_grouped(&text, '.') => text.replace('.', ""),
        _ => text,
    };
    plain.parse().ok()
}

/// Tells whether `text` is one to three digits and then groups of three after each `separator`.
fn is_grouped(text: &str, separator: char) -> bool {
    let mut groups = text.trim_start_matches(['+', '-']).split(separator);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let head = groups.next().unwrap_or_default();
    let mut further = 0;
    let sound = groups.all(|group| {
        further += 1;
        group.len() == 3 && digits(group)
    });
    sound && further > 0 && (1..=3).contains(&head.len()) && digits(head) && head != "0"
}

/// Returns the unit as compared: upper case for plain codes, known symbols as their code.
fn unit_code(unit: &str) -> String {
    let unit = unit.trim();
    if let Some((_, code)) = SYMBOLS.iter().find(|(symbol, _)| unit.chars().eq([*symbol])) {
        return (*code).to_owned();
    }
    let cut: String = unit
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(24)
        .collect();
    if cut.is_ascii() { cut.to_ascii_uppercase() } else { cut }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn amount_rows() {
        for (original, qualifier, canonical) in [
            ("$1,982.10", "", Some("1982.1 USD")),
            ("1,403.76", "USD", Some("1403.76 USD")),
            ("1.403,76 €", "", Some("1403.76 EUR")),
            ("0.53745698", "ETH", Some("0.53745698 ETH")),
            ("12,500.5", "usdt", Some("12500.5 USDT")),
            ("12,500", "", Some("12500")),
            ("0,5", "BTC", Some("0.5 BTC")),
            ("0,500", "BTC", Some("0.5 BTC")),
            ("12.5 ETH", "", Some("12.5 ETH")),
            ("ETH 12.50", "", Some("12.5 ETH")),
            ("-3", "EUR", Some("-3 EUR")),
            ("1e-7", "BTC", Some("0.0000001 BTC")),
            ("1'000.25", "CHF", Some("1000.25 CHF")),
            ("1000000000000000000", "wei", Some("1000000000000000000 WEI")),
            ("0.000", "ETH", Some("0 ETH")),
            ("1,2,3", "", None),
            ("about 5 or 6", "", None),
            ("", "ETH", None),
            ("\u{202E}", "", None),
            ("1e999999999", "", None),
        ] {
            let cleaned = clean(original, qualifier).ok().map(|value| value.canonical);
            assert_eq!(cleaned.as_deref(), canonical, "{original:?} {qualifier:?}");
        }
    }

    #[test]
    fn count_rows() {
        for (original, canonical) in [
            ("412039", Some("412039")),
            ("1,234", Some("1234")),
            ("1.234", Some("1234")),
            ("12.3K", Some("12300")),
            ("1.5M", Some("1500000")),
            ("007", Some("7")),
            ("-1", None),
            ("1.25", None),
            ("many", None),
            ("", None),
        ] {
            assert_eq!(
                clean_count(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
