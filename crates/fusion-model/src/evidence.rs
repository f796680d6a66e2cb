//! Everything the engine may read: live sources, their observations, live judgements, live corrections.

use crate::id::{ObservationId, SourceId, StatementId};
use crate::judgement::Judgement;
use crate::observation::Observation;
use crate::provenance::{Source, Warning};

/// Holds one observation together with its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObservation {
    /// Content id.
    pub id: ObservationId,
    /// Source it stands in.
    pub source: SourceId,
    /// What it says.
    pub content: Observation,
}

/// Holds what a person says that a statement should say; what its source says stays beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Correction {
    /// Observation that the statement stands in.
    pub observation: ObservationId,
    /// Which statement.
    pub statement: StatementId,
    /// What it should say.
    pub text: String,
}

/// Holds the live evidence of a case: the engine's only input besides the rules and the as-of day.
///
/// The engine treats every list as a set; the order here never reaches a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Name of the case, for titles only.
    pub case_name: String,
    /// Default region for phone numbers, ISO 3166-1 alpha-2; empty when none was chosen.
    pub region: String,
    /// Live sources.
    pub sources: Vec<Source>,
    /// Their observations.
    pub observations: Vec<StoredObservation>,
    /// Their stored warnings.
    pub warnings: Vec<(SourceId, Warning)>,
    /// Live judgements.
    pub judgements: Vec<Judgement>,
    /// Live corrections; secrets cannot be corrected.
    pub corrections: Vec<Correction>,
    /// Live sources of which observations were erased, ascending, each with a digest of the set of these: what is
    /// missing tells two results apart.
    pub erased: Vec<(SourceId, [u8; 32])>,
}
