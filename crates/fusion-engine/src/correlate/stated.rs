//! Links that sources state, and links that a plain value implies, lifted to entities.
//!
//! The score is the weight of an exact match by the item grade of the best link; each further independent origin
//! closes a part of what is missing to the whole. Even a doubtful link is drawn: it is evidence, graded as such.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::RelationKind;
use fusion_model::{EntityId, Grade, Property, RecordId, Score, TimeSpan};

use super::Ground;
use super::merge::{Basis, Support, Ties, better, either};
use crate::cleaned::{CleanLink, Implied};
use crate::confidence::credibility;

/// Draws every stated and implied link.
pub(super) fn draw(ground: &Ground<'_>, ties: &mut Ties) {
    let mut merged: BTreeMap<(EntityId, EntityId, RelationKind), Vec<&CleanLink>> = BTreeMap::new();
    for link in &ground.lookup.cleaned.links {
        let ends = (ground.lookup.entity_of(link.from), ground.lookup.entity_of(link.to));
        let (Some(from), Some(to)) = ends else { continue };
        if from != to {
            merged.entry((from, to, link.kind)).or_default().push(link);
        }
    }
    for ((from, to, kind), links) in merged {
        ties.add(from, to, kind, lift(ground, &links));
        for link in links {
            if kind == RelationKind::Paid {
                ties.amounts(from, to, kind).add(ground.lookup, link);
            }
        }
    }
}

fn lift(ground: &Ground<'_>, links: &[&CleanLink]) -> Support {
    let mut said: BTreeMap<usize, Option<Grade>> = BTreeMap::new();
    let mut spans = Vec::new();
    let mut by_origin: BTreeMap<Cow<'_, str>, Score> = BTreeMap::new();
    for link in links {
        for at in support(ground, link) {
            let grade = said.entry(at).or_insert(Some(link.grade));
            *grade = grade.map(|kept| better(kept, link.grade));
            spans.extend(span(ground, at));
        }
        let origin = ground.lookup.origin_of(link.observation, link.source);
        let factor = credibility(ground.rules, link.grade.credibility);
        let best = by_origin.entry(origin).or_insert(Score::ZERO);
        *best = (*best).max(factor);
    }
    let best = by_origin.values().max().copied().unwrap_or_default();
    let bonus = ground.rules.confidence.corroboration_bonus;
    let start = ground.rules.correlation.weights.exact_match.times(best);
    let score = (1..by_origin.len()).fold(start, |score, _| either(score, bonus));
    Support {
        score,
        why: words(links, by_origin.len()),
        said,
        observations: links.iter().map(|link| link.observation).collect(),
        spans,
        basis: Basis::Stated,
    }
}

fn words(links: &[&CleanLink], origins: usize) -> String {
    let observations: BTreeSet<_> = links.iter().map(|link| link.observation).collect();
    let stated = links.iter().any(|link| link.implied == Implied::Stated);
    let how = if stated {
        "stated"
    } else {
        "implied by a value that stands"
    };
    let rows = if observations.len() == 1 {
        "one observation".to_owned()
    } else {
        format!("{} observations", observations.len())
    };
    let from = if origins == 1 {
        "one independent origin".to_owned()
    } else {
        format!("{origins} independent origins")
    };
    match stated {
        true => format!("{how} by {rows} from {from}"),
        false => format!("{how} in {rows} from {from}"),
    }
}

/// Returns the statements that carry a link: its own, else those that name its two ends in the same observation.
pub(super) fn support(ground: &Ground<'_>, link: &CleanLink) -> Vec<usize> {
    let mut positions: BTreeSet<usize> = link.statements.iter().copied().collect();
    let nearby = ground.lookup.in_observation(link.observation);
    if positions.is_empty() {
        for record in [link.from, link.to] {
            let of_record: Vec<usize> = nearby.iter().copied().filter(|at| says(ground, *at, record)).collect();
            let naming: Vec<usize> = of_record.iter().copied().filter(|at| names(ground, *at)).collect();
            positions.extend(if naming.is_empty() { of_record } else { naming });
        }
    }
    if link.kind == RelationKind::ExposedIn {
        let dates = nearby
            .iter()
            .filter(|at| is(ground, **at, |property| property == Property::BreachDate));
        positions.extend(dates.filter(|at| says(ground, **at, link.to)));
    }
    if positions.is_empty() {
        let ends = [link.from, link.to]
            .into_iter()
            .filter_map(|record| ground.lookup.cleaned.records.get(&record));
        positions.extend(ends.filter_map(|record| record.statements.first().copied()));
    }
    positions.into_iter().collect()
}

fn says(ground: &Ground<'_>, at: usize, record: RecordId) -> bool {
    ground
        .lookup
        .statement(at)
        .is_some_and(|statement| statement.record == record)
        && ground
            .lookup
            .cleaned
            .records
            .get(&record)
            .is_some_and(|held| held.statements.binary_search(&at).is_ok())
}

fn is(ground: &Ground<'_>, at: usize, wanted: impl Fn(Property) -> bool) -> bool {
    ground
        .lookup
        .statement(at)
        .is_some_and(|statement| wanted(statement.property))
}

fn names(ground: &Ground<'_>, at: usize) -> bool {
    is(ground, at, |property| {
        matches!(
            property,
            Property::Name
                | Property::Handle
                | Property::Account
                | Property::Email
                | Property::Phone
                | Property::Wallet
                | Property::Domain
                | Property::Url
                | Property::Ip
                | Property::Iban
                | Property::BreachName
                | Property::ChatId
                | Property::Title
                | Property::TokenContract
                | Property::FileHash
        )
    })
}

fn span(ground: &Ground<'_>, at: usize) -> Option<TimeSpan> {
    let statement = ground.lookup.statement(at)?;
    let dates = matches!(
        statement.property,
        Property::HappenedAt | Property::EndedAt | Property::BreachDate | Property::CreatedAt
    );
    statement.value.as_ref().ok()?.span.filter(|_| dates)
}
