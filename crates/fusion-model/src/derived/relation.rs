//! Typed, dated, scored links between two entities.

use crate::id::{EntityId, RelationId, StatementId};
use crate::provenance::{Grade, named_enum};
use crate::score::Score;
use crate::time::TimeSpan;

use super::entity::Confidence;

named_enum!(
    /// Sorts links. Directed kinds read from the first end to the second.
    RelationKind {
        /// Holds as its own (account, wallet, domain).
        Owns = "owns",
        /// Makes use of (e-mail, phone, address).
        Uses = "uses",
        /// Another identity of the same.
        Alias = "alias",
        /// Lives together with.
        SameHousehold = "same-household",
        /// Works beside, or is an officer of.
        OfficerOf = "officer-of",
        /// Belongs to a group or firm.
        MemberOf = "member-of",
        /// Moved value to.
        Paid = "paid",
        /// Wrote to.
        Messaged = "messaged",
        /// Was at the same place.
        CoLocated = "co-located",
        /// Is named together with.
        MentionedWith = "mentioned-with",
        /// Acts together beyond chance.
        CoActive = "co-active",
        /// Uses the same secret.
        ReusesSecret = "reuses-secret",
        /// Decides over.
        Controls = "controls",
        /// Appears in a breach.
        ExposedIn = "exposed-in",
        /// Names in a text.
        Mentions = "mentions",
        /// Is at a place.
        LocatedAt = "located-at",
        /// Points to.
        LinksTo = "links-to",
    }
);

impl RelationKind {
    /// Tells whether both ends play the same part.
    pub fn is_symmetric(self) -> bool {
        matches!(
            self,
            Self::Alias
                | Self::SameHousehold
                | Self::CoLocated
                | Self::MentionedWith
                | Self::CoActive
                | Self::ReusesSecret
        )
    }
}

/// Links two entities, with everything that supports the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Content id.
    pub id: RelationId,
    /// Where it starts; for symmetric kinds the smaller id.
    pub from: EntityId,
    /// Where it leads.
    pub to: EntityId,
    /// What sort of link.
    pub kind: RelationKind,
    /// Correlation score.
    pub score: Score,
    /// Confidence and its parts.
    pub confidence: Confidence,
    /// Best grade among the supporting statements.
    pub grade: Grade,
    /// Number of observations that state it.
    pub count: u32,
    /// From the first to the last dated support.
    pub span: Option<TimeSpan>,
    /// Sum of amounts moved, per coin, as `12.5 ETH`; empty when nothing was moved.
    pub amounts: Vec<String>,
    /// Why it was drawn, in words.
    pub why: String,
    /// Supporting statements, ascending.
    pub statements: Vec<StatementId>,
}
