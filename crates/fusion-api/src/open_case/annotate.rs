//! What an analyst adds to the evidence: notes, tags, corrections, splits, layouts.
//!
//! Everything is anchored to records, so it follows them when entities merge or part: an entity shows what its member
//! records carry. What is written on an entity goes to its smallest record.

use std::collections::BTreeSet;
use std::sync::Arc;

use fusion_engine::clean::can_be_corrected;
use fusion_model::codec;
use fusion_model::derived::Entity;
use fusion_model::{EntityId, RecordId, StatementId, Verdict};
use fusion_store::{Change, Edit, LiveState, Note, TagMark};

use super::{Extent, OpenCase, stamp};
use crate::commands::annotate::{AnnotationsView, NoteView, PlaceView};
use crate::commands::log::UndoView;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::progress::Progress;
use crate::view::{CorrectionView, StatementView};

const LONGEST_TAG: usize = 64;
const LONGEST_TEXT: usize = 65_536;
const MOST_PLACES: usize = 10_000;

impl OpenCase {
    /// Returns the notes and tags of an entity.
    pub fn annotations(&self, entity: &str) -> Result<AnnotationsView, ApiError> {
        let picture = self.picture()?;
        Ok(annotations(
            &*self.store.state()?,
            &find(self, &picture, entity)?.records,
        ))
    }

    /// Writes a note on an entity.
    pub fn note(&self, entity: &str, text: &str) -> Result<AnnotationsView, ApiError> {
        let text = some("a note", text, LONGEST_TEXT)?;
        let picture = self.picture()?;
        let change = Change::Note {
            record: anchor(find(self, &picture, entity)?),
            text,
        };
        self.store.apply(&change, &stamp())?;
        self.annotations(entity)
    }

    /// Puts a tag on an entity or takes it off every record that carries it.
    pub fn tag(&self, entity: &str, tag: &str, mark: TagMark) -> Result<AnnotationsView, ApiError> {
        let tag = some("a tag", tag, LONGEST_TAG)?;
        let picture = self.picture()?;
        let entity_found = find(self, &picture, entity)?;
        let state = self.store.state()?;
        let carriers: Vec<RecordId> = match state.tags.get(&tag) {
            Some(carriers) => entity_found
                .records
                .iter()
                .filter(|record| carriers.contains(record))
                .copied()
                .collect(),
            None => Vec::new(),
        };
        let records = match (mark, carriers.is_empty()) {
            (TagMark::On, true) => vec![anchor(entity_found)],
            (TagMark::Off, false) => carriers,
            (TagMark::On, false) => return Err(ApiError::usage(format!("it carries the tag already: {tag}"))),
            (TagMark::Off, true) => return Err(ApiError::usage(format!("it does not carry the tag: {tag}"))),
        };
        self.store.apply(&Change::Tag { records, mark, tag }, &stamp())?;
        self.annotations(entity)
    }

    /// Parts records from the entity they are in, and tells what still holds them together.
    pub fn split(
        &self,
        entity: &str,
        records: &[String],
        reason: &str,
        progress: &dyn Progress,
    ) -> Result<AnnotationsView, ApiError> {
        let reason = some("the reason of a split", reason, LONGEST_TEXT)?;
        let picture = self.picture()?;
        let members = &find(self, &picture, entity)?.records;
        let leaving: BTreeSet<RecordId> = records.iter().map(|id| RecordId::parse(id)).collect::<Result<_, _>>()?;
        if let Some(stranger) = leaving.iter().find(|record| !members.contains(record)) {
            return Err(ApiError::usage(format!(
                "the entity does not hold the record {stranger}"
            )));
        }
        let staying: Vec<RecordId> = members
            .iter()
            .filter(|record| !leaving.contains(record))
            .copied()
            .collect();
        let leaving: Vec<RecordId> = leaving.into_iter().collect();
        let (Some(first), false) = (staying.first().copied(), leaving.is_empty()) else {
            return Err(ApiError::usage("some records must leave, and some must stay"));
        };
        let change = Change::Split {
            leaving: leaving.clone(),
            staying: staying.clone(),
            reason,
        };
        self.store.apply(&change, &stamp())?;
        self.fuse(Extent::WhatChanged, progress)?;
        let picture = self.picture()?;
        let state = self.store.state()?;
        let stays = picture.record(first).map_or(EntityId::from(first), |card| card.entity);
        let mut view = annotations(&state, &find(self, &picture, &stays.to_string())?.records);
        view.conflicts = held_together(&state, &picture, (&leaving, &staying));
        Ok(view)
    }

