//! A pair for people: both values side by side, the level in words, and why it was decided so.

use fusion_model::derived::{Contribution, PairDecision, PairScore, StageNote};
use fusion_model::{EntityKind, JudgementState, MilliBits, RecordId, StatementId};
use fusion_resolve::odds::probability;
use fusion_resolve::{Conflict, Feature, Held, Muted, Part, Strength, Through, ValueId};

use super::crowd::{Crowd, Pair};
use super::decide::{Reason, kinds_of_evidence};

/// Says why two groups stayed two although two of their records are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A person keeps them apart.
    Forbidden,
    /// They have different unique marks.
    Conflict(Conflict),
    /// All their evidence together does not make them one.
    Cohesion,
    /// The group would have grown too large.
    Oversize,
}

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
pub(super) struct Renderer<'a> {
    pub(super) crowd: Crowd<'a>,
}

/// Makes a note of a stage.
pub(super) fn note(stage: &str, text: String) -> StageNote {
    StageNote {
        stage: stage.to_owned(),
        text,
    }
}

impl Renderer<'_> {
    /// Returns the pair if it is worth keeping: everything decided, and rejected ones that came near.
    pub(super) fn kept(&self, left: RecordId, right: RecordId, pair: &Pair, fate: &Fate) -> Option<PairScore> {
        let (decision, _) = settled(pair, fate);
        let near = pair.scored.score >= 0 && !fate.same_entity;
        (decision != PairDecision::Rejected || near).then(|| self.pair(left, right, pair, fate))
    }

    /// Puts a pair into words.
    pub(super) fn pair(&self, left: RecordId, right: RecordId, pair: &Pair, fate: &Fate) -> PairScore {
        let (decision, settled) = settled(pair, fate);
        let scored = &pair.scored;
        let sides = self.sides(left, right, pair);
        let mut contributions: Vec<Contribution> = scored
            .parts
            .iter()
            .map(|part| self.contribution(part, &sides))
            .collect();
        let why = why(pair, &contributions, &settled);
        contributions.extend(self.missing(&sides, pair));
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
            kinds_of_evidence: kinds_of_evidence(scored),
            contributions,
            why,
        }
    }

    /// Returns the records of each side.
    fn sides(&self, left: RecordId, right: RecordId, pair: &Pair) -> [Vec<u32>; 2] {
        match &pair.together {
            Some((ones, others)) => [ones.clone(), others.clone()],
            None => [left, right].map(|record| self.crowd.position(record).into_iter().collect()),
        }
    }

    fn contribution(&self, part: &Part, sides: &[Vec<u32>; 2]) -> Contribution {
        // A user name stands first where it is compared with a name, whichever side holds it.
        let turned = part.feature == Feature::HandleName && self.tellings(&sides[0], part.left).is_empty();
        let values = if turned {
            [part.right, part.left]
        } else {
            [part.left, part.right]
        };
        let said = [0, 1].map(|side| self.said(&sides[side], values[side]));
        Contribution {
            feature: part.feature.id().to_owned(),
            left: shown(&self.crowd, values[0], &said[0]),
            right: shown(&self.crowd, values[1], &said[1]),
            level: part.agreement.level,
            agreement: words_of(part),
            held_back: held_back(part).to_owned(),
            weight: MilliBits(part.weight),
            rarity: MilliBits(part.rarity),
            statements: self.ids(&said.concat()),
        }
    }

    /// Lists what only one of the two holds, so that a reader sees what could not be compared.
    fn missing(&self, sides: &[Vec<u32>; 2], pair: &Pair) -> Vec<Contribution> {
        let ([one], [other]) = (sides[0].as_slice(), sides[1].as_slice()) else {
            return Vec::new();
        };
        let ends = [*one, *other];
        let compared = |feature: Feature| pair.scored.parts.iter().any(|part| part.feature == feature);
        // Of several the first by text: the order of values is that in which they were met.
        let values = &self.crowd.ground.values;
        let first = |record: u32, feature: Feature| -> Option<(usize, Held)> {
            let held = self.crowd.ground.records.of(record).iter().enumerate();
            held.map(|(at, held)| (at, *held))
                .filter(|(_, held)| held.feature == feature && held.through != Through::Mail)
                .min_by_key(|(_, held)| (values.canonical(held.value), values.scope(held.value)))
        };
        let mut missing = Vec::new();
        for feature in Feature::ALL.into_iter().filter(|feature| !compared(*feature)) {
            let found = ends.map(|record| first(record, feature));
            let (side, at, held) = match found {
                [Some((at, held)), None] => (0, at, held),
                [None, Some((at, held))] => (1, at, held),
                _ => continue,
            };
            let said = self.crowd.said.of(ends[side], at);
            let mut texts = [String::new(), String::new()];
            texts[side] = shown(&self.crowd, held.value, said);
            let [left, right] = texts;
            missing.push(Contribution {
                feature: feature.id().to_owned(),
                left,
                right,
                level: 0,
                agreement: "missing on one side".to_owned(),
                held_back: "it counts nothing".to_owned(),
                weight: MilliBits(0),
                rarity: MilliBits(0),
                statements: self.ids(said),
            });
        }
        missing
    }

    /// Returns where any of these records hold a value: the record, and which of its values it is.
    fn tellings(&self, records: &[u32], value: ValueId) -> Vec<(u32, usize)> {
        let of = |record: u32| {
            let held = self.crowd.ground.records.of(record).iter().enumerate();
            held.filter(move |(_, held)| held.value == value)
                .map(move |(at, _)| (record, at))
        };
        records.iter().flat_map(|record| of(*record)).collect()
    }

    /// Returns the positions of the statements by which any of these records hold a value.
    fn said(&self, records: &[u32], value: ValueId) -> Vec<u32> {
        let tellings = self.tellings(records, value);
        let said = tellings
            .iter()
            .flat_map(|(record, at)| self.crowd.said.of(*record, *at));
        said.copied().collect()
    }

    fn ids(&self, positions: &[u32]) -> Vec<StatementId> {
        let statements = positions
            .iter()
            .filter_map(|at| self.crowd.cleaned.statements.get(*at as usize));
        let mut ids: Vec<StatementId> = statements.map(|statement| statement.id).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// Says why a pair was decided so; `told` are its parts as they are shown.
fn why(pair: &Pair, told: &[Contribution], settled: &Settled) -> String {
    let mut text = settled.words(pair);
    let mut parts: Vec<(&Part, &Contribution)> = pair.scored.parts.iter().zip(told).collect();
    parts.sort_by_key(|(part, _)| (std::cmp::Reverse(part.total().abs()), part.feature));
    list(
        &mut text,
        " For it: ",
        parts.iter().filter(|(part, _)| part.total() > 0),
    );
    list(
        &mut text,
        " Against it: ",
        parts.iter().filter(|(part, _)| part.total() < 0),
    );
    if pair.together.is_some() {
        text.push_str(" All records of the two entities were taken together.");
    }
    text
}

/// Adds a sentence that lists parts in words; none where there is nothing to list.
fn list<'a>(text: &mut String, beginning: &str, parts: impl Iterator<Item = &'a (&'a Part, &'a Contribution)>) {
    let length = text.len();
    for (part, told) in parts {
        text.push_str(if text.len() == length { beginning } else { "; " });
        text.push_str(part.feature.label());
        text.push_str(" “");
        text.push_str(&told.left);
        if told.left != told.right {
            text.push_str("” and “");
            text.push_str(&told.right);
        }
        text.push_str("” (");
        text.push_str(part.agreement.words);
        text.push(')');
    }
    if text.len() > length {
        text.push('.');
    }
}

