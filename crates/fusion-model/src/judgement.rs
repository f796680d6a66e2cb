//! People's verdicts on pairs of records, and the truth table by which several combine.

use crate::id::RecordId;
use crate::provenance::named_enum;
use crate::time::Timestamp;

named_enum!(
    /// Says what a person decided on two records.
    Verdict {
        /// They are one real thing.
        Same = "same",
        /// They are two.
        Different = "different",
        /// Looked at, undecided.
        Unsure = "unsure",
    }
);

/// Holds one verdict: who, when, why. Withdrawn by retracting its operation, never deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Smaller of the two records.
    pub left: RecordId,
    /// Larger of the two records.
    pub right: RecordId,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Why, in the person's words.
    pub reason: String,
}

/// Holds what all live verdicts on one pair come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgementState {
    /// Nobody has judged.
    Open,
    /// Same.
    Same,
    /// Different.
    Different,
    /// Looked at, undecided.
    Unsure,
    /// Verdicts contradict each other: neither connects nor forbids, and is shown.
    Contradiction,
}

impl JudgementState {
    /// All states, for enumerating the truth table.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Same,
        Self::Different,
        Self::Unsure,
        Self::Contradiction,
    ];

    /// Combines two states; commutative, associative and idempotent, with `Open` as the neutral element.
    ///
    /// | + | open | same | different | unsure | contradiction |
    /// |---|---|---|---|---|---|
    /// | **open** | open | same | different | unsure | contradiction |
    /// | **same** | same | same | contradiction | same | contradiction |
    /// | **different** | different | contradiction | different | different | contradiction |
    /// | **unsure** | unsure | same | different | unsure | contradiction |
    /// | **contradiction** | contradiction | contradiction | contradiction | contradiction | contradiction |
    #[must_use]
    pub fn combine(self, other: Self) -> Self {
        match (self, other) {
            (Self::Contradiction, _) | (_, Self::Contradiction) => Self::Contradiction,
            (Self::Same, Self::Different) | (Self::Different, Self::Same) => Self::Contradiction,
            (Self::Open, state) | (state, Self::Open) => state,
            (Self::Unsure, state) | (state, Self::Unsure) => state,
            (state, _) => state,
        }
    }
}

impl From<Verdict> for JudgementState {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Same => Self::Same,
            Verdict::Different => Self::Different,
            Verdict::Unsure => Self::Unsure,
        }
    }
}
