//! What an analyst adds to the evidence: notes, tags, corrections, splits; and how the screens are laid out.

use std::sync::Arc;

use fusion_store::TagMark;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bench::Workbench;
use crate::error::ApiError;
use crate::progress::Unwatched;
use crate::router::{Command, command};

/// Asks for the notes and tags of an entity.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnnotationsRequest {
    /// Entity id.
    pub entity: String,
}

/// Shows the notes and tags of an entity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnnotationsView {
    /// Notes, oldest first.
    pub notes: Vec<NoteView>,
    /// Tags, in alphabetical order.
    pub tags: Vec<String>,
    /// Every tag in use in the case.
    pub known_tags: Vec<String>,
    /// After a split: what still holds the two parts together, in words.
    #[ts(as = "Option<Vec<String>>", optional)]
    pub conflicts: Vec<String>,
}

/// Shows one note.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoteView {
    /// Operation that wrote it; taking it back removes the note.
    pub operation: String,
    /// The note.
    pub text: String,
    /// Who.
    pub author: String,
    /// When, ISO 8601 UTC.
    pub at: String,
}

/// Asks to write a note on an entity; it is anchored to the entity's smallest record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NoteRequest {
    /// Entity id.
    pub entity: String,
    /// The note.
    pub text: String,
}

/// Asks to put a tag on an entity or to take it off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TagRequest {
    /// Entity id.
    pub entity: String,
    /// The tag.
    pub tag: String,
    /// `on` or `off`.
    pub state: String,
}

/// Asks to correct what one statement says; the original stays and is shown beside it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditRequest {
    /// Statement id.
    pub statement: String,
    /// What it should say; empty withdraws the correction.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// Asks to part some records from the entity they are in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SplitRequest {
    /// Entity id.
    pub entity: String,
    /// Record ids that leave it together.
    pub records: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Asks to keep the layout of a view.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LayoutSaveRequest {
    /// Which view, e.g. `graph`.
    pub view: String,
    /// Places of pinned things.
    pub places: Vec<PlaceView>,
}

/// Names the place of one pinned entity.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceView {
    /// Entity id.
    pub entity: String,
    /// Place from the left, in thousandths of the picture's unit.
    pub x: i64,
    /// Place from the top, in thousandths of the picture's unit.
    pub y: i64,
}

/// Asks for the kept layout of a view.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LayoutRequest {
    /// Which view.
    pub view: String,
}

/// Shows the kept layout of a view.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LayoutView {
    /// Places of pinned things that are still there.
    pub places: Vec<PlaceView>,
}

/// Asks to erase evidence for good.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EraseRequest {
    /// A source id, or an entity id: then every observation that speaks of it.
    pub target: String,
    /// Why, and on what ground.
    pub reason: String,
}

/// Shows what was, or would be, erased.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EraseView {
    /// Whole sources.
    pub sources: u64,
    /// Observations.
    pub observations: u64,
    /// Originals rewritten without the passages.
    pub originals: u64,
    /// Where copies remain that erasing here does not reach: backups, packages, exports.
    pub copies: Vec<String>,
    /// In words.
    pub text: String,
}

/// Asks for the clear text of a secret that was kept on purpose.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RevealRequest {
    /// Statement id.
    pub statement: String,
    /// Why.
    pub reason: String,
}

/// Shows a secret.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RevealView {
    /// The clear text; none when it was not kept.
    pub text: Option<String>,
    /// What to do when it was not kept; empty otherwise.
    pub hint: String,
}

