//! What was done with a case: the log in words, undo and redo, what lost its ground, and looking back.
//!
//! Work loses its ground when the evidence it speaks of is taken back. It is kept and shown with the reason, and is
//! whole again when the evidence returns. Which records the evidence holds is what the picture knows; only the sources
//! that were taken back are read for the name of the one that held a missing record, once for each set of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use fusion_model::derived::Entity;
use fusion_model::{OperationId, RecordId, SourceId, StatementId};
use fusion_store::{Change, LoggedOperation, Operation};

use super::{Extent, OpenCase, rules_in_force, stamp};
use crate::commands::log::{LogPageView, OperationView, UndoView};
use crate::error::{ApiError, Code};
use crate::picture::Picture;
use crate::progress::{Progress, Unwatched};

/// Names the sources that held what the evidence does not hold now.
#[derive(Debug, Default)]
pub(super) struct Former {
    /// The sources that were read for it.
    taken_back: Vec<SourceId>,
    records: BTreeMap<RecordId, SourceId>,
    statements: BTreeMap<StatementId, SourceId>,
}

/// What is wanted of the log.
#[derive(Debug, Clone, Copy)]
pub struct LogWish<'a> {
    /// First row, 0-based, latest first.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u64,
    /// Only this sort.
    pub kind: Option<&'a str>,
    /// Only operations whose words or author hold this text, in small or capital letters.
    pub text: Option<&'a str>,
}

type Names = BTreeMap<SourceId, String>;

impl OpenCase {
    /// Takes the newest change back, or the one that is named.
    pub fn undo(&self, operation: Option<&str>, progress: &dyn Progress) -> Result<UndoView, ApiError> {
        let before = self.groundless_now()?;
        let undone = match operation {
            Some(text) => {
                let id = self.operation_id(text)?;
                self.store.retract(id, &stamp())?;
                Some(self.store.operation(id)?)
            }
            None => self.store.undo(&stamp())?,
        };
        self.moved(undone, &before, progress)
    }

    /// Makes the change again that was taken back last, or the one that is named.
    pub fn redo(&self, operation: Option<&str>, progress: &dyn Progress) -> Result<UndoView, ApiError> {
        let before = self.groundless_now()?;
        let redone = match operation {
            Some(text) => {
                let id = self.operation_id(text)?;
                self.store.bring_back(id, &stamp())?;
                Some(self.store.operation(id)?)
            }
            None => self.store.redo(&stamp())?,
        };
        self.moved(redone, &before, progress)
    }

    /// Brings everything up to date after `operation` and tells what lost its ground by it.
    pub(super) fn moved(
        &self,
        operation: Option<Operation>,
        before: &BTreeSet<OperationId>,
        progress: &dyn Progress,
    ) -> Result<UndoView, ApiError> {
        let Some(operation) = operation else {
            return Ok(UndoView {
                text: None,
                conflicts: Vec::new(),
            });
        };
        self.follow_rules(&operation.change)?;
        self.fuse(Extent::WhatChanged, progress)?;
        let words = self.words()?;
        let picture = self.picture()?;
        let lost = self.store.operations_in_force(|operation| {
            !before.contains(&operation.id) && missing(&operation.change, &picture).is_some()
        })?;
        let conflicts = lost.iter().map(|lost| {
            let why = self.conflict(lost, &picture, &words.sources)?;
            Ok(format!("{}: {why}", words.of(&lost.change)))
        });
        Ok(UndoView {
            text: Some(words.of(&operation.change)),
            conflicts: conflicts.collect::<Result<_, ApiError>>()?,
        })
    }

    /// Returns the operations in force that speak of what the evidence does not hold now.
    pub(super) fn groundless_now(&self) -> Result<BTreeSet<OperationId>, ApiError> {
        let picture = self.picture()?;
        let groundless = self
            .store
            .operations_in_force(|operation| missing(&operation.change, &picture).is_some())?;
        Ok(groundless.into_iter().map(|operation| operation.id).collect())
    }

    /// Says which change undo would take back.
    pub fn next_undo(&self) -> Result<Option<String>, ApiError> {
        self.store
            .next_undo()?
            .map(|operation| self.describe(&operation))
            .transpose()
    }

    /// Says which change redo would make again.
    pub fn next_redo(&self) -> Result<Option<String>, ApiError> {
        self.store
            .next_redo()?
            .map(|operation| self.describe(&operation))
            .transpose()
    }

