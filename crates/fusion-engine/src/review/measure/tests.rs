#![allow(clippy::unwrap_used)]

use fusion_model::derived::{Contribution, PairDecision, PairScore};
use fusion_model::{Judgement, JudgementState, MilliBits, RecordId, Timestamp, Verdict};
use proptest::prelude::*;

use super::{Measure, Stratum, measure, rank, sample};

fn record(number: u32) -> RecordId {
    RecordId::of_value("test", &format!("{number:08}"))
}

fn pair(number: u32, decision: PairDecision) -> PairScore {
    let (one, other) = (record(2 * number), record(2 * number + 1));
    let (score, probability) = match decision {
        PairDecision::Linked => (9_000, 998_000),
        PairDecision::Review => (3_000, 889_000),
        _ => (-5_000, 30_000),
    };
    let part = |feature: &str, weight: i32| Contribution {
        feature: feature.to_owned(),
        left: "a".to_owned(),
        right: "a".to_owned(),
        level: 1,
        agreement: "exact".to_owned(),
        held_back: String::new(),
        weight: MilliBits(weight),
        rarity: MilliBits(0),
        statements: Vec::new(),
    };
    PairScore {
        left: one.min(other),
        right: one.max(other),
        score: MilliBits(score),
        prior: MilliBits(-10_000),
        probability,
        decision,
        judgement: JudgementState::Open,
        kinds_of_evidence: 2,
        contributions: vec![
            part("email", if number.is_multiple_of(2) { 9_000 } else { 1_000 }),
            part("person-name", 5_000),
        ],
        why: String::new(),
    }
}

fn said(pair: &PairScore, verdict: Verdict) -> Judgement {
    Judgement {
        left: pair.left,
        right: pair.right,
        verdict,
        author: "analyst".to_owned(),
        at: Timestamp::from_secs(1_700_000_000),
        reason: "seen".to_owned(),
    }
}

/// 60 linked, 30 waiting and 40 rejected pairs.
fn population() -> Vec<PairScore> {
    let sorts = [
        (PairDecision::Linked, 60),
        (PairDecision::Review, 30),
        (PairDecision::Rejected, 40),
    ];
    let mut number = 0;
    let mut pairs = Vec::new();
    for (decision, count) in sorts {
        for _ in 0..count {
            pairs.push(pair(number, decision));
            number += 1;
        }
    }
    pairs
}

/// Judges the first so many pairs that chance draws of a stratum.
fn judge(pairs: &[PairScore], stratum: Stratum, verdicts: &[Verdict]) -> Vec<Judgement> {
    let next = sample(pairs, &[], stratum);
    next.iter()
        .zip(verdicts)
        .map(|(at, verdict)| said(&pairs[*at], *verdict))
        .collect()
}

fn stratum(measure: &Measure, stratum: Stratum) -> &super::Group {
    measure.strata.iter().find(|group| group.key == stratum.id()).unwrap()
}

#[test]
fn nothing_is_claimed_before_anything_is_judged() {
    let found = measure(&population(), &[]);
    assert_eq!(
        found.strata.iter().map(|group| group.pairs).collect::<Vec<_>>(),
        [60, 30, 0, 40]
    );
    for group in found.strata.iter().chain(&found.bands).chain(&found.evidence) {
        assert_eq!(
            (group.share.low, group.share.estimate, group.share.high),
            (0, None, 10_000)
        );
    }
    assert_eq!(
        (found.recall.low, found.recall.estimate, found.recall.high),
        (0, None, 10_000)
    );
}

#[test]
fn the_sample_is_the_judged_beginning_of_the_drawn_order() {
    let pairs = population();
    let mut verdicts = judge(&pairs, Stratum::Linked, &[Verdict::Same; 12]);
    let last = verdicts.pop().unwrap();
    let found = measure(&pairs, &verdicts);
    assert_eq!(stratum(&found, Stratum::Linked).drawn.same, 11);

    // A gap ends the sample; what lies behind it was chosen.
    verdicts.remove(3);
    verdicts.push(last);
    let found = measure(&pairs, &verdicts);
    let linked = stratum(&found, Stratum::Linked);
    assert_eq!((linked.drawn.same, linked.chosen.same), (3, 8));
    assert!(sample(&pairs, &verdicts, Stratum::Linked).len() == 60 - 11);
}

