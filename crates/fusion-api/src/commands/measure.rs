//! What people's verdicts say of the engine, and the thresholds that it goes by: measured, proposed, tried out, changed.

use std::sync::Arc;

use fusion_engine::review::{
    self as engine, Effect, Ground, Group, Proposal, Share, Stratum, Tally, Thresholds, propose,
};
use fusion_model::{EntityId, MilliBits, Score};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::job::JobStartedView;
use super::review::ReviewPageView;
use crate::bench::Workbench;
use crate::error::ApiError;
use crate::picture::Picture;
use crate::router::{Command, command};
use crate::rules::RuleChangeView;
/// Asks for the thresholds in force.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ThresholdsRequest {}

/// Shows from where pairs are asked about and joined.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ThresholdsView {
    /// Log-odds from which a pair waits for a verdict, in thousandths of a bit.
    pub review_millibits: i32,
    /// Log-odds from which a pair is joined, in thousandths of a bit.
    pub link_millibits: i32,
}

/// Asks for pairs that chance draws for a check.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SampleRequest {
    /// `linked`, `waiting`, `refused` or `rejected`: what the engine decides by itself.
    pub stratum: String,
    /// Pairs wanted, at most 500.
    pub limit: u64,
}

/// Asks what the verdicts say of the engine.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MeasureRequest {
    /// Surety that joining shall have, in ten-thousandths; 9,500 when absent.
    #[ts(optional)]
    pub goal: Option<u32>,
}

/// Counts verdicts.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TallyView {
    /// Judged the same.
    pub same: u64,
    /// Judged different.
    pub different: u64,
    /// Looked at without deciding.
    pub unsure: u64,
}

/// Shows a share with the interval of 95 % that it lies in, in ten-thousandths.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ShareView {
    /// Lower end.
    pub low: u32,
    /// The share among decided pairs; none when nothing was decided.
    pub estimate: Option<u32>,
    /// Upper end.
    pub high: u32,
}

/// Shows the verdicts on pairs that have something in common.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GroupView {
    /// What they have in common.
    pub key: String,
    /// Pairs in all.
    pub pairs: u64,
    /// Verdicts on pairs that chance has drawn.
    pub drawn: TallyView,
    /// Verdicts on pairs that somebody chose.
    pub chosen: TallyView,
    /// The share of the same, by what was drawn.
    pub share: ShareView,
}

/// Shows a threshold that the verdicts speak for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProposalView {
    /// In force now.
    pub now: ThresholdsView,
    /// Proposed; as now where the verdicts do not speak for another.
    pub proposed: ThresholdsView,
    /// `holds`, `moved` or `too-few`, for joining.
    pub link: String,
    /// Verdicts that are missing at least, for joining.
    pub link_missing: u64,
    /// `holds`, `moved` or `too-few`, for asking.
    pub review: String,
    /// Verdicts that are missing at least, for asking.
    pub review_missing: u64,
    /// Surety that was asked for, in ten-thousandths.
    pub goal: u32,
}

/// Shows what the verdicts say of the engine.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MeasureView {
    /// Pairs by what the engine decides by itself: linked, waiting, refused, rejected.
    pub strata: Vec<GroupView>,
    /// Linked pairs by probability in percent.
    pub bands: Vec<GroupView>,
    /// Linked pairs by what speaks for them most.
    pub evidence: Vec<GroupView>,
    /// The share of all the same, among kept pairs, that is linked.
    pub recall: ShareView,
    /// Verdicts on pairs that were not compared or not kept.
    pub elsewhere: u64,
    /// Thresholds that the verdicts speak for.
    pub proposal: ProposalView,
}

/// Names thresholds to try out or to put in force.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewRequest {
    /// Log-odds from which a pair waits for a verdict, in thousandths of a bit.
    pub review_millibits: i32,
    /// Log-odds from which a pair is joined, in thousandths of a bit.
    pub link_millibits: i32,
}

/// Shows pairs that would be decided otherwise.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MovedView {
    /// Decision now.
    pub from: String,
    /// Decision then.
    pub to: String,
    /// Number of pairs.
    pub pairs: u64,
}

