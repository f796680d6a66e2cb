//! The state of a case: the fold of the operations that are not retracted.
//!
//! Pure: operations in, state out, in (Lamport time, instance, counter) order, so two copies that hold the same
//! operations agree. Nothing here knows a database.

use std::collections::{BTreeMap, BTreeSet};

use fusion_model::{
    FindingId, Grade, Judgement, ObservationId, OperationId, RecordId, SourceId, StatementId, Timestamp, Verdict,
};

use crate::change::{AlertMark, Change, TagMark};

/// Holds one logged change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub id: OperationId,
    /// Logical time.
    pub lamport: u64,
    /// What it changes.
    pub change: Change,
    /// When, by the clock of the host.
    pub at: Timestamp,
    /// Who.
    pub author: String,
}

impl Operation {
    /// Returns its place in fold order.
    pub(crate) fn place(&self) -> (u64, OperationId) {
        (self.lamport, self.id)
    }
}

/// Holds a note on a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Operation that wrote it.
    pub operation: OperationId,
    /// Record it is anchored to.
    pub record: RecordId,
    /// The note.
    pub text: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// Holds what a person says that a statement should say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Operation that wrote it.
    pub operation: OperationId,
    /// Observation that the statement stands in.
    pub observation: ObservationId,
    /// What it should say.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// Says whether a source counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStanding {
    /// Whether it is part of the evidence.
    pub live: bool,
    /// Why it was withdrawn, in a person's words.
    pub reason: Option<String>,
    /// Grade that a person gave.
    pub grade: Option<Grade>,
    /// Digest of the row as the newest import of it read it; another one means that it was read anew since.
    pub reading: [u8; 32],
}

/// Holds everything that people and imports have decided and not taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveState {
    /// Sources that were ever imported.
    pub sources: BTreeMap<SourceId, SourceStanding>,
    /// Judgements, in fold order.
    pub judgements: Vec<Judgement>,
    /// Alerts that somebody has dealt with.
    pub alerts: BTreeMap<FindingId, AlertMark>,
    /// Notes, in fold order.
    pub notes: Vec<Note>,
    /// Tags with the records that carry them; none is empty.
    pub tags: BTreeMap<String, BTreeSet<RecordId>>,
    /// Corrections by statement.
    pub edits: BTreeMap<StatementId, Edit>,
    /// The case's own rules file.
    pub rules: Option<String>,
    /// Region chosen after creation.
    pub region: Option<String>,
    /// Layouts by view.
    pub layouts: BTreeMap<String, Vec<u8>>,
    /// Operations in force that speak of a source.
    about: Vec<(OperationId, SourceId)>,
}

impl LiveState {
    /// Returns the operations in force that speak of a source that does not count now: shown, never dropped.
    pub fn stranded(&self) -> Vec<OperationId> {
        let dead = |source: &SourceId| self.sources.get(source).is_none_or(|standing| !standing.live);
        self.about
            .iter()
            .filter(|(_, source)| dead(source))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Adds one operation; `is_retracted` when a later one takes it back.
    ///
    /// Operations come in fold order. Sources are known from the first import on, taken back or not.
    pub(crate) fn add(&mut self, operation: &Operation, is_retracted: bool) {
        if let Change::Import { source, digest, .. } = operation.change {
            let unknown = SourceStanding {
                live: false,
                reason: None,
                grade: None,
                reading: digest,
            };
            self.sources.entry(source).or_insert(unknown).reading = digest;
        }
        if !is_retracted {
            apply(self, operation);
        }
    }
}

/// Returns the operations that are retracted; `operations` are in fold order.
pub(crate) fn retracted<'a>(operations: impl DoubleEndedIterator<Item = &'a Operation>) -> BTreeSet<OperationId> {
    let mut retracted = BTreeSet::new();
    for operation in operations.rev() {
        if let Change::Retract { operation: target } = operation.change
            && !retracted.contains(&operation.id)
        {
            retracted.insert(target);
        }
    }
    retracted
}

/// Folds operations in fold order into the state.
pub(crate) fn fold<'a>(operations: impl DoubleEndedIterator<Item = &'a Operation> + Clone) -> LiveState {
    let retracted = retracted(operations.clone());
    let mut state = LiveState::default();
    for operation in operations {
        state.add(operation, retracted.contains(&operation.id));
    }
    state
}

