//! Instants, intervals, how precisely they are known, and their ISO 8601 text.
//!
//! There is no clock here: whoever needs the present passes it in. Formatting is total; an instant beyond the
//! calendar of the date library is written as plain milliseconds.

use chrono::{DateTime, Datelike, Months, NaiveDateTime, TimeZone, Utc};

/// Counts milliseconds since 1970-01-01T00:00:00Z; negative before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// States how much of a date was really given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// A calendar day.
    Day,
    /// Hour and minute.
    Minute,
    /// To the second.
    Second,
    /// Finer than a second.
    Millisecond,
}

impl Precision {
    /// All precisions, coarsest first.
    pub const ALL: &'static [Self] = &[
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Minute,
        Self::Second,
        Self::Millisecond,
    ];

    /// Returns the word shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Millisecond => "millisecond",
        }
    }
}

impl Timestamp {
    /// Milliseconds in a day.
    pub const DAY_MS: i64 = 86_400_000;

    /// Makes a timestamp from whole seconds, saturating at the ends of the range.
    pub fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Returns whole days since the epoch, rounded towards the past.
    pub fn days(self) -> i64 {
        self.0.div_euclid(Self::DAY_MS)
    }

    /// Returns ISO 8601 text in UTC: `2023-11-14T22:13:20Z`, with milliseconds only where there are some.
    pub fn iso(self) -> String {
        let precision = if self.0.rem_euclid(1000) == 0 {
            Precision::Second
        } else {
            Precision::Millisecond
        };
        format!("{}Z", self.iso_at(precision))
    }

    /// Returns the UTC day: `2023-11-14`.
    pub fn iso_day(self) -> String {
        self.iso_at(Precision::Day)
    }

    /// Reads `2023-11-14`, `2023-11-14T22:13:20Z` or the same with fraction or numeric offset.
    pub fn parse_iso(text: &str) -> Option<Self> {
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Some(Self(moment.timestamp_millis()));
        }
        let midnight = NaiveDateTime::parse_from_str(&format!("{text}T00:00:00"), "%Y-%m-%dT%H:%M:%S").ok()?;
        Some(Self(midnight.and_utc().timestamp_millis()))
    }

    fn iso_at(self, precision: Precision) -> String {
        let Some(moment) = self.calendar() else {
            return format!("{}ms", self.0);
        };
        let pattern = match precision {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
            Precision::Minute => "%Y-%m-%dT%H:%M",
            Precision::Second => "%Y-%m-%dT%H:%M:%S",
            Precision::Millisecond => "%Y-%m-%dT%H:%M:%S%.3f",
        };
        moment.format(pattern).to_string()
    }

    fn calendar(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0).filter(|moment| (0..=9999).contains(&moment.year()))
    }

    /// The first instant after the year, month, day … that starts here.
    fn after(self, precision: Precision) -> Self {
        let by_months = |months| {
            self.calendar()
                .and_then(|moment| moment.checked_add_months(Months::new(months)))
                .map_or(i64::MAX, |moment| moment.timestamp_millis())
        };
        Self(match precision {
            Precision::Year => by_months(12),
            Precision::Month => by_months(1),
            Precision::Day => self.0.saturating_add(Self::DAY_MS),
            Precision::Minute => self.0.saturating_add(60_000),
            Precision::Second => self.0.saturating_add(1_000),
            Precision::Millisecond => self.0.saturating_add(1),
        })
    }

    /// The start of the year, month, day … that holds this instant.
    fn floored(self, precision: Precision) -> Self {
        let first_of = |year, month| {
            Utc.with_ymd_and_hms(year, month, 1, 0, 0, 0)
                .single()
                .map(|moment| moment.timestamp_millis())
        };
        let calendar = self.calendar();
        Self(match precision {
            Precision::Year => calendar.and_then(|moment| first_of(moment.year(), 1)).unwrap_or(self.0),
            Precision::Month => calendar
                .and_then(|moment| first_of(moment.year(), moment.month()))
                .unwrap_or(self.0),
            Precision::Day => self.0 - self.0.rem_euclid(Self::DAY_MS),
            Precision::Minute => self.0 - self.0.rem_euclid(60_000),
            Precision::Second => self.0 - self.0.rem_euclid(1_000),
            Precision::Millisecond => self.0,
        })
    }
}

