//! Dates with English month names, in any order of their parts: the name, a four-digit year and a small number tell themselves apart.

use super::{Fields, Time, numeric, zone};

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];
const WEEKDAYS: [&str; 7] = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
];

#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<Time>,
    offset_minutes: Option<i32>,
}

/// Reads an upper-case text that holds a month name.
pub(super) fn read(upper: &str) -> Result<Fields, &'static str> {
    let mut parts = Parts::default();
    for word in words(upper) {
        parts.take(&word)?;
    }
    let (Some(year), Some(month)) = (parts.year, parts.month) else {
        return Err(if parts.month.is_some() {
            "the year is missing, or a two-digit year"
        } else {
            "not a date in a known form"
        });
    };
    if parts.time.is_some() && parts.day.is_none() {
        return Err("a time without a day");
    }
    Ok(Fields {
        year,
        month: Some(month),
        day: parts.day,
        time: parts.time,
        offset_minutes: parts.offset_minutes,
    })
}

/// Splits at blanks and commas; dashes split too unless the word is a zone (`-0500`) or a clock.
fn words(upper: &str) -> Vec<String> {
    upper
        .split([' ', ',', '(', ')'])
        .flat_map(|word| {
            if zone::offset_minutes(word).is_some() || word.contains(':') {
                vec![word.to_owned()]
            } else {
                word.split(['-', '/', '.']).map(str::to_owned).collect()
            }
        })
        .filter(|word| !word.is_empty() && word != "AT" && word != "OF")
        .collect()
}

impl Parts {
    fn take(&mut self, word: &str) -> Result<(), &'static str> {
        let twice = Err("not a date in a known form");
        if let Some(month) = named(word, &MONTHS) {
            return if self.month.replace(month).is_some() {
                twice
            } else {
                Ok(())
            };
        }
        if named(word, &WEEKDAYS).is_some() {
            return Ok(());
        }
        if word == "AM" || word == "PM" {
            let time = self.time.and_then(|time| numeric::on_half_day(time, word == "PM"));
            self.time = Some(time.ok_or("no such time of day")?);
            return Ok(());
        }
        if let Some(offset) = zone::offset_minutes(word) {
            self.offset_minutes = Some(offset);
            return Ok(());
        }
        if word.contains(':') {
            let half = if word.ends_with("AM") {
                Some(false)
            } else if word.ends_with("PM") {
                Some(true)
            } else {
                None
            };
            let clock = if half.is_some() { &word[..word.len() - 2] } else { word };
            let time = numeric::read_clock(clock)
                .and_then(|time| half.map_or(Some(time), |half| numeric::on_half_day(time, half)));
            return match (time, self.time) {
                (Some(time), None) => {
                    self.time = Some(time);
                    Ok(())
                }
                _ => Err("the time cannot be read"),
            };
        }
        let digits = ["ST", "ND", "RD", "TH"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))
            .unwrap_or(word);
        let number: u32 = digits.parse().map_err(|_| "not a date in a known form")?;
        match (digits.len(), self.day) {
            (4, _) if self.year.is_none() => self.year = Some(number as i32),
            (1 | 2, None) => self.day = Some(number),
            (2, Some(_)) => return Err("two-digit year"),
            _ => return twice,
        }
        Ok(())
    }
}

/// Finds the number (from 1) of a full or three-letter name.
fn named(word: &str, names: &[&str]) -> Option<u32> {
    let index = names.iter().position(|name| {
        *name == word || (word.len() == 3 && name.starts_with(word)) || (word == "SEPT" && *name == "SEPTEMBER")
    })?;
    Some(index as u32 + 1)
}