/// Shows entities that would be one, or the parts that one would fall into.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RegroupedView {
    /// Entity id: of the one that parts, or of the first that joins.
    pub entity: String,
    /// Labels: of the entities that join, or of the parts.
    pub labels: Vec<String>,
    /// Records concerned.
    pub records: u64,
}

/// Shows what other thresholds would do; nothing was changed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewView {
    /// The thresholds as the rules would hold them.
    pub thresholds: ThresholdsView,
    /// Pairs that would be decided otherwise.
    pub moved: Vec<MovedView>,
    /// How many groups of entities would be one.
    pub merges: u64,
    /// The first of them.
    pub merged: Vec<RegroupedView>,
    /// How many entities would part.
    pub splits: u64,
    /// The first of them.
    pub split: Vec<RegroupedView>,
    /// Entities now.
    pub entities_now: u64,
    /// Entities then.
    pub entities_then: u64,
    /// Pairs that wait now.
    pub waiting_now: u64,
    /// Pairs that wait then.
    pub waiting_then: u64,
    /// What would change in the rules.
    pub rules: Vec<RuleChangeView>,
}

const EXAMPLES: usize = 10;
const MOST_PAIRS: u64 = 500;
const GOAL: u32 = 9_500;

pub(crate) const COMMANDS: &[Command] = &[
    command!("review.thresholds", Read, "From where pairs are asked about and joined.", ThresholdsRequest => ThresholdsView, thresholds),
    command!("review.sample", Read, "Pairs that chance draws for a check, in their order.", SampleRequest => ReviewPageView, sample),
    command!("review.measure", Read, "Precision and recall by the verdicts, and the thresholds they speak for.", MeasureRequest => MeasureView, measure),
    command!("review.preview", Read, "What other thresholds would do; changes nothing.", PreviewRequest => PreviewView, preview),
    command!("review.applyThresholds", Write, "Puts thresholds in force by one change of rules and fuses again.", PreviewRequest => JobStartedView, apply),
];

/// Returns the thresholds in force.
pub fn thresholds(bench: &Arc<Workbench>, _request: ThresholdsRequest) -> Result<ThresholdsView, ApiError> {
    Ok(Thresholds::of(&bench.case()?.rules()).into())
}

/// Returns pairs that chance draws next.
pub fn sample(bench: &Arc<Workbench>, request: SampleRequest) -> Result<ReviewPageView, ApiError> {
    let case = bench.case()?;
    let stratum = Stratum::from_id(&request.stratum).ok_or_else(|| {
        ApiError::usage(format!("unknown stratum: {}", request.stratum))
            .hint("one of linked, waiting, refused, rejected")
    })?;
    let log = case.log_length()?;
    let (picture, pairs) = (case.picture()?, case.unaided_pairs()?);
    let next = engine::sample(&pairs, &case.judgements()?, stratum);
    let shown = next.iter().take(request.limit.min(MOST_PAIRS) as usize);
    Ok(ReviewPageView {
        pairs: shown
            .filter_map(|at| pairs.get(*at))
            .map(|pair| picture.pair_view(pair))
            .collect(),
        questions: Vec::new(),
        total: next.len() as u64,
        log,
    })
}

/// Measures by the live verdicts.
pub fn measure(bench: &Arc<Workbench>, request: MeasureRequest) -> Result<MeasureView, ApiError> {
    let case = bench.case()?;
    let goal = request.goal.unwrap_or(GOAL);
    if !(5_000..10_000).contains(&goal) {
        return Err(ApiError::usage(format!("not a surety to aim at: {goal}")).hint("5000 to 9999 ten-thousandths"));
    }
    let (pairs, verdicts) = (case.unaided_pairs()?, case.judgements()?);
    let found = engine::measure(&pairs, &verdicts);
    let proposal = propose(
        &pairs,
        &verdicts,
        &case.rules(),
        Score::from_basis_points(u64::from(goal)),
    );
    let groups = |groups: Vec<Group>| groups.into_iter().map(GroupView::from).collect();
    Ok(MeasureView {
        strata: groups(found.strata),
        bands: groups(found.bands),
        evidence: groups(found.evidence),
        recall: found.recall.into(),
        elsewhere: found.elsewhere,
        proposal: proposal_view(&proposal, goal),
    })
}

