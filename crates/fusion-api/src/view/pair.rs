//! Pairs of records and why they are, or are not, one.

use fusion_resolve::Feature;
use serde::Serialize;
use ts_rs::TS;

/// Shows a record on one side of a pair.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecordView {
    /// Record id.
    pub id: String,
    /// Kind id.
    pub kind: String,
    /// Label of the record by itself.
    pub label: String,
    /// Entity that holds it.
    pub entity: String,
    /// File names of its sources.
    pub sources: Vec<String>,
}

/// Shows one comparator's part.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContributionView {
    /// Comparator.
    pub feature: String,
    /// Left value.
    pub left: String,
    /// Right value.
    pub right: String,
    /// Agreement level.
    pub level: u8,
    /// The level in words.
    pub agreement: String,
    /// Why it counts less than it would, in words; empty when it counts in full.
    pub held_back: String,
    /// Weight in thousandths of a bit.
    pub weight_millibits: i32,
    /// Rarity in thousandths of a bit.
    pub rarity_millibits: i32,
    /// Statements compared.
    pub statements: Vec<String>,
}

impl ContributionView {
    /// Says how far the values agree, and why that counts less where it does.
    pub fn words(&self) -> String {
        if self.held_back.is_empty() {
            self.agreement.clone()
        } else {
            format!("{}: {}", self.agreement, self.held_back)
        }
    }
}

/// Returns the words for a comparator's id; the id itself where there is none of that name.
pub fn feature_words(id: &str) -> String {
    let feature = Feature::ALL.into_iter().find(|feature| feature.id() == id);
    feature.map_or_else(|| id.to_owned(), |feature| feature.label().to_owned())
}

/// Shows a scored pair.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PairView {
    /// Left record.
    pub left: RecordView,
    /// Right record.
    pub right: RecordView,
    /// Log-odds in thousandths of a bit.
    pub score_millibits: i32,
    /// Prior in thousandths of a bit.
    pub prior_millibits: i32,
    /// 0 to 1.
    pub probability: f64,
    /// Likelihood in words.
    pub likelihood: String,
    /// `linked`, `review`, `rejected`, `judged-same`, `judged-different` or `refused`.
    pub decision: String,
    /// `open`, `same`, `different`, `unsure` or `contradiction`.
    pub judgement: String,
    /// Independent kinds of evidence that agree.
    pub kinds_of_evidence: u32,
    /// Every comparator's part.
    pub contributions: Vec<ContributionView>,
    /// Why, in words.
    pub why: String,
}
