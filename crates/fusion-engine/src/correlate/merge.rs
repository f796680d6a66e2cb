//! Relations while they are being drawn, merged per ends and kind.
//!
//! Several reasons for one relation combine as independent chances: `1 − Π(1 − sᵢ)`, in integers and in a fixed order.
//! Statements, observations, dates and amounts are unions, so no order of drawing reaches the result.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fusion_model::derived::{Relation, RelationKind, StageNote};
use fusion_model::{
    ContentHasher, Credibility, EntityId, Grade, ObservationId, Property, RelationId, Score, TimeSpan, Timestamp,
};

use super::amounts::Amounts;
use super::rarity::ordered;
use super::{Correlation, Ground};
use crate::confidence::{self, RelationSupport};
use crate::entity::hull;

/// Names a relation: where it starts, where it leads, what sort.
pub(super) type Tie = (EntityId, EntityId, RelationKind);

/// Says what a family of relations has found for one tie.
#[derive(Debug, Clone)]
pub(super) struct Support {
    /// What this reason alone would score.
    pub(super) score: Score,
    /// The reason in words.
    pub(super) why: String,
    /// Positions of the supporting statements, each with the grade of the link it makes, if a link says it.
    pub(super) said: BTreeMap<usize, Option<Grade>>,
    /// Observations that state it.
    pub(super) observations: BTreeSet<ObservationId>,
    /// Dated support.
    pub(super) spans: Vec<TimeSpan>,
    /// Where the reason comes from.
    pub(super) basis: Basis,
}

/// Says where a reason comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Basis {
    /// A source states it: it stays whatever its score.
    Stated,
    /// The engine derives it: together the derived reasons must reach this score.
    Derived {
        /// The least score.
        at_least: Score,
    },
}

impl Support {
    /// Makes a derived reason from the statements at `positions`.
    pub(super) fn derived(
        ground: &Ground<'_>,
        score: Score,
        why: String,
        positions: impl IntoIterator<Item = usize>,
    ) -> Self {
        let said: BTreeMap<usize, Option<Grade>> = positions.into_iter().map(|at| (at, None)).collect();
        let observations = said
            .keys()
            .filter_map(|at| ground.lookup.statement(*at))
            .map(|statement| statement.observation)
            .collect();
        let at_least = ground.rules.correlation.min_correlation_score;
        Self {
            score,
            why,
            said,
            observations,
            spans: Vec::new(),
            basis: Basis::Derived { at_least },
        }
    }

    /// Adds dated support.
    #[must_use]
    pub(super) fn dated(mut self, spans: impl IntoIterator<Item = TimeSpan>) -> Self {
        self.spans.extend(spans);
        self
    }

    /// Grades every statement as what it carries here, not as what it says by itself.
    #[must_use]
    pub(super) fn graded(mut self, grade: Grade) -> Self {
        self.said.values_mut().for_each(|said| *said = Some(grade));
        self
    }

    /// Replaces the least score, unless it is zero.
    #[must_use]
    pub(super) fn at_least(mut self, score: Score) -> Self {
        if score > Score::ZERO {
            self.basis = Basis::Derived { at_least: score };
        }
        self
    }
}

/// Gathers the reasons for every tie.
#[derive(Default)]
pub(super) struct Ties {
    supports: BTreeMap<Tie, Vec<Support>>,
    amounts: BTreeMap<Tie, Amounts>,
    notes: Vec<StageNote>,
}

impl Ties {
    /// Adds a reason; both ends one entity is no relation.
    pub(super) fn add(&mut self, from: EntityId, to: EntityId, kind: RelationKind, support: Support) {
        if from != to && !support.said.is_empty() {
            self.supports.entry(tie(from, to, kind)).or_default().push(support);
        }
    }

    /// Adds what one link moved.
    pub(super) fn amounts(&mut self, from: EntityId, to: EntityId, kind: RelationKind) -> &mut Amounts {
        self.amounts.entry(tie(from, to, kind)).or_default()
    }

    /// Announces a cap.
    pub(super) fn note(&mut self, text: String) {
        self.notes.push(super::note(text));
    }

    /// Scores, rates and orders everything.
    pub(super) fn finish(mut self, ground: &Ground<'_>, now: Timestamp) -> Correlation {
        let owners = owners(&self.supports);
        let supports = std::mem::take(&mut self.supports);
        let mut relations: Vec<Relation> = supports
            .into_iter()
            .filter_map(|(tie, supports)| relation(ground, now, tie, supports, self.amounts.get(&tie), &owners))
            .collect();
        relations.sort_by_key(|relation| relation.id);
        let mut notes = self.notes;
        notes.sort_by(|left, right| left.text.cmp(&right.text));
        notes.dedup();
        Correlation { relations, notes }
    }
}

fn tie(from: EntityId, to: EntityId, kind: RelationKind) -> Tie {
    let (from, to) = if kind.is_symmetric() {
        ordered(from, to)
    } else {
        (from, to)
    };
    (from, to, kind)
}

/// Combines two independent chances.
pub(super) fn either(left: Score, right: Score) -> Score {
    let miss = |score: Score| Score::from_basis_points(u64::from(10_000 - score.basis_points()));
    miss(miss(left).times(miss(right)))
}

