//! Part one: who says it.
//!
//! A source starts with the prior of its kind. A grade given by a person overrides the prior; both stand in the
//! words, so nobody has to guess which one counted. The item's own grade is a factor on top, never melted away.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use fusion_model::derived::SourceCard;
use fusion_model::{Credibility, Grade, GradedBy, Reliability, Score, SourceKind};

use super::{Part, counted, points};
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Rates by the best single voice; a link's own grade stands before that of its statement.
pub(super) fn best(lookup: &Lookup<'_>, rules: &Rules, said: &[(usize, Option<Grade>)]) -> Part {
    let mut voices: Vec<Voice<'_>> = said
        .iter()
        .filter_map(|(at, grade)| Voice::of(lookup, rules, *at, *grade))
        .collect();
    voices.sort_by(|left, right| (right.score, left.at).cmp(&(left.score, right.at)));
    let Some(best) = voices.first() else {
        return Part {
            score: Score::ZERO,
            why: "no source says it".to_owned(),
            rests_on: Vec::new(),
        };
    };
    let words = words(rules, best);
    let why = match voices.len() {
        1 => words,
        more => format!("best of {more} statements: {words}"),
    };
    Part {
        score: best.score,
        why,
        rests_on: voices.iter().map(|voice| voice.at).collect(),
    }
}

/// Holds how far one statement is believed.
struct Voice<'a> {
    score: Score,
    /// Position of the statement.
    at: usize,
    card: &'a SourceCard,
    grade: Grade,
}

impl<'a> Voice<'a> {
    fn of(lookup: &Lookup<'a>, rules: &Rules, at: usize, grade: Option<Grade>) -> Option<Self> {
        let statement = lookup.statement(at)?;
        let card = lookup.source(statement.source)?;
        let grade = grade.unwrap_or(statement.grade);
        let (base, _) = base(rules, card, grade);
        let score = base.times(credibility(rules, grade.credibility));
        Some(Self { score, at, card, grade })
    }
}

/// Rates by the mean over independent origins, each by its best voice.
pub(super) fn across_origins(lookup: &Lookup<'_>, rules: &Rules, positions: &[usize]) -> Part {
    let mut origins: BTreeMap<Cow<'_, str>, Voice<'_>> = BTreeMap::new();
    for at in positions {
        let Some(statement) = lookup.statement(*at) else {
            continue;
        };
        let Some(voice) = Voice::of(lookup, rules, *at, None) else {
            continue;
        };
        match origins.entry(lookup.origin_of(statement.observation, statement.source)) {
            Entry::Vacant(free) => {
                free.insert(voice);
            }
            Entry::Occupied(mut kept) if voice.score > kept.get().score => {
                kept.insert(voice);
            }
            Entry::Occupied(_) => {}
        }
    }
    if origins.is_empty() {
        return Part {
            score: Score::ZERO,
            why: "no source says it".to_owned(),
            rests_on: Vec::new(),
        };
    }
    let sum: u64 = origins.values().map(|voice| points(voice.score)).sum();
    let mean = Score::ratio(sum, origins.len() as u64 * 10_000);
    let mut ranked: Vec<&Voice<'_>> = origins.values().collect();
    ranked.sort_by(|left, right| (right.score, left.at).cmp(&(left.score, right.at)));
    let words = ranked.first().map(|voice| words(rules, voice)).unwrap_or_default();
    Part {
        score: mean,
        why: format!(
            "mean of {}; best: {words}",
            counted(origins.len(), "independent origin")
        ),
        rests_on: ranked.iter().map(|voice| voice.at).collect(),
    }
}

/// Returns how far a source is believed under the grade in force, and whether a person said so.
fn base(rules: &Rules, card: &SourceCard, grade: Grade) -> (Score, bool) {
    let judged = card.source.graded == GradedBy::Analyst && grade.reliability != Reliability::F;
    if judged {
        (graded(rules, grade.reliability), true)
    } else {
        (prior(rules, card.source.kind), false)
    }
}

/// Says why a voice is believed so far.
fn words(rules: &Rules, voice: &Voice<'_>) -> String {
    let (kind, grade) = (voice.card.source.kind, voice.grade);
    let by = match base(rules, voice.card, grade) {
        (value, true) => format!(
            "analyst's grade {} gives {} (prior of {} sources {})",
            grade.reliability.id(),
            percent(value),
            kind.id(),
            percent(prior(rules, kind))
        ),
        (prior, false) => format!("prior of {} sources {} (no grade given)", kind.id(), percent(prior)),
    };
    if grade.credibility == Credibility::CannotBeJudged {
        return by;
    }
    format!(
        "{by}, item graded {} counts {}",
        grade.credibility.id(),
        percent(credibility(rules, grade.credibility))
    )
}

fn percent(score: Score) -> String {
    format!("{} %", score.percent())
}

fn prior(rules: &Rules, kind: SourceKind) -> Score {
    let weights = &rules.confidence.source_weights;
    match kind {
        SourceKind::Osint => weights.osint,
        SourceKind::Breach => weights.breach,
        SourceKind::Blockchain => weights.blockchain,
        SourceKind::Socmint => weights.socmint,
        SourceKind::Sherlock => weights.sherlock,
        SourceKind::Humint => weights.humint,
        SourceKind::Sigint => weights.sigint,
        SourceKind::Corporate => weights.corporate,
        SourceKind::Document => weights.document,
        SourceKind::Forensic => weights.forensic,
        SourceKind::Custom => weights.unknown,
    }
}

fn graded(rules: &Rules, reliability: Reliability) -> Score {
    let grades = &rules.confidence.reliability_grades;
    match reliability {
        // A source that an analyst calls completely reliable is a verified source.
        Reliability::A => grades.a.max(rules.confidence.source_weights.verified_source),
        Reliability::B => grades.b,
        Reliability::C => grades.c,
        Reliability::D => grades.d,
        Reliability::E => grades.e,
        Reliability::F => grades.f,
    }
}

/// Returns the factor of an item grade.
pub(crate) fn credibility(rules: &Rules, credibility: Credibility) -> Score {
    let grades = &rules.confidence.credibility_grades;
    match credibility {
        Credibility::Confirmed => grades.confirmed,
        Credibility::ProbablyTrue => grades.probably_true,
        Credibility::PossiblyTrue => grades.possibly_true,
        Credibility::Doubtful => grades.doubtful,
        Credibility::Improbable => grades.improbable,
        Credibility::CannotBeJudged => grades.cannot_be_judged,
    }
}
