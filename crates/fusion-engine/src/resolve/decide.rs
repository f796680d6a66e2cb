//! The rules of judgement: what a score and the evidence behind it come to.
//!
//! Two persons are one on one verified unique identifier that both state themselves, or on two independent kinds of
//! evidence above the threshold. A display name alone waits for a person. Names that contradict each other never
//! join by themselves, however much a household shares. Conflicting unique identifiers refuse.

use fusion_model::EntityKind;
use fusion_model::derived::PairDecision;

use crate::compare::{Family, Feature, Strength, Values, has_legal_form};
use crate::rules::EntityResolution;
use crate::score::{Part, Scored, least_for};

use super::marks::Conflict;

/// Holds the log-odds that decide.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    /// From here on a pair may be joined.
    pub(crate) link: i32,
    /// From here on a pair waits for a person.
    pub(crate) review: i32,
}

impl Thresholds {
    /// Turns the probabilities of the rules into log-odds.
    pub(crate) fn of(rules: &EntityResolution) -> Self {
        let link = least_for(rules.merge_confidence_threshold);
        Self {
            link,
            review: least_for(rules.review_confidence_threshold).min(link),
        }
    }
}

/// Says why a pair was decided as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
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

/// Decides a pair by itself, before verdicts and clustering.
pub(crate) fn decide(
    kind: EntityKind,
    scored: &Scored,
    conflict: Option<Conflict>,
    values: &Values,
    rules: &EntityResolution,
    thresholds: Thresholds,
) -> (PairDecision, Reason) {
    let (decision, reason) = by_evidence(kind, scored, values, rules, thresholds);
    match conflict {
        Some(conflict) if decision != PairDecision::Rejected => (PairDecision::Refused, Reason::Conflict(conflict)),
        _ => (decision, reason),
    }
}

fn by_evidence(
    kind: EntityKind,
    scored: &Scored,
    values: &Values,
    rules: &EntityResolution,
    thresholds: Thresholds,
) -> (PairDecision, Reason) {
    let contradict = scored.parts.iter().any(is_other_name);
    let enough = scored.score >= thresholds.link;
    if let Some(shared) = shared_identifier(scored, rules)
        && (!contradict || (shared == Feature::OfficialNumber && enough))
    {
        return (PairDecision::Linked, Reason::SharedIdentifier(shared));
    }
    if let Some(reason) = named_alike(kind, scored, values) {
        return (PairDecision::Linked, reason);
    }
    // In a small population the prior alone reaches the review threshold; something has to agree as well.
    let agrees = scored.parts.iter().any(|part| part.total() > 0);
    if scored.score < thresholds.review || !agrees {
        return (PairDecision::Rejected, Reason::BelowReview);
    }
    if contradict {
        return (PairDecision::Review, Reason::NamesContradict);
    }
    if enough && scored.kinds >= rules.min_kinds_of_evidence {
        return (PairDecision::Linked, Reason::KindsOfEvidence);
    }
    let mut agreeing = scored.parts.iter().filter(|part| part.total() > 0);
    if agreeing.all(|part| part.feature.is_name() || part.feature.family() == Family::Support) {
        let joins = enough && !rules.name_alone_reviews;
        return (
            if joins {
                PairDecision::Linked
            } else {
                PairDecision::Review
            },
            Reason::NameOnly,
        );
    }
    (
        PairDecision::Review,
        if enough {
            Reason::OneKind
        } else {
            Reason::BetweenThresholds
        },
    )
}

fn shared_identifier(scored: &Scored, rules: &EntityResolution) -> Option<Feature> {
    let mut shared = scored
        .parts
        .iter()
        .filter(|part| part.is_shared_identifier())
        .map(|part| part.feature);
    shared.find(|feature| *feature != Feature::Email || rules.email_exact_match)
}

/// Tells whether the names are of two: different, or alike in one part only (the members of a family).
fn is_other_name(part: &Part) -> bool {
    matches!(part.feature, Feature::PersonName | Feature::OrganizationName)
        && matches!(part.agreement.strength, Strength::Differs | Strength::Leans)
        && part.muted.is_none()
}

/// A registered name with its legal form, and a place in the same words, name one thing by themselves.
fn named_alike(kind: EntityKind, scored: &Scored, values: &Values) -> Option<Reason> {
    let differs = |part: &&Part| part.agreement.strength == Strength::Differs && part.muted.is_none();
    let contradicts = |features: &[Feature]| {
        scored
            .parts
            .iter()
            .filter(differs)
            .any(|part| features.contains(&part.feature))
    };
    let exact = |feature: Feature| {
        scored
            .parts
            .iter()
            .find(|part| part.feature == feature && part.agreement.strength == Strength::Exact)
    };
    match kind {
        EntityKind::Organization => {
            let name = exact(Feature::OrganizationName)?.left.and_then(|id| values.get(id))?;
            let clear = !contradicts(&[Feature::OfficialNumber, Feature::Country]);
            (has_legal_form(name) && clear).then_some(Reason::RegisteredName)
        }
        EntityKind::Place => exact(Feature::Location)
            .filter(|_| !contradicts(&[Feature::Country]))
            .map(|_| Reason::SamePlace),
        _ => None,
    }
}
