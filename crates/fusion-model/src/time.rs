//! Instants, intervals and how precisely they are known.

/// Counts milliseconds since 1970-01-01T00:00:00Z; negative before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Precision {
    /// All precisions, coarsest first.
    pub const ALL: &'static [Self] = &[Self::Year, Self::Month, Self::Day, Self::Minute, Self::Second, Self::Millisecond];
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
}

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
