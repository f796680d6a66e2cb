//! Exact decimals: text to scaled integer and back, without floating point.

/// Says why a text is no decimal of the wanted scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalFault {
    /// It is no plain decimal number.
    NotANumber,
    /// It has more decimal places than are kept.
    TooFine,
    /// It does not fit.
    TooLarge,
}

/// Reads `text` as an integer scaled by ten to the power of `decimals`.
pub(super) fn parse(text: &str, decimals: u32) -> Result<i64, DecimalFault> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty()
        || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
    {
        return Err(DecimalFault::NotANumber);
    }
    let kept = fraction.trim_end_matches('0');
    if kept.len() > decimals as usize {
        return Err(DecimalFault::TooFine);
    }
    let padding = decimals as usize - kept.len();
    let mut value: i64 = 0;
    for digit in whole
        .bytes()
        .chain(kept.bytes())
        .chain(std::iter::repeat_n(b'0', padding))
    {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(i64::from(digit - b'0')))
            .ok_or(DecimalFault::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

/// Writes a scaled integer as a decimal; at least one decimal place when the scale has any.
pub(super) fn show(value: i64, decimals: u32) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let scale = 10_u64.pow(decimals);
    let magnitude = value.unsigned_abs();
    let mut text = format!(
        "{}{}.{:0width$}",
        if value < 0 { "-" } else { "" },
        magnitude / scale,
        magnitude % scale,
        width = decimals as usize
    );
    while text.ends_with('0') && !text.ends_with(".0") {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{DecimalFault, parse, show};

    #[test]
    fn decimals_are_read_exactly() {
        let rows = [
            ("0.85", 4, Ok(8_500)),
            ("1", 4, Ok(10_000)),
            ("1.", 4, Ok(10_000)),
            (".5", 4, Ok(5_000)),
            ("-5.5", 3, Ok(-5_500)),
            ("+0.0001", 4, Ok(1)),
            ("0.850000000", 4, Ok(8_500)),
            ("0.85001", 4, Err(DecimalFault::TooFine)),
            ("30", 0, Ok(30)),
            ("30.5", 0, Err(DecimalFault::TooFine)),
            ("1e3", 0, Err(DecimalFault::NotANumber)),
            ("0x10", 0, Err(DecimalFault::NotANumber)),
            ("", 0, Err(DecimalFault::NotANumber)),
            (".", 2, Err(DecimalFault::NotANumber)),
            ("99999999999999999999", 0, Err(DecimalFault::TooLarge)),
        ];
        for (text, decimals, expected) in rows {
            assert_eq!(parse(text, decimals), expected, "{text}");
        }
    }

    #[test]
    fn decimals_are_shown_as_people_write_them() {
        for (value, decimals, expected) in [
            (8_500, 4, "0.85"),
            (10_000, 4, "1.0"),
            (0, 4, "0.0"),
            (-1_500, 3, "-1.5"),
            (-5, 3, "-0.005"),
            (30, 0, "30"),
        ] {
            assert_eq!(show(value, decimals), expected);
            assert_eq!(parse(expected, decimals), Ok(value));
        }
    }
}
