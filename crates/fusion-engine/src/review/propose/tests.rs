#![allow(clippy::unwrap_used)]

use fusion_model::derived::{PairDecision, PairScore};
use fusion_model::{Judgement, JudgementState, MilliBits, RecordId, Score, Timestamp, Verdict};

use super::{Ground, Proposal, propose};
use crate::review::{Stratum, Thresholds, sample};
use crate::rules::Rules;

const GOAL: Score = Score::ONE;

fn pair(number: u32, score: i32) -> PairScore {
    let record = |which: u32| RecordId::of_value("test", &format!("{number:06}-{which}"));
    let (one, other) = (record(0), record(1));
    let now = Thresholds::of(&Rules::shipped());
    let decision = if score >= now.link.0 {
        PairDecision::Linked
    } else if score >= now.review.0 {
        PairDecision::Review
    } else {
        PairDecision::Rejected
    };
    PairScore {
        left: one.min(other),
        right: one.max(other),
        score: MilliBits(score),
        prior: MilliBits(-10_000),
        probability: 900_000,
        decision,
        judgement: JudgementState::Open,
        kinds_of_evidence: 2,
        contributions: Vec::new(),
        why: String::new(),
    }
}

/// Judges the first `count` pairs that chance draws of each stratum: the same from `same_from` on.
fn judged(pairs: &[PairScore], count: usize, same_from: i32) -> Vec<Judgement> {
    let drawn = Stratum::ALL.iter().flat_map(|stratum| {
        let next = sample(pairs, &[], *stratum);
        next.into_iter().take(count).collect::<Vec<_>>()
    });
    drawn
        .map(|at| &pairs[at])
        .map(|pair| Judgement {
            left: pair.left,
            right: pair.right,
            verdict: if pair.score.0 >= same_from {
                Verdict::Same
            } else {
                Verdict::Different
            },
            author: "analyst".to_owned(),
            at: Timestamp::from_secs(1_700_000_000),
            reason: "seen".to_owned(),
        })
        .collect()
}

/// A pair every hundred millibits from 0 to 12,000, ten times.
fn population() -> Vec<PairScore> {
    let scores = (0..120).flat_map(|step| (0..10).map(move |copy| (step * 10 + copy, step as i32 * 100)));
    scores.map(|(number, score)| pair(number, score)).collect()
}

fn of(pairs: &[PairScore], verdicts: &[Judgement], goal: u64) -> Proposal {
    propose(pairs, verdicts, &Rules::shipped(), Score::from_basis_points(goal))
}

#[test]
fn without_verdicts_the_thresholds_stay_and_the_missing_are_told() {
    let found = of(&population(), &[], 9_500);
    assert_eq!(found.proposed, found.now);
    assert_eq!(found.link, Ground::TooFew(73));
    assert!(matches!(found.review, Ground::TooFew(_)));
    assert_eq!(found.verdicts, 0);
    assert_eq!(
        of(&population(), &[], u64::from(GOAL.basis_points()) - 100).link,
        Ground::TooFew(381)
    );
}

#[test]
fn joining_moves_up_to_where_the_verdicts_agree() {
    let pairs = population();
    let verdicts = judged(&pairs, 400, 7_000);
    let found = of(&pairs, &verdicts, 9_500);
    assert_eq!(found.link, Ground::Moved);
    // Some different pairs are borne by the many that are the same; the goal decides how many.
    assert!((6_000..=7_000).contains(&found.proposed.link.0), "{found:?}");
    let stricter = of(&pairs, &verdicts, 9_800);
    assert!(stricter.proposed.link >= found.proposed.link);
}

#[test]
fn joining_moves_down_where_the_waiting_are_the_same_too() {
    let pairs = population();
    let found = of(&pairs, &judged(&pairs, 400, 2_500), 9_500);
    assert_eq!(found.link, Ground::Moved);
    assert!(
        found.proposed.link < found.now.link && found.proposed.link.0 >= 2_000,
        "{found:?}"
    );
}

#[test]
fn asking_moves_up_over_what_is_never_the_same() {
    let pairs = population();
    let found = of(&pairs, &judged(&pairs, 400, 3_600), 9_000);
    assert_eq!(found.review, Ground::Moved);
    let asked = found.proposed.review.0;
    assert!(asked > found.now.review.0 && asked <= 3_800, "{found:?}");
}

#[test]
fn asking_moves_down_to_a_rejected_pair_that_was_the_same() {
    let pairs = population();
    let found = of(&pairs, &judged(&pairs, 400, 1_000), 9_500);
    assert_eq!((found.review, found.proposed.review), (Ground::Moved, MilliBits(1_000)));
}

#[test]
fn verdicts_by_choice_move_nothing() {
    let pairs = population();
    let order = sample(&pairs, &[], Stratum::Linked);
    let chosen: Vec<Judgement> = order[1..]
        .iter()
        .flat_map(|at| judged(&pairs[*at..=*at], 1, i32::MAX))
        .collect();
    assert!(chosen.len() > 500);
    let found = of(&pairs, &chosen, 9_500);
    assert_eq!((found.proposed, found.verdicts), (found.now, 0));
}

#[test]
fn what_an_identifier_joins_speaks_for_no_threshold() {
    let mut pairs = population();
    for pair in pairs.iter_mut().filter(|pair| pair.score.0 < 2_000) {
        pair.decision = PairDecision::Linked;
    }
    let found = of(&pairs, &judged(&pairs, 2_000, 4_248), 9_500);
    assert!(found.proposed.link.0 >= 3_000, "{found:?}");
}
