//! Adds records to a table that stands, a thousand at a time, and says what a step costs and whether it comes to the same.
//!
//! `cargo run --release -p fusion-resolve --example increment -- TABLE [BATCHES [SIZE]]`. The last rows of the table (in the
//! order of ids scattered by their digest) are held back and added in batches. Lines `figure TAB name TAB value` are for
//! programs. It fails where the result differs from that of a full run.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]

mod processor;

use std::fs::File;

use fusion_resolve::increment::{Change, Standing};
use fusion_resolve::{ByScore, Ground, Model, Verdicts, resolve, table};
use processor::processor_seconds;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, standard: usize| arguments.get(at).map_or(standard, |text| text.parse().unwrap());
    let (batches, size) = (number(1, 20), number(2, 1_000));
    let table = table::read(File::open(&arguments[0]).unwrap(), b',', "").unwrap();
    let total = table.ids.len() as u32;
    // Every k-th record is held back, so that batches are spread over the whole table.
    let step = total / (batches * size) as u32;
    let late: Vec<u32> = (0..total)
        .filter(|at| at % step == step - 1)
        .take(batches * size)
        .collect();
    let early: Vec<u32> = (0..total).filter(|at| late.binary_search(at).is_err()).collect();
    let records = table.records.reordered(&early, &[]);
    let model = Model::standard();
    let judge = ByScore(&model);
    let ground = Ground::of(table.values.clone(), records, model.clone());
    let mut standing = Standing::of(early, ground, &judge, Verdicts::default()).unwrap();
    eprintln!("stands after {:.2} CPU s", processor_seconds());
    let mut costs: Vec<(f64, u64, u64, u64, bool)> = Vec::new();
    for at in 0..batches {
        let come = late
            .iter()
            .skip(at)
            .step_by(batches)
            .map(|at| (*at, table.records.of(*at).to_vec()));
        let change = Change {
            gone: Vec::new(),
            come: come.collect(),
        };
        let before = processor_seconds();
        let touched = standing.follow(change, &judge, Verdicts::default()).unwrap();
        let cost = processor_seconds() - before;
        costs.push((cost, touched.records, touched.scored, touched.rejoined, touched.whole));
        eprintln!("batch {at}: {cost:.2} CPU s, {touched:?}");
    }
    let full = resolve(&table.values, &table.records, &model, &mut |_| {}).unwrap();
    let same = full.group_of == standing.group_of()
        && full.pairs == standing.pairs()
        && full.merges == standing.merges()
        && full.findings.bridges == standing.bridges();
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, worst) = (costs[costs.len() / 2], costs[costs.len() - 1]);
    println!(
        "{}: {size} records into {total}: median {:.2} CPU s, worst {:.2}; {} records rescored, {} pairs, {} rejoined; the same as in full: {same}",
        arguments[0], median.0, worst.0, median.1, median.2, median.3
    );
    for (name, value) in [("median", median.0), ("worst", worst.0)] {
        println!("figure\t{name}\t{value:.4}");
    }
    let whole = costs.iter().filter(|cost| cost.4).count();
    println!("figure\twhole-runs\t{whole}");
    assert!(same, "an increment came to something else than a full run");
}
