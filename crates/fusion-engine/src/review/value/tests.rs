#![allow(clippy::unwrap_used)]

use fusion_model::derived::{PairDecision, PairScore, RelationKind, Snapshot};
use fusion_model::{EntityId, EntityKind, Judgement, JudgementState, Level, MilliBits, RecordId, Timestamp, Verdict};
use fusion_testkit::{Link, SnapshotBuilder, record_id};
use proptest::prelude::*;

use super::{Question, queue, uncertainty};

fn pair(left: &str, right: &str, score: i32, probability: u32, decision: PairDecision) -> PairScore {
    let (one, other) = (record_id(left), record_id(right));
    PairScore {
        left: one.min(other),
        right: one.max(other),
        score: MilliBits(score),
        prior: MilliBits(-10_000),
        probability,
        decision,
        judgement: JudgementState::Open,
        kinds_of_evidence: 1,
        contributions: Vec::new(),
        why: String::new(),
    }
}

fn said(left: &str, right: &str, verdict: Verdict) -> Judgement {
    let (one, other) = (record_id(left), record_id(right));
    Judgement {
        left: one.min(other),
        right: one.max(other),
        verdict,
        author: "analyst".to_owned(),
        at: Timestamp::from_secs(1_700_000_000),
        reason: "seen".to_owned(),
    }
}

const REVIEW: PairDecision = PairDecision::Review;

/// People `a` to `f`, each with one record unless `edit` says otherwise.
fn snapshot(mut pairs: Vec<PairScore>, edit: impl FnOnce(&mut SnapshotBuilder)) -> Snapshot {
    let mut builder = SnapshotBuilder::new("Review");
    for key in ["a", "b", "c", "d", "e", "f"] {
        builder.entity(EntityKind::Person, key, key);
    }
    edit(&mut builder);
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.left, pair.right));
    pairs.into_iter().for_each(|pair| builder.pair(pair));
    builder.finish()
}

/// Puts the record of `other` into the entity of `one`.
fn join(builder: &mut SnapshotBuilder, one: &str, other: &str) {
    let (home, moved) = (EntityId::from(record_id(one)), record_id(other));
    builder.edit(|snapshot| {
        snapshot.entities.retain(|entity| entity.id != EntityId::from(moved));
        let entity = snapshot.entities.iter_mut().find(|entity| entity.id == home).unwrap();
        entity.records.push(moved);
        let card = snapshot.records.iter_mut().find(|card| card.id == moved).unwrap();
        card.entity = home;
    });
}

fn asked(snapshot: &Snapshot, verdicts: &[Judgement]) -> Vec<(RecordId, RecordId)> {
    let questions = queue(snapshot, verdicts);
    let pairs = questions.iter().map(|question| &snapshot.pairs[question.pair]);
    pairs.map(|pair| (pair.left, pair.right)).collect()
}

fn only(snapshot: &Snapshot) -> Question {
    let questions = queue(snapshot, &[]);
    assert_eq!(questions.len(), 1);
    questions[0].clone()
}

fn ids(left: &str, right: &str) -> (RecordId, RecordId) {
    let (one, other) = (record_id(left), record_id(right));
    (one.min(other), one.max(other))
}

#[test]
fn uncertainty_is_the_entropy_and_nothing_at_the_ends() {
    for (probability, expected) in [
        (0, 0),
        (1_000_000, 0),
        (2_000_000, 0),
        (500_000, 1_000),
        (110_028, 500),
        (889_972, 500),
        (950_000, 286),
        (1, 0),
    ] {
        let found = uncertainty(probability);
        assert!(found.abs_diff(expected) <= 1, "{probability}: {found}");
    }
}

#[test]
fn the_less_certain_pair_comes_before_the_likelier_one() {
    let snapshot = snapshot(
        vec![
            pair("a", "b", 4_000, 940_000, REVIEW),
            pair("c", "d", 500, 585_000, REVIEW),
        ],
        |_| {},
    );
    assert_eq!(asked(&snapshot, &[]), [ids("c", "d"), ids("a", "b")]);
}