/// Tells what other thresholds would do.
pub fn preview(bench: &Arc<Workbench>, request: PreviewRequest) -> Result<PreviewView, ApiError> {
    let case = bench.case()?;
    let (now, picture) = (case.rules(), case.picture()?);
    let then = wanted(&request)?.in_place_of(&now);
    let Effect {
        moved,
        merges,
        splits,
        entities_now,
        entities_then,
        waiting_now,
        waiting_then,
    } = case.effect_of(&then)?;
    Ok(PreviewView {
        thresholds: Thresholds::of(&then).into(),
        moved: moved
            .into_iter()
            .map(|moved| MovedView {
                from: moved.from.id().to_owned(),
                to: moved.to.id().to_owned(),
                pairs: moved.pairs,
            })
            .collect(),
        merges: merges.len() as u64,
        merged: merges
            .iter()
            .take(EXAMPLES)
            .map(|group| merged(&picture, group))
            .collect(),
        splits: splits.len() as u64,
        split: splits
            .iter()
            .take(EXAMPLES)
            .map(|(entity, parts)| RegroupedView {
                entity: entity.to_string(),
                labels: parts
                    .iter()
                    .filter_map(|part| part.first())
                    .map(|record| picture.record_view(*record).label)
                    .collect(),
                records: parts.iter().map(|part| part.len() as u64).sum(),
            })
            .collect(),
        entities_now,
        entities_then,
        waiting_now,
        waiting_then,
        rules: crate::rules::changes(&now, &then),
    })
}

/// Puts thresholds in force.
pub fn apply(bench: &Arc<Workbench>, request: PreviewRequest) -> Result<JobStartedView, ApiError> {
    let case = bench.case()?;
    let then = wanted(&request)?.in_place_of(&case.rules());
    if then == *case.rules() {
        return Err(ApiError::usage("these thresholds are in force already"));
    }
    case.change_rules(then)?;
    Ok(JobStartedView {
        job: case.fuse_soon(&bench.jobs),
    })
}

fn wanted(request: &PreviewRequest) -> Result<Thresholds, ApiError> {
    let wanted = Thresholds {
        review: MilliBits(request.review_millibits),
        link: MilliBits(request.link_millibits),
    };
    if wanted.review > wanted.link {
        return Err(ApiError::usage("pairs cannot be joined before they are asked about"));
    }
    if wanted.link < MilliBits(0) {
        return Err(
            ApiError::usage("pairs that are less likely one than two are not joined").hint("0 millibits or more"),
        );
    }
    Ok(wanted)
}

fn merged(picture: &Picture, group: &[EntityId]) -> RegroupedView {
    let entities = || group.iter().filter_map(|id| picture.entity(*id));
    RegroupedView {
        entity: group.first().map(ToString::to_string).unwrap_or_default(),
        labels: entities().map(|entity| entity.label.clone()).collect(),
        records: entities().map(|entity| entity.records.len() as u64).sum(),
    }
}

fn proposal_view(proposal: &Proposal, goal: u32) -> ProposalView {
    let word = |ground: Ground| match ground {
        Ground::Holds => "holds",
        Ground::Moved => "moved",
        Ground::TooFew(_) => "too-few",
    };
    let missing = |ground: Ground| match ground {
        Ground::TooFew(missing) => missing,
        _ => 0,
    };
    ProposalView {
        now: proposal.now.into(),
        proposed: proposal.proposed.into(),
        link: word(proposal.link).to_owned(),
        link_missing: missing(proposal.link),
        review: word(proposal.review).to_owned(),
        review_missing: missing(proposal.review),
        goal,
    }
}

impl From<Thresholds> for ThresholdsView {
    fn from(thresholds: Thresholds) -> Self {
        Self {
            review_millibits: thresholds.review.0,
            link_millibits: thresholds.link.0,
        }
    }
}

impl From<Tally> for TallyView {
    fn from(tally: Tally) -> Self {
        let Tally {
            same,
            different,
            unsure,
        } = tally;
        Self {
            same,
            different,
            unsure,
        }
    }
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        let Share { low, estimate, high } = share;
        Self { low, estimate, high }
    }
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        Self {
            key: group.key,
            pairs: group.pairs,
            drawn: group.drawn.into(),
            chosen: group.chosen.into(),
            share: group.share.into(),
        }
    }
}
