//! Entities and what is known of them: facts, confidence, risk.

use crate::id::{EntityId, FindingId, RecordId, SourceId, StatementId};
use crate::kinds::EntityKind;
use crate::property::Property;
use crate::score::{Level, Score};
use crate::time::TimeSpan;

use super::network::Network;

/// Holds what the engine believes is one real thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Smallest member record.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Name for people.
    pub label: String,
    /// Member records, ascending.
    pub records: Vec<RecordId>,
    /// Other names, best supported first.
    pub aliases: Vec<Alias>,
    /// What is said of it, ordered by property, then best supported first.
    pub facts: Vec<Fact>,
    /// How sure the whole is.
    pub confidence: Confidence,
    /// How dangerous.
    pub risk: Risk,
    /// Place in the network.
    pub network: Network,
    /// Sources that speak of it, ascending.
    pub sources: Vec<SourceId>,
    /// First and last dated statement.
    pub seen: Option<TimeSpan>,
}

/// Holds another name of an entity and the statements that claim it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name as shown.
    pub name: String,
    /// Property that claims it: name, alias or handle.
    pub property: Property,
    /// Statements that claim it, ascending.
    pub statements: Vec<StatementId>,
}

/// Holds one value said of an entity, however many statements say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What is said.
    pub property: Property,
    /// Canonical value.
    pub canonical: String,
    /// Value for people; a secret shows only its equality group.
    pub value: String,
    /// The interval, for dates.
    pub span: Option<TimeSpan>,
    /// How sure this value is.
    pub confidence: Confidence,
    /// Number of independent origins.
    pub origins: u32,
    /// Statements that say it, ascending.
    pub statements: Vec<StatementId>,
}

/// Holds a confidence and the weighted parts it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confidence {
    /// The whole.
    pub score: Score,
    /// Lower end of the interval shown with it.
    pub low: Score,
    /// Upper end of the interval shown with it.
    pub high: Score,
    /// Source reliability, freshness, corroboration, completeness, conflict.
    pub parts: Vec<ConfidencePart>,
}

/// Holds one part of a confidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidencePart {
    /// Stable name, e.g. `source-reliability`.
    pub name: String,
    /// Value of the part.
    pub score: Score,
    /// Weight of the part.
    pub weight: Score,
    /// Why it has this value, in words.
    pub why: String,
    /// Statements it rests on, ascending; may be a sample of the strongest.
    pub statements: Vec<StatementId>,
}

/// Holds a risk, its factors and the flip test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// 0 to the whole.
    pub score: Score,
    /// Band the score falls in.
    pub level: Level,
    /// The six factors.
    pub factors: Vec<RiskFactor>,
    /// The single source whose removal changes the level, if there is one.
    pub flip: Option<RiskFlip>,
}

/// Holds one factor of a risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskFactor {
    /// Stable name, e.g. `breach-exposure`.
    pub name: String,
    /// Value of the factor.
    pub score: Score,
    /// Weight of the factor.
    pub weight: Score,
    /// Findings it is made of.
    pub findings: Vec<FindingId>,
}

/// Says which single source carries the level of a risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskFlip {
    /// The source.
    pub source: SourceId,
    /// Level without it.
    pub level: Level,
    /// Score without it.
    pub score: Score,
}