#[test]
fn what_hangs_on_a_pair_counts_by_the_written_formula() {
    let pairs = || vec![pair("a", "b", 0, 500_000, REVIEW)];
    let plain = only(&snapshot(pairs(), |_| {}));
    assert_eq!((plain.uncertainty, plain.value), (1_000, 1_000));

    let large = only(&snapshot(pairs(), |builder| join(builder, "a", "c")));
    assert_eq!(large.value, 1_500, "one doubling of records");

    let grave = only(&snapshot(pairs(), |builder| {
        builder.risk(EntityId::from(record_id("b")), 8_000, Level::High);
    }));
    assert_eq!(grave.value, 2_500, "three steps above minimal");
    assert!(grave.stake.left_risk.max(grave.stake.right_risk) == Level::High);

    let alarmed = only(&snapshot(pairs(), |builder| {
        builder.alert(EntityId::from(record_id("a")), "risk-high", "Risk is high.", &[]);
    }));
    assert_eq!((alarmed.stake.alerts, alarmed.value), (1, 1_500));

    let linked = only(&snapshot(pairs(), |builder| {
        for (one, other) in [("a", "c"), ("b", "c"), ("b", "d")] {
            let (from, to) = (EntityId::from(record_id(one)), EntityId::from(record_id(other)));
            let kind = RelationKind::MemberOf;
            let statements = &[];
            builder.relation(
                Link {
                    from,
                    kind,
                    to,
                    statements,
                },
                8_000,
                None,
                &[],
            );
        }
    }));
    assert_eq!((linked.stake.relations, linked.value), (1, 1_250));
}

#[test]
fn one_question_for_two_entities_by_their_strongest_pair() {
    let snapshot = snapshot(
        vec![
            pair("a", "b", 900, 650_000, REVIEW),
            pair("c", "b", 800, 630_000, REVIEW),
            pair("d", "e", 700, 610_000, REVIEW),
        ],
        |builder| join(builder, "a", "c"),
    );
    let questions = queue(&snapshot, &[]);
    assert_eq!(asked(&snapshot, &[]), [ids("a", "b"), ids("d", "e")]);
    assert_eq!((questions[0].stake.settled, questions[1].stake.settled), (2, 1));
}

#[test]
fn a_third_entity_asked_of_both_is_settled_with_them() {
    let all = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")];
    let pairs = all.map(|(left, right)| pair(left, right, 500, 585_000, REVIEW));
    let snapshot = snapshot(pairs.to_vec(), |_| {});
    let settled: Vec<u32> = queue(&snapshot, &[])
        .iter()
        .map(|question| question.stake.settled)
        .collect();
    assert_eq!(settled, [2, 2, 2, 1]);
}

#[test]
fn a_verdict_answers_at_once_and_asks_again_when_taken_back() {
    let waiting = snapshot(
        vec![
            pair("a", "b", 900, 650_000, REVIEW),
            pair("c", "d", 800, 630_000, REVIEW),
        ],
        |_| {},
    );
    for verdict in [Verdict::Same, Verdict::Different] {
        assert_eq!(asked(&waiting, &[said("a", "b", verdict)]), [ids("c", "d")]);
    }
    assert_eq!(
        asked(&waiting, &[said("a", "b", Verdict::Unsure)]),
        [ids("c", "d"), ids("a", "b")],
        "what was looked at comes last"
    );
    // Fused with the verdict, and the verdict was taken back since.
    for (decision, verdict) in [
        (PairDecision::JudgedSame, Verdict::Same),
        (PairDecision::JudgedDifferent, Verdict::Different),
    ] {
        let fused = snapshot(vec![pair("a", "b", 900, 650_000, decision)], |builder| {
            if verdict == Verdict::Same {
                join(builder, "a", "b");
            }
        });
        assert_eq!(asked(&fused, &[said("a", "b", verdict)]), []);
        assert_eq!(asked(&fused, &[]), [ids("a", "b")]);
    }
}

#[test]
fn two_that_are_told_apart_are_not_asked_about_by_another_pair() {
    let snapshot = snapshot(
        vec![
            pair("a", "b", 900, 650_000, PairDecision::JudgedDifferent),
            pair("c", "b", 800, 630_000, REVIEW),
        ],
        |builder| join(builder, "a", "c"),
    );
    assert_eq!(asked(&snapshot, &[said("a", "b", Verdict::Different)]), []);
    assert!(snapshot.waiting().is_empty());
}

proptest! {
    #[test]
    fn the_order_of_verdicts_never_matters(seed in prop::collection::vec((0..6_usize, 0..6_usize, 0..3_usize), 0..12)) {
        let keys = ["a", "b", "c", "d", "e", "f"];
        let mut pairs = Vec::new();
        for (at, left) in keys.iter().enumerate() {
            for right in &keys[at + 1..] {
                pairs.push(pair(left, right, 500, 585_000, REVIEW));
            }
        }
        let snapshot = snapshot(pairs, |_| {});
        let verdict = [Verdict::Same, Verdict::Different, Verdict::Unsure];
        let given: Vec<Judgement> = seed
            .iter()
            .filter(|(left, right, _)| left != right)
            .map(|(left, right, which)| said(keys[*left], keys[*right], verdict[*which]))
            .collect();
        let mut turned = given.clone();
        turned.reverse();
        let found = queue(&snapshot, &given);
        prop_assert_eq!(&found, &queue(&snapshot, &turned));
        let mut sorted = found.clone();
        sorted.sort_by_key(|question| (question.looked_at, std::cmp::Reverse(question.value)));
        prop_assert_eq!(found, sorted);
    }
}
