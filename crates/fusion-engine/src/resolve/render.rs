//! A pair for people: both values side by side, the level in words, and why it was decided so.

use fusion_model::derived::{Contribution, PairDecision, PairScore, StageNote};
use fusion_model::{EntityKind, JudgementState, MilliBits, RecordId, StatementId};

use crate::compare::{Feature, Strength, ValueId};
use crate::score::{Muted, Part, probability};

use super::cluster::Refusal;
use super::crowd::{Crowd, Pair};
use super::decide::Reason;
use super::holder::{Holder, Through};

/// Says what verdicts and clustering made of a pair.
pub(super) struct Fate {
    pub(super) same_entity: bool,
    pub(super) refusal: Option<Refusal>,
    pub(super) state: JudgementState,
}

impl Fate {
    /// Tells whether the pair itself holds its entity together.
    pub(super) fn is_join(&self, pair: &Pair) -> bool {
        let by_score = pair.decision == PairDecision::Linked && self.refusal.is_none();
        match self.state {
            JudgementState::Same => self.same_entity,
            JudgementState::Open | JudgementState::Unsure => self.same_entity && by_score,
            JudgementState::Different | JudgementState::Contradiction => false,
        }
    }
}

/// Puts the pairs of a crowd into words.
pub(super) struct Renderer<'a, 'b> {
    pub(super) crowd: &'a Crowd<'b>,
}

/// Makes a note of a stage.
pub(super) fn note(stage: &str, text: String) -> StageNote {
    StageNote {
        stage: stage.to_owned(),
        text,
    }
}

impl Renderer<'_, '_> {
    /// Returns the pair if it is worth keeping: everything decided, and rejected ones that came near.
    pub(super) fn kept(&self, left: RecordId, right: RecordId, pair: &Pair, fate: &Fate) -> Option<PairScore> {
        let (decision, _) = settled(pair, fate);
        let near = pair.scored.score >= 0 && !fate.same_entity;
        (decision != PairDecision::Rejected || near).then(|| self.pair(left, right, pair, fate))
    }

    /// Puts a pair into words.
    pub(super) fn pair(&self, left: RecordId, right: RecordId, pair: &Pair, fate: &Fate) -> PairScore {
        let (decision, settled) = settled(pair, fate);
        let why = self.why(pair, &settled);
        let scored = &pair.scored;
        let mut contributions: Vec<Contribution> = scored
            .parts
            .iter()
            .map(|part| self.contribution(part, left, right, pair))
            .collect();
        contributions.extend(self.missing(left, right, pair));
        contributions.sort_by(|one, other| {
            let strength =
                |contribution: &Contribution| std::cmp::Reverse((contribution.weight.0 + contribution.rarity.0).abs());
            (strength(one), &one.feature).cmp(&(strength(other), &other.feature))
        });
        PairScore {
            left,
            right,
            score: MilliBits(scored.score),
            prior: MilliBits(scored.prior),
            probability: probability(MilliBits(scored.score)),
            decision,
            judgement: fate.state,
            kinds_of_evidence: scored.kinds,
            contributions,
            why,
        }
    }

    fn contribution(&self, part: &Part, left: RecordId, right: RecordId, pair: &Pair) -> Contribution {
        let (ones, others) = match &pair.together {
            Some((ones, others)) => (ones.clone(), others.clone()),
            None => (self.positions(left), self.positions(right)),
        };
        let mut statements = self.statements(&ones, part, part.left);
        statements.extend(self.statements(&others, part, part.right));
        statements.sort();
        statements.dedup();
        let through = if part.through == Through::Account {
            ", said through an account"
        } else {
            ""
        };
        let muted = match part.muted {
            Some(Muted::Hub) => ": too many different names hold it, it counts nothing",
            Some(Muted::Family) => ": counted already by a stronger sign of the same kind",
            Some(Muted::ThroughAccount) => ": an account cannot contradict, it counts nothing",
            None => "",
        };
        Contribution {
            feature: part.feature.id().to_owned(),
            left: self.shown(part.left),
            right: self.shown(part.right),
            level: part.agreement.level,
            agreement: format!("{}{through}{muted}", part.agreement.words),
            weight: MilliBits(part.weight),
            rarity: MilliBits(part.rarity),
            statements,
        }
    }

