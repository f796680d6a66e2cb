//! Why two records are, or are not, taken for one.

use crate::id::{RecordId, StatementId};
use crate::judgement::JudgementState;
use crate::provenance::named_enum;
use crate::score::MilliBits;

named_enum!(
    /// Says what became of a pair.
    PairDecision {
        /// Linked by score.
        Linked = "linked",
        /// Waits for a person.
        Review = "review",
        /// Score too low.
        Rejected = "rejected",
        /// Linked by a person.
        JudgedSame = "judged-same",
        /// Kept apart by a person.
        JudgedDifferent = "judged-different",
        /// Kept apart by conflicting unique identifiers or cohesion.
        Refused = "refused",
    }
);

/// Holds one comparator's contribution to a pair's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Comparator, e.g. `person-name`.
    pub feature: String,
    /// Left value as compared; empty when missing.
    pub left: String,
    /// Right value as compared; empty when missing.
    pub right: String,
    /// Agreement level, 0 is disagreement.
    pub level: u8,
    /// The level in words: `exact`, `initials agree`, `missing`.
    pub agreement: String,
    /// Why it counts less than it would, or nothing at all, in words; empty when it counts in full.
    pub held_back: String,
    /// Weight by level.
    pub weight: MilliBits,
    /// Extra weight by rarity of the value.
    pub rarity: MilliBits,
    /// Statements compared, left and right, ascending.
    pub statements: Vec<StatementId>,
}

impl Contribution {
    /// Says how far the values agree, and why that counts less where it does.
    pub fn words(&self) -> String {
        if self.held_back.is_empty() {
            self.agreement.clone()
        } else {
            format!("{}: {}", self.agreement, self.held_back)
        }
    }
}

/// Holds a scored pair of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairScore {
    /// Smaller record.
    pub left: RecordId,
    /// Larger record.
    pub right: RecordId,
    /// Prior plus contributions.
    pub score: MilliBits,
    /// The prior alone.
    pub prior: MilliBits,
    /// Posterior probability in millionths.
    pub probability: u32,
    /// What became of it.
    pub decision: PairDecision,
    /// What people have said.
    pub judgement: JudgementState,
    /// Number of independent kinds of evidence that agree.
    pub kinds_of_evidence: u32,
    /// Every comparator's part, strongest first, ties by name.
    pub contributions: Vec<Contribution>,
    /// Why this decision, in words.
    pub why: String,
}
