#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;

use super::*;
use crate::feature::Feature;
use crate::ground::Ground;
use crate::records::{Held, Records};
use crate::run::{Grounds, Outcome, resolve, resolve_judged};
use crate::value::Values;

fn ground(rows: &[&[(Feature, &str)]], model: Model) -> Ground {
    let (mut values, mut records) = (Values::default(), Records::default());
    for row in rows {
        let mut held = row
            .iter()
            .map(|(feature, text)| Held::own(*feature, values.intern(*feature, text, "", None)))
            .collect();
        records.push(&mut held);
    }
    Ground::of(values, records, model)
}

fn judged(ground: &Ground, verdicts: &Verdicts) -> Outcome {
    resolve_judged(ground, &ByScore(&ground.model), verdicts, &mut |_| {}).unwrap()
}

const MAIL: (Feature, &str) = (Feature::Email, "nightjar77@mail.example");

/// Three rows that share an address; the first two say exactly the same.
fn three() -> Ground {
    ground(
        &[&[MAIL], &[MAIL], &[MAIL, (Feature::PersonName, "mara ellison")]],
        Model::standard(),
    )
}

#[test]
fn what_people_say_connects_parts_and_rests() {
    let said = |same: &[(u32, u32)], apart: &[(u32, u32)], contradicted: &[(u32, u32)]| Verdicts {
        same: same.to_vec(),
        apart: apart.to_vec(),
        contradicted: contradicted.to_vec(),
    };
    let groups = |verdicts: &Verdicts| judged(&three(), verdicts).group_of;
    assert_eq!(groups(&said(&[], &[], &[])), [0, 0, 0]);
    assert_eq!(
        groups(&said(&[], &[(0, 1)], &[])),
        [0, 1, 0],
        "twins are parted by a word"
    );
    assert_eq!(
        groups(&said(&[(1, 2)], &[(0, 1)], &[])),
        [0, 1, 1],
        "and what is the same goes along"
    );
    assert_eq!(groups(&said(&[], &[(0, 2), (1, 2)], &[])), [0, 0, 2]);
    assert_eq!(
        groups(&said(&[], &[], &[(0, 1), (0, 2), (1, 2)])),
        [0, 1, 2],
        "a contradiction joins nobody"
    );
    let strangers = ground(&[&[MAIL], &[(Feature::PersonName, "piet van dijk")]], Model::standard());
    let outcome = judged(&strangers, &said(&[(0, 1)], &[], &[]));
    assert_eq!(outcome.group_of, [0, 0]);
    assert_eq!(outcome.merges[0].by, Grounds::Judged);
}

#[test]
fn the_steps_of_growing_lead_to_the_groups() {
    let outcome = judged(&three(), &Verdicts::default());
    assert_eq!(outcome.twins, [(0, 1)]);
    let steps: Vec<_> = outcome
        .merges
        .iter()
        .map(|merge| (merge.one, merge.other, merge.by))
        .collect();
    assert_eq!(steps, [(0, 2, Grounds::Pair)]);
}

