//! Dates written in digits: Unix numbers, ISO 8601 and its variants, `dd/mm/yyyy` and `mm/dd/yyyy`.

use super::{DayOrder, Fields, Time, zone};
use crate::time::{Precision, TimeSpan, Timestamp};

/// Unix seconds that are taken for a time: 1973-03-03 to 2100-01-01. Shorter numbers are years or compact dates.
const PLAUSIBLE_SECS: std::ops::Range<i64> = 100_000_000..4_102_444_800;

/// Reads Unix seconds (perhaps with fraction), milliseconds or microseconds; `None` when the text is no such number.
pub(super) fn unix(text: &str) -> Option<Result<TimeSpan, &'static str>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) || text.ends_with('.') {
        return None;
    }
    let number: i64 = match whole.len() {
        9 | 10 | 13 | 16 | 19 => whole.parse().ok()?,
        _ => return None,
    };
    let (secs, millis, precision) = match whole.len() {
        9 | 10 if fraction.is_empty() => (number, 0, Precision::Second),
        9 | 10 => (number, padded_millis(fraction)?, Precision::Millisecond),
        13 => (number / 1_000, number % 1_000, Precision::Millisecond),
        16 => (number / 1_000_000, number / 1_000 % 1_000, Precision::Millisecond),
        _ => (
            number / 1_000_000_000,
            number / 1_000_000 % 1_000,
            Precision::Millisecond,
        ),
    };
    if !PLAUSIBLE_SECS.contains(&secs) {
        return Some(Err("a number, but not one of a plausible time"));
    }
    Some(Ok(TimeSpan::starting(
        Timestamp(secs * 1_000 + millis),
        precision,
        true,
    )))
}

fn padded_millis(fraction: &str) -> Option<i64> {
    fraction
        .chars()
        .chain("000".chars())
        .take(3)
        .collect::<String>()
        .parse()
        .ok()
}

/// Reads a date that starts with digits and has no month name; `None` when it is not of that form.
pub(super) fn read(upper: &str, order: DayOrder) -> Option<Result<Fields, &'static str>> {
    if upper.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(compact(upper));
    }
    let date_end = upper
        .find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '-' | '/' | '.')))
        .unwrap_or(upper.len());
    let (date, rest) = upper.split_at(date_end);
    let separator = date.chars().find(|sign| !sign.is_ascii_digit())?;
    let parts: Vec<&str> = date.split(separator).collect();
    if parts
        .iter()
        .any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return None;
    }
    Some(of_parts(&parts, separator, order).and_then(|fields| with_time(fields, rest)))
}

/// `2019`, `20190701`, `20231114221320`.
fn compact(digits: &str) -> Result<Fields, &'static str> {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let year = number(0..4)
        .map(|year| year as i32)
        .filter(|year| (1000..3000).contains(year));
    let Some(year) = year else {
        return Err("digits that are no year, date or time");
    };
    match digits.len() {
        4 => Ok(Fields {
            year,
            ..Fields::default()
        }),
        8 => Ok(Fields {
            year,
            month: number(4..6),
            day: number(6..8),
            ..Fields::default()
        }),
        14 => {
            let time = Time {
                hour: number(8..10).unwrap_or(99),
                minute: number(10..12).unwrap_or(99),
                second: number(12..14),
                millisecond: None,
            };
            Ok(Fields {
                year,
                month: number(4..6),
                day: number(6..8),
                time: Some(time),
                offset_minutes: None,
            })
        }
        _ => Err("digits that are no year, date or time"),
    }
}

fn of_parts(parts: &[&str], separator: char, order: DayOrder) -> Result<Fields, &'static str> {
    let number = |text: &str| text.parse::<u32>().map_err(|_| "a part is too large");
    let is_year = |text: &str| text.len() == 4;
    match parts {
        [year, month] if is_year(year) && month.len() <= 2 => Ok(Fields {
            year: number(year)? as i32,
            month: Some(number(month)?),
            ..Fields::default()
        }),
        [month, year] if is_year(year) && month.len() <= 2 => Ok(Fields {
            year: number(year)? as i32,
            month: Some(number(month)?),
            ..Fields::default()
        }),
        [year, month, day] if is_year(year) && month.len() <= 2 && day.len() <= 2 => Ok(Fields {
            year: number(year)? as i32,
            month: Some(number(month)?),
            day: Some(number(day)?),
            ..Fields::default()
        }),
        [first, second, year] if is_year(year) && first.len() <= 2 && second.len() <= 2 => {
            let (day, month) = day_and_month(number(first)?, number(second)?, separator, order)?;
            Ok(Fields {
                year: number(year)? as i32,
                month: Some(month),
                day: Some(day),
                ..Fields::default()
            })
        }
        [_, _, year] if year.len() == 2 => Err("two-digit year"),
        _ => Err("digits that are no date"),
    }
}

fn day_and_month(first: u32, second: u32, separator: char, order: DayOrder) -> Result<(u32, u32), &'static str> {
    let order = if order == DayOrder::Unknown && separator == '.' {
        DayOrder::DayFirst
    } else {
        order
    };
    match order {
        DayOrder::DayFirst => Ok((first, second)),
        DayOrder::MonthFirst => Ok((second, first)),
        DayOrder::Unknown if first > 12 || first == second => Ok((first, second)),
        DayOrder::Unknown if second > 12 => Ok((second, first)),
        DayOrder::Unknown => Err("day and month cannot be told apart"),
    }
}

fn with_time(fields: Fields, rest: &str) -> Result<Fields, &'static str> {
    let rest = rest.trim_start_matches([',', ' ', 'T']).trim();
    if rest.is_empty() {
        return Ok(fields);
    }
    if fields.day.is_none() {
        return Err("a time without a day");
    }
    let end = rest
        .find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, ':' | '.' | ',')))
        .unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let mut time = read_clock(clock).ok_or("the time cannot be read")?;
    let mut tail = tail.trim();
    for (mark, is_afternoon) in [("AM", false), ("PM", true)] {
        if let Some(after) = tail.strip_prefix(mark) {
            time = on_half_day(time, is_afternoon).ok_or("no such time of day")?;
            tail = after.trim();
        }
    }
    let offset_minutes = if tail.is_empty() {
        None
    } else {
        Some(zone::offset_minutes(tail).ok_or("the zone is unknown")?)
    };
    Ok(Fields {
        time: Some(time),
        offset_minutes,
        ..fields
    })
}

/// Reads `22:13`, `22:13:20`, `22:13:20.123`.
pub(super) fn read_clock(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let (hour, minute, last) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (second, millisecond) = match last {
        None => (None, None),
        Some(text) => {
            let (second, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
            let millis = if fraction.is_empty() {
                None
            } else {
                Some(padded_millis(fraction)? as u32)
            };
            (Some(second.parse().ok().filter(|_| second.len() == 2)?), millis)
        }
    };
    Some(Time {
        hour: hour.parse().ok()?,
        minute: minute.parse().ok()?,
        second,
        millisecond,
    })
}

/// Moves a 12-hour clock to the 24-hour clock.
pub(super) fn on_half_day(time: Time, is_afternoon: bool) -> Option<Time> {
    let hour = match (time.hour, is_afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (1..=11, false) => time.hour,
        (1..=11, true) => time.hour + 12,
        _ => return None,
    };
    Some(Time { hour, ..time })
}
