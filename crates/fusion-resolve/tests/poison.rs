//! Rows that somebody plants bring nobody together and are named.

#![allow(clippy::unwrap_used, missing_docs)]

mod poisoned;

use fusion_resolve::{Model, resolve, table};
use fusion_testkit::{Draws, poisoned_people, write_table};

#[test]
fn planted_rows_bring_nobody_together_and_every_one_is_named() {
    for seed in [7, 11] {
        let trial = poisoned::trial(10_000, seed);
        assert!(
            trial.added * 1_000 <= trial.joined,
            "seed {seed}: {} false pairs were added to {}",
            trial.added,
            trial.joined
        );
        assert_eq!(trial.unseen, [], "seed {seed}: planted rows that nobody named");
        let before = &trial.before.outcome.findings;
        assert!(before.crowds.is_empty(), "{:?}", before.crowds);
        assert!(
            before.bridges.len() <= 150,
            "{} of 10,000 clean rows are called bridges",
            before.bridges.len()
        );
        assert!(
            trial.clean_bridges <= 300,
            "{} clean rows are called bridges",
            trial.clean_bridges
        );
        assert!(trial.before.table.hidden.is_empty() && before.mixed_scripts.is_empty());
    }
}

#[test]
fn what_is_noticed_does_not_depend_on_the_order_of_rows() {
    let planted = poisoned_people(2_000, 5);
    let mut text = Vec::new();
    write_table(&planted.rows, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    let noticed = |rows: &[&str]| {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let table = table::read(text.as_bytes(), b',', &planted.mapping()).unwrap();
        let outcome = resolve(&table.values, &table.records, &Model::standard(), &mut |_| {}).unwrap();
        let text = |value| table.values.canonical(value).to_owned();
        let found = outcome.findings;
        (
            outcome.group_of,
            found.bridges,
            found.crowds,
            found
                .hubs
                .iter()
                .map(|hub| (hub.feature, text(hub.value), hub.names))
                .collect::<Vec<_>>(),
            found
                .mixed_scripts
                .iter()
                .map(|mixed| (mixed.record, text(mixed.value)))
                .collect::<Vec<_>>(),
            table.hidden,
        )
    };
    let straight = noticed(&rows);
    assert!(!straight.1.is_empty() && !straight.3.is_empty() && !straight.4.is_empty());
    for seed in 0..4 {
        Draws::new(seed).shuffle(&mut rows);
        assert!(straight == noticed(&rows), "shuffled with seed {seed}");
    }
}
