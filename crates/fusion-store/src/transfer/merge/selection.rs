//! Bringing home what somebody did in a selection of this case.
//!
//! A selection is a small case with a log of its own, so its log cannot be taken over. What people said there and is in
//! force is said here again, with their names and times; what they imported comes along whole. What they took back stays
//! as it is here, and nothing comes along that speaks of records or rows which are not here, erased ones included.

use std::collections::BTreeSet;

use fusion_model::{OperationId, RecordId};
use rusqlite::Connection;

use super::{Guest, MergeRow, MergeState, Standing, by_id, describe, describe_source, kind};
use crate::case::{Case, records_of};
use crate::change::{Change, Stamp};
use crate::database;
use crate::error::{Error, Result};
use crate::state::Operation;
use crate::tables::custody::{self, Chain, Event, SELECT};
use crate::tables::source::{self, SourceRow};
use crate::tables::{observation, transplant};
use crate::transfer::{Watch, go_on};

/// Tells whether the case of a package began as a selection of the case `parent`.
pub(super) fn is_of(connection: &Connection, parent: &[u8; 16]) -> Result<bool> {
    let (mut chain, mut found) = (Chain::default(), false);
    custody::walk(connection, 0, |link| {
        chain.follow(&link)?;
        found |= link.event.action == SELECT && link.event.object == parent;
        Ok(())
    })?;
    Ok(found)
}

/// Tells whether a change is brought home at all; the others belong to the copy in which they were made.
fn comes_home(change: &Change) -> bool {
    matches!(
        change,
        Change::Judge { .. } | Change::Note { .. } | Change::Tag { .. } | Change::Edit { .. } | Change::Split { .. }
    )
}

/// What was said once is known again by who said what, and when.
fn same_words(one: &Operation, other: &Operation) -> bool {
    (&one.change, &one.author, one.at) == (&other.change, &other.author, other.at)
}

/// What the case has of the evidence that changes speak of.
#[derive(Default)]
struct Grounds {
    records: BTreeSet<RecordId>,
}

impl Grounds {
    fn of(connection: &Connection) -> Result<Self> {
        let mut grounds = Self::default();
        observation::walk_every_source(connection, |id, content| {
            grounds.records.extend(records_of(id, &content));
        })?;
        Ok(grounds)
    }

    fn bear(&self, connection: &Connection, change: &Change) -> Result<bool> {
        Ok(match change {
            Change::Edit { observation, .. } => observation::holder(connection, *observation)?.is_some(),
            other => other.records().is_subset(&self.records),
        })
    }
}

impl Guest {
    /// Says what bringing the selection home would do.
    pub(super) fn compare_selection(&self, case: &Case) -> Result<Vec<MergeRow>> {
        let ours = by_id(source::list(&case.connection())?);
        let mut rows = Vec::new();
        let mut grounds = Grounds::of(&case.connection())?;
        for theirs in source::list(&self.connection)? {
            let state = if ours.contains_key(&theirs.source.id) {
                MergeState::Same
            } else if theirs.original().is_some() {
                MergeState::New
            } else {
                MergeState::Conflict
            };
            if state == MergeState::New {
                observation::walk_source(&self.connection, theirs.number, |id, content| {
                    grounds.records.extend(records_of(id, &content));
                })?;
            }
            let here = match state {
                MergeState::Conflict => "only a part of it was selected, and it is not here",
                _ => "",
            };
            rows.push(MergeRow {
                state,
                kind: "source".to_owned(),
                text: describe_source(&theirs),
                here: here.to_owned(),
            });
        }
        let here = Standing::of(case.ledger()?.state().as_ref());
        let (mut same, mut groundless) = (0u64, 0u64);
        for operation in self.said_there()? {
            if is_known(case, &operation)? {
                same += 1;
            } else if !self.bears(case, &grounds, &operation.change)? {
                groundless += 1;
            } else {
                let contradicted = here.contradicts(&operation.change);
                rows.push(MergeRow {
                    state: match contradicted {
                        Some(_) => MergeState::Conflict,
                        None => MergeState::New,
                    },
                    kind: kind(&operation.change).to_owned(),
                    text: describe(&operation),
                    here: contradicted.unwrap_or_default(),
                });
            }
        }
        for (count, state, text, here) in [
            (same, MergeState::Same, "changes that both hold", ""),
            (
                groundless,
                MergeState::Conflict,
                "changes that are left out",
                "what they speak of is not here",
            ),
        ] {
            if count > 0 {
                rows.push(MergeRow {
                    state,
                    kind: "operation".to_owned(),
                    text: format!("{count} {text}"),
                    here: here.to_owned(),
                });
            }
        }
        Ok(rows)
    }

