//! Points on earth, WGS 84: `latitude,longitude` in millionths of a degree, without floating point.
//!
//! Reads signed decimal degrees, degrees with N/S/E/W, and degrees, minutes, seconds. 0,0 is a filler and refused.

use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid pair of coordinates";

/// Millionths in one degree.
const DEGREE: i64 = 1_000_000;

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let folded = folding::fold(original);
    if folded.len() > 100 {
        return fail(EXPECTED, "longer than 100 bytes");
    }
    let text = folded.strip_prefix("geo:").unwrap_or(&folded);
    let text = text.split(";crs").next().unwrap_or_default();
    let Some((first, second)) = halves(text) else {
        return fail(EXPECTED, "not two numbers");
    };
    let (Some((latitude, north_south)), Some((longitude, east_west))) = (angle(&first), angle(&second)) else {
        return fail(EXPECTED, "an angle cannot be read");
    };
    let (latitude, longitude) = match (north_south, east_west) {
        (Some('e' | 'w'), Some('n' | 's')) => (longitude, latitude),
        (Some('n' | 's') | None, Some('e' | 'w') | None) => (latitude, longitude),
        _ => return fail(EXPECTED, "the directions do not fit together"),
    };
    if latitude.abs() > 90 * DEGREE || longitude.abs() > 180 * DEGREE {
        return fail(EXPECTED, "beyond the poles or the date line");
    }
    if latitude == 0 && longitude == 0 {
        return fail(EXPECTED, "0,0 is a filler");
    }
    Ok(CleanValue::plain(format!(
        "{},{}",
        degrees(latitude),
        degrees(longitude)
    )))
}

fn halves(text: &str) -> Option<(String, String)> {
    for separator in [',', ';'] {
        if let Some((first, second)) = text.split_once(separator) {
            return Some((first.trim().to_owned(), second.trim().to_owned()));
        }
    }
    if let Some(at) = text.find(['n', 's']).filter(|at| at + 1 < text.len()) {
        return Some((text[..=at].trim().to_owned(), text[at + 1..].trim().to_owned()));
    }
    let (first, second) = text.split_once(' ')?;
    Some((first.to_owned(), second.trim().to_owned()))
}

/// Reads one angle in millionths of a degree, with the direction letter it carries.
fn angle(text: &str) -> Option<(i64, Option<char>)> {
    let direction = text
        .chars()
        .find(|character| matches!(character, 'n' | 's' | 'e' | 'w'));
    let numbers: Vec<&str> = text
        .split(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | '-' | '+')))
        .filter(|part| !part.is_empty())
        .collect();
    if numbers.is_empty() || numbers.len() > 3 || text.chars().any(|c| folding::is_letter(c) && Some(c) != direction) {
        return None;
    }
    let negative = numbers[0].starts_with('-');
    let mut total = 0i64;
    for (number, divisor) in numbers.iter().zip([1i64, 60, 3600]) {
        let value = micros(number.trim_start_matches(['-', '+']))?;
        if divisor > 1 && value >= 60 * DEGREE {
            return None;
        }
        total += (value + divisor / 2) / divisor;
    }
    let south_or_west = matches!(direction, Some('s' | 'w'));
    Some((if negative != south_or_west { -total } else { total }, direction))
}

/// Reads a decimal number in millionths, rounded half up.
fn micros(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || whole.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let padded: String = fraction.chars().chain("0000000".chars()).take(7).collect();
    let tenths: i64 = padded.parse().ok()?;
    Some(whole * DEGREE + (tenths + 5) / 10)
}

fn degrees(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", micros.abs() / DEGREE, micros.abs() % DEGREE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn point_rows() {
        for (original, canonical) in [
            ("51.92442, 4.47773", Some("51.924420,4.477730")),
            ("geo:51.92442,4.47773;crs=wgs84", Some("51.924420,4.477730")),
            ("-33.8688 151.2093", Some("-33.868800,151.209300")),
            ("33.8688 S, 151.2093 E", Some("-33.868800,151.209300")),
            ("51°55'28\"N 4°28'40\"E", Some("51.924445,4.477778")),
            ("151.2093E;33.8688S", Some("-33.868800,151.209300")),
            ("91, 4", None),
            ("0,0", None),
            ("Rotterdam", None),
            ("51.9", None),
            ("", None),
        ] {
            let cleaned = clean(original).ok().map(|value| value.canonical);
            assert_eq!(cleaned.as_deref(), canonical, "{original:?}");
        }
    }
}
