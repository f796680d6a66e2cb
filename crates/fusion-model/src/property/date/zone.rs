//! Zones: `Z`, `UTC`, `GMT` and numeric offsets. Abbreviations such as `EST` or `IST` mean several zones and are not guessed.

/// Reads a zone in minutes east of UTC.
pub(super) fn offset_minutes(text: &str) -> Option<i32> {
    let text = text.trim();
    if matches!(text, "Z" | "z" | "UTC" | "utc" | "GMT" | "gmt" | "UT") {
        return Some(0);
    }
    let text = text
        .strip_prefix("UTC")
        .or_else(|| text.strip_prefix("GMT"))
        .unwrap_or(text);
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let compact: String = digits.chars().filter(|character| *character != ':').collect();
    if !compact.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match compact.len() {
        1 | 2 => (compact.parse::<i32>().ok()?, 0),
        4 => (compact[..2].parse().ok()?, compact[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
