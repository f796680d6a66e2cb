//! Decide: what a score means for a pair by itself, before verdicts and clustering.

use crate::feature::Feature;
use crate::model::Model;
use crate::score::{Part, Scored};

/// Says what becomes of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// It is not worth a look.
    Rejected,
    /// It waits for a person.
    Review,
    /// It may be joined.
    Linked,
}

/// Decides a pair by its score alone.
pub(crate) fn decide(scored: &Scored, model: &Model) -> Decision {
    if scored.score < model.review || !scored.parts.iter().any(|part| part.total() > 0) {
        return Decision::Rejected;
    }
    if scored.score < model.link {
        return Decision::Review;
    }
    let distinct_handle =
        |part: &Part| part.feature == Feature::Handle && part.agreement.level >= 3 && part.muted.is_none();
    let unique = scored
        .parts
        .iter()
        .any(|part| joins_alone(part, model) || distinct_handle(part));
    if unique || scored.kinds >= model.min_kinds {
        return Decision::Linked;
    }
    if model.name_alone_reviews {
        Decision::Review
    } else {
        Decision::Linked
    }
}

/// Tells whether a shared identifier joins two records by itself, as the rules have it.
fn joins_alone(part: &Part, model: &Model) -> bool {
    part.is_shared_identifier() && (model.email_joins || part.feature != Feature::Email)
}
