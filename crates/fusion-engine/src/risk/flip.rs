//! The flip test: which single source carries the level of a risk.
//!
//! For each source behind an entity's findings, the entity's own findings are recomputed as if that source had never
//! been imported. Exposure to neighbours is held fixed, except where it rests on that source alone: recomputing the
//! whole graph once per source would cost more than it tells. Of several sources that change the level, the one that
//! changes the score most is named; ties go to the smaller id.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use fusion_model::SourceId;
use fusion_model::derived::{Risk, RiskFlip};

use super::scene::Scene;
use super::subject::Subject;
use super::{Weighed, run, sum_up};
use crate::entity::EntityDraft;

/// Returns the source whose removal changes the level, if one does.
pub(super) fn test(scene: &Scene<'_>, draft: &EntityDraft, weighed: &[Weighed], risk: &Risk) -> Option<RiskFlip> {
    let statements = weighed.iter().flat_map(|found| found.hit.statements.iter());
    let sources: BTreeSet<SourceId> = statements.filter_map(|statement| scene.source_of(*statement)).collect();
    let flips = sources.into_iter().filter_map(|source| {
        let without = run(&Subject::without(scene, draft, source), |_| true);
        let (left, _) = sum_up(scene.rules, draft, &without);
        (left.level != risk.level).then_some(RiskFlip {
            source,
            level: left.level,
            score: left.score,
        })
    });
    let change = |flip: &RiskFlip| flip.score.basis_points().abs_diff(risk.score.basis_points());
    flips.min_by_key(|flip| (Reverse(change(flip)), flip.source))
}