fn apply(state: &mut LiveState, operation: &Operation) {
    match &operation.change {
        Change::Import { source, .. } => {
            if let Some(standing) = state.sources.get_mut(source) {
                standing.live = true;
                standing.reason = None;
            }
        }
        Change::Withdraw { source, reason } => {
            if let Some(standing) = state.sources.get_mut(source) {
                standing.live = false;
                standing.reason = Some(reason.clone());
            }
        }
        Change::Grade { source, grade } => {
            if let Some(standing) = state.sources.get_mut(source) {
                standing.grade = Some(*grade);
            }
            state.about.push((operation.id, *source));
        }
        Change::Judge {
            left,
            right,
            verdict,
            reason,
        } => state.judgements.push(Judgement {
            left: *left,
            right: *right,
            verdict: *verdict,
            author: operation.author.clone(),
            at: operation.at,
            reason: reason.clone(),
        }),
        Change::AlertState {
            alert,
            state: reached,
            reason,
        } => {
            state.alerts.insert(
                *alert,
                AlertMark {
                    state: *reached,
                    reason: reason.clone(),
                },
            );
        }
        Change::Note { text, .. } if text.is_empty() => {}
        Change::Note { record, text } => state.notes.push(Note {
            operation: operation.id,
            record: *record,
            text: text.clone(),
            author: operation.author.clone(),
            at: operation.at,
        }),
        // Texts that were erased are empty: such a note, tag or correction says nothing any more.
        Change::Tag { tag, .. } if tag.is_empty() => {}
        Change::Tag { records, mark, tag } => {
            let carriers = state.tags.entry(tag.clone()).or_default();
            match mark {
                TagMark::On => carriers.extend(records),
                TagMark::Off => carriers.retain(|carrier| !records.contains(carrier)),
            }
            state.tags.retain(|_, carriers| !carriers.is_empty());
        }
        Change::Edit { statement, text, .. } if text.is_empty() => drop(state.edits.remove(statement)),
        Change::Edit {
            observation,
            statement,
            text,
            reason,
        } => {
            let edit = Edit {
                operation: operation.id,
                observation: *observation,
                text: text.clone(),
                reason: reason.clone(),
                author: operation.author.clone(),
                at: operation.at,
            };
            state.edits.insert(*statement, edit);
        }
        Change::Split {
            leaving,
            staying,
            reason,
        } => {
            // Nothing less parts the two groups for certain: any pair left out could join them again. Pairs inside a
            // group are not judged, so those who leave may stay together.
            let pairs = leaving
                .iter()
                .flat_map(|left| staying.iter().map(move |right| (left, right)));
            state.judgements.extend(pairs.map(|(one, other)| Judgement {
                left: *one.min(other),
                right: *one.max(other),
                verdict: Verdict::Different,
                author: operation.author.clone(),
                at: operation.at,
                reason: reason.clone(),
            }));
        }
        Change::Rules { text } => state.rules = Some(text.clone()).filter(|text| !text.is_empty()),
        Change::Region { region } => state.region = Some(region.clone()),
        Change::Layout { view, packed } => {
            state.layouts.insert(view.clone(), packed.clone());
        }
        Change::Erase { sources, .. } => {
            for source in sources {
                if let Some(standing) = state.sources.get_mut(source) {
                    standing.live = false;
                    standing.reason = None;
                }
            }
        }
        Change::Retract { .. } | Change::Disclose { .. } => {}
    }
}

