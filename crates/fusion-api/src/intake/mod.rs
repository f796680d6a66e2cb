//! From a file on disk to a source in the case: detection, a dry run, the run itself.
//!
//! A plan reads the whole file with the same importer and the same limits as the import, and stores nothing. An
//! import is all or nothing for the analyst: what is staged becomes visible at its end, and is dropped when the
//! importer fails or the analyst stops it. What is imported is the copy in the vault, so that the rows and the kept
//! original can never differ, even when the file changes meanwhile.

mod choice;
mod counting;
mod landing;
mod outcome;
mod wish;

use std::fs::File;
use std::io::{BufRead, BufReader};

use fusion_import::{ErrorCode, Importer, Input};
use fusion_model::RecordId;
use fusion_store::{SourceDraft, SourceTotals};

use crate::clock;
use crate::commands::import::{FileOutcomeView, FormatView};
use crate::error::{ApiError, Code};
use crate::open_case::{OpenCase, stamp};
use crate::progress::Progress;

use choice::{Choice, Presence};
use counting::Counting;
use landing::Landing;
pub use outcome::{Fate, FilePlan, warning_view};
use outcome::{fate_of, left};
pub use wish::Wish;

const ERASED: &str = "this content was erased from the case, wholly or in part";
const ERASED_HINT: &str = "to take it in again all the same, say why (`--again REASON`); the reason is logged";

/// Says what an import of one file would do. `known` tells whether the case already holds a record.
pub fn plan(case: &OpenCase, wish: &Wish, known: &dyn Fn(RecordId) -> bool) -> Result<FilePlan, ApiError> {
    let mut plan = FilePlan {
        name: wish.name.clone(),
        size: wish.path.metadata().map(|metadata| metadata.len()).unwrap_or_default(),
        fate: Fate::Unreadable,
        format: None,
        format_label: String::new(),
        kind: String::new(),
        reason: String::new(),
        hint: String::new(),
        subject: wish.subject.clone(),
        alternatives: Vec::new(),
        counted: Counting::default(),
        known_records: 0,
    };
    match choice::choose(wish) {
        Choice::Importer {
            importer,
            reason,
            others,
        } => {
            plan.format = Some(format_view(importer));
            plan.format_label = importer.label().to_owned();
            plan.kind = wish.kind.unwrap_or_else(|| importer.kind()).id().to_owned();
            plan.reason = reason;
            plan.alternatives = others.into_iter().map(format_view).collect();
            dry_run(wish, importer, &mut plan);
            if plan.fate == Fate::Ready {
                match choice::presence(case, &wish.path)? {
                    Presence::Live => {
                        plan.fate = Fate::AlreadyPresent;
                        plan.reason = "the case already holds these very bytes".to_owned();
                    }
                    Presence::Erased if wish.again.is_none() => {
                        plan.fate = Fate::Unreadable;
                        plan.reason = ERASED.to_owned();
                        plan.hint = ERASED_HINT.to_owned();
                    }
                    Presence::Erased | Presence::Absent => {}
                }
            }
            plan.known_records = plan.counted.records.iter().filter(|record| known(**record)).count() as u64;
        }
        Choice::Foreign { label, reason } => {
            plan.fate = Fate::NoImporter;
            plan.format_label = label;
            plan.reason = reason;
        }
        Choice::Unreadable { reason, hint } => {
            plan.reason = reason;
            plan.hint = hint;
        }
    }
    Ok(plan)
}

fn dry_run(wish: &Wish, importer: &'static dyn Importer, plan: &mut FilePlan) {
    let outcome = match File::open(&wish.path) {
        Ok(file) => {
            let mut reader = BufReader::new(file);
            importer.run(input(wish, plan.size, &mut reader), &mut plan.counted)
        }
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => {
            plan.fate = Fate::Ready;
            if plan.subject.is_none() {
                plan.subject = plan.counted.subject.take();
            }
        }
        Err(error) => {
            plan.fate = fate_of(&error, Fate::Unreadable);
            plan.reason = error.to_string();
            plan.hint = error.hint.unwrap_or_default();
            plan.counted = Counting::default();
        }
    }
}