    /// Brings home what is new, durably, in one transaction.
    pub(super) fn bring_home(&self, case: &Case, stamp: &Stamp, watch: &dyn Watch) -> Result<()> {
        let ours = by_id(source::list(&case.connection())?);
        let theirs = source::list(&self.connection)?;
        let total = theirs.len() as u64;
        let mut coming: Vec<(SourceRow, Vec<u8>)> = Vec::new();
        for (done, row) in (0u64..).zip(theirs) {
            go_on(watch, "bringing the originals", done, total)?;
            if !ours.contains_key(&row.source.id) && row.original().is_some() {
                let key = self.bring_original(case, None, &row)?;
                coming.push((row, key));
            }
        }
        let imports = self.operations()?;
        let mut said = Vec::new();
        for operation in self.said_there()? {
            if !is_known(case, &operation)? {
                said.push(operation);
            }
        }
        case.transact(|connection| {
            for (row, key) in &coming {
                let number = transplant::source((&self.connection, row.number), connection, key)?;
                let placed = source::find(connection, &row.source.id)?.ok_or(Error::Missing { what: "source" })?;
                debug_assert_eq!(placed.number, number);
                let imported = imports.iter().rev().find(
                    |operation| matches!(operation.change, Change::Import { source, .. } if source == row.source.id),
                );
                let change = Change::Import {
                    source: row.source.id,
                    digest: placed.digest(),
                    observations: placed.observations,
                };
                case.log(connection, &change, &imported.map_or_else(|| stamp.clone(), as_said))?;
            }
            let grounds = Grounds::of(connection)?;
            for operation in &said {
                if grounds.bear(connection, &operation.change)? {
                    case.log(connection, &operation.change, &as_said(operation))?;
                }
            }
            let event = Event::new("merge").about("copy", &self.facts.digest);
            case.witness(
                connection,
                &event.change(&[], &self.facts.totals.root).by(&stamp.author, ""),
            )
        })?;
        database::checkpoint(&case.connection())
    }

    /// Returns what people said in the selection, is in force there, and concerns the case it is of.
    fn said_there(&self) -> Result<Vec<Operation>> {
        let operations = self.operations()?;
        let retracted: BTreeSet<OperationId> = crate::state::retracted(operations.iter());
        let mut said = operations;
        said.retain(|operation| comes_home(&operation.change) && !retracted.contains(&operation.id));
        // A text that was erased there says nothing any more.
        said.retain(|operation| operation.change.texts().iter().any(|text| !text.is_empty()));
        Ok(said)
    }

    fn bears(&self, case: &Case, grounds: &Grounds, change: &Change) -> Result<bool> {
        if let Change::Edit { observation, .. } = change
            && let Some(holder) = observation::holder(&self.connection, *observation)?
            && source::find(&case.connection(), &holder)?.is_none()
        {
            // It would come along with its source.
            return Ok(source::find(&self.connection, &holder)?.is_some_and(|row| row.original().is_some()));
        }
        grounds.bear(&case.connection(), change)
    }
}

/// Tells whether the case has heard this before, even where it was taken back since.
fn is_known(case: &Case, operation: &Operation) -> Result<bool> {
    Ok(case.ledger()?.in_order().any(|known| same_words(known, operation)))
}

fn as_said(operation: &Operation) -> Stamp {
    Stamp {
        author: operation.author.clone(),
        at: operation.at,
    }
}