/// Walks the log as an editor would.
///
/// Returns what is done, oldest first, and what was undone since the last new change: a new change forgets what redo
/// would bring back next, but anything undone can still be brought back by name.
pub(crate) fn history<'a>(operations: impl Iterator<Item = &'a Operation>) -> (Vec<OperationId>, Vec<OperationId>) {
    let mut done = Vec::new();
    let mut undone: Vec<(OperationId, OperationId)> = Vec::new();
    let mut forgotten = 0;
    for operation in operations {
        match operation.change {
            Change::Retract { operation: target } => {
                if let Some(at) = done.iter().rposition(|id| *id == target) {
                    done.remove(at);
                    undone.push((operation.id, target));
                } else if let Some(at) = undone.iter().rposition(|(retract, _)| *retract == target) {
                    done.push(undone.remove(at).1);
                    forgotten -= usize::from(at < forgotten);
                }
            }
            // What was seen cannot be unseen, nor what was erased brought back: undo steps over it.
            _ if !operation.change.can_be_undone() => {}
            _ => {
                done.push(operation.id);
                forgotten = undone.len();
            }
        }
    }
    let fresh = undone.split_off(forgotten);
    (done, fresh.into_iter().map(|(_, target)| target).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(changes: Vec<Change>) -> Vec<Operation> {
        let operation = |(counter, change)| Operation {
            id: OperationId { instance: 1, counter },
            lamport: counter,
            change,
            at: Timestamp(0),
            author: "analyst".to_owned(),
        };
        (1u64..).zip(changes).map(operation).collect()
    }

    fn note(text: &str) -> Change {
        Change::Note {
            record: RecordId([1; 16]),
            text: text.to_owned(),
        }
    }

    fn retract(counter: u64) -> Change {
        Change::Retract {
            operation: OperationId { instance: 1, counter },
        }
    }

    fn notes(operations: &[Operation]) -> Vec<String> {
        fold(operations.iter())
            .notes
            .into_iter()
            .map(|note| note.text)
            .collect()
    }

    fn next_undo(operations: &[Operation]) -> Option<u64> {
        history(operations.iter()).0.pop().map(|id| id.counter)
    }

    fn next_redo(operations: &[Operation]) -> Option<u64> {
        history(operations.iter()).1.pop().map(|id| id.counter)
    }

    #[test]
    fn undo_and_redo_walk_back_and_forth() {
        let mut changes = vec![note("a"), note("b")];
        // What is chosen, by undo or by redo, and the operation that is retracted for it.
        let rows: [(u64, u64, &[&str]); 4] = [(2, 2, &["a"]), (1, 1, &[]), (1, 4, &["a"]), (2, 3, &["a", "b"])];
        for (chosen, target, expected) in rows {
            let before = log(changes.clone());
            let next = if chosen == target {
                next_undo(&before)
            } else {
                next_redo(&before)
            };
            assert_eq!(next, Some(chosen));
            changes.push(retract(target));
            assert_eq!(notes(&log(changes.clone())), expected);
        }
        assert_eq!(next_redo(&log(changes)), None);
    }

    #[test]
    fn a_new_change_forgets_what_could_be_redone() {
        let operations = log(vec![note("a"), retract(1), note("b")]);
        assert_eq!(next_redo(&operations), None);
        assert_eq!(next_undo(&operations), Some(3));
    }

    #[test]
    fn what_was_forgotten_can_be_brought_back_by_name_and_undone_again() {
        let operations = log(vec![note("a"), retract(1), note("b"), retract(2)]);
        assert_eq!(notes(&operations), ["a", "b"]);
        assert_eq!((next_undo(&operations), next_redo(&operations)), (Some(1), None));
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let mut operations = log(vec![note("a"), note("b"), retract(1), retract(3)]);
        let expected = fold(operations.iter());
        operations.reverse();
        operations.sort_by_key(Operation::place);
        assert_eq!(fold(operations.iter()), expected);
    }

    #[test]
    fn a_withdrawn_source_strands_its_grade_and_a_revival_brings_it_back() {
        let source = SourceId([5; 32]);
        let import = Change::Import {
            source,
            digest: [0; 32],
            observations: 1,
        };
        let grade = Change::Grade {
            source,
            grade: Grade::UNKNOWN,
        };
        let withdraw = Change::Withdraw {
            source,
            reason: "stale".to_owned(),
        };
        let withdrawn = fold(log(vec![import.clone(), grade.clone(), withdraw.clone()]).iter());
        assert_eq!(withdrawn.stranded().len(), 1);
        assert!(!withdrawn.sources[&source].live);
        let revived = fold(log(vec![import.clone(), grade, withdraw, import]).iter());
        assert!(revived.sources[&source].live && revived.stranded().is_empty());
        assert_eq!(revived.sources[&source].grade, Some(Grade::UNKNOWN));
    }

    #[test]
    fn an_undone_judgement_is_gone_from_the_state_only() {
        let (left, right) = (RecordId([1; 16]), RecordId([2; 16]));
        let judge = Change::Judge {
            left,
            right,
            verdict: Verdict::Same,
            reason: String::new(),
        };
        let operations = log(vec![judge, retract(1)]);
        assert!(fold(operations.iter()).judgements.is_empty());
        assert_eq!(operations.len(), 2);
    }

    #[test]
    fn tags_are_put_on_and_taken_off_record_by_record() {
        let (left, right) = (RecordId([1; 16]), RecordId([2; 16]));
        let tag = |records: &[RecordId], mark| Change::Tag {
            records: records.to_vec(),
            mark,
            tag: "witness".to_owned(),
        };
        let mut changes = vec![tag(&[left, right], TagMark::On), tag(&[left], TagMark::Off)];
        let tags = |changes: &[Change]| fold(log(changes.to_vec()).iter()).tags;
        assert_eq!(tags(&changes)["witness"], BTreeSet::from([right]));
        changes.push(tag(&[right], TagMark::Off));
        assert!(tags(&changes).is_empty());
        changes.push(retract(3));
        assert_eq!(tags(&changes)["witness"], BTreeSet::from([right]));
    }

    #[test]
    fn the_last_correction_of_a_statement_holds_and_an_empty_one_withdraws_it() {
        let statement = StatementId([5; 16]);
        let edit = |text: &str| Change::Edit {
            observation: ObservationId([6; 16]),
            statement,
            text: text.to_owned(),
            reason: "misspelt".to_owned(),
        };
        let text = |changes: Vec<Change>| {
            let state = fold(log(changes).iter());
            state.edits.get(&statement).map(|edit| edit.text.clone())
        };
        assert_eq!(text(vec![edit("a"), edit("b")]).as_deref(), Some("b"));
        assert_eq!(text(vec![edit("a"), edit("b"), retract(2)]).as_deref(), Some("a"));
        assert_eq!(text(vec![edit("a"), edit("")]), None);
    }

    #[test]
    fn a_split_parts_two_groups_and_leaves_each_alone() {
        let record = |number| RecordId([number; 16]);
        let split = Change::Split {
            leaving: vec![record(4), record(1)],
            staying: vec![record(3), record(2)],
            reason: "two people".to_owned(),
        };
        let judgements = fold(log(vec![split]).iter()).judgements;
        let pairs: Vec<_> = judgements
            .iter()
            .map(|judgement| (judgement.left.0[0], judgement.right.0[0]))
            .collect();
        assert_eq!(pairs, [(3, 4), (2, 4), (1, 3), (1, 2)]);
        assert!(
            judgements
                .iter()
                .all(|judgement| judgement.verdict == Verdict::Different)
        );
    }
}
