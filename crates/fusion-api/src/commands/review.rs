//! Pairs waiting for a verdict, verdicts, explanations.

use std::sync::Arc;

use fusion_engine::{Subject, Unmerge};
use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{EntityId, RecordId, Verdict};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::job::JobStartedView;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::jobs::JobResult;
use crate::open_case::Extent;
use crate::picture::Picture;
use crate::router::{Command, command};
use crate::view::PairView;
/// Asks for pairs.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReviewPageRequest {
    /// Decisions to keep, e.g. `review`; all when empty.
    pub decisions: Vec<String>,
    /// First row, 0-based.
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u64,
}

/// Shows pairs, strongest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReviewPageView {
    /// The pairs.
    pub pairs: Vec<PairView>,
    /// Pairs that match altogether.
    pub total: u64,
}

/// Gives a verdict on two records or entities.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JudgeRequest {
    /// Record or entity id.
    pub left: String,
    /// Record or entity id.
    pub right: String,
    /// `same`, `different` or `unsure`.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

/// Asks why two records or entities are, or are not, one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExplainRequest {
    /// Record or entity id.
    pub left: String,
    /// Record or entity id.
    pub right: String,
}

/// Shows why two things are, or are not, one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExplainView {
    /// The pair with every contribution.
    pub pair: PairView,
    /// Whether both are one entity now.
    pub together: bool,
    /// The chain of pairs that joins them, when they are.
    pub path: Vec<PairView>,
    /// What would take them apart or bring them together, in words.
    pub would_change: Vec<String>,
}

const MOST_PAIRS: u64 = 500;

pub(crate) const COMMANDS: &[Command] = &[
    command!("review.page", Read, "Pairs by decision, strongest first.", ReviewPageRequest => ReviewPageView, page),
    command!("review.judge", Write, "Gives a verdict and fuses again.", JudgeRequest => JobStartedView, judge),
    command!("review.explain", Read, "Why two things are, or are not, one.", ExplainRequest => ExplainView, explain),
];

/// Returns pairs, strongest first.
pub fn page(bench: &Arc<Workbench>, request: ReviewPageRequest) -> Result<ReviewPageView, ApiError> {
    let picture = bench.case()?.picture()?;
    let decisions: Vec<PairDecision> = request
        .decisions
        .iter()
        .map(|id| PairDecision::from_id(id).ok_or_else(|| ApiError::usage(format!("unknown decision: {id}"))))
        .collect::<Result<_, _>>()?;
    let waiting = [PairDecision::Review];
    let matching: Vec<_> = if decisions == waiting {
        picture.waiting()
    } else {
        let wanted = |pair: &&PairScore| decisions.is_empty() || decisions.contains(&pair.decision);
        picture.snapshot.pairs.iter().filter(wanted).collect()
    };
    let rows = matching
        .iter()
        .skip(request.offset as usize)
        .take(request.limit.min(MOST_PAIRS) as usize);
    Ok(ReviewPageView {
        pairs: rows.map(|pair| picture.pair_view(pair)).collect(),
        total: matching.len() as u64,
    })
}

/// Records a verdict; the caller fuses.
pub fn record_verdict(bench: &Arc<Workbench>, request: &JudgeRequest) -> Result<(), ApiError> {
    let case = bench.case()?;
    let verdict = Verdict::from_id(&request.verdict).ok_or_else(|| {
        ApiError::usage(format!("unknown verdict: {}", request.verdict)).hint("one of same, different, unsure")
    })?;
    if request.reason.trim().is_empty() {
        return Err(ApiError::usage("a verdict needs a reason"));
    }
    let (left, right) = sides(&*case.picture()?, &request.left, &request.right)?;
    case.judge(left, right, verdict, request.reason.trim())
}

/// Records a verdict and fuses in a job.
pub fn judge(bench: &Arc<Workbench>, request: JudgeRequest) -> Result<JobStartedView, ApiError> {
    record_verdict(bench, &request)?;
    let case = bench.case()?;
    let job = bench.jobs.start("fuse", move |progress| {
        let text = case.fuse(Extent::WhatChanged, progress)?;
        Ok(JobResult { text, import: None })
    });
    Ok(JobStartedView { job })
}

/// Explains why two records or entities are, or are not, one.
pub fn explain(bench: &Arc<Workbench>, request: ExplainRequest) -> Result<ExplainView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    let explanation = case.explain(subject(&picture, &request.left)?, subject(&picture, &request.right)?)?;
    Ok(ExplainView {
        pair: picture.pair_view(&explanation.pair),
        together: explanation.left == explanation.right,
        path: explanation.path.iter().map(|pair| picture.pair_view(pair)).collect(),
        would_change: explanation
            .unmerge
            .iter()
            .map(|change| would_change(&picture, change))
            .collect(),
    })
}

fn would_change(picture: &Picture, change: &Unmerge) -> String {
    let label = |record: &RecordId| picture.record_view(*record).label;
    match change {
        Unmerge::Judge { left, right } => {
            format!("the verdict \"different\" on {} and {}", label(left), label(right))
        }
        Unmerge::WithdrawVerdict { left, right } => {
            format!(
                "withdrawing the verdict \"same\" on {} and {}",
                label(left),
                label(right)
            )
        }
        Unmerge::WithdrawSource(source) => format!("withdrawing the source {}", picture.source_name(*source)),
    }
}

fn subject(picture: &Picture, id: &str) -> Result<Subject, ApiError> {
    let entity = EntityId::parse(id)?;
    if picture.entity(entity).is_some() {
        return Ok(Subject::Entity(entity));
    }
    Ok(Subject::Record(RecordId::parse(id)?))
}

/// Reads two ids as records; an entity stands for the pair of member records that the engine scored highest.
fn sides(picture: &Picture, left: &str, right: &str) -> Result<(RecordId, RecordId), ApiError> {
    let (lefts, rights) = (records(picture, left)?, records(picture, right)?);
    let scored = picture.snapshot.pairs.iter().find(|pair| {
        (lefts.contains(&pair.left) && rights.contains(&pair.right))
            || (lefts.contains(&pair.right) && rights.contains(&pair.left))
    });
    let chosen = match scored {
        Some(pair) => Some((pair.left, pair.right)),
        None => {
            let mut crossed = lefts
                .iter()
                .flat_map(|left| rights.iter().map(move |right| (*left, *right)));
            crossed.find(|(left, right)| left != right)
        }
    };
    chosen.ok_or_else(|| ApiError::usage("these are one and the same record"))
}

fn records(picture: &Picture, id: &str) -> Result<Vec<RecordId>, ApiError> {
    if let Some(entity) = picture.entity(EntityId::parse(id)?) {
        return Ok(entity.records.clone());
    }
    let record = RecordId::parse(id)?;
    match picture.record(record) {
        Some(card) => Ok(vec![card.id]),
        None => Err(ApiError::not_found(format!("record or entity: {id}"))),
    }
}
