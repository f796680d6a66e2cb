//! The pipeline: all stages in the order of the data walk.
//!
//! [`fuse`] (and [`fuse_taking`], and [`fuse_onto`] for the next of several) is the engine's one door: evidence, rules and a moment in, a snapshot out, byte for byte the same for the
//! same sets. It must not know what a stage computes, only what each one reads and gives. It fails only by being
//! stopped or refused, and then nothing is half done.

use std::collections::BTreeMap;
use std::sync::Arc;

use fusion_model::derived::{Entity, Finding, PairDecision, Risk, Snapshot, StageNote};
use fusion_model::{Evidence, FindingId, Level, Score, Timestamp};

use crate::clean::{clean, clean_taking};
use crate::cleaned::Cleaned;
use crate::entity::EntityDraft;
use crate::graph::Measures;
use crate::lookup::Lookup;
use crate::resolution::Resolution;
use crate::resolve::{Footing, Told, resolve_onto, resolve_watched};
use crate::revision::{ENGINE, as_of, evidence_state, revision};
use crate::risk::Assessment;
use crate::rules::Rules;
use crate::watch::{Progress, Stopped, Watch};
use crate::{alerts, correlate, entity, graph, record_card, risk, timeline};

/// The stages in their order, as told to a [`Watch`].
pub const STAGES: [&str; 8] = [
    "clean",
    "resolve",
    "confidence",
    "correlate",
    "risk",
    "timeline",
    "graph",
    "alerts",
];

/// Derives everything from the live evidence under `rules`, as of the day of `now`.
///
/// `watch` hears `(stage, 0, 1)` as each of [`STAGES`] begins and, within `resolve`, how many pairs are put into words.
///
/// # Errors
///
/// [`Stopped`] when `watch` breaks or the pair budget of the rules refuses the run.
pub fn fuse(evidence: &Evidence, rules: &Rules, now: Timestamp, watch: &dyn Watch) -> Result<Snapshot, Stopped> {
    Progress::new(watch, "clean").at(0, 1)?;
    fuse_cleaned(clean(evidence), evidence, rules, now, watch)
}

/// As [`fuse`], and uses the evidence up: a large case is never held twice.
///
/// # Errors
///
/// As [`fuse`].
pub fn fuse_taking(
    mut evidence: Evidence,
    rules: &Rules,
    now: Timestamp,
    watch: &dyn Watch,
) -> Result<Snapshot, Stopped> {
    Progress::new(watch, "clean").at(0, 1)?;
    fuse_cleaned(clean_taking(&mut evidence), &evidence, rules, now, watch)
}

fn fuse_cleaned(
    cleaned: Cleaned,
    evidence: &Evidence,
    rules: &Rules,
    now: Timestamp,
    watch: &dyn Watch,
) -> Result<Snapshot, Stopped> {
    Progress::new(watch, "resolve").at(0, 1)?;
    let resolution = resolve_watched(&cleaned, &evidence.judgements, rules, watch)?;
    derive(&cleaned, resolution, evidence, rules, as_of(now), watch)
}

/// As [`fuse_taking`], with the same bytes: records follow what stands on the footing, and what the next fusion of the case
/// can follow stands there afterwards. Of a run that was stopped or refused while it resolved, nothing does. Where the
/// footing [knows](Footing::knows) the evidence, its observations are not read and need not be there.
///
/// # Errors
///
/// As [`fuse`].
pub fn fuse_onto(
    footing: &mut Footing,
    mut evidence: Evidence,
    rules: &Rules,
    now: Timestamp,
    watch: &dyn Watch,
) -> Result<Snapshot, Stopped> {
    Progress::new(watch, "clean").at(0, 1)?;
    let state = evidence_state((&evidence).into());
    let (cleaned, told) = match footing.take_cleaned(&state) {
        Some(known) => (known, Told::AsBefore),
        None => (Arc::new(clean_taking(&mut evidence)), Told::Anew),
    };
    Progress::new(watch, "resolve").at(0, 1)?;
    let resolution = resolve_onto(footing, (&cleaned, told), &evidence.judgements, rules, watch)?;
    let snapshot = derive(&cleaned, resolution, &evidence, rules, as_of(now), watch)?;
    footing.keep_cleaned(state, cleaned);
    Ok(snapshot)
}