    /// Returns the operations that answer to a wish, latest first, whatever day is shown.
    pub fn operations(&self, wish: LogWish<'_>) -> Result<LogPageView, ApiError> {
        let wanted_text = wish.text.map(str::to_lowercase).filter(|text| !text.trim().is_empty());
        let is_wanted = |operation: &Operation, words: &Words<'_>| {
            let of_kind = wish.kind.is_none_or(|kind| kind == operation.change.kind());
            of_kind
                && wanted_text.as_ref().is_none_or(|text| {
                    let said = format!("{} {} {}", operation.id, operation.author, words.of(&operation.change));
                    said.to_lowercase().contains(text.trim())
                })
        };
        self.operations_where(is_wanted, wish.offset, wish.limit)
    }

    /// Returns what was done to an entity, latest first: imports and grades of its sources, and what speaks of its records.
    pub fn operations_on(&self, entity: &Entity, limit: u64) -> Result<LogPageView, ApiError> {
        let picture = self.picture()?;
        let concerns = |operation: &Operation| match &operation.change {
            Change::Import { source, .. } | Change::Withdraw { source, .. } | Change::Grade { source, .. } => {
                entity.sources.binary_search(source).is_ok()
            }
            Change::Edit { statement, .. } => picture
                .statement(*statement)
                .is_some_and(|said| entity.records.binary_search(&said.record).is_ok()),
            change => {
                let mut records = change.records().into_iter();
                records.any(|record| entity.records.binary_search(&record).is_ok())
            }
        };
        self.operations_where(|operation, _| concerns(operation), 0, limit)
    }

    /// Returns the operations that are wanted, latest first.
    fn operations_where(
        &self,
        is_wanted: impl Fn(&Operation, &Words<'_>) -> bool,
        offset: u64,
        limit: u64,
    ) -> Result<LogPageView, ApiError> {
        let words = Words {
            undone: Some(self.undone()?),
            ..self.words()?
        };
        let page = self
            .store
            .operations_latest(|operation| is_wanted(operation, &words), offset, limit)?;
        let picture = self.picture()?;
        let view = |logged: &LoggedOperation| {
            Ok(OperationView {
                id: logged.operation.id.to_string(),
                kind: logged.operation.change.kind().to_owned(),
                at: logged.operation.at.iso(),
                author: logged.operation.author.clone(),
                text: words.of(&logged.operation.change),
                retracted: logged.retracted,
                conflict: if logged.retracted {
                    String::new()
                } else {
                    self.conflict(&logged.operation, &picture, &words.sources)?
                },
            })
        };
        Ok(LogPageView {
            operations: page.rows.iter().map(view).collect::<Result<_, ApiError>>()?,
            total: page.total,
            kinds: self.store.operation_kinds()?.into_iter().map(str::to_owned).collect(),
        })
    }

    /// Returns how many operations the log holds.
    pub fn log_length(&self) -> Result<u64, ApiError> {
        Ok(self.store.operations_latest(|_| true, 0, 0)?.total)
    }

    /// Finds an operation by its id, or by its number where only one copy of the case has such a number.
    pub fn operation_id(&self, text: &str) -> Result<OperationId, ApiError> {
        let text = text.trim();
        let number: Option<u64> = text.parse().ok();
        let answers = |operation: &Operation| {
            operation.id.to_string() == text || number.is_some_and(|number| operation.id.counter == number)
        };
        let found = self.store.operations_latest(answers, 0, 2)?;
        match found.rows.as_slice() {
            [one] => Ok(one.operation.id),
            [] => Err(ApiError::not_found(format!("operation: {text}")).hint("`fusion log` lists them with their ids")),
            _ => Err(ApiError::new(
                Code::Ambiguous,
                format!("{} operations answer to it: {text}", found.total),
            )
            .hint("name it by its whole id")),
        }
    }

    /// Returns the operation the case is shown as of; none in the present.
    pub fn as_of(&self) -> Option<String> {
        self.store.as_of().map(|operation| operation.to_string())
    }

    /// Shows the case as it was right after an operation, or the present.
    pub fn show_as_of(&self, operation: Option<&str>) -> Result<(), ApiError> {
        let operation = operation.map(|text| self.operation_id(text)).transpose()?;
        {
            // A run that began before must end before the day changes, so that it keeps the day it belongs to.
            let _one_at_a_time = self.fusing.lock().unwrap_or_else(PoisonError::into_inner);
            match operation {
                Some(operation) => self.store.look_back(operation)?,
                None => self.store.return_to_present(),
            }
            self.store.show_present();
            *self.picture.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
        self.set_rules(rules_in_force(&self.store)?)?;
        self.fuse(Extent::WhatChanged, &Unwatched).map(drop)
    }

    /// Says in words why an operation stands without ground; empty when it does not.
    fn conflict(&self, operation: &Operation, picture: &Picture, names: &Names) -> Result<String, ApiError> {
        let Some(missing) = missing(&operation.change, picture) else {
            return Ok(String::new());
        };
        let (what, holder) = match missing {
            Missing::Source(source) => return Ok(format!("{} was taken back", name(names, source))),
            Missing::Record(record) => (
                record.short(),
                self.former_holder(|former| former.records.get(&record).copied())?,
            ),
            Missing::Statement(statement) => (
                statement.short(),
                self.former_holder(|former| former.statements.get(&statement).copied())?,
            ),
        };
        Ok(match holder {
            Some(source) => format!("the import of {} that held {what} was taken back", name(names, source)),
            None => format!("no evidence in the case holds {what} now"),
        })
    }

    /// Asks what the sources that were taken back held.
    fn former_holder(&self, ask: impl Fn(&Former) -> Option<SourceId>) -> Result<Option<SourceId>, ApiError> {
        let mut former = self.former.lock().unwrap_or_else(PoisonError::into_inner);
        let sources = self.store.sources()?.into_iter().filter(|entry| !entry.live);
        let taken_back: Vec<SourceId> = sources.map(|entry| entry.source.id).collect();
        if former.taken_back != taken_back {
            let cleaned = fusion_engine::clean::clean(&self.store.withdrawn_evidence()?);
            let records = cleaned.records.iter();
            *former = Former {
                taken_back,
                records: records
                    .filter_map(|(id, record)| record.sources.first().map(|source| (*id, *source)))
                    .collect(),
                statements: cleaned.statements.iter().map(|said| (said.id, said.source)).collect(),
            };
        }
        Ok(ask(&former))
    }

    fn source_names(&self) -> Result<Names, ApiError> {
        let entries = self.store.sources()?.into_iter();
        Ok(entries.map(|entry| (entry.source.id, entry.source.name)).collect())
    }

    /// Says what an operation does.
    pub(super) fn describe(&self, operation: &Operation) -> Result<String, ApiError> {
        Ok(self.words()?.of(&operation.change))
    }

    /// Gathers what changes are put into words with: the picture only where one was drawn already.
    fn words(&self) -> Result<Words<'_>, ApiError> {
        Ok(Words {
            case: self,
            sources: self.source_names()?,
            picture: self.present_picture(),
            undone: None,
        })
    }

    /// Reads every change that was ever taken back or made again.
    fn undone(&self) -> Result<BTreeMap<OperationId, Change>, ApiError> {
        let is_retraction = |operation: &Operation| matches!(operation.change, Change::Retract { .. });
        let mut undone = BTreeMap::new();
        for logged in self.store.operations_latest(is_retraction, 0, u64::MAX)?.rows {
            if let Change::Retract { operation } = logged.operation.change
                && let Ok(target) = self.store.operation(operation)
            {
                undone.insert(operation, target.change);
            }
        }
        Ok(undone)
    }
}

