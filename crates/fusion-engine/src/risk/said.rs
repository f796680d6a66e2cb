//! What a subject answers its rules with: links, values and acts, each with the statements that remain.

use std::collections::BTreeSet;

use fusion_model::derived::Relation;
use fusion_model::{EntityId, Property, StatementId, TimeSpan, Timestamp};

/// Holds an entity at the other end of a relation.
#[derive(Debug, Clone)]
pub struct Linked<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// The other end.
    pub other: EntityId,
    /// Statements that remain, ascending.
    pub statements: Vec<StatementId>,
}

/// Holds one value said of the subject or of something it owns.
#[derive(Debug, Clone)]
pub struct SaidValue {
    /// What is said.
    pub property: Property,
    /// Canonical value.
    pub canonical: String,
    /// Value for people.
    pub value: String,
    /// The interval, for dates.
    pub span: Option<TimeSpan>,
    /// Statements that say it and that tie it to the subject.
    pub statements: BTreeSet<StatementId>,
}

/// Holds one dated act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    /// When.
    pub moment: Timestamp,
    /// Who acts: the subject or something it owns.
    pub actor: EntityId,
    /// The statement that dates it.
    pub statement: StatementId,
}