    /// Corrects what a statement says; an empty text lets the source speak again.
    pub fn edit(
        &self,
        statement: &str,
        text: &str,
        reason: &str,
        progress: &dyn Progress,
    ) -> Result<UndoView, ApiError> {
        let reason = some("the reason of a correction", reason, LONGEST_TEXT)?;
        let id = StatementId::parse(statement)?;
        let picture = self.picture()?;
        let said = picture
            .statement(id)
            .ok_or_else(|| ApiError::not_found(format!("statement: {statement}")))?;
        if !can_be_corrected(said.property) {
            return Err(ApiError::usage("a sealed secret cannot be corrected")
                .hint("withdraw the source, or erase the passage"));
        }
        let text = if text.trim().is_empty() {
            String::new()
        } else {
            some("a correction", text, LONGEST_TEXT)?
        };
        let is_corrected = self.store.state()?.edits.contains_key(&id);
        if text.is_empty() && !is_corrected {
            return Err(ApiError::usage("the statement is not corrected"));
        }
        if !text.is_empty() && text == said.original {
            return Err(ApiError::usage("the statement says that already"));
        }
        let change = Change::Edit {
            observation: said.observation,
            statement: id,
            text,
            reason,
        };
        let before = self.groundless_now()?;
        let operation = self.store.apply(&change, &stamp())?;
        let operation = self.store.operation(operation)?;
        self.moved(Some(operation), &before, progress)
    }

    /// Keeps the places of pinned entities of a view.
    pub fn save_layout(&self, view: &str, places: &[PlaceView]) -> Result<Vec<PlaceView>, ApiError> {
        let view = some("the name of a view", view, LONGEST_TAG)?;
        if places.len() > MOST_PLACES {
            return Err(ApiError::usage(format!("at most {MOST_PLACES} things can be pinned")));
        }
        let picture = self.picture()?;
        let mut anchored = Vec::with_capacity(places.len());
        for place in places {
            anchored.push((anchor(find(self, &picture, &place.entity)?), (place.x, place.y)));
        }
        anchored.sort_unstable();
        anchored.dedup_by_key(|(record, _)| *record);
        let packed = codec::to_bytes(&anchored);
        if self.store.state()?.layouts.get(&view) != Some(&packed) {
            let change = Change::Layout {
                view: view.clone(),
                packed,
            };
            self.store.apply(&change, &stamp())?;
        }
        self.layout(&view)
    }

    /// Returns the kept places of a view; an entity that was pinned twice, as two, stands where its first record did.
    pub fn layout(&self, view: &str) -> Result<Vec<PlaceView>, ApiError> {
        let state = self.store.state()?;
        let Some(packed) = state.layouts.get(view.trim()) else {
            return Ok(Vec::new());
        };
        let anchored: Vec<(RecordId, (i64, i64))> = codec::from_bytes(packed)
            .map_err(|error| ApiError::usage(format!("the layout cannot be read: {error}: {view}")))?;
        let picture = self.picture()?;
        let mut placed = BTreeSet::new();
        let places = anchored.into_iter().filter_map(|(record, (x, y))| {
            let entity = picture.record(record)?.entity;
            placed.insert(entity).then(|| PlaceView {
                entity: entity.to_string(),
                x,
                y,
            })
        });
        Ok(places.collect())
    }

