//! Evidence side of the JSON document: sources, statements, records, pairs, notes; and the values shared with the derived side.

use fusion_model::derived::{Contribution, PairScore, RecordCard, SourceCard, StageNote};
use fusion_model::{JudgementState, Locator, SourceId, Statement, StatementId, TimeSpan};
use serde::Serialize;

use crate::disclose;

/// Writes ids as text.
pub(in crate::exporters) fn ids<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// An interval.
#[derive(Serialize)]
pub(super) struct SpanRow {
    text: String,
    start: String,
    end: String,
    precision: &'static str,
    zone_known: bool,
}

impl From<&TimeSpan> for SpanRow {
    fn from(span: &TimeSpan) -> Self {
        Self {
            text: span.iso(),
            start: span.start.iso(),
            end: span.end.iso(),
            precision: span.precision.word(),
            zone_known: span.zone_known,
        }
    }
}

#[derive(Serialize)]
pub(in crate::exporters) struct SourceRow<'a> {
    id: String,
    name: &'a str,
    kind: &'static str,
    format: &'a str,
    grade: String,
    graded_by: &'static str,
    acquired_at: String,
    size: u64,
    origin: &'a str,
    subject: Option<&'a str>,
    rows_read: u64,
    rows_negative: u64,
    warnings: u64,
    observations: u64,
    statements: u64,
}

impl<'a> From<&'a SourceCard> for SourceRow<'a> {
    fn from(card: &'a SourceCard) -> Self {
        let source = &card.source;
        Self {
            id: source.id.to_string(),
            name: &source.name,
            kind: source.kind.id(),
            format: &source.format,
            grade: source.grade.text(),
            graded_by: source.graded.id(),
            acquired_at: source.acquired_at.iso(),
            size: source.size,
            origin: &source.origin.0,
            subject: source.subject.as_deref(),
            rows_read: source.rows_read,
            rows_negative: source.rows_negative,
            warnings: source.warnings,
            observations: card.observations,
            statements: card.statements,
        }
    }
}

#[derive(Serialize)]
pub(in crate::exporters) struct StatementRow<'a> {
    id: String,
    source: String,
    observation: String,
    line: Option<u64>,
    place: String,
    pointer: Option<&'a str>,
    record: String,
    property: &'static str,
    original: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_text: Option<&'a str>,
    qualifier: &'a str,
    path: &'a str,
    value: Option<&'a str>,
    canonical: Option<&'a str>,
    span: Option<SpanRow>,
    problem: Option<String>,
    grade: String,
}

impl<'a> From<&'a Statement> for StatementRow<'a> {
    fn from(statement: &'a Statement) -> Self {
        let clean = statement.value.as_ref().ok();
        let is_secret = disclose::is_secret(statement.property);
        Self {
            id: statement.id.to_string(),
            source: statement.source.to_string(),
            observation: statement.observation.to_string(),
            line: statement.locator.line(),
            place: statement.locator.text(),
            pointer: match &statement.locator {
                Locator::Pointer { pointer, .. } => Some(pointer),
                _ => None,
            },
            record: statement.record.to_string(),
            property: statement.property.id(),
            original: disclose::original(statement).into_owned(),
            source_text: statement.source_text.as_deref(),
            qualifier: &statement.qualifier,
            path: &statement.path,
            value: clean.map(|value| value.display.as_str()),
            canonical: clean.filter(|_| !is_secret).map(|value| value.canonical.as_str()),
            span: clean.and_then(|value| value.span.as_ref()).map(SpanRow::from),
            problem: statement.value.as_ref().err().map(ToString::to_string),
            grade: statement.grade.text(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RecordRow<'a> {
    id: String,
    kind: &'static str,
    entity: String,
    label: &'a str,
    sources: Vec<String>,
}

impl<'a> From<&'a RecordCard> for RecordRow<'a> {
    fn from(card: &'a RecordCard) -> Self {
        Self {
            id: card.id.to_string(),
            kind: card.kind.id(),
            entity: card.entity.to_string(),
            label: &card.label,
            sources: ids::<SourceId>(&card.sources),
        }
    }
}

#[derive(Serialize)]
pub(super) struct PairRow<'a> {
    left: String,
    right: String,
    score: i32,
    prior: i32,
    probability: u32,
    decision: &'static str,
    judgement: &'static str,
    kinds_of_evidence: u32,
    why: &'a str,
    contributions: Vec<ContributionRow<'a>>,
}

impl<'a> From<&'a PairScore> for PairRow<'a> {
    fn from(pair: &'a PairScore) -> Self {
        Self {
            left: pair.left.to_string(),
            right: pair.right.to_string(),
            score: pair.score.0,
            prior: pair.prior.0,
            probability: pair.probability,
            decision: pair.decision.id(),
            judgement: judgement_word(pair.judgement),
            kinds_of_evidence: pair.kinds_of_evidence,
            why: &pair.why,
            contributions: pair.contributions.iter().map(ContributionRow::from).collect(),
        }
    }
}

/// Returns the stable word of a judgement state.
fn judgement_word(state: JudgementState) -> &'static str {
    match state {
        JudgementState::Open => "open",
        JudgementState::Same => "same",
        JudgementState::Different => "different",
        JudgementState::Unsure => "unsure",
        JudgementState::Contradiction => "contradiction",
    }
}

#[derive(Serialize)]
struct ContributionRow<'a> {
    feature: &'a str,
    left: &'a str,
    right: &'a str,
    level: u8,
    agreement: String,
    weight: i32,
    rarity: i32,
    statements: Vec<String>,
}

impl<'a> From<&'a Contribution> for ContributionRow<'a> {
    fn from(part: &'a Contribution) -> Self {
        Self {
            feature: &part.feature,
            left: &part.left,
            right: &part.right,
            level: part.level,
            agreement: part.words(),
            weight: part.weight.0,
            rarity: part.rarity.0,
            statements: ids::<StatementId>(&part.statements),
        }
    }
}

#[derive(Serialize)]
pub(super) struct NoteRow<'a> {
    stage: &'a str,
    text: &'a str,
}

impl<'a> From<&'a StageNote> for NoteRow<'a> {
    fn from(note: &'a StageNote) -> Self {
        Self {
            stage: &note.stage,
            text: &note.text,
        }
    }
}