fn input<'a>(wish: &'a Wish, size: u64, reader: &'a mut dyn BufRead) -> Input<'a> {
    Input {
        name: &wish.name,
        subject: wish.subject.as_deref(),
        kind: wish.kind,
        mapping: wish.mapping.as_ref(),
        reader,
        size,
    }
}

/// Imports one file. A file that cannot be imported is an outcome; only trouble with the case itself is an error.
pub fn import(case: &OpenCase, wish: &Wish, progress: &dyn Progress) -> Result<FileOutcomeView, ApiError> {
    let importer = match choice::choose(wish) {
        Choice::Importer { importer, .. } => importer,
        Choice::Foreign { label, reason } => {
            let message = format!("{label}: there is no importer for this format yet ({reason})");
            let hint = "keep the file; the format is recognised and will be read by a later version".to_owned();
            return Ok(left(&wish.name, "", Fate::NoImporter, message, hint));
        }
        Choice::Unreadable { reason, hint } => return Ok(left(&wish.name, "", Fate::Unreadable, reason, hint)),
    };
    let mut file = match File::open(&wish.path) {
        Ok(file) => file,
        Err(error) => {
            return Ok(left(
                &wish.name,
                importer.id(),
                Fate::Unreadable,
                error.to_string(),
                String::new(),
            ));
        }
    };
    let original = case.store.vault_add(&mut file)?;
    let size = original.size;
    let mut reader = BufReader::new(case.store.vault_reader_of(&original)?);
    let begun = case.store.begin_import(SourceDraft {
        original,
        name: wish.name.clone(),
        kind: wish.kind.unwrap_or_else(|| importer.kind()),
        format: importer.id().to_owned(),
        grade: wish.grade,
        subject: wish.subject.clone(),
        acquired_at: clock::now(),
        secrets: wish.secrets,
        again: wish.again.clone(),
        stamp: stamp(),
    });
    let mut writer = match begun {
        Err(fusion_store::Error::Erased) => {
            let (message, hint) = (ERASED.to_owned(), ERASED_HINT.to_owned());
            return Ok(left(&wish.name, importer.id(), Fate::Failed, message, hint));
        }
        other => other?,
    };
    let mut sink = Landing {
        writer: &mut writer,
        progress,
        name: &wish.name,
        totals: SourceTotals::default(),
        refused: None,
    };
    let read = importer.run(input(wish, size, &mut reader), &mut sink);
    let Landing { totals, refused, .. } = sink;
    if let Some(error) = refused {
        return Err(error.into());
    }
    if let Err(error) = read {
        if error.code == ErrorCode::Cancelled {
            return Err(ApiError::new(
                Code::Cancelled,
                format!("the import was stopped; nothing of it was kept: {}", wish.name),
            ));
        }
        let fate = fate_of(&error, Fate::Failed);
        let hint = error.hint.clone().unwrap_or_default();
        return Ok(left(&wish.name, importer.id(), fate, error.to_string(), hint));
    }
    let (rows, negative) = (totals.rows_read, totals.rows_negative);
    let outcome = writer.finish(totals)?;
    let fate = if outcome.already_present {
        Fate::AlreadyPresent
    } else {
        Fate::Imported
    };
    let message = if outcome.already_present {
        "the case already holds these very bytes".to_owned()
    } else {
        format!(
            "{rows} rows, {} observations, {} statements, {negative} not found, {} warnings",
            outcome.observations, outcome.statements, outcome.warnings
        )
    };
    Ok(FileOutcomeView {
        name: wish.name.clone(),
        state: fate.id().to_owned(),
        format: importer.id().to_owned(),
        message,
        hint: String::new(),
        source: outcome.source.to_string(),
        rows,
        negative,
        observations: outcome.observations,
        statements: outcome.statements,
        warnings: outcome.warnings,
    })
}

fn format_view(importer: &'static dyn Importer) -> FormatView {
    FormatView {
        id: importer.id().to_owned(),
        label: importer.label().to_owned(),
        extensions: importer
            .extensions()
            .iter()
            .map(|ending| (*ending).to_owned())
            .collect(),
        kind: importer.kind().id().to_owned(),
    }
}
