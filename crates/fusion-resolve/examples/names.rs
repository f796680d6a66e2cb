//! How many full names are compared in one second of one processor, and what preparing them costs.
//!
//! `cargo run --release -p fusion-resolve --example names`. Names are those of invented people, two words or more, each
//! distinct one once, as the resolver holds them. Random pairs are nearly all of strangers; alike pairs are two different
//! names that share a word, as most pairs do that blocking brings together. Prints lines `figure TAB name TAB value`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use fusion_model::{CleanContext, Property};
use fusion_resolve::{Feature, Model, ValueId, Values, compare};
use fusion_testkit::{Column, Draws, invented_people};

const PAIRS: usize = 4_000_000;

fn main() {
    let names = names();
    let mut draws = Draws::new(7);
    let (mut values, fuzzy) = (Values::default(), Model::standard().fuzzy);
    let before = processor_secs();
    let ids: Vec<ValueId> = names
        .iter()
        .map(|name| values.intern(Feature::PersonName, name, "", None))
        .collect();
    let preparing = processor_secs() - before;
    let random: Vec<(ValueId, ValueId)> = (0..PAIRS).map(|_| (*draws.of(&ids), *draws.of(&ids))).collect();
    let alike = alike(&names, &ids, &mut draws);
    println!("{} distinct names, {PAIRS} pairs of each sort", names.len());
    for (name, pairs) in [("random", &random), ("alike", &alike)] {
        let mut rates: Vec<f64> = (0..5).map(|_| PAIRS as f64 / compared(&values, pairs, fuzzy)).collect();
        rates.sort_by(f64::total_cmp);
        let mut levels = [0u32; 10];
        for (left, right) in pairs {
            levels[usize::from(compare(&values, Feature::PersonName, *left, *right, fuzzy).level)] += 1;
        }
        println!("{name}: {:.2} million a second, levels {levels:?}", rates[2] / 1e6);
        println!("figure\tnames-{name}-million-a-cpu-sec\t{:.3}", rates[2] / 1e6);
    }
    let rate = names.len() as f64 / preparing / 1e6;
    println!("figure\tnames-prepared-million-a-cpu-sec\t{rate:.3}");
}

/// Compares all pairs and returns the seconds of one processor that it took.
fn compared(values: &Values, pairs: &[(ValueId, ValueId)], fuzzy: u32) -> f64 {
    let before = processor_secs();
    let mut sum = 0u32;
    for (left, right) in pairs {
        sum += u32::from(compare(values, Feature::PersonName, *left, *right, fuzzy).level);
    }
    black_box(sum);
    processor_secs() - before
}

/// Returns the distinct full names of invented people, cleaned.
fn names() -> Vec<String> {
    let rows = invented_people(100_000, 7);
    let cleaned = rows.iter().filter_map(|row| {
        let cleaned = Property::Name
            .clean(row.cell(Column::Name), "", &CleanContext::default())
            .ok()?;
        cleaned.canonical.contains(' ').then_some(cleaned.canonical)
    });
    let mut names: Vec<String> = cleaned.collect();
    names.sort();
    names.dedup();
    names
}

/// Draws pairs of names that share a word.
fn alike(names: &[String], ids: &[ValueId], draws: &mut Draws) -> Vec<(ValueId, ValueId)> {
    let mut holders: BTreeMap<&str, Vec<ValueId>> = BTreeMap::new();
    for (name, id) in names.iter().zip(ids) {
        for word in name.split(' ').filter(|word| word.chars().count() > 1) {
            holders.entry(word).or_default().push(*id);
        }
    }
    let mut pair = || loop {
        let at = draws.below(names.len());
        let words: Vec<&[ValueId]> = names[at]
            .split(' ')
            .filter_map(|word| holders.get(word))
            .map(Vec::as_slice)
            .collect();
        if words.is_empty() {
            continue;
        }
        let holders = words[draws.below(words.len())];
        let other = *draws.of(holders);
        if other != ids[at] {
            return (ids[at], other);
        }
    };
    (0..PAIRS).map(|_| pair()).collect()
}

/// Returns the seconds this thread has had of a processor; by the clock where the system does not tell.
fn processor_secs() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    nanos.map_or_else(|| START.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}