#[test]
fn verdicts_by_choice_enter_no_interval() {
    let pairs = population();
    let order = sample(&pairs, &[], Stratum::Linked);
    let chosen: Vec<Judgement> = order[20..30]
        .iter()
        .map(|at| said(&pairs[*at], Verdict::Different))
        .collect();
    let found = measure(&pairs, &chosen);
    let linked = stratum(&found, Stratum::Linked);
    assert_eq!(
        (linked.chosen.different, linked.drawn.seen(), linked.share.estimate),
        (10, 0, None)
    );
}

#[test]
fn everything_judged_leaves_nothing_open() {
    let pairs = population();
    let mut verdicts = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let is_same = match pair.decision {
            PairDecision::Linked => at % 10 != 0,
            PairDecision::Review => at % 2 == 0,
            _ => at % 20 == 0,
        };
        verdicts.push(said(pair, if is_same { Verdict::Same } else { Verdict::Different }));
    }
    let found = measure(&pairs, &verdicts);
    let linked = stratum(&found, Stratum::Linked);
    assert_eq!(
        (linked.share.low, linked.share.estimate, linked.share.high),
        (9_000, Some(9_000), 9_000)
    );
    // 54 linked, 15 waiting and 2 rejected pairs are the same.
    assert_eq!(found.recall.estimate, Some(7_606));
    assert!(
        found.recall.low >= 7_600 && found.recall.high <= 7_610,
        "{:?}",
        found.recall
    );
    assert_eq!(found.bands.len(), 1);
    assert_eq!(found.bands[0].key, "99–99.9");
    let evidence: Vec<(&str, u64)> = found
        .evidence
        .iter()
        .map(|group| (group.key.as_str(), group.pairs))
        .collect();
    assert_eq!(evidence, [("email", 30), ("person-name", 30)]);
}

#[test]
fn a_stratum_that_nobody_looked_into_leaves_the_recall_open() {
    let pairs = population();
    let linked = judge(&pairs, Stratum::Linked, &[Verdict::Same; 60]);
    let found = measure(&pairs, &linked);
    assert_eq!(found.recall.estimate, None);
    assert_eq!((found.recall.low, found.recall.high), (60 * 10_000 / 130, 10_000));
}

#[test]
fn a_verdict_on_what_was_not_compared_is_counted_apart() {
    let pairs = population();
    let stranger = pair(9_000, PairDecision::Review);
    assert_eq!(measure(&pairs, &[said(&stranger, Verdict::Same)]).elsewhere, 1);
}

#[test]
fn the_order_is_as_good_as_random() {
    // Ranks of linked and waiting pairs fall into halves like a coin; a badly mixed hash would not.
    let ranks: Vec<u8> = (0..4_000)
        .map(|number| rank(&pair(number, PairDecision::Linked))[0])
        .collect();
    let small = ranks.iter().filter(|rank| **rank < 128).count();
    assert!((1_850..2_150).contains(&small), "{small}");
    let turns = ranks.windows(2).filter(|two| two[0] < two[1]).count();
    assert!((1_850..2_150).contains(&turns), "{turns}");
}

proptest! {
    #[test]
    fn neither_the_order_of_pairs_nor_of_verdicts_matters(seed in prop::collection::vec((0..130_usize, 0..3_usize), 0..60), turn in 0..130_usize) {
        let pairs = population();
        let verdict = [Verdict::Same, Verdict::Different, Verdict::Unsure];
        let given: Vec<Judgement> = seed.iter().map(|(at, which)| said(&pairs[*at], verdict[*which])).collect();
        let mut turned = given.clone();
        turned.reverse();
        let mut rotated = pairs.clone();
        rotated.rotate_left(turn);
        prop_assert_eq!(measure(&pairs, &given), measure(&rotated, &turned));
    }
}
