//! The rules of judgement: what a score and the evidence behind it come to in a case.
//!
//! Two persons are one on one verified unique identifier that both state themselves, or on two independent kinds of
//! evidence above the threshold. A display name alone waits for a person. Names that contradict each other never
//! join by themselves, however much a household shares. Conflicting unique marks refuse. A plain table, which has
//! nobody to wait for, is decided by scores alone; a case asks for more.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use fusion_model::EntityKind;
use fusion_model::derived::PairDecision;
use fusion_resolve::{
    Conflict, Decision, Family, Feature, Held, Judge, Model, Part, Scored, Strength, Values, conflict,
};

use crate::watch::{Progress, Stopped};

/// Says why a pair was decided as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    SharedIdentifier(Feature),
    KindsOfEvidence,
    RegisteredName,
    SamePlace,
    NameOnly,
    OneKind,
    NamesContradict,
    BetweenThresholds,
    BelowReview,
    Conflict(Conflict),
}

/// Decides the pairs of one kind of record.
#[derive(Clone, Copy)]
pub(super) struct Court<'a> {
    pub(super) kind: EntityKind,
    pub(super) model: &'a Model,
}

/// A court that sits as long as a host waits for it.
pub(super) struct Sitting<'a> {
    court: Court<'a>,
    progress: Progress<'a>,
    is_over: AtomicBool,
}

impl<'a> Sitting<'a> {
    /// Opens the court for one run.
    pub(super) fn of(kind: EntityKind, model: &'a Model, progress: Progress<'a>) -> Self {
        Self {
            court: Court { kind, model },
            progress,
            is_over: AtomicBool::new(false),
        }
    }

    /// Closes it: what was decided counts if the host waited to the end.
    pub(super) fn close(self) -> Result<(), Stopped> {
        if self.is_over.into_inner() {
            Err(self.progress.stopped())
        } else {
            Ok(())
        }
    }
}

impl Judge for Sitting<'_> {
    fn decide(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held]) -> Decision {
        match self.court.judge(values, scored, left, right).0 {
            PairDecision::Linked => Decision::Linked,
            PairDecision::Review => Decision::Review,
            _ => Decision::Rejected,
        }
    }

    fn holds(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held], least: i32) -> bool {
        let alike = scored.score >= least || self.court.named_alike(values, scored).is_some();
        alike && conflict(values, left, right).is_none()
    }

    fn is_awaited(&self) -> bool {
        let goes_on = !self.is_over.load(Ordering::Relaxed) && self.progress.at(0, 1).is_ok();
        if !goes_on {
            self.is_over.store(true, Ordering::Relaxed);
        }
        goes_on
    }
}

impl Court<'_> {
    /// Decides a pair by itself, before verdicts and clustering.
    pub(super) fn judge(
        &self,
        values: &Values,
        scored: &Scored,
        left: &[Held],
        right: &[Held],
    ) -> (PairDecision, Reason) {
        let (decision, reason) = self.by_evidence(values, scored);
        if decision == PairDecision::Rejected {
            return (decision, reason);
        }
        match conflict(values, left, right) {
            // Two of one name who were born on two days are two; nobody has to look.
            Some(conflict) if reason == Reason::NameOnly => (PairDecision::Rejected, Reason::Conflict(conflict)),
            Some(conflict) => (PairDecision::Refused, Reason::Conflict(conflict)),
            None => (decision, reason),
        }
    }

    fn by_evidence(&self, values: &Values, scored: &Scored) -> (PairDecision, Reason) {
        if let Some(reason) = self.named_alike(values, scored) {
            return (PairDecision::Linked, reason);
        }
        // In a small population the prior alone reaches the review threshold; something has to agree as well.
        let agrees = scored.parts.iter().any(|part| part.total() > 0);
        if scored.score < self.model.review || !agrees {
            return (PairDecision::Rejected, Reason::BelowReview);
        }
        let contradict = scored.parts.iter().any(is_other_name);
        let enough = scored.score >= self.model.link;
        if let Some(shared) = self.shared_identifier(scored)
            && (!contradict || (shared == Feature::OfficialNumber && enough))
        {
            return (PairDecision::Linked, Reason::SharedIdentifier(shared));
        }
        if contradict {
            return (PairDecision::Review, Reason::NamesContradict);
        }
        if enough && kinds_of_evidence(scored) >= self.model.min_kinds {
            return (PairDecision::Linked, Reason::KindsOfEvidence);
        }
        let mut agreeing = scored.parts.iter().filter(|part| part.total() > 0);
        if agreeing.all(|part| part.feature.is_name() || !is_evidence(part.feature)) {
            let decision = if enough && !self.model.name_alone_reviews {
                PairDecision::Linked
            } else {
                PairDecision::Review
            };
            return (decision, Reason::NameOnly);
        }
        let reason = if enough {
            Reason::OneKind
        } else {
            Reason::BetweenThresholds
        };
        (PairDecision::Review, reason)
    }

    fn shared_identifier(&self, scored: &Scored) -> Option<Feature> {
        let mut shared = scored.parts.iter().filter(|part| part.is_shared_identifier());
        shared
            .find(|part| self.model.email_joins || part.feature != Feature::Email)
            .map(|part| part.feature)
    }

    /// A registered name with its legal form, and a place in the same words, name one thing by themselves.
    fn named_alike(&self, values: &Values, scored: &Scored) -> Option<Reason> {
        let contradicts = |features: &[Feature]| {
            let differs = |part: &&Part| part.agreement.strength == Strength::Differs && part.muted.is_none();
            let mut differing = scored.parts.iter().filter(differs);
            differing.any(|part| features.contains(&part.feature))
        };
        let part_of = |feature: Feature| scored.parts.iter().find(|part| part.feature == feature);
        match self.kind {
            EntityKind::Organization => {
                let name = part_of(Feature::OrganizationName)?;
                let registered = name.agreement.strength >= Strength::Agrees
                    && values.is_same_registered_name(name.left, name.right);
                let clear = !contradicts(&[Feature::OfficialNumber, Feature::Country]);
                (registered && clear).then_some(Reason::RegisteredName)
            }
            EntityKind::Place => part_of(Feature::Location)
                .filter(|part| part.agreement.strength == Strength::Exact)
                .filter(|_| !contradicts(&[Feature::Country]))
                .map(|_| Reason::SamePlace),
            _ => None,
        }
    }
}

/// Counts the independent kinds of evidence that agree. Towns, countries, hosts and what somebody says of himself are too
/// common: they support, but never make a second kind.
pub(super) fn kinds_of_evidence(scored: &Scored) -> u32 {
    let agreeing = scored.parts.iter().filter(|part| {
        part.total() > 0
            && part.muted.is_none()
            && part.agreement.strength >= Strength::Agrees
            && is_evidence(part.feature)
    });
    agreeing
        .map(|part| part.feature.family())
        .collect::<BTreeSet<_>>()
        .len() as u32
}

fn is_evidence(feature: Feature) -> bool {
    !matches!(feature.family(), Family::Place | Family::Net | Family::Story)
}

/// Tells whether the names are of two: different, or alike in one part only (the members of a family).
fn is_other_name(part: &Part) -> bool {
    matches!(part.feature, Feature::PersonName | Feature::OrganizationName)
        && matches!(part.agreement.strength, Strength::Differs | Strength::Leans)
        && part.muted.is_none()
}