/// Holds an interval `start <= t < end` with the precision it was given in.
///
/// A zone-less local time is read as UTC and `zone_known` is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeSpan {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
    /// How much of it was given.
    pub precision: Precision,
    /// Whether the text named its zone.
    pub zone_known: bool,
}

impl TimeSpan {
    /// Makes the year, month, day … that starts at `start`.
    pub fn starting(start: Timestamp, precision: Precision, zone_known: bool) -> Self {
        Self {
            start,
            end: start.after(precision),
            precision,
            zone_known,
        }
    }

    /// Returns ISO 8601 text at its precision: `2019`, `2019-07`, `2023-11-14T22:13:20Z`.
    ///
    /// A longer interval is written with its last unit: `2019-07/2019-09`. `Z` stands only where the zone is known.
    pub fn iso(&self) -> String {
        let zone = if self.zone_known && self.precision >= Precision::Minute {
            "Z"
        } else {
            ""
        };
        let first = self.start.iso_at(self.precision);
        if self.end <= self.start.after(self.precision) {
            return format!("{first}{zone}");
        }
        let last = Timestamp(self.end.0.saturating_sub(1))
            .floored(self.precision)
            .iso_at(self.precision);
        format!("{first}{zone}/{last}{zone}")
    }

    /// Tells whether two intervals have an instant in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn iso_rows() {
        for (millis, text) in [
            (1_700_000_000_000, "2023-11-14T22:13:20Z"),
            (1_700_000_000_123, "2023-11-14T22:13:20.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (i64::MAX, "9223372036854775807msZ"),
        ] {
            assert_eq!(Timestamp(millis).iso(), text);
        }
        assert_eq!(
            Timestamp::parse_iso("2023-11-14T23:13:20+01:00"),
            Some(Timestamp(1_700_000_000_000))
        );
        assert_eq!(Timestamp::parse_iso("2023-11-14"), Some(Timestamp(1_699_920_000_000)));
        assert_eq!(Timestamp::parse_iso("14.11.2023"), None);
    }

    #[test]
    fn spans_are_written_at_their_precision() {
        let july = Timestamp::parse_iso("2019-07-01").unwrap();
        let september = TimeSpan::starting(Timestamp::parse_iso("2019-09-01").unwrap(), Precision::Month, false);
        let span = TimeSpan::starting(july, Precision::Month, false);
        assert_eq!(span.iso(), "2019-07");
        assert_eq!(
            TimeSpan {
                end: september.end,
                ..span
            }
            .iso(),
            "2019-07/2019-09"
        );
        assert!(!span.overlaps(&september));
        assert_eq!(
            TimeSpan::starting(july, Precision::Second, true).iso(),
            "2019-07-01T00:00:00Z"
        );
        assert_eq!(
            TimeSpan::starting(july, Precision::Second, false).iso(),
            "2019-07-01T00:00:00"
        );
    }

    proptest! {
        #[test]
        fn iso_text_reads_back(millis in -62_000_000_000_000i64..250_000_000_000_000) {
            prop_assert_eq!(Timestamp::parse_iso(&Timestamp(millis).iso()), Some(Timestamp(millis)));
        }

        #[test]
        fn formatting_never_panics(millis in any::<i64>(), length in any::<i64>(), precision in 0..6usize) {
            let span = TimeSpan {
                start: Timestamp(millis),
                end: Timestamp(millis.saturating_add(length)),
                precision: Precision::ALL[precision],
                zone_known: true,
            };
            prop_assert!(!span.iso().is_empty());
        }
    }
}