    /// Shows a statement, with who corrected it and why.
    pub fn statement_view(&self, picture: &Arc<Picture>, id: StatementId) -> Result<Option<StatementView>, ApiError> {
        let Some(statement) = picture.statement(id) else {
            return Ok(None);
        };
        let mut view = picture.statement_view(statement);
        if let Some(source_text) = &statement.source_text {
            let state = self.store.state()?;
            view.correction = Some(correction(source_text, state.edits.get(&id)));
        }
        Ok(Some(view))
    }
}

fn correction(source_text: &str, edit: Option<&Edit>) -> CorrectionView {
    let said = |part: fn(&Edit) -> String| edit.map(part).unwrap_or_default();
    CorrectionView {
        source_text: source_text.to_owned(),
        author: said(|edit| edit.author.clone()),
        at: said(|edit| edit.at.iso()),
        reason: said(|edit| edit.reason.clone()),
        operation: said(|edit| edit.operation.to_string()),
    }
}

/// Tells what keeps two groups of records together in spite of a split.
fn held_together(state: &LiveState, picture: &Picture, (leaving, staying): (&[RecordId], &[RecordId])) -> Vec<String> {
    let crosses = |left, right| leaving.contains(left) && staying.contains(right);
    let same = state
        .judgements
        .iter()
        .filter(|judgement| judgement.verdict == Verdict::Same);
    let mut told: Vec<String> = same
        .filter(|judgement| crosses(&judgement.left, &judgement.right) || crosses(&judgement.right, &judgement.left))
        .map(|judgement| {
            format!(
                "{} said that {} and {} are the same: {}",
                judgement.author,
                judgement.left.short(),
                judgement.right.short(),
                judgement.reason
            )
        })
        .collect();
    let entity = |record: &RecordId| picture.record(*record).map(|card| card.entity);
    let stays: BTreeSet<_> = staying.iter().filter_map(entity).collect();
    let still = leaving
        .iter()
        .filter(|record| entity(record).is_some_and(|entity| stays.contains(&entity)));
    told.extend(still.map(|record| format!("{} is still in the same entity", record.short())));
    told
}

fn annotations(state: &LiveState, members: &[RecordId]) -> AnnotationsView {
    let members: BTreeSet<&RecordId> = members.iter().collect();
    let notes = state.notes.iter().filter(|note| members.contains(&note.record));
    let carried = state
        .tags
        .iter()
        .filter(|(_, carriers)| carriers.iter().any(|carrier| members.contains(carrier)));
    AnnotationsView {
        notes: notes.map(note_view).collect(),
        tags: carried.map(|(tag, _)| tag.clone()).collect(),
        known_tags: state.tags.keys().cloned().collect(),
        conflicts: Vec::new(),
    }
}

fn note_view(note: &Note) -> NoteView {
    NoteView {
        operation: note.operation.to_string(),
        text: note.text.clone(),
        author: note.author.clone(),
        at: note.at.iso(),
    }
}

/// Finds the entity that an id leads to.
fn find<'a>(case: &OpenCase, picture: &'a Picture, entity: &str) -> Result<&'a Entity, ApiError> {
    let id = case.followed(picture, EntityId::parse(entity)?)?;
    picture
        .entity(id)
        .ok_or_else(|| ApiError::not_found(format!("entity: {entity}")))
}

/// Returns the record that an entity's annotations are written on.
fn anchor(entity: &Entity) -> RecordId {
    entity.records.iter().copied().min().unwrap_or(RecordId(entity.id.0))
}

/// Returns a text without blanks around it; refuses an empty and an over-long one.
fn some(what: &str, text: &str, longest: usize) -> Result<String, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        Err(ApiError::usage(format!("{what} is missing")))
    } else if text.len() > longest {
        Err(ApiError::usage(format!("{what} is longer than {longest} bytes")))
    } else {
        Ok(text.to_owned())
    }
}
