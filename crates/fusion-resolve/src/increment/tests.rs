#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::feature::Feature;
use crate::judge::ByScore;
use crate::run::{Outcome, resolve_judged};

/// A record in words: what it says of each feature.
type Said = Vec<(Feature, String)>;

fn interned(values: &mut Values, said: &Said) -> Vec<Held> {
    let held = said.iter().map(|(feature, text)| {
        let value = values.intern(*feature, text, "", None);
        Held::own(*feature, value)
    });
    held.collect()
}

/// Few words, so that values meet, pass their limits, become hubs and stop being some.
fn said() -> impl Strategy<Value = Said> {
    let name = (0..6usize, 0..5usize).prop_map(|(given, family)| {
        let given = ["mara", "mary", "tom", "thomas", "piet", "m"][given];
        let family = ["ellison", "elison", "harker", "bloom", "van dijk"][family];
        (Feature::PersonName, format!("{given} {family}"))
    });
    let mail = (0..9u8, 0..2u8).prop_map(|(user, host)| {
        (
            Feature::Email,
            format!("nightjar{user}@{}.example", ["mail", "post"][usize::from(host)]),
        )
    });
    let phone = (0..7u8).prop_map(|number| (Feature::Phone, format!("3110765432{number}")));
    let handle = (0..7u8).prop_map(|number| (Feature::Handle, format!("night_jar{number}7")));
    let town = (0..3usize).prop_map(|town| (Feature::Location, ["delft", "rotterdam", "gouda"][town].to_owned()));
    let firm = (0..4u8).prop_map(|firm| (Feature::Organization, format!("harbour {firm} bv")));
    let optional = |strategy: BoxedStrategy<(Feature, String)>| proptest::option::weighted(0.6, strategy);
    (
        optional(name.boxed()),
        optional(mail.boxed()),
        optional(phone.boxed()),
        optional(handle.boxed()),
        optional(town.boxed()),
        optional(firm.boxed()),
    )
        .prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f].into_iter().flatten().collect())
}

/// Limits so low that small populations meet them.
fn model() -> Model {
    let mut model = Model::standard();
    model.caps = [5, 3, 4, 3, 3, 3, 4, 4];
    model.hubs = [4; Feature::COUNT];
    model.max_size = 5;
    model
}

#[derive(Debug, Clone)]
struct Batch {
    come: Vec<(u16, Said)>,
    gone: Vec<u16>,
    verdicts: Vec<(u16, u16, u8)>,
}

fn batch() -> impl Strategy<Value = Batch> {
    (
        proptest::collection::vec((0..60u16, said()), 0..12),
        proptest::collection::vec(0..60u16, 0..5),
        proptest::collection::vec((0..60u16, 0..60u16, 0..3u8), 0..3),
    )
        .prop_map(|(come, gone, verdicts)| Batch { come, gone, verdicts })
}

/// Says of the records that are there what was said of all.
fn verdicts(ids: &[u16], said: &BTreeMap<(u16, u16), u8>) -> Verdicts {
    let mut verdicts = Verdicts::default();
    for ((left, right), sort) in said {
        if let (Ok(left), Ok(right)) = (ids.binary_search(left), ids.binary_search(right)) {
            let lists = [&mut verdicts.same, &mut verdicts.apart, &mut verdicts.contradicted];
            lists
                .into_iter()
                .nth(usize::from(*sort))
                .unwrap()
                .push((left as u32, right as u32));
        }
    }
    verdicts
}

fn in_full(there: &BTreeMap<u16, Said>, said: &BTreeMap<(u16, u16), u8>) -> (Ground, Outcome) {
    let (mut values, mut records) = (Values::default(), Records::default());
    for held in there.values() {
        records.push(&mut interned(&mut values, held));
    }
    let ids: Vec<u16> = there.keys().copied().collect();
    let ground = Ground::of(values, records, model());
    let outcome = resolve_judged(&ground, &ByScore(&ground.model), &verdicts(&ids, said), &mut |_| {}).unwrap();
    (ground, outcome)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_split_into_increments_comes_to_what_a_full_run_comes_to(batches in proptest::collection::vec(batch(), 1..7)) {
        let (mut there, mut said) = (BTreeMap::<u16, Said>::new(), BTreeMap::new());
        let judge = model();
        let judge = ByScore(&judge);
        let empty = Ground::of(Values::default(), Records::default(), model());
        let mut standing = Standing::of(Vec::<u16>::new(), empty, &judge, Verdicts::default()).unwrap();
        for batch in batches {
            let come: Vec<(u16, Said)> = batch.come.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
            there.retain(|id, _| !batch.gone.contains(id));
            there.extend(come.iter().cloned());
            for (one, other, sort) in batch.verdicts {
                if one != other {
                    said.insert((one.min(other), one.max(other)), sort);
                }
            }
            let ids: Vec<u16> = there.keys().copied().collect();
            let come = come.iter().map(|(id, said)| (*id, interned(standing.values_mut(), said))).collect();
            standing.follow(Change { gone: batch.gone, come }, &judge, verdicts(&ids, &said)).unwrap();
            let (_, full) = in_full(&there, &said);
            prop_assert_eq!(standing.ids(), &ids[..]);
            prop_assert_eq!(standing.pairs(), &full.pairs[..]);
            prop_assert_eq!(standing.group_of(), &full.group_of[..]);
            prop_assert_eq!(standing.bridges(), &full.findings.bridges[..]);
            prop_assert_eq!(standing.capped(), full.capped);
            prop_assert_eq!(standing.merges(), &full.merges[..]);
            prop_assert_eq!(standing.oversize(), &full.oversize[..]);
            prop_assert_eq!(standing.twins(), full.twins);
        }
    }
}
