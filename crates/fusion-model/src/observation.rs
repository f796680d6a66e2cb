//! What an importer makes of a file: observations that talk about records.
//!
//! Only original text is kept here. Cleaning happens later and may be repeated under other tables, so an
//! observation holds nothing that depends on a region, a table version or a clock.

use crate::derived::RelationKind;
use crate::kinds::EntityKind;
use crate::property::Property;
use crate::provenance::{Credibility, Locator};

/// Holds one record of a source (a row, a message, a log line) with everything it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Where it stands in its source.
    pub locator: Locator,
    /// The things it talks about. Order is fixed by the importer and part of the identity.
    pub records: Vec<RawRecord>,
    /// Typed links between them.
    pub links: Vec<RawLink>,
}

/// States how a record is named, so that a re-delivered export keeps its judgements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKey {
    /// The source's own key: the same record wherever it is met again (also in other files).
    Native {
        /// What the key counts, e.g. `telegram-user`, `hunt-subject`.
        namespace: String,
        /// The key itself.
        key: String,
    },
    /// Digest of the raw row: the same row in a longer export is the same record.
    RawRow {
        /// SHA-256 over the raw row, cut to 16 bytes.
        digest: [u8; 16],
    },
    /// Only its place names it.
    Here,
}

/// Holds what an observation says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// What sort of thing.
    pub kind: EntityKind,
    /// How it is named.
    pub key: RecordKey,
    /// What is said of it.
    pub statements: Vec<RawStatement>,
}

/// Holds one value as it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawStatement {
    /// What is said.
    pub property: Property,
    /// The text as it stands; for secret properties the store replaces it by its sealed form before anything is written.
    pub original: String,
    /// What the text has to be read with: the site of a handle, the coin of an amount, the zone of a time. Mostly empty.
    pub qualifier: String,
    /// Raw field path: column name or JSON pointer relative to the observation.
    pub path: String,
}

/// Links two records of the same observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLink {
    /// Index of the record the link starts at.
    pub from: u32,
    /// Index of the record the link leads to.
    pub to: u32,
    /// What sort of link.
    pub kind: RelationKind,
    /// Credibility of this link where the format tells (a weak search hit is doubtful); else the source's grade holds.
    pub credibility: Option<Credibility>,
    /// Date, amount, status, text of the link.
    pub statements: Vec<RawStatement>,
}

impl RawStatement {
    /// Makes a statement without qualifier.
    pub fn new(property: Property, original: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            property,
            original: original.into(),
            qualifier: String::new(),
            path: path.into(),
        }
    }

    /// Adds what the value has to be read with.
    #[must_use]
    pub fn read_with(mut self, qualifier: impl Into<String>) -> Self {
        self.qualifier = qualifier.into();
        self
    }
}
