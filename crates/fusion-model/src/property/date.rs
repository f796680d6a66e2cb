//! Dates and instants, with exactly the precision that was given.
//!
//! Accepted: ISO 8601 and its common variants, Unix seconds / milliseconds / microseconds, numeric dates whose
//! order is certain, and dates with English month names (RFC 2822, `23-MAR-2006`, `Tue Nov 14 22:13:20 +0000 2023`).
//! `03/04/2019` is refused unless the qualifier says `dmy` or `mdy`; dotted dates are day first by convention. A time
//! without zone is read as UTC and marked so; the qualifier may name the zone (`utc`, `+02:00`). Two-digit years are refused.

mod numeric;
mod textual;
mod zone;

use super::{CleanFailure, CleanValue, fail, folding};
use crate::time::{Precision, TimeSpan};

const EXPECTED: &str = "valid date";

/// Says how day and month are ordered where the text does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayOrder {
    Unknown,
    DayFirst,
    MonthFirst,
}

/// Holds what a text said, field by field, before it becomes an interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Fields {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<Time>,
    offset_minutes: Option<i32>,
}

/// Holds a time of day as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    millisecond: Option<u32>,
}

pub(super) fn clean(original: &str, qualifier: &str) -> Result<CleanValue, CleanFailure> {
    let text = folding::tidy(original);
    if text.is_empty() {
        return fail(EXPECTED, "empty");
    }
    if text.len() > 80 {
        return fail(EXPECTED, "longer than 80 bytes");
    }
    let hints = folding::fold(qualifier);
    let mut order = DayOrder::Unknown;
    let mut zone = None;
    for hint in hints.split([' ', ',', ';']) {
        match hint {
            "dmy" => order = DayOrder::DayFirst,
            "mdy" => order = DayOrder::MonthFirst,
            other => zone = zone.or_else(|| zone::offset_minutes(other)),
        }
    }
    match read(&text, order, zone) {
        Ok(span) => {
            let canonical = span.iso();
            Ok(CleanValue {
                display: canonical.replace('T', " ").replace('Z', " UTC"),
                canonical,
                span: Some(span),
            })
        }
        Err(reason) => fail(EXPECTED, reason),
    }
}

fn read(text: &str, order: DayOrder, zone: Option<i32>) -> Result<TimeSpan, &'static str> {
    if let Some(span) = numeric::unix(text) {
        return span;
    }
    let upper = text.to_ascii_uppercase();
    let fields = match numeric::read(&upper, order) {
        Some(result) => result?,
        None => textual::read(&upper)?,
    };
    span_of(Fields {
        offset_minutes: fields.offset_minutes.or(zone),
        ..fields
    })
}