/// Derives everything from what was cleaned and resolved; of `evidence` only the small parts are read.
fn derive(
    cleaned: &Cleaned,
    resolution: Resolution,
    evidence: &Evidence,
    rules: &Rules,
    now: Timestamp,
    watch: &dyn Watch,
) -> Result<Snapshot, Stopped> {
    let begin = |stage: &str| Progress::new(watch, stage).at(0, 1);
    begin("confidence")?;
    let lookup = Lookup::new(cleaned, &resolution);
    let drafts = entity::assemble_in(&lookup, rules, now);
    begin("correlate")?;
    let correlation = correlate::correlate_in(&lookup, rules, now);
    begin("risk")?;
    let assessment = risk::assess_in(&lookup, &drafts, &correlation.relations, rules, now);
    drop(lookup);
    begin("timeline")?;
    let labels = drafts.iter().map(|draft| (draft.id, draft.label.clone())).collect();
    let events = timeline::events(cleaned, &resolution, &labels);
    let patterns = timeline::summarise(&events, rules);
    let contradictions = timeline::contradictions(&events, rules);
    begin("graph")?;
    let measures = graph::measure(&drafts, &correlation.relations, rules);
    begin("alerts")?;
    let notes = [
        cleaned.notes.clone(),
        resolution.notes.clone(),
        correlation.notes,
        graph_notes(&measures),
    ]
    .concat();
    let findings = joined([resolution.findings.clone(), assessment.findings.clone(), contradictions]);
    let records = record_card::cards(cleaned, &resolution);
    let pairs = resolution
        .pairs
        .into_iter()
        .filter(|pair| pair.decision != PairDecision::Rejected)
        .collect();
    let mut snapshot = Snapshot {
        case_name: evidence.case_name.clone(),
        revision: revision(evidence, rules, now),
        as_of: now,
        engine: ENGINE.to_owned(),
        sources: cleaned.sources.clone(),
        statements: Arc::clone(&cleaned.statements),
        records,
        entities: entities(drafts, assessment, &measures),
        relations: correlation.relations,
        events,
        findings,
        alerts: Vec::new(),
        pairs,
        timeline: patterns,
        graph: measures.summary,
        notes,
    };
    snapshot.alerts = alerts::raise(&snapshot, rules);
    Ok(snapshot)
}

/// Joins what the stages know of each entity, by id.
fn entities(drafts: Vec<EntityDraft>, mut assessment: Assessment, measures: &Measures) -> Vec<Entity> {
    let mut entities: Vec<Entity> = drafts
        .into_iter()
        .map(|draft| Entity {
            risk: assessment.risks.remove(&draft.id).unwrap_or_else(unassessed),
            network: measures.networks.get(&draft.id).cloned().unwrap_or_default(),
            id: draft.id,
            kind: draft.kind,
            label: draft.label,
            records: draft.records,
            aliases: draft.aliases,
            facts: draft.facts,
            confidence: draft.confidence,
            sources: draft.sources,
            seen: draft.seen,
        })
        .collect();
    entities.sort_by_key(|entity| entity.id);
    entities
}

fn unassessed() -> Risk {
    Risk {
        score: Score::ZERO,
        level: Level::Minimal,
        factors: Vec::new(),
        flip: None,
    }
}

/// Joins the findings of all stages, by id, each once.
fn joined(stages: [Vec<Finding>; 3]) -> Vec<Finding> {
    let all: BTreeMap<FindingId, Finding> = stages
        .into_iter()
        .flatten()
        .map(|finding| (finding.id, finding))
        .collect();
    all.into_values().collect()
}

fn graph_notes(measures: &Measures) -> Vec<StageNote> {
    let samples = measures.summary.betweenness_samples;
    let text = format!("The graph is large: betweenness and closeness are estimated from {samples} entities.");
    if samples > 0 {
        vec![StageNote {
            stage: "graph".to_owned(),
            text,
        }]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
