//! Pairs waiting for a verdict, verdicts, explanations.

use std::sync::Arc;

use fusion_engine::review::{Question, queue};
use fusion_engine::{Subject, Unmerge};
use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{EntityId, RecordId, Verdict};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::job::JobStartedView;
use crate::bench::Workbench;
use crate::error::ApiError;
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
    /// Order of the waiting pairs: `value`, what a verdict is worth (default), or `score`.
    #[ts(optional)]
    pub order: Option<String>,
}

/// Shows pairs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReviewPageView {
    /// The pairs.
    pub pairs: Vec<PairView>,
    /// Of each pair what a verdict on it is worth; empty unless only waiting pairs were asked for.
    pub questions: Vec<QuestionView>,
    /// Pairs that match altogether.
    pub total: u64,
    /// Length of the log that the answer knows at least.
    pub log: u64,
}

/// Shows what hangs on the verdict on a pair.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuestionView {
    /// What a verdict is worth: uncertainty times what hangs on it.
    pub value: u64,
    /// How little is known of the pair, 0 to 1000 thousandths of a bit.
    pub uncertainty_millibits: u32,
    /// Waiting questions that the verdict answers, itself included.
    pub settled: u32,
    /// Records of the left entity.
    pub left_records: u32,
    /// Records of the right entity.
    pub right_records: u32,
    /// Relations that would pass to the other entity.
    pub relations: u32,
    /// Alerts on either entity.
    pub alerts: u32,
    /// Risk of the left entity.
    pub left_risk: String,
    /// Risk of the right entity.
    pub right_risk: String,
    /// Whether somebody has looked at it without deciding.
    pub looked_at: bool,
}

/// Gives a verdict on two records, exactly these.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DecideRequest {
    /// Record id.
    pub left: String,
    /// Record id.
    pub right: String,
    /// `same`, `different` or `unsure`.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

/// Names a verdict to take back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeBackRequest {
    /// Operation of the verdict.
    pub operation: String,
}

/// Shows what was recorded, before it is fused.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecidedView {
    /// The operation in the log.
    pub operation: String,
    /// The job that will fuse it, together with what else is said meanwhile.
    pub job: u64,
    /// Length of the log with it.
    pub log: u64,
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
    command!("review.page", Read, "Pairs by decision: the waiting ones by what a verdict is worth, others strongest first.", ReviewPageRequest => ReviewPageView, page),
    command!("review.judge", Write, "Gives a verdict and fuses again.", JudgeRequest => JobStartedView, judge),
    command!("review.decide", Write, "Gives a verdict on exactly these records; fused soon, with others.", DecideRequest => DecidedView, decide),
    command!("review.takeBack", Write, "Takes a verdict back; fused soon, with others.", TakeBackRequest => DecidedView, take_back),
    command!("review.explain", Read, "Why two things are, or are not, one.", ExplainRequest => ExplainView, explain),
];

/// Returns pairs: those that wait by what a verdict on them is worth, as far as people have not spoken since; others
/// strongest first.
pub fn page(bench: &Arc<Workbench>, request: ReviewPageRequest) -> Result<ReviewPageView, ApiError> {
    let case = bench.case()?;
    let picture = case.picture()?;
    // Read before the verdicts, so that the answer never knows less.
    let log = case.log_length()?;
    let decisions: Vec<PairDecision> = request
        .decisions
        .iter()
        .map(|id| PairDecision::from_id(id).ok_or_else(|| ApiError::usage(format!("unknown decision: {id}"))))
        .collect::<Result<_, _>>()?;
    let (offset, limit) = (request.offset as usize, request.limit.min(MOST_PAIRS) as usize);
    if decisions == [PairDecision::Review] {
        let mut questions = queue(&picture.snapshot, &case.judgements()?);
        match request.order.as_deref().unwrap_or("value") {
            "value" => {}
            // Positions are the order by score.
            "score" => questions.sort_by_key(|question| question.pair),
            other => return Err(ApiError::usage(format!("unknown order: {other}")).hint("one of value, score")),
        }
        let total = questions.len() as u64;
        let shown: Vec<(&Question, &PairScore)> = questions
            .iter()
            .skip(offset)
            .take(limit)
            .filter_map(|question| Some((question, picture.snapshot.pairs.get(question.pair)?)))
            .collect();
        return Ok(ReviewPageView {
            pairs: shown.iter().map(|(_, pair)| picture.pair_view(pair)).collect(),
            questions: shown.iter().map(|(question, _)| question_view(question)).collect(),
            total,
            log,
        });
    }
    let wanted = |pair: &&PairScore| decisions.is_empty() || decisions.contains(&pair.decision);
    let matching: Vec<&PairScore> = picture.snapshot.pairs.iter().filter(wanted).collect();
    let shown = matching.iter().skip(offset).take(limit);
    Ok(ReviewPageView {
        pairs: shown.map(|pair| picture.pair_view(pair)).collect(),
        questions: Vec::new(),
        total: matching.len() as u64,
        log,
    })
}

