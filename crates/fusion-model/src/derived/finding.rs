//! Risk findings, contradictions and notices; none exists without the statements that support it.

use crate::id::{EntityId, FindingId, StatementId};
use crate::provenance::named_enum;
use crate::score::{Level, Score};

named_enum!(
    /// Sorts findings.
    FindingKind {
        /// Adds to a risk.
        Risk = "risk",
        /// Two statements cannot both hold.
        Contradiction = "contradiction",
        /// A value too common to link by.
        Hub = "hub",
        /// A judgement conflict, size alarm or other notice of the resolver.
        Resolution = "resolution",
    }
);

/// Holds one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Content id.
    pub id: FindingId,
    /// What sort.
    pub kind: FindingKind,
    /// Rule that found it.
    pub rule: String,
    /// How grave.
    pub severity: Level,
    /// What it adds to its factor.
    pub score: Score,
    /// The entity it is about.
    pub entity: Option<EntityId>,
    /// What was found, in words.
    pub text: String,
    /// How it may be innocent.
    pub innocent: String,
    /// What to do next.
    pub recommendation: String,
    /// Supporting statements, ascending; never empty.
    pub statements: Vec<StatementId>,
}
