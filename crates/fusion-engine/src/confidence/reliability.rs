//! Part one: who says it.
//!
//! A source starts with the prior of its kind. A grade given by a person overrides the prior; both stand in the
//! words, so nobody has to guess which one counted. The item's own grade is a factor on top, never melted away.

use std::collections::BTreeMap;

use fusion_model::derived::SourceCard;
use fusion_model::{Credibility, Grade, GradedBy, Reliability, Score, SourceKind};

use super::{Part, counted, points};
use crate::lookup::Lookup;
use crate::rules::Rules;

/// Rates by the best single voice; a link's own grade stands before that of its statement.
pub(super) fn best(lookup: &Lookup<'_>, rules: &Rules, said: &[(usize, Option<Grade>)]) -> Part {
    let mut voices: Vec<(Score, usize, String)> = said
        .iter()
        .filter_map(|(at, grade)| {
            let statement = lookup.statement(*at)?;
            let card = lookup.source(statement.source)?;
            let (score, words) = rate(rules, card, grade.unwrap_or(statement.grade));
            Some((score, *at, words))
        })
        .collect();
    voices.sort_by(|left, right| (right.0, left.1).cmp(&(left.0, right.1)));
    let Some((score, _, words)) = voices.first() else {
        return Part {
            score: Score::ZERO,
            why: "no source says it".to_owned(),
            rests_on: Vec::new(),
        };
    };
    let why = match voices.len() {
        1 => words.clone(),
        more => format!("best of {more} statements: {words}"),
    };
    Part {
        score: *score,
        why,
        rests_on: voices.iter().map(|(_, at, _)| *at).collect(),
    }
}

/// Rates by the mean over independent origins, each by its best voice.
pub(super) fn across_origins(lookup: &Lookup<'_>, rules: &Rules, positions: &[usize]) -> Part {
    let mut origins: BTreeMap<String, (Score, usize, String)> = BTreeMap::new();
    for at in positions {
        let Some(statement) = lookup.statement(*at) else {
            continue;
        };
        let Some(card) = lookup.source(statement.source) else {
            continue;
        };
        let (score, words) = rate(rules, card, statement.grade);
        let origin = lookup.origin_of(statement.observation, statement.source);
        let kept = origins.entry(origin).or_insert_with(|| (score, *at, words.clone()));
        if score > kept.0 {
            *kept = (score, *at, words);
        }
    }
    if origins.is_empty() {
        return Part {
            score: Score::ZERO,
            why: "no source says it".to_owned(),
            rests_on: Vec::new(),
        };
    }
    let sum: u64 = origins.values().map(|(score, _, _)| points(*score)).sum();
    let mean = Score::ratio(sum, origins.len() as u64 * 10_000);
    let mut ranked: Vec<&(Score, usize, String)> = origins.values().collect();
    ranked.sort_by(|left, right| (right.0, left.1).cmp(&(left.0, right.1)));
    let words = ranked.first().map(|(_, _, words)| words.as_str()).unwrap_or_default();
    Part {
        score: mean,
        why: format!(
            "mean of {}; best: {words}",
            counted(origins.len(), "independent origin")
        ),
        rests_on: ranked.iter().map(|(_, at, _)| *at).collect(),
    }
}

/// Rates one statement of a source under the grade in force, with the reason.
fn rate(rules: &Rules, card: &SourceCard, grade: Grade) -> (Score, String) {
    let kind = card.source.kind;
    let prior = prior(rules, kind);
    let judged = card.source.graded == GradedBy::Analyst && grade.reliability != Reliability::F;
    let (base, by) = if judged {
        let value = graded(rules, grade.reliability);
        (
            value,
            format!(
                "analyst's grade {} gives {} (prior of {} sources {})",
                grade.reliability.id(),
                percent(value),
                kind.id(),
                percent(prior)
            ),
        )
    } else {
        (
            prior,
            format!("prior of {} sources {} (no grade given)", kind.id(), percent(prior)),
        )
    };
    let factor = credibility(rules, grade.credibility);
    if grade.credibility == Credibility::CannotBeJudged {
        return (base.times(factor), by);
    }
    (
        base.times(factor),
        format!(
            "{by}, item graded {} counts {}",
            grade.credibility.id(),
            percent(factor)
        ),
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
