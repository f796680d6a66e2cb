//! What may be read of the evidence: sources, observations, operations, judgements, custody.
//!
//! The state is folded from the log once and goes on from there with every operation that is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use fusion_model::{
    Correction, Evidence, GradedBy, Judgement, ObservationId, OperationId, Source, SourceId, StatementId,
    StoredObservation, Warning,
};

use rusqlite::Connection;

use super::Case;
use crate::derived::Page;
use crate::error::{Error, Result};
use crate::state::{Edit, LiveState, Operation};
use crate::tables::source::Erased;
use crate::tables::{custody, meta, observation, source, warning};

/// Holds a source together with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEntry {
    /// The source, with the grade in force.
    pub source: Source,
    /// Whether it is part of the evidence.
    pub live: bool,
    /// Why it was withdrawn, in a person's words.
    pub reason: Option<String>,
    /// What was erased of it.
    pub erased: Erased,
    /// Observations in it, erased ones too.
    pub observations: u64,
    /// Statements in it.
    pub statements: u64,
}

/// Holds an operation with its place in the log and whether it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedOperation {
    /// Place in this copy's log; pass it on to read the next page.
    pub position: u64,
    /// The operation.
    pub operation: Operation,
    /// Whether it was taken back.
    pub retracted: bool,
}

impl Case {
    /// Returns the state that all operations in force come to, or came to on the day that is shown.
    pub fn state(&self) -> Result<Arc<LiveState>> {
        match self.past_state() {
            Some(state) => Ok(state),
            None => Ok(self.ledger()?.state()),
        }
    }

    /// Reads the log in order of arrival: at most `limit` operations after the one at position `after` (0: from the start).
    pub fn operations(&self, after: u64, limit: usize) -> Result<Vec<LoggedOperation>> {
        let ledger = self.ledger()?;
        let entries = ledger.arrived().map(|logged| LoggedOperation {
            position: crate::tables::from_sql(logged.position),
            retracted: ledger.is_retracted(logged.operation.id),
            operation: logged.operation.clone(),
        });
        let is_later = |entry: &LoggedOperation| entry.position > after;
        Ok(entries.filter(is_later).take(limit).collect())
    }

    /// Reads a page of the operations that `is_wanted`, latest first, and counts all of them.
    pub fn operations_latest(
        &self,
        is_wanted: impl Fn(&Operation) -> bool,
        offset: u64,
        limit: u64,
    ) -> Result<Page<LoggedOperation>> {
        let ledger = self.ledger()?;
        let (mut total, mut rows) = (0, Vec::new());
        for logged in ledger.arrived().rev().filter(|logged| is_wanted(&logged.operation)) {
            if total >= offset && (rows.len() as u64) < limit {
                rows.push(LoggedOperation {
                    position: crate::tables::from_sql(logged.position),
                    retracted: ledger.is_retracted(logged.operation.id),
                    operation: logged.operation.clone(),
                });
            }
            total += 1;
        }
        Ok(Page { rows, total })
    }

    /// Returns the operations in force that are wanted, in fold order.
    pub fn operations_in_force(&self, is_wanted: impl Fn(&Operation) -> bool) -> Result<Vec<Operation>> {
        let ledger = self.ledger()?;
        let in_force = ledger.in_order().filter(|operation| !ledger.is_retracted(operation.id));
        Ok(in_force.filter(|operation| is_wanted(operation)).cloned().collect())
    }