fn span_of(fields: Fields) -> Result<TimeSpan, &'static str> {
    if !(1..=9999).contains(&fields.year) {
        return Err("the year is out of range");
    }
    let precision = match (fields.month, fields.day, fields.time) {
        (None, ..) => Precision::Year,
        (_, None, _) => Precision::Month,
        (_, _, None) => Precision::Day,
        (_, _, Some(Time { second: None, .. })) => Precision::Minute,
        (_, _, Some(Time { millisecond: None, .. })) => Precision::Second,
        _ => Precision::Millisecond,
    };
    let date = chrono::NaiveDate::from_ymd_opt(fields.year, fields.month.unwrap_or(1), fields.day.unwrap_or(1))
        .ok_or("no such day in the calendar")?;
    let time = fields.time.unwrap_or(Time {
        hour: 0,
        minute: 0,
        second: None,
        millisecond: None,
    });
    // A leap second is taken as the last ordinary second of its minute.
    let second = time
        .second
        .unwrap_or(0)
        .min(if time.second == Some(60) { 59 } else { 60 });
    let moment = date
        .and_hms_milli_opt(time.hour, time.minute, second, time.millisecond.unwrap_or(0))
        .ok_or("no such time of day")?;
    let offset = if precision >= Precision::Minute {
        fields.offset_minutes
    } else {
        None
    };
    let start = moment.and_utc().timestamp_millis() - i64::from(offset.unwrap_or(0)) * 60_000;
    Ok(TimeSpan::starting(crate::Timestamp(start), precision, offset.is_some()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn date_rows() {
        for (original, qualifier, canonical) in [
            ("2019", "", "2019"),
            ("2019-07", "", "2019-07"),
            ("2019-07-01", "", "2019-07-01"),
            ("2019/07/01", "", "2019-07-01"),
            ("20190701", "", "2019-07-01"),
            ("2019-06-01T08:12:44Z", "", "2019-06-01T08:12:44Z"),
            ("2019-06-01t08:12:44.250+02:00", "", "2019-06-01T06:12:44.250Z"),
            ("2019-06-01T08:12:44.123456Z", "", "2019-06-01T08:12:44.123Z"),
            ("2023-11-14 22:13:20+00:00", "", "2023-11-14T22:13:20Z"),
            ("2023-11-14 22:13:20 UTC", "", "2023-11-14T22:13:20Z"),
            ("2023-11-14 22:13:20", "", "2023-11-14T22:13:20"),
            ("2023-11-14 22:13:20", "utc", "2023-11-14T22:13:20Z"),
            ("2023-11-14 22:13", "+02:00", "2023-11-14T20:13Z"),
            ("2023-11-14T22:13:20-0530", "", "2023-11-15T03:43:20Z"),
            ("1700000000", "", "2023-11-14T22:13:20Z"),
            ("1700000000123", "", "2023-11-14T22:13:20.123Z"),
            ("1700000000123456", "", "2023-11-14T22:13:20.123Z"),
            ("1700000000.5", "", "2023-11-14T22:13:20.500Z"),
            ("20231114221320", "", "2023-11-14T22:13:20"),
            ("31/12/2019", "", "2019-12-31"),
            ("12/31/2019", "", "2019-12-31"),
            ("05/05/2019", "", "2019-05-05"),
            ("03/04/2019", "dmy", "2019-04-03"),
            ("03/04/2019", "mdy", "2019-03-04"),
            ("03.04.2019", "", "2019-04-03"),
            ("31.12.2019 23:59", "", "2019-12-31T23:59"),
            ("Tue Nov 14 22:13:20 +0000 2023", "", "2023-11-14T22:13:20Z"),
            ("Tue, 14 Nov 2023 22:13:20 +0100", "", "2023-11-14T21:13:20Z"),
            ("14 Nov 2023 22:13:20 GMT", "", "2023-11-14T22:13:20Z"),
            ("23-MAR-2006", "", "2006-03-23"),
            ("March 23rd, 2006", "", "2006-03-23"),
            ("Mar 2006", "", "2006-03"),
            ("Nov 14, 2023, 10:13 PM", "", "2023-11-14T22:13"),
            ("12/31/2019 12:05:00 AM", "", "2019-12-31T00:05:00"),
            ("2016-12-31T23:59:60Z", "", "2016-12-31T23:59:59Z"),
        ] {
            let value = clean(original, qualifier);
            assert_eq!(
                value.map(|value| value.canonical),
                Ok(canonical.to_owned()),
                "{original:?} {qualifier:?}"
            );
        }
    }

    #[test]
    fn junk_is_refused_with_a_reason() {
        for (original, reason) in [
            ("03/04/2019", "day and month cannot be told apart"),
            ("2019-02-30", "no such day"),
            ("2019-13-01", "no such day"),
            ("0000-00-00", "out of range"),
            ("31/12/19", "two-digit year"),
            ("23-MAR-06", "two-digit year"),
            ("2019-01-01T25:00:00Z", "no such time"),
            ("12", ""),
            ("soon", ""),
            ("", "empty"),
            ("2019-01-01T00:00:00+99:99", ""),
            ("99999999999999999999", ""),
        ] {
            let failure = clean(original, "").unwrap_err();
            assert!(failure.reason.contains(reason), "{original:?}: {failure}");
        }
    }

    #[test]
    fn spans_cover_what_was_given() {
        let year = clean("2019", "").unwrap().span.unwrap();
        assert_eq!((year.end.0 - year.start.0) / 86_400_000, 365);
        let minute = clean("2023-11-14 22:13", "").unwrap().span.unwrap();
        assert_eq!(minute.end.0 - minute.start.0, 60_000);
        assert!(!minute.zone_known);
        assert!(clean("1700000000", "").unwrap().span.unwrap().zone_known);
    }
}
