//! Dated things with participants.

use crate::id::{EntityId, FindingId, SourceId, StatementId};
use crate::provenance::named_enum;
use crate::time::{TimeSpan, Timestamp};

named_enum!(
    /// Sorts events.
    EventKind {
        /// An account or thing came into being.
        Created = "created",
        /// Somebody was born.
        Born = "born",
        /// Seen active.
        Seen = "seen",
        /// Data leaked.
        Breached = "breached",
        /// Value was moved.
        Transfer = "transfer",
        /// A message was sent.
        Message = "message",
        /// Somebody joined a group.
        Joined = "joined",
        /// Something else happened.
        Other = "other",
    }
);

named_enum!(
    /// Says what part an entity plays in an event.
    Role {
        /// The event is about it.
        Subject = "subject",
        /// Acts.
        Actor = "actor",
        /// Is acted upon.
        Target = "target",
        /// Is named.
        Mentioned = "mentioned",
        /// Where it happens.
        Venue = "venue",
    }
);

/// Names one entity that takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    /// Which entity.
    pub entity: EntityId,
    /// In which part.
    pub role: Role,
}

/// Holds something dated: when it happened, when it was learned, who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Content id.
    pub id: FindingId,
    /// What sort of event.
    pub kind: EventKind,
    /// When it happened.
    pub happened: TimeSpan,
    /// When the first source that tells it was acquired.
    pub learned: Timestamp,
    /// What happened, in words; evidence text in it is quoted.
    pub text: String,
    /// Who took part, ascending.
    pub participants: Vec<Participant>,
    /// Sources that tell it, ascending.
    pub sources: Vec<SourceId>,
    /// Supporting statements, ascending.
    pub statements: Vec<StatementId>,
}