/// Returns a value as people wrote it: of several spellings in `said` the smallest, else the cleaned text.
pub(super) fn shown(crowd: &Crowd<'_>, value: ValueId, said: &[u32]) -> String {
    let canonical = crowd.ground.values.canonical(value);
    let statements = said.iter().filter_map(|at| crowd.cleaned.statements.get(*at as usize));
    let clean = statements.filter_map(|statement| statement.value.as_ref().ok());
    let spellings = clean
        .filter(|clean| clean.canonical == canonical)
        .map(|clean| clean.display.as_str());
    spellings.min().unwrap_or(canonical).to_owned()
}

/// Puts into words how far two values agree.
fn words_of(part: &Part) -> String {
    let mut words = part.agreement.words.to_owned();
    if part.pairs > 1 {
        words.push_str(&format!("; on average over {} pairs of records", part.pairs));
    }
    match part.through {
        Through::Own => {}
        Through::Mail => words.push_str(", read from an e-mail address"),
        Through::Account => words.push_str(", said through an account"),
    }
    words
}

/// Puts into words what keeps a part from counting in full.
fn held_back(part: &Part) -> &'static str {
    match part.muted {
        Some(Muted::Hub) => "too many different names hold it, it counts nothing",
        Some(Muted::Family) if part.total() == 0 => "counted already by a stronger sign of the same kind",
        Some(Muted::Family) => "a stronger sign says much the same, it counts in part",
        Some(Muted::Household) => "relatives and colleagues share it, it counts little beside names or births of two",
        Some(Muted::ThroughAccount) if part.through == Through::Mail => {
            "an address cannot contradict, it counts nothing"
        }
        Some(Muted::ThroughAccount) => "an account cannot contradict, it counts nothing",
        Some(Muted::NameAlone) => "nothing but the name agrees, and others may bear it",
        None => "",
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
                format!("Enough agrees, but their groups have {}.", conflict_words(*conflict))
            }
            Self::Refused(Refusal::Cohesion) => {
                "Enough agrees between the two, but all evidence of their groups together does not make them one."
                    .to_owned()
            }
            Self::Refused(Refusal::Oversize) => {
                "Enough agrees, but the group would grow too large, so stronger evidence is asked for.".to_owned()
            }
            Self::ByItself => reason_words(pair),
        }
    }
}

fn reason_words(pair: &Pair) -> String {
    let kinds = kinds_of_evidence(&pair.scored);
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
        Reason::Conflict(conflict) => format!("Something agrees, but they have {}.", conflict_words(conflict)),
    }
}

fn conflict_words(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::BirthDates => "different dates of birth",
        Conflict::OfficialNumbers => "different official numbers of one issuer",
    }
}