    /// Lists what only one of the two holds, so that a reader sees what could not be compared.
    fn missing(&self, left: RecordId, right: RecordId, pair: &Pair) -> Vec<Contribution> {
        if pair.together.is_some() {
            return Vec::new();
        }
        let (Some(one), Some(other)) = (self.holder(left), self.holder(right)) else {
            return Vec::new();
        };
        let compared = |feature: Feature| pair.scored.parts.iter().any(|part| part.feature == feature);
        let lonely =
            |feature: Feature| one.of(feature).is_empty() != other.of(feature).is_empty() && !compared(feature);
        Feature::ALL
            .into_iter()
            .filter(|feature| lonely(*feature))
            .map(|feature| {
                let first = |holder: &Holder| holder.of(feature).first().map(|held| held.value);
                let said: Vec<usize> = one
                    .of(feature)
                    .iter()
                    .chain(other.of(feature))
                    .take(1)
                    .flat_map(|held| held.statements.clone())
                    .collect();
                Contribution {
                    feature: feature.id().to_owned(),
                    left: self.shown(first(one)),
                    right: self.shown(first(other)),
                    level: 0,
                    agreement: "missing on one side, counts nothing".to_owned(),
                    weight: MilliBits(0),
                    rarity: MilliBits(0),
                    statements: self.ids(&said),
                }
            })
            .collect()
    }

    fn shown(&self, value: Option<ValueId>) -> String {
        value
            .and_then(|id| self.crowd.values.get(id))
            .map(|value| value.shown.clone())
            .unwrap_or_default()
    }

    /// Returns the statements by which any of these records holds a value.
    fn statements(&self, positions: &[usize], part: &Part, value: Option<ValueId>) -> Vec<StatementId> {
        let said: Vec<usize> = positions
            .iter()
            .filter_map(|at| self.crowd.holders.get(*at))
            .flat_map(|holder| &holder.held)
            .filter(|held| Some(held.value) == value)
            .filter(|held| held.feature == part.feature || part.feature == Feature::HandleName)
            .flat_map(|held| held.statements.iter().copied())
            .collect();
        self.ids(&said)
    }

    fn positions(&self, record: RecordId) -> Vec<usize> {
        self.crowd.position(record).into_iter().collect()
    }

