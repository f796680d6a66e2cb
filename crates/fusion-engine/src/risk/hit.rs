//! What a risk rule is, and what it returns.

use std::collections::BTreeSet;

use fusion_model::{Score, StatementId};

use super::subject::Subject;
use crate::rules::{RiskRules, RiskSwitch, RiskWeights};

/// Names one of the six factors of a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// Leaked data.
    BreachExposure,
    /// How the entity behaves.
    BehaviouralPatterns,
    /// Whom it is linked to.
    Network,
    /// Where it is.
    Geographic,
    /// When it acts.
    Temporal,
    /// Known indicators.
    KnownIndicators,
}

impl Factor {
    /// All factors in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::BreachExposure,
        Self::BehaviouralPatterns,
        Self::Network,
        Self::Geographic,
        Self::Temporal,
        Self::KnownIndicators,
    ];

    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::BreachExposure => "breach-exposure",
            Self::BehaviouralPatterns => "behavioral-patterns",
            Self::Network => "network",
            Self::Geographic => "geographic",
            Self::Temporal => "temporal",
            Self::KnownIndicators => "known-indicators",
        }
    }

    /// Returns the weight that the rules give it.
    pub fn weight(self, weights: &RiskWeights) -> Score {
        match self {
            Self::BreachExposure => weights.breach_exposure,
            Self::BehaviouralPatterns => weights.behavioral_patterns,
            Self::Network => weights.network,
            Self::Geographic => weights.geographic,
            Self::Temporal => weights.temporal,
            Self::KnownIndicators => weights.known_indicators,
        }
    }
}

/// Describes one risk rule; its file's doc has the sections *What it finds*, *When it is wrong* and *What to do*.
#[derive(Debug)]
pub struct RiskRule {
    /// Stable name, as in the rules file with dashes.
    pub id: &'static str,
    /// Factor its findings add to.
    pub factor: Factor,
    /// Finds its switch and weight in the rules file.
    pub switch: fn(&RiskRules) -> &RiskSwitch,
    /// Whether it reads what other entities' findings flagged, and so runs in the second pass.
    pub looks_at_neighbours: bool,
    /// How a finding may be innocent, in words for people.
    pub innocent: &'static str,
    /// What to do next, in words for people.
    pub recommendation: &'static str,
    /// Looks at one entity.
    pub find: fn(&Subject<'_>) -> Vec<Hit>,
}

/// Holds one thing that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What was found, in words.
    pub text: String,
    /// Part of the rule's weight that it adds.
    pub strength: Score,
    /// Statements it rests on; a hit without any is dropped.
    pub statements: BTreeSet<StatementId>,
}

impl Hit {
    /// Makes a hit that counts in full.
    pub fn new(text: impl Into<String>, statements: impl IntoIterator<Item = StatementId>) -> Self {
        Self {
            text: text.into(),
            strength: Score::ONE,
            statements: statements.into_iter().collect(),
        }
    }

    /// Makes it count in part.
    #[must_use]
    pub fn of_strength(mut self, strength: Score) -> Self {
        self.strength = strength;
        self
    }
}
