//! An observation under construction.
//!
//! Blank values say nothing and are left out here, once, instead of in every importer.

use fusion_model::derived::RelationKind;
use fusion_model::{
    Credibility, EntityKind, Locator, Observation, Property, RawLink, RawRecord, RawStatement, RecordKey,
};

/// Collects the records and links of one row.
#[derive(Debug)]
pub(crate) struct Draft {
    locator: Locator,
    records: Vec<RawRecord>,
    links: Vec<RawLink>,
}

impl Draft {
    /// Starts an observation at `locator`.
    pub(crate) fn at(locator: Locator) -> Self {
        Self {
            locator,
            records: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Adds a record and returns its number.
    pub(crate) fn record(&mut self, kind: EntityKind, key: RecordKey) -> u32 {
        self.records.push(RawRecord {
            kind,
            key,
            statements: Vec::new(),
        });
        self.records.len() as u32 - 1
    }

    /// Adds a record of a kind that its first statement identifies.
    pub(crate) fn thing(&mut self, kind: EntityKind, statement: RawStatement) -> u32 {
        let record = self.record(kind, RecordKey::Here);
        self.state(record, statement);
        record
    }

    /// Says `original` of a record, unless it is blank.
    pub(crate) fn say(&mut self, record: u32, property: Property, original: &str, path: &str) {
        self.state(record, RawStatement::new(property, original, path));
    }

    /// Adds a statement to a record, unless it is blank.
    pub(crate) fn state(&mut self, record: u32, statement: RawStatement) {
        if statement.original.trim().is_empty() {
            return;
        }
        if let Some(record) = self.records.get_mut(record as usize) {
            record.statements.push(statement);
        }
    }

    /// Links two records.
    pub(crate) fn link(&mut self, from: u32, to: u32, kind: RelationKind) -> LinkDraft<'_> {
        self.links.push(RawLink {
            from,
            to,
            kind,
            credibility: None,
            statements: Vec::new(),
        });
        let last = self.links.len() - 1;
        LinkDraft {
            link: &mut self.links[last],
        }
    }

    /// Returns the observation.
    pub(crate) fn done(self) -> Observation {
        Observation {
            locator: self.locator,
            records: self.records,
            links: self.links,
        }
    }
}

/// Is a link under construction.
#[derive(Debug)]
pub(crate) struct LinkDraft<'d> {
    link: &'d mut RawLink,
}

impl LinkDraft<'_> {
    /// Grades the link.
    pub(crate) fn graded(self, credibility: Credibility) -> Self {
        self.link.credibility = Some(credibility);
        self
    }

    /// Says `original` of the link, unless it is blank.
    pub(crate) fn say(self, property: Property, original: &str, path: &str) -> Self {
        self.state(RawStatement::new(property, original, path))
    }

    /// Adds a statement, unless it is blank.
    pub(crate) fn state(self, statement: RawStatement) -> Self {
        if !statement.original.trim().is_empty() {
            self.link.statements.push(statement);
        }
        self
    }
}
