//! Risk: how dangerous an entity is, made of findings that can each be opened.
//!
//! Every rule is one small file under [`rules`] and one line in [`RISK_RULES`]. A rule looks at a [`Subject`] and
//! returns hits; a hit without statements cannot become a finding. Findings add up within their factor (capped at the
//! whole), the six factors are weighed, thresholds turn the sum into a level.
//!
//! Two passes: all rules but those of the neighbourhood, then exposure to what the first pass flagged. The flip test
//! removes one source at a time from an entity's own findings and asks whether the level changes ([`flip`]).
//!
//! The module must not know clocks, screens or how entities were resolved. It cannot fail.

mod exposure;
mod flip;
mod hit;
mod level;
pub mod rules;
mod said;
mod scene;
mod subject;

use std::collections::BTreeMap;

use fusion_model::derived::{Finding, FindingKind, Relation, Risk, RiskFactor};
use fusion_model::{ContentHasher, EntityId, FindingId, Score, Timestamp};

use crate::cleaned::Cleaned;
use crate::entity::EntityDraft;
use crate::lookup::Lookup;
use crate::resolution::Resolution;
use crate::rules::Rules;

pub use hit::{Factor, Hit, RiskRule};
pub use rules::RISK_RULES;
pub use said::{Act, Linked, SaidValue};
use scene::Scene;
pub use subject::Subject;

/// Holds what the stage found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Risk findings by id.
    pub findings: Vec<Finding>,
    /// The risk of every entity.
    pub risks: BTreeMap<EntityId, Risk>,
}

/// Holds one rule's hit on one entity, weighed.
struct Weighed {
    rule: &'static RiskRule,
    hit: Hit,
    adds: Score,
}

/// Assesses every entity.
pub fn assess(
    cleaned: &Cleaned,
    resolution: &Resolution,
    drafts: &[EntityDraft],
    relations: &[Relation],
    rules: &Rules,
    now: Timestamp,
) -> Assessment {
    assess_in(&Lookup::new(cleaned, resolution), drafts, relations, rules, now)
}

/// Assesses every entity of the partition that was looked up.
pub(crate) fn assess_in(
    lookup: &Lookup<'_>,
    drafts: &[EntityDraft],
    relations: &[Relation],
    rules: &Rules,
    now: Timestamp,
) -> Assessment {
    let mut scene = Scene::new(lookup, drafts, relations, rules, now);
    let mut found: BTreeMap<EntityId, Vec<Weighed>> = drafts
        .iter()
        .map(|draft| {
            (
                draft.id,
                run(&Subject::new(&scene, draft), |rule| !rule.looks_at_neighbours),
            )
        })
        .collect();
    scene.flagged = exposure::flagged(&found, &scene);
    scene.exposed = exposure::spread(&scene);
    for draft in drafts {
        let exposed = run(&Subject::new(&scene, draft), |rule| rule.looks_at_neighbours);
        found.entry(draft.id).or_default().extend(exposed);
    }
    let mut assessment = Assessment::default();
    for draft in drafts {
        let weighed = found.remove(&draft.id).unwrap_or_default();
        let (mut risk, findings) = sum_up(rules, draft, &weighed);
        risk.flip = flip::test(&scene, draft, &weighed, &risk);
        assessment.risks.insert(draft.id, risk);
        assessment.findings.extend(findings);
    }
    assessment.findings.sort_by_key(|finding| finding.id);
    assessment
}

/// Runs the chosen rules on one subject.
fn run(subject: &Subject<'_>, chosen: impl Fn(&RiskRule) -> bool) -> Vec<Weighed> {
    let switches = &subject.rules().risk.rules;
    let on = RISK_RULES
        .iter()
        .copied()
        .filter(|rule| chosen(rule) && (rule.switch)(switches).enabled);
    on.flat_map(|rule| {
        let weight = (rule.switch)(switches).weight;
        let hits = (rule.find)(subject)
            .into_iter()
            .filter(|hit| !hit.statements.is_empty());
        hits.map(move |hit| Weighed {
            rule,
            adds: weight.times(hit.strength),
            hit,
        })
    })
    .collect()
}

fn sum_up(rules: &Rules, draft: &EntityDraft, weighed: &[Weighed]) -> (Risk, Vec<Finding>) {
    let mut findings: Vec<(Factor, Finding)> = weighed
        .iter()
        .map(|found| (found.rule.factor, finding(rules, draft, found)))
        .collect();
    findings.sort_by_key(|(_, finding)| finding.id);
    findings.dedup_by(|left, right| left.1.id == right.1.id);
    let factors: Vec<RiskFactor> = Factor::ALL
        .iter()
        .map(|factor| {
            let of_factor = || {
                findings
                    .iter()
                    .filter(|(other, _)| other == factor)
                    .map(|(_, finding)| finding)
            };
            RiskFactor {
                name: factor.id().to_owned(),
                score: level::capped_sum(of_factor().map(|finding| finding.score)),
                weight: factor.weight(&rules.risk.weights),
                findings: of_factor().map(|finding| finding.id).collect(),
            }
        })
        .collect();
    let score = level::whole(factors.iter().map(|factor| (factor.score, factor.weight)));
    let risk = Risk {
        score,
        level: level::of(&rules.risk.thresholds, score),
        factors,
        flip: None,
    };
    (risk, findings.into_iter().map(|(_, finding)| finding).collect())
}

fn finding(rules: &Rules, draft: &EntityDraft, found: &Weighed) -> Finding {
    Finding {
        id: finding_id(found.rule.id, draft.id, &found.hit),
        kind: FindingKind::Risk,
        rule: found.rule.id.to_owned(),
        severity: level::of(&rules.risk.thresholds, found.adds),
        score: found.adds,
        entity: Some(draft.id),
        text: found.hit.text.clone(),
        innocent: found.rule.innocent.to_owned(),
        recommendation: found.rule.recommendation.to_owned(),
        statements: found.hit.statements.iter().copied().collect(),
    }
}

fn finding_id(rule: &str, entity: EntityId, hit: &Hit) -> FindingId {
    let mut hasher = ContentHasher::new("risk-finding");
    // The words tell two findings of one rule on the same statements apart (two keywords in one text).
    hasher.text(rule).part(&entity.0).text(&hit.text);
    for statement in &hit.statements {
        hasher.part(&statement.0);
    }
    FindingId(hasher.finish_short())
}

#[cfg(test)]
mod tests;
