//! Footnotes: the way from a figure to source, place and quoted original.
//!
//! A footnote is one place in one source with one text; statements that share all three share the footnote. Numbers
//! follow first use, so building a report in reading order numbers it in reading order.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Snapshot, SourceCard};
use fusion_model::{Locator, SourceId, Statement, StatementId};

use super::MOST_NOTES;
use crate::disclose;

/// Longest quotation, in characters.
const LONGEST_QUOTE: usize = 400;

/// Holds the numbers of the footnotes that support a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Numbers, ascending.
    pub numbers: Vec<usize>,
    /// Further places that say the same and are not listed.
    pub more: usize,
}

impl Notes {
    /// Joins notes of several figures, at most [`MOST_NOTES`] numbers.
    pub(super) fn joined<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let (mut numbers, mut more) = (BTreeSet::new(), 0);
        for notes in all {
            numbers.extend(&notes.numbers);
            more += notes.more;
        }
        more += numbers.len().saturating_sub(MOST_NOTES);
        Self {
            numbers: numbers.into_iter().take(MOST_NOTES).collect(),
            more,
        }
    }
}

/// Holds one footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// File name of the source.
    pub source: String,
    /// Number of the source in the table of sources, from 1.
    pub source_number: usize,
    /// Place in the source.
    pub place: String,
    /// Field that holds it.
    pub field: String,
    /// Original text, quoted.
    pub quote: String,
    /// Grade in force.
    pub grade: String,
}

type Key<'a> = (SourceId, &'a Locator, &'a str, &'a str);

/// Collects footnotes while a report is built.
pub(super) struct Notebook<'a> {
    snapshot: &'a Snapshot,
    source_numbers: BTreeMap<SourceId, usize>,
    numbers: BTreeMap<Key<'a>, usize>,
    statements: Vec<&'a Statement>,
}

impl<'a> Notebook<'a> {
    /// Starts an empty notebook; `sources` are those of the table of sources, in its order.
    pub(super) fn new(snapshot: &'a Snapshot, sources: &[&SourceCard]) -> Self {
        let numbered = sources.iter().enumerate();
        let source_numbers = numbered.map(|(index, card)| (card.source.id, index + 1)).collect();
        Self {
            snapshot,
            source_numbers,
            numbers: BTreeMap::new(),
            statements: Vec::new(),
        }
    }

    /// Cites statements: at most [`MOST_NOTES`] places, one of each source before a second of any.
    pub(super) fn cite<'b>(&mut self, ids: impl IntoIterator<Item = &'b StatementId>) -> Notes {
        let mut places: BTreeMap<Key<'a>, &'a Statement> = BTreeMap::new();
        for statement in ids.into_iter().filter_map(|id| self.snapshot.statement(*id)) {
            places.entry(key(statement)).or_insert(statement);
        }
        let mut seen = BTreeSet::new();
        let (first_of_source, others): (Vec<_>, Vec<_>) = places
            .into_values()
            .partition(|statement| seen.insert(statement.source));
        let chosen: Vec<&Statement> = first_of_source.into_iter().chain(others).collect();
        let mut numbers: Vec<usize> = chosen
            .iter()
            .take(MOST_NOTES)
            .map(|statement| self.number(statement))
            .collect();
        numbers.sort_unstable();
        Notes {
            more: chosen.len() - numbers.len(),
            numbers,
        }
    }

    fn number(&mut self, statement: &'a Statement) -> usize {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(key(statement)).or_insert(next);
        if number == next {
            self.statements.push(statement);
        }
        number
    }

    /// Returns the footnotes in order of their numbers.
    pub(super) fn finish(self) -> Vec<Footnote> {
        self.statements
            .iter()
            .map(|statement| self.footnote(statement))
            .collect()
    }

    fn footnote(&self, statement: &Statement) -> Footnote {
        let source = self
            .snapshot
            .source(statement.source)
            .map(|card| card.source.name.clone())
            .unwrap_or_default();
        let field = if statement.path.is_empty() {
            statement.property.id().to_owned()
        } else {
            statement.path.clone()
        };
        let original = disclose::original(statement);
        let quote = crate::encode::elided(&original, LONGEST_QUOTE);
        Footnote {
            source,
            source_number: self.source_numbers.get(&statement.source).copied().unwrap_or_default(),
            place: statement.locator.text(),
            field: if statement.qualifier.is_empty() {
                field
            } else {
                format!("{field}, read with {}", statement.qualifier)
            },
            quote: match &statement.source_text {
                Some(said) => {
                    let said = crate::encode::elided(said, LONGEST_QUOTE);
                    format!("{quote} (corrected by an analyst; the source says: {said})")
                }
                None => quote,
            },
            grade: statement.grade.text(),
        }
    }
}

fn key(statement: &Statement) -> Key<'_> {
    (
        statement.source,
        &statement.locator,
        &statement.path,
        &statement.original,
    )
}