    fn ids(&self, positions: &[usize]) -> Vec<StatementId> {
        let mut ids: Vec<StatementId> = positions
            .iter()
            .filter_map(|at| self.crowd.cleaned.statements.get(*at))
            .map(|statement| statement.id)
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn holder(&self, record: RecordId) -> Option<&Holder> {
        self.crowd.position(record).and_then(|at| self.crowd.holders.get(at))
    }

    fn why(&self, pair: &Pair, settled: &Settled) -> String {
        let mut sentences = vec![settled.words(pair)];
        let agreeing = self.listed(pair, |part| part.total() > 0);
        let against = self.listed(pair, |part| part.total() < 0);
        if !agreeing.is_empty() {
            sentences.push(format!("For it: {}.", agreeing.join("; ")));
        }
        if !against.is_empty() {
            sentences.push(format!("Against it: {}.", against.join("; ")));
        }
        if pair.together.is_some() {
            sentences.push("All records of the two entities were taken together.".to_owned());
        }
        sentences.join(" ")
    }

    fn listed(&self, pair: &Pair, wanted: impl Fn(&Part) -> bool) -> Vec<String> {
        let parts = pair.scored.parts.iter().filter(|part| wanted(part));
        parts
            .map(|part| {
                let (left, right) = (self.shown(part.left), self.shown(part.right));
                let both = if left == right {
                    format!("“{left}”")
                } else {
                    format!("“{left}” and “{right}”")
                };
                format!("{} {both} ({})", part.feature.label(), part.agreement.words)
            })
            .collect()
    }
}

/// Makes the answer for two records that no evidence can join.
pub(super) fn never_one(
    left: RecordId,
    right: RecordId,
    one: Option<EntityKind>,
    other: Option<EntityKind>,
    state: JudgementState,
) -> PairScore {
    let why = match (one, other) {
        (Some(one), Some(other)) if one == other => {
            format!(
                "A thing of the kind {} is its value; two values are two things.",
                one.label()
            )
        }
        (Some(one), Some(other)) => {
            format!(
                "One is of the kind {}, the other of the kind {}; they can be linked, but not one.",
                one.label(),
                other.label()
            )
        }
        _ => "One of the two is not in the live evidence.".to_owned(),
    };
    PairScore {
        left,
        right,
        score: MilliBits(0),
        prior: MilliBits(0),
        probability: 0,
        decision: PairDecision::Rejected,
        judgement: state,
        kinds_of_evidence: 0,
        contributions: Vec::new(),
        why,
    }
}

/// Says what settled a pair.
enum Settled {
    ByItself,
    JudgedSame,
    JudgedSameRefused,
    JudgedDifferent,
    Contradiction,
    ThroughOthers,
    Refused(Refusal),
}

fn settled(pair: &Pair, fate: &Fate) -> (PairDecision, Settled) {
    match fate.state {
        JudgementState::Same if fate.same_entity => (PairDecision::JudgedSame, Settled::JudgedSame),
        JudgementState::Same => (PairDecision::Refused, Settled::JudgedSameRefused),
        JudgementState::Different => (PairDecision::JudgedDifferent, Settled::JudgedDifferent),
        JudgementState::Contradiction => (PairDecision::Review, Settled::Contradiction),
        JudgementState::Open | JudgementState::Unsure => match (pair.decision, fate.same_entity, fate.refusal) {
            (PairDecision::Linked, false, Some(refusal)) => (PairDecision::Refused, Settled::Refused(refusal)),
            (PairDecision::Linked, false, None) => (PairDecision::Refused, Settled::Refused(Refusal::Cohesion)),
            (PairDecision::Review, true, _) => (PairDecision::Linked, Settled::ThroughOthers),
            (decision, _, _) => (decision, Settled::ByItself),
        },
    }
}

impl Settled {
    fn words(&self, pair: &Pair) -> String {
        match self {
            Self::JudgedSame => "A person judged them the same.".to_owned(),
            Self::JudgedSameRefused => {
                "A person judged them the same, but joining them would join records that a person keeps apart."
                    .to_owned()
            }
            Self::JudgedDifferent => "A person keeps them apart.".to_owned(),
            Self::Contradiction => {
                "People's verdicts contradict each other, so they neither join nor part them.".to_owned()
            }
            Self::ThroughOthers => {
                "They are one entity through other records; by themselves they would wait for review.".to_owned()
            }
            Self::Refused(Refusal::Forbidden) => {
                "Enough agrees, but joining them would join records that a person keeps apart.".to_owned()
            }
            Self::Refused(Refusal::Conflict(conflict)) => {
                format!("Enough agrees, but their groups have {}.", conflict.words())
            }
            Self::Refused(Refusal::Cohesion) => {
                "Enough agrees between the two, but the rest of their groups does not fit together.".to_owned()
            }
            Self::Refused(Refusal::Oversize) => {
                "Enough agrees, but the group would grow too large, so stronger evidence is asked for.".to_owned()
            }
            Self::ByItself => reason_words(pair),
        }
    }
}

fn reason_words(pair: &Pair) -> String {
    let kinds = pair.scored.kinds;
    let has_account_part = pair
        .scored
        .parts
        .iter()
        .any(|part| part.agreement.strength == Strength::Exact && part.through == Through::Account);
    match pair.reason {
        Reason::SharedIdentifier(feature) => {
            format!(
                "They share one {} that few others hold, and their names do not contradict it.",
                feature.label()
            )
        }
        Reason::KindsOfEvidence => {
            format!("{kinds} independent kinds of evidence agree, and together they are strong enough.")
        }
        Reason::RegisteredName => "They have the same registered name, legal form included.".to_owned(),
        Reason::SamePlace => "They name the same place in the same words.".to_owned(),
        Reason::NameOnly => "Only the name agrees; a name alone does not join two records.".to_owned(),
        Reason::OneKind if has_account_part => {
            "Only one kind of evidence agrees, said through an account; that does not join two records.".to_owned()
        }
        Reason::OneKind => "Only one kind of evidence agrees; that does not join two records.".to_owned(),
        Reason::NamesContradict => "Something unusual is shared, but the names are of two.".to_owned(),
        Reason::BetweenThresholds => "Something agrees, but not enough to join them without a person.".to_owned(),
        Reason::BelowReview => "Too little agrees.".to_owned(),
        Reason::Conflict(conflict) => format!("Something agrees, but they have {}.", conflict.words()),
    }
}