fn question_view(question: &Question) -> QuestionView {
    let stake = question.stake;
    QuestionView {
        value: question.value,
        uncertainty_millibits: question.uncertainty,
        settled: stake.settled,
        left_records: stake.left_records,
        right_records: stake.right_records,
        relations: stake.relations,
        alerts: stake.alerts,
        left_risk: stake.left_risk.id().to_owned(),
        right_risk: stake.right_risk.id().to_owned(),
        looked_at: question.looked_at,
    }
}

/// Records a verdict; the caller fuses.
pub fn record_verdict(bench: &Arc<Workbench>, request: &JudgeRequest) -> Result<(), ApiError> {
    let case = bench.case()?;
    let (verdict, reason) = spoken(&request.verdict, &request.reason)?;
    let (left, right) = sides(&*case.picture()?, &request.left, &request.right)?;
    case.judge(left, right, verdict, reason).map(drop)
}

/// Records a verdict and fuses in a job.
pub fn judge(bench: &Arc<Workbench>, request: JudgeRequest) -> Result<JobStartedView, ApiError> {
    record_verdict(bench, &request)?;
    Ok(JobStartedView {
        job: bench.case()?.fuse_soon(&bench.jobs),
    })
}

/// Records a verdict on exactly two records and answers before it is fused.
pub fn decide(bench: &Arc<Workbench>, request: DecideRequest) -> Result<DecidedView, ApiError> {
    let case = bench.case()?;
    let (verdict, reason) = spoken(&request.verdict, &request.reason)?;
    let picture = case.picture()?;
    let known = |id: &str| {
        let record = RecordId::parse(id)?;
        let card = picture.record(record);
        card.map(|card| card.id)
            .ok_or_else(|| ApiError::not_found(format!("record: {id}")))
    };
    let (left, right) = (known(&request.left)?, known(&request.right)?);
    if left == right {
        return Err(ApiError::usage("these are one and the same record"));
    }
    let operation = case.judge(left, right, verdict, reason)?;
    Ok(DecidedView {
        operation: operation.to_string(),
        log: case.log_length()?,
        job: case.fuse_soon(&bench.jobs),
    })
}

/// Takes a verdict back and answers before that is fused.
pub fn take_back(bench: &Arc<Workbench>, request: TakeBackRequest) -> Result<DecidedView, ApiError> {
    let case = bench.case()?;
    let operation = case.take_verdict_back(&request.operation)?;
    Ok(DecidedView {
        operation: operation.to_string(),
        log: case.log_length()?,
        job: case.fuse_soon(&bench.jobs),
    })
}

/// Reads a verdict and its reason.
fn spoken<'a>(verdict: &str, reason: &'a str) -> Result<(Verdict, &'a str), ApiError> {
    let known = Verdict::from_id(verdict)
        .ok_or_else(|| ApiError::usage(format!("unknown verdict: {verdict}")).hint("one of same, different, unsure"))?;
    match reason.trim() {
        "" => Err(ApiError::usage("a verdict needs a reason")),
        reason => Ok((known, reason)),
    }
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