#[test]
fn a_verdict_outlasts_the_parting_of_a_group_that_is_too_large() {
    let mails: Vec<String> = (0..6)
        .map(|number| format!("user{number}{number}{number}@mail.example"))
        .collect();
    let rows: Vec<Vec<(Feature, &str)>> = (0..6)
        .map(|at| vec![(Feature::Handle, "nightjar777"), (Feature::Email, mails[at].as_str())])
        .collect();
    let rows: Vec<&[(Feature, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let model = Model {
        max_size: 2,
        ..Model::standard()
    };
    let verdicts = Verdicts {
        same: vec![(0, 5)],
        apart: vec![(1, 2)],
        contradicted: Vec::new(),
    };
    let outcome = judged(&ground(&rows, model), &verdicts);
    assert!(!outcome.oversize.is_empty());
    assert_eq!(outcome.group_of[5], 0, "{:?}", outcome.group_of);
    assert_ne!(outcome.group_of[1], outcome.group_of[2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever is judged, nothing that a person keeps apart stands together, and without verdicts nothing changes.
    #[test]
    fn no_verdict_is_overridden(
        mails in prop::collection::vec(0..4u8, 2..12),
        apart in prop::collection::btree_set((0u32..12, 0u32..12), 0..5),
        same in prop::collection::btree_set((0u32..12, 0u32..12), 0..5),
    ) {
        let texts: Vec<String> = mails.iter().map(|mail| format!("user{mail}{mail}@mail.example")).collect();
        let rows: Vec<Vec<(Feature, &str)>> = texts.iter().map(|text| vec![(Feature::Email, text.as_str())]).collect();
        let rows: Vec<&[(Feature, &str)]> = rows.iter().map(Vec::as_slice).collect();
        let ground = ground(&rows, Model::standard());
        let count = rows.len() as u32;
        let ends = |pairs: std::collections::BTreeSet<(u32, u32)>| -> std::collections::BTreeSet<(u32, u32)> {
            let ordered = pairs.into_iter().map(|(one, other)| (one.min(other), one.max(other)));
            ordered.filter(|(one, other)| one != other && *other < count).collect()
        };
        let (apart, same) = (ends(apart), ends(same));
        let both: Vec<_> = apart.intersection(&same).copied().collect();
        let verdicts = Verdicts {
            same: same.difference(&apart).copied().collect(),
            apart: apart.difference(&same).copied().collect(),
            contradicted: both,
        };
        let outcome = judged(&ground, &verdicts);
        for (one, other) in &verdicts.apart {
            prop_assert_ne!(outcome.group_of[*one as usize], outcome.group_of[*other as usize]);
        }
        let free = judged(&ground, &Verdicts::default());
        let plain = resolve(&ground.values, &ground.records, &ground.model, &mut |_| {}).unwrap();
        prop_assert_eq!(free.group_of, plain.group_of);
    }
}

/// A judge who is waited for until he was asked so often.
struct Awaited<'a> {
    by: ByScore<'a>,
    asked: AtomicU32,
    until: u32,
    decided: AtomicU32,
}

impl Judge for Awaited<'_> {
    fn decide(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held]) -> Decision {
        self.decided.fetch_add(1, Ordering::Relaxed);
        self.by.decide(values, scored, left, right)
    }

    fn holds(&self, values: &Values, scored: &Scored, left: &[Held], right: &[Held], least: i32) -> bool {
        self.by.holds(values, scored, left, right, least)
    }

    fn is_awaited(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) < self.until
    }
}

#[test]
fn scoring_that_nobody_waits_for_ends_after_the_piece_at_hand() {
    // Every two records share an address, so that each record is half a pair.
    let texts: Vec<String> = (0..12_000)
        .map(|at| format!("night{}jar@mail.example", at / 2))
        .collect();
    let (mut values, mut records) = (Values::default(), Records::default());
    for (at, text) in texts.iter().enumerate() {
        let name = format!("mara ellison{}", ["", " bloom"][at % 2]);
        let said = [
            (Feature::Email, text.as_str()),
            (Feature::Phone, &format!("3110765{at:05}")),
            (Feature::Title, &name),
        ];
        let said = said.map(|(feature, text)| Held::own(feature, values.intern(feature, text, "", None)));
        records.push(&mut said.to_vec());
    }
    let ground = Ground::of(values, records, Model::standard());
    let decided = |until: u32| {
        let judge = Awaited {
            by: ByScore(&ground.model),
            asked: AtomicU32::new(0),
            until,
            decided: AtomicU32::new(0),
        };
        resolve_judged(&ground, &judge, &Verdicts::default(), &mut |_| {}).unwrap();
        judge.decided.into_inner()
    };
    let (all, some) = (decided(u32::MAX), decided(2));
    assert!(all >= 6_000, "{all}");
    assert!(some > 0 && some <= all / 2, "{some} of {all}");
    assert_eq!(decided(0), 0);
}
