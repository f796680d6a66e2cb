//! Where a case stands against what this computer remembers of it.
//!
//! A chain of events proves its own order, not that it is the newest there is. So the newest head that was seen is kept
//! outside, and at every open the case must hold that event. Four answers: nobody here has seen it, it goes on from what
//! was seen, it is an earlier state of that, or it is something else.

use std::fmt;

use rusqlite::Connection;

use crate::error::Result;
use crate::machine::Memory;
use crate::tables::custody;

/// Says where a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// This computer has not seen this copy before, or has lost its memory of it.
    UnknownHere,
    /// This computer's memory of the case is not what was written, and is not believed.
    MemoryGarbled,
    /// The case goes on from what was seen here.
    Extends {
        /// Newest event that was seen.
        remembered: u64,
    },
    /// The case is an earlier state of what was seen here.
    Behind {
        /// Newest event in the case.
        newest: u64,
        /// Newest event that was seen.
        remembered: u64,
        /// Its digest.
        missing: [u8; 32],
    },
    /// The case went another way than what was seen here.
    Diverged {
        /// First event that is not the one that was seen, as far as is remembered.
        first_bad: u64,
        /// Newest event that was seen.
        remembered: u64,
    },
    /// The case contradicts itself, or how it was closed here.
    Damaged {
        /// The first thing found wrong.
        what: String,
    },
}

impl Standing {
    /// Returns the stable name of the verdict.
    pub fn verdict(&self) -> &'static str {
        match self {
            Self::UnknownHere | Self::MemoryGarbled => "unknown-here",
            Self::Extends { .. } => "extends",
            Self::Behind { .. } => "behind",
            Self::Diverged { .. } => "diverged",
            Self::Damaged { .. } => "damaged",
        }
    }

    /// Tells whether the case may be changed as it stands.
    pub fn lets_write(&self) -> bool {
        matches!(self, Self::UnknownHere | Self::MemoryGarbled | Self::Extends { .. })
    }

    /// Returns the newest event that this computer has seen.
    pub fn remembered(&self) -> Option<u64> {
        match self {
            Self::Extends { remembered } | Self::Behind { remembered, .. } | Self::Diverged { remembered, .. } => {
                Some(*remembered)
            }
            Self::UnknownHere | Self::MemoryGarbled | Self::Damaged { .. } => None,
        }
    }

    /// Names the first thing that is not as it should be.
    pub fn first_bad(&self) -> Option<String> {
        match self {
            Self::UnknownHere | Self::MemoryGarbled | Self::Extends { .. } => None,
            Self::Behind { newest, remembered, .. } => Some(format!(
                "event {} is missing; this computer has seen {remembered} events",
                newest + 1
            )),
            Self::Diverged { first_bad, .. } => {
                Some(format!("event {first_bad} is not the one that this computer has seen"))
            }
            Self::Damaged { what } => Some(what.clone()),
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownHere => f.write_str("The case has not been seen on this computer before."),
            Self::MemoryGarbled => f.write_str("This computer's memory of the case is damaged and was not used."),
            Self::Extends { remembered } => write!(f, "The case goes on from event {remembered}, seen here before."),
            Self::Behind { newest, remembered, .. } => write!(
                f,
                "The case ends at event {newest}, but this computer has seen {remembered}: an older copy was put back."
            ),
            Self::Diverged { first_bad, .. } => write!(
                f,
                "The case differs from what this computer has seen; the first event that does is {first_bad}."
            ),
            Self::Damaged { what } => write!(f, "The case is damaged: {what}."),
        }
    }
}

/// Holds the chain against what was seen of it.
pub(crate) fn compare(connection: &Connection, memory: &Memory) -> Result<Standing> {
    let Some((remembered, seen)) = memory.head() else {
        return Ok(Standing::UnknownHere);
    };
    let (newest, _) = custody::head(connection)?;
    if custody::digest_of(connection, remembered)? == Some(seen) {
        return Ok(Standing::Extends { remembered });
    }
    for (seq, digest) in memory.events().iter().filter(|(seq, _)| *seq <= newest) {
        if custody::digest_of(connection, *seq)? != Some(*digest) {
            return Ok(Standing::Diverged {
                first_bad: *seq,
                remembered,
            });
        }
    }
    Ok(Standing::Behind {
        newest,
        remembered,
        missing: seen,
    })
}