pub(crate) const COMMANDS: &[Command] = &[
    command!("entity.annotations", Read, "Notes and tags of an entity.", AnnotationsRequest => AnnotationsView, annotations),
    command!("entity.note", Write, "Writes a note on an entity.", NoteRequest => AnnotationsView, note),
    command!("entity.tag", Write, "Puts a tag on an entity or takes it off.", TagRequest => AnnotationsView, tag),
    command!("entity.split", Write, "Parts records from the entity they are in.", SplitRequest => AnnotationsView, split),
    command!("statement.edit", Write, "Corrects what a statement says.", EditRequest => super::log::UndoView, edit),
    command!("statement.reveal", Reveal, "Shows a secret whose clear text was kept.", RevealRequest => RevealView, reveal),
    command!("layout.save", Write, "Keeps the layout of a view.", LayoutSaveRequest => LayoutView, save_layout),
    command!("layout.load", Read, "The kept layout of a view.", LayoutRequest => LayoutView, load_layout),
    command!("evidence.erasePlan", Read, "What erasing would take, and which copies it does not reach.", EraseRequest => EraseView, erase_plan),
    command!("evidence.erase", Write, "Erases evidence for good.", EraseRequest => EraseView, erase),
];

/// Returns notes and tags of an entity.
pub fn annotations(bench: &Arc<Workbench>, request: AnnotationsRequest) -> Result<AnnotationsView, ApiError> {
    bench.case()?.annotations(&request.entity)
}

/// Writes a note on an entity.
pub fn note(bench: &Arc<Workbench>, request: NoteRequest) -> Result<AnnotationsView, ApiError> {
    bench.case()?.note(&request.entity, &request.text)
}

/// Puts a tag on an entity or takes it off.
pub fn tag(bench: &Arc<Workbench>, request: TagRequest) -> Result<AnnotationsView, ApiError> {
    let mark = TagMark::from_id(&request.state)
        .ok_or_else(|| ApiError::usage(format!("unknown state: {}", request.state)).hint("on or off"))?;
    bench.case()?.tag(&request.entity, &request.tag, mark)
}

/// Parts records from the entity they are in.
pub fn split(bench: &Arc<Workbench>, request: SplitRequest) -> Result<AnnotationsView, ApiError> {
    bench
        .case()?
        .split(&request.entity, &request.records, &request.reason, &Unwatched)
}

/// Corrects what a statement says.
pub fn edit(bench: &Arc<Workbench>, request: EditRequest) -> Result<super::log::UndoView, ApiError> {
    bench
        .case()?
        .edit(&request.statement, &request.text, &request.reason, &Unwatched)
}

/// Shows a secret whose clear text was kept.
pub fn reveal(bench: &Arc<Workbench>, request: RevealRequest) -> Result<RevealView, ApiError> {
    bench.case()?.reveal(&request.statement, &request.reason)
}

/// Keeps the layout of a view.
pub fn save_layout(bench: &Arc<Workbench>, request: LayoutSaveRequest) -> Result<LayoutView, ApiError> {
    let places = bench.case()?.save_layout(&request.view, &request.places)?;
    Ok(LayoutView { places })
}

/// Returns the kept layout of a view.
pub fn load_layout(bench: &Arc<Workbench>, request: LayoutRequest) -> Result<LayoutView, ApiError> {
    let places = bench.case()?.layout(&request.view)?;
    Ok(LayoutView { places })
}

/// Returns what erasing would take.
pub fn erase_plan(bench: &Arc<Workbench>, request: EraseRequest) -> Result<EraseView, ApiError> {
    plan_erasure(bench, &[request.target])
}

/// Returns what erasing several targets at once would take.
pub fn plan_erasure(bench: &Arc<Workbench>, targets: &[String]) -> Result<EraseView, ApiError> {
    bench.case()?.plan_erasure(targets)
}

/// Erases evidence for good.
pub fn erase(bench: &Arc<Workbench>, request: EraseRequest) -> Result<EraseView, ApiError> {
    erase_targets(bench, &[request.target], &request.reason)
}

/// Erases several targets at once, for good, and derives everything anew.
pub fn erase_targets(bench: &Arc<Workbench>, targets: &[String], reason: &str) -> Result<EraseView, ApiError> {
    bench.case()?.erase(targets, reason)
}