    /// Returns every sort of operation that occurs.
    pub fn operation_kinds(&self) -> Result<BTreeSet<&'static str>> {
        Ok(self
            .ledger()?
            .arrived()
            .map(|logged| logged.operation.change.kind())
            .collect())
    }

    /// Finds one operation.
    pub fn operation(&self, id: OperationId) -> Result<Operation> {
        Ok(self.ledger()?.find(id)?.clone())
    }

    /// Lists all sources in id order, withdrawn ones too, with the grade in force.
    pub fn sources(&self) -> Result<Vec<SourceEntry>> {
        let state = self.state()?;
        let rows = source::list(&self.connection())?;
        let in_present = self.as_of().is_none();
        let known = |row: &source::SourceRow| in_present || state.sources.contains_key(&row.source.id);
        Ok(rows.into_iter().filter(known).map(|row| entry(row, &state)).collect())
    }

    /// Finds one source, withdrawn or not.
    pub fn source(&self, id: SourceId) -> Result<Option<SourceEntry>> {
        let state = self.state()?;
        Ok(source::find(&self.connection(), &id)?.map(|row| entry(row, &state)))
    }

    /// Returns the live evidence, grades applied: the engine's input. Each row is checked against its commitment.
    pub fn evidence(&self) -> Result<Evidence> {
        let mut evidence = self.evidence_outline()?;
        let connection = self.connection();
        let rows = rows_of(&connection, &evidence)?;
        let expected = rows.iter().map(|row| (row.number, row.expected())).collect();
        evidence.observations = observation::list(&connection, &expected)?;
        let numbers = rows.iter().map(|row| (row.number, row.source.id)).collect();
        evidence.warnings = warning::list(&connection, &numbers)?;
        Ok(evidence)
    }

    /// Returns the evidence that does not count now, without warnings: what was withdrawn or taken back.
    pub fn withdrawn_evidence(&self) -> Result<Evidence> {
        let mut evidence = self.outline_of(|entry| !entry.live)?;
        let connection = self.connection();
        for row in rows_of(&connection, &evidence)? {
            let rows = observation::of_source(&connection, row.number, &row.expected())?;
            evidence.observations.extend(rows);
        }
        Ok(evidence)
    }

    /// Returns the live evidence without observations and warnings: enough to compute a revision, and cheap.
    pub fn evidence_outline(&self) -> Result<Evidence> {
        self.outline_of(|entry| entry.live)
    }

    fn outline_of(&self, is_wanted: impl Fn(&SourceEntry) -> bool) -> Result<Evidence> {
        let state = self.state()?;
        let rows = source::list(&self.connection())?;
        let live = |id: &SourceId| state.sources.get(id).is_some_and(|standing| standing.live);
        let touched = rows.iter().filter(|row| live(&row.source.id));
        let erased = touched.filter_map(|row| Some((row.source.id, row.missing?))).collect();
        let entries = rows.into_iter().map(|row| entry(row, &state));
        let sources = entries
            .filter(|entry| is_wanted(entry))
            .map(|entry| entry.source)
            .collect();
        let region = match &state.region {
            Some(region) => region.clone(),
            None => meta::text(&self.connection(), meta::REGION)?,
        };
        Ok(Evidence {
            case_name: self.name.clone(),
            region,
            sources,
            observations: Vec::new(),
            warnings: Vec::new(),
            judgements: state.judgements.clone(),
            corrections: corrections(&state),
            erased,
        })
    }

    /// Lists the judgements in force.
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        Ok(self.state()?.judgements.clone())
    }

    /// Lists the warnings of a source.
    pub fn warnings(&self, id: SourceId) -> Result<Vec<Warning>> {
        let connection = self.connection();
        match source::find(&connection, &id)? {
            Some(row) => warning::of_source(&connection, row.number),
            None => Err(Error::Missing { what: "source" }),
        }
    }

    /// Finds one observation, of a withdrawn source too; the row is checked against its commitment.
    pub fn observation(&self, id: ObservationId) -> Result<Option<StoredObservation>> {
        observation::find(&self.connection(), id)
    }

    /// Reads the chain of custody, checking every link.
    pub fn custody(&self) -> Result<Vec<custody::CustodyEvent>> {
        custody::list(&self.connection())
    }
}

/// Returns the rows of the sources of `outline`.
fn rows_of(connection: &Connection, outline: &Evidence) -> Result<Vec<source::SourceRow>> {
    let wanted: BTreeSet<SourceId> = outline.sources.iter().map(|source| source.id).collect();
    let rows = source::list(connection)?.into_iter();
    Ok(rows.filter(|row| wanted.contains(&row.source.id)).collect())
}

fn corrections(state: &LiveState) -> Vec<Correction> {
    let correction = |(statement, edit): (&StatementId, &Edit)| Correction {
        observation: edit.observation,
        statement: *statement,
        text: edit.text.clone(),
    };
    state.edits.iter().map(correction).collect()
}

fn entry(row: source::SourceRow, state: &LiveState) -> SourceEntry {
    let standing = state.sources.get(&row.source.id);
    let mut source = row.source;
    if let Some(grade) = standing.and_then(|standing| standing.grade) {
        source.grade = grade;
        source.graded = GradedBy::Analyst;
    }
    SourceEntry {
        source,
        live: standing.is_some_and(|standing| standing.live),
        reason: standing.and_then(|standing| standing.reason.clone()),
        erased: row.erased,
        observations: row.observations,
        statements: row.statements,
    }
}