fn relation(
    ground: &Ground<'_>,
    now: Timestamp,
    (from, to, kind): Tie,
    mut supports: Vec<Support>,
    amounts: Option<&Amounts>,
    owners: &BTreeMap<EntityId, BTreeSet<EntityId>>,
) -> Option<Relation> {
    supports.sort_by(|left, right| {
        (left.basis, Reverse(left.score), &left.why).cmp(&(right.basis, Reverse(right.score), &right.why))
    });
    let score = supports
        .iter()
        .fold(Score::ZERO, |sum, support| either(sum, support.score));
    let drawn = supports.iter().any(|support| match support.basis {
        Basis::Stated => true,
        Basis::Derived { at_least } => score >= at_least,
    });
    if !drawn {
        return None;
    }
    let mut said: BTreeMap<usize, Option<Grade>> = BTreeMap::new();
    for (at, grade) in supports.iter().flat_map(|support| &support.said) {
        let kept = said.entry(*at).or_insert(*grade);
        *kept = match (*kept, *grade) {
            (Some(left), Some(right)) => Some(better(left, right)),
            (left, right) => left.or(right),
        };
    }
    let said: Vec<(usize, Option<Grade>)> = said.into_iter().collect();
    let positions: Vec<usize> = said.iter().map(|(at, _)| *at).collect();
    let grades = said
        .iter()
        .filter_map(|(at, grade)| grade.or_else(|| ground.lookup.statement(*at).map(|statement| statement.grade)));
    let grade = grades.reduce(better).unwrap_or(Grade::UNKNOWN);
    let rivals = rivals(ground, (from, to, kind), owners);
    let claims: Vec<Property> = claim(ground, to, kind).into_iter().collect();
    let support = RelationSupport {
        kind,
        said: &said,
        rivals: &rivals,
        claims: &claims,
    };
    let confidence = confidence::of_relation(ground.lookup, ground.rules, now, &support);
    let observations: BTreeSet<ObservationId> = supports
        .iter()
        .flat_map(|support| support.observations.iter().copied())
        .collect();
    let mut reasons: Vec<String> = supports.iter().map(|support| support.why.clone()).collect();
    reasons.dedup();
    Some(Relation {
        id: relation_id(from, to, kind),
        from,
        to,
        kind,
        score,
        confidence,
        grade,
        count: observations.len() as u32,
        span: hull(supports.iter().flat_map(|support| support.spans.iter().copied())),
        amounts: amounts.map(Amounts::sums).unwrap_or_default(),
        why: reasons.join("; "),
        statements: ground.lookup.ids(&positions),
    })
}

/// Names a relation by its kind and ends.
fn relation_id(from: EntityId, to: EntityId, kind: RelationKind) -> RelationId {
    let mut hasher = ContentHasher::new("relation");
    hasher.text(kind.id()).part(&from.0).part(&to.0);
    RelationId(hasher.finish_short())
}

/// Returns the better of two grades: the item's first, then the source's; an unjudged item stands before a doubtful one.
pub(super) fn better(left: Grade, right: Grade) -> Grade {
    let rank = |grade: Grade| {
        let item = match grade.credibility {
            Credibility::Confirmed => 0,
            Credibility::ProbablyTrue => 1,
            Credibility::PossiblyTrue => 2,
            Credibility::CannotBeJudged => 3,
            Credibility::Doubtful => 4,
            Credibility::Improbable => 5,
        };
        (item, grade.reliability)
    };
    if rank(left) <= rank(right) { left } else { right }
}

/// Returns the worse of two grades: a chain is as good as its weakest link.
pub(super) fn worse(left: Grade, right: Grade) -> Grade {
    if better(left, right) == left { right } else { left }
}

/// Returns the property whose ageing a relation shares: a link to a phone ages like a phone.
fn claim(ground: &Ground<'_>, to: EntityId, kind: RelationKind) -> Option<Property> {
    match kind {
        RelationKind::Paid
        | RelationKind::Messaged
        | RelationKind::Mentions
        | RelationKind::MentionedWith
        | RelationKind::CoActive => Some(Property::HappenedAt),
        RelationKind::ExposedIn => Some(Property::BreachDate),
        RelationKind::ReusesSecret => Some(Property::Password),
        RelationKind::SameHousehold | RelationKind::CoLocated | RelationKind::LocatedAt => Some(Property::Address),
        RelationKind::OfficerOf | RelationKind::MemberOf | RelationKind::Controls => Some(Property::Organization),
        RelationKind::Alias => Some(Property::Alias),
        RelationKind::Owns | RelationKind::Uses | RelationKind::LinksTo => ground.lookup.kind_of(to)?.identity(),
    }
}

/// Returns who owns each thing by a link that is not doubtful.
fn owners(supports: &BTreeMap<Tie, Vec<Support>>) -> BTreeMap<EntityId, BTreeSet<EntityId>> {
    let mut owners: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    for ((from, to, kind), supports) in supports {
        let sound = supports.iter().flat_map(|support| support.said.values()).any(|grade| {
            grade.is_none_or(|grade| !matches!(grade.credibility, Credibility::Doubtful | Credibility::Improbable))
        });
        if *kind == RelationKind::Owns && sound {
            owners.entry(*to).or_default().insert(*from);
        }
    }
    owners
}

/// Says who else owns the same thing.
fn rivals(ground: &Ground<'_>, (from, to, kind): Tie, owners: &BTreeMap<EntityId, BTreeSet<EntityId>>) -> Vec<String> {
    if kind != RelationKind::Owns {
        return Vec::new();
    }
    let kind_of = |entity: EntityId| ground.lookup.kind_of(entity);
    let others = owners
        .get(&to)
        .into_iter()
        .flatten()
        .filter(|other| **other != from && kind_of(**other) == kind_of(from));
    others
        .map(|other| {
            format!(
                "another {} ({}) is said to own it",
                kind_of(*other).map_or("thing", |kind| kind.label()),
                other.short()
            )
        })
        .collect()
}
