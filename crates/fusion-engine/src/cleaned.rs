//! The evidence after cleaning: records, links and statements addressed by position, sorted by id.
//!
//! Every later stage reads this and nothing else of the evidence. Positions are internal; what leaves the engine
//! are ids. Links and implied identifier records are made here, so that "a person uses this e-mail" stands in one
//! place whether a format said it as a link or as a plain value.

use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::derived::{RelationKind, SourceCard, StageNote};
use fusion_model::{Credibility, EntityKind, Grade, ObservationId, RecordId, SourceId, Statement};

/// Holds everything the later stages read.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// Live sources with their counts, by id.
    pub sources: Vec<SourceCard>,
    /// All statements, by id; a snapshot shares them.
    pub statements: Arc<Vec<Statement>>,
    /// All records, by id; identifier records implied by values included.
    pub records: BTreeMap<RecordId, CleanRecord>,
    /// All links, stated and implied, in a fixed order.
    pub links: Vec<CleanLink>,
    /// What could not be taken as it stands, in words.
    pub notes: Vec<StageNote>,
}

impl Cleaned {
    /// Returns the independent origin of a live source; an unnamed origin is the source itself.
    pub fn origin(&self, source: SourceId) -> String {
        self.named_origin(source)
            .map_or_else(|| source.to_string(), str::to_owned)
    }

    /// Returns the independent origin of a live source, if it is named.
    pub(crate) fn named_origin(&self, source: SourceId) -> Option<&str> {
        let found = self.sources.binary_search_by(|card| card.source.id.cmp(&source)).ok();
        let origin = self.sources.get(found?)?.source.origin.0.as_str();
        (!origin.is_empty()).then_some(origin)
    }

    /// Returns the statements of a record, by id; for an implied identifier record those whose value it is.
    pub fn statements_of(&self, record: RecordId) -> impl Iterator<Item = &Statement> {
        let positions = self
            .records
            .get(&record)
            .map(|record| record.statements.as_slice())
            .unwrap_or_default();
        positions.iter().filter_map(|at| self.statements.get(*at))
    }
}

/// Holds one record: everything that all observations say of it.
#[derive(Debug)]
pub struct CleanRecord {
    /// What sort of thing.
    pub kind: EntityKind,
    /// Positions in [`Cleaned::statements`], ascending. An implied identifier record holds the statements whose
    /// value it is, though they are said of another record.
    pub statements: Vec<usize>,
    /// Sources that speak of it, ascending.
    pub sources: Vec<SourceId>,
    /// For kinds identified exactly: the canonical identity value.
    pub identity: Option<String>,
}

/// Links two records.
#[derive(Debug)]
pub struct CleanLink {
    /// Where it starts.
    pub from: RecordId,
    /// Where it leads.
    pub to: RecordId,
    /// What sort of link.
    pub kind: RelationKind,
    /// Grade of source and link.
    pub grade: Grade,
    /// Observation that states it.
    pub observation: ObservationId,
    /// Source of that observation.
    pub source: SourceId,
    /// Positions of the statements that make the link (dates, amounts, text, or the value that implies it), ascending.
    pub statements: Vec<usize>,
    /// Whether a plain value implied it.
    pub implied: Implied,
}

impl CleanLink {
    /// Tells whether the link is graded well enough that what is said of the target counts for the holder.
    ///
    /// An ungraded link (6, "cannot be judged") is one that the format states outright, so it lends; a doubtful or
    /// improbable one (a search hit on a similar name) does not.
    pub fn lends(&self) -> bool {
        !matches!(self.grade.credibility, Credibility::Doubtful | Credibility::Improbable)
    }
}

/// Says how a link came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implied {
    /// The format states it.
    Stated,
    /// A value of the record stands for a thing of its own (its e-mail, its wallet).
    ByValue,
}