/// What an operation speaks of and the evidence does not hold.
enum Missing {
    Source(SourceId),
    Record(RecordId),
    Statement(StatementId),
}

/// Returns the first thing that a change speaks of and the picture does not know.
fn missing(change: &Change, picture: &Picture) -> Option<Missing> {
    match change {
        Change::Grade { source, .. } if picture.source(*source).is_none() => Some(Missing::Source(*source)),
        Change::Edit { statement, .. } if picture.statement(*statement).is_none() => {
            Some(Missing::Statement(*statement))
        }
        _ => {
            let records = change.records().into_iter();
            records.map(Missing::Record).find(|missing| match missing {
                Missing::Record(record) => picture.record(*record).is_none(),
                _ => false,
            })
        }
    }
}

fn name(names: &Names, source: SourceId) -> String {
    names.get(&source).cloned().unwrap_or_else(|| source.short())
}

/// Puts changes into words, with the names that a person knows things by.
struct Words<'a> {
    case: &'a OpenCase,
    sources: Names,
    picture: Option<Arc<Picture>>,
    /// What retractions speak of, where the log cannot be asked because it is being read.
    undone: Option<BTreeMap<OperationId, Change>>,
}

impl Words<'_> {
    fn source(&self, id: &SourceId) -> String {
        name(&self.sources, *id)
    }

    /// Names a record by its label; by its id where the evidence does not hold it now.
    fn record(&self, id: &RecordId) -> String {
        let card = self.picture.as_ref().and_then(|picture| picture.record(*id));
        card.map_or_else(|| id.short(), |card| card.label.clone())
    }

    /// Names a statement by what its source says, and of whom.
    fn statement(&self, id: &StatementId) -> String {
        let Some(said) = self.picture.as_ref().and_then(|picture| picture.statement(*id)) else {
            return id.short();
        };
        let text = said.source_text.as_ref().unwrap_or(&said.original);
        format!("{} “{text}” of {}", said.property.id(), self.record(&said.record))
    }

    /// Says what a change does.
    fn of(&self, change: &Change) -> String {
        match change {
            Change::Import {
                source, observations, ..
            } => format!("import of {} ({observations} observations)", self.source(source)),
            Change::Withdraw { source, reason } => format!("withdrawal of {}: {reason}", self.source(source)),
            Change::Judge {
                left,
                right,
                verdict,
                reason,
            } => {
                let (left, right) = (self.record(left), self.record(right));
                format!("verdict {} on {left} and {right}: {reason}", verdict.id())
            }
            Change::Grade { source, grade } => format!("grade {} for {}", grade.text(), self.source(source)),
            Change::AlertState { alert, state, .. } => format!("alert {} set to {}", alert.short(), state.id()),
            Change::Erase {
                sources,
                observations,
                reason,
                ..
            } => format!(
                "erasure of {} sources and {} observations: {reason}",
                sources.len(),
                observations.len()
            ),
            Change::Note { record, text } => format!("note on {}: {text}", self.record(record)),
            Change::Tag { records, mark, tag } => {
                // The records of one entity mostly have one name.
                let on: BTreeSet<String> = records.iter().map(|record| self.record(record)).collect();
                let on: Vec<String> = on.into_iter().collect();
                format!(
                    "tag {tag} {} on {}",
                    if mark.id() == "on" { "put" } else { "taken off" },
                    on.join(", ")
                )
            }
            Change::Edit {
                statement,
                text,
                reason,
                ..
            } if text.is_empty() => format!("correction of {} withdrawn: {reason}", self.statement(statement)),
            Change::Edit {
                statement,
                text,
                reason,
                ..
            } => format!("correction of {} to “{text}”: {reason}", self.statement(statement)),
            Change::Split {
                leaving,
                staying,
                reason,
            } => {
                let both = leaving.iter().chain(staying);
                let names: BTreeSet<String> = both.map(|record| self.record(record)).collect();
                let names: Vec<String> = names.into_iter().collect();
                let (left, all) = (leaving.len(), leaving.len() + staying.len());
                format!("split of {left} of {all} records of {}: {reason}", names.join(", "))
            }
            Change::Rules { .. } => "change of rules".to_owned(),
            Change::Region { region } => format!("region set to {region}"),
            Change::Layout { view, .. } => format!("layout of {view}"),
            Change::Disclose { what, reason, .. } => format!("{what}: {reason}"),
            Change::Retract { operation } => self.retraction(*operation),
        }
    }

    /// Says what is undone in the end, however often it was undone and made again before.
    fn retraction(&self, operation: OperationId) -> String {
        let mut lead = "taking back of";
        let mut named = operation;
        loop {
            match self.undone_change(named) {
                Some(Change::Retract { operation }) => {
                    lead = if lead == "taking back of" {
                        "making again of"
                    } else {
                        "taking back of"
                    };
                    named = operation;
                }
                Some(change) => return format!("{lead} {}", self.of(&change)),
                // A copy of the case may hold a retraction of what has not reached this one.
                None => return format!("{lead} {named}"),
            }
        }
    }

    fn undone_change(&self, operation: OperationId) -> Option<Change> {
        match &self.undone {
            Some(undone) => undone.get(&operation).cloned(),
            None => self
                .case
                .store
                .operation(operation)
                .ok()
                .map(|operation| operation.change),
        }
    }
}
