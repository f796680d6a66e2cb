//! What people wrote about the subject of an erasure: which of it goes.
//!
//! A text goes when it stands at a record of which nothing will be left, at a source that goes whole, or, wherever it
//! stands, when it holds a value that nothing which stays says. Rules and corrections are no remarks but inputs of the
//! results, so what they say counts as said.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use fusion_model::{OperationId, RecordId, SourceId};
use rusqlite::Connection;

use super::{Case, Gone, Touched, records_of, source_of, statements_of};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::tables::{custody, observation, operation};

/// Names the texts that go.
#[derive(Default)]
pub(super) struct Texts {
    operations: BTreeSet<OperationId>,
    /// Numbers of events of custody whose who and why go.
    events: BTreeSet<u64>,
}

impl Texts {
    pub(super) fn len(&self) -> u64 {
        (self.operations.len() + self.events.len()) as u64
    }

    pub(super) fn erase(&self, connection: &Connection) -> Result<()> {
        for id in &self.operations {
            operation::erase_texts(connection, *id)?;
        }
        self.events
            .iter()
            .try_for_each(|seq| custody::erase_text(connection, *seq))
    }
}

/// Says where a text stands that mentions a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Operation(OperationId),
    Event(u64),
}

impl Case {
    /// Names the texts that speak of records of which nothing will be left, of sources that go whole, and those that
    /// mention what nobody will say any more.
    pub(super) fn texts_to_erase(&self, touched: &[Touched], gone: Gone) -> Result<Texts> {
        let goes = |id| touched.iter().any(|touched| touched.gone.contains(&id));
        let whole: BTreeSet<SourceId> = touched
            .iter()
            .filter(|touched| touched.passages.is_none())
            .map(|touched| touched.row.source.id)
            .collect();
        let mut about: Vec<(OperationId, Vec<RecordId>)> = Vec::new();
        let mut texts = Texts::default();
        for operation in self.ledger()?.in_order() {
            let edits = matches!(&operation.change, Change::Edit { observation, .. } if goes(*observation));
            if edits || source_of(&operation.change).is_some_and(|source| whole.contains(&source)) {
                texts.operations.insert(operation.id);
            }
            let mut spoken_of: Vec<RecordId> = operation.change.records().into_iter().collect();
            if let Change::AlertState { alert, .. } = &operation.change {
                spoken_of.extend(self.alert_entity(*alert)?.map(|entity| RecordId(entity.0)));
            }
            spoken_of.retain(|record| gone.records.contains(record));
            if !spoken_of.is_empty() {
                about.push((operation.id, spoken_of));
            }
        }
        let mut lost: BTreeSet<RecordId> = about.iter().flat_map(|(_, records)| records.iter().copied()).collect();
        let words: Vec<String> = gone.words.into_iter().collect();
        let search = searching(&words)?;
        let mut mentions = self.mentions(&search, &texts)?;
        if lost.is_empty() && mentions.is_empty() {
            return Ok(texts);
        }
        observation::walk_every_source(&self.connection(), |id, content| {
            if goes(id) {
                return;
            }
            for record in records_of(id, &content) {
                lost.remove(&record);
            }
            for statement in statements_of(&content) {
                still_said(&search, &statement.original, &mut mentions);
            }
        })?;
        about.retain(|(_, records)| records.iter().any(|record| lost.contains(record)));
        texts.operations.extend(about.into_iter().map(|(id, _)| id));
        for place in mentions.into_values().flatten() {
            match place {
                Place::Operation(id) => drop(texts.operations.insert(id)),
                Place::Event(seq) => drop(texts.events.insert(seq)),
            }
        }
        Ok(texts)
    }

    /// Finds the texts that mention a value, by its index.
    fn mentions(&self, search: &AhoCorasick, known: &Texts) -> Result<BTreeMap<usize, BTreeSet<Place>>> {
        let mut found: BTreeMap<usize, BTreeSet<Place>> = BTreeMap::new();
        let mut look = |place: Place, text: &str| {
            for word in search.find_overlapping_iter(text) {
                found.entry(word.pattern().as_usize()).or_default().insert(place);
            }
        };
        let mut inputs: Vec<String> = Vec::new();
        for operation in self
            .ledger()?
            .in_order()
            .filter(|operation| !known.operations.contains(&operation.id))
        {
            for text in operation.change.texts() {
                match &operation.change {
                    Change::Rules { .. } | Change::Edit { .. } => inputs.push(text.to_owned()),
                    _ => look(Place::Operation(operation.id), text),
                }
            }
        }
        for (seq, text) in custody::texts(&self.connection())? {
            look(Place::Event(seq), &text);
        }
        for text in inputs {
            still_said(search, &text, &mut found);
        }
        Ok(found)
    }
}

fn searching(words: &[String]) -> Result<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .map_err(|_| Error::conflict("too much is to be erased at once"))
}

/// Lets go of what a text that stays says.
fn still_said(search: &AhoCorasick, text: &str, mentions: &mut BTreeMap<usize, BTreeSet<Place>>) {
    if !mentions.is_empty() {
        for word in search.find_overlapping_iter(text) {
            mentions.remove(&word.pattern().as_usize());
        }
    }
}
