//! What an erasure takes: whole sources, or observations out of sources that stay.
//!
//! An erasure has a random name, the same in every copy of the case and in the register of each computer that knows of
//! it, so that it is carried out once in each.

use fusion_model::codec::{CodecError, Pack};
use fusion_model::{ObservationId, SourceId, Timestamp};

/// Holds one erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erasure {
    pub(crate) id: [u8; 16],
    pub(crate) at: Timestamp,
    pub(crate) sources: Vec<SourceId>,
    pub(crate) observations: Vec<ObservationId>,
}

impl Pack for Erasure {
    fn pack(&self, out: &mut Vec<u8>) {
        self.id.pack(out);
        self.at.pack(out);
        self.sources.pack(out);
        self.observations.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Result<Self, CodecError> {
        Ok(Self {
            id: Pack::unpack(input)?,
            at: Pack::unpack(input)?,
            sources: Pack::unpack(input)?,
            observations: Pack::unpack(input)?,
        })
    }
}

/// Says what an erasure would take, or took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasurePlan {
    /// Sources that go whole.
    pub sources: Vec<SourceId>,
    /// Observations that go out of sources that stay.
    pub observations: Vec<ObservationId>,
    /// Observations that go, those of whole sources included.
    pub observation_count: u64,
    /// Originals that are rewritten without the passages.
    pub rewritten: u64,
    /// Originals that go whole although other observations of their sources stay: their lines cannot be told apart.
    pub originals_lost: u64,
    /// Texts that people wrote about records or sources of which nothing is left.
    pub texts: u64,
    /// Whether another program that reads the case holds former pages in the write-ahead log until it lets go.
    pub lingers: bool,
}
