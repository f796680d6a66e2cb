//! Integer scores: results never depend on floating point.

use std::fmt;

/// Holds a share of one in basis points, 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(u16);

impl Score {
    /// Nothing at all.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(10_000);

    /// Makes a score, capping at the whole.
    pub fn from_basis_points(points: u64) -> Self {
        Self(points.min(10_000) as u16)
    }

    /// Rounds `part / whole` half up; zero when `whole` is zero.
    pub fn ratio(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::ZERO;
        }
        let points = (u128::from(part) * 20_000 + u128::from(whole)) / (u128::from(whole) * 2);
        Self(points.min(10_000) as u16)
    }

    /// Returns basis points.
    pub fn basis_points(self) -> u16 {
        self.0
    }

    /// Returns whole percent, rounded half up.
    pub fn percent(self) -> u16 {
        (self.0 + 50) / 100
    }

    /// Multiplies two shares, rounding half up.
    pub fn times(self, other: Self) -> Self {
        Self(((u32::from(self.0) * u32::from(other.0) + 5_000) / 10_000) as u16)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Holds log-odds in thousandths of a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MilliBits(pub i32);

/// Ranks a risk in five steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing of note.
    Minimal,
    /// Worth knowing.
    Low,
    /// Worth a look.
    Medium,
    /// Act soon.
    High,
    /// Act now.
    Critical,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 5] = [Self::Minimal, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// Returns the upper-case word shown to people and kept in exports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Minimal => "MINIMAL",
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Critical => "CRITICAL",
        }
    }
}
