//! Resolves a labelled table and says how good the result is, and where what is missing was lost.
//!
//! `cargo run --release -p fusion-resolve --example measure -- TABLE [TRUTH]`. The truth is the column `cluster` of the table, the
//! number in ids such as `rec-7-dup-0`, or a second table `record_id,cluster_id`. Beside the words it prints lines
//! `figure TAB name TAB value` for programs.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]

mod processor;

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::LazyLock;
use std::time::Instant;

use fusion_resolve::{Losses, Model, losses, resolve, table};
use processor::processor_seconds;

fn main() {
    LazyLock::force(&START);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, truth) = (&arguments[0], arguments.get(1));
    let mut watch = Watch::default();
    let table = table::read(File::open(path).unwrap(), b',', "").unwrap();
    watch.lap("read");
    let names = labels(path, truth.map(String::as_str));
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let labels: Vec<u32> = table
        .ids
        .iter()
        .map(|id| {
            let next = numbers.len() as u32;
            *numbers.entry(names[id.as_str()].as_str()).or_insert(next)
        })
        .collect();
    let model = Model::standard();
    let outcome = resolve(&table.values, &table.records, &model, &mut |stage| watch.lap(stage)).unwrap();
    let (sizes, groups) = (counted(labels.iter()), counted(outcome.group_of.iter()));
    let shared = counted(labels.iter().zip(&outcome.group_of));
    let total = table.ids.len() as f64;
    let per_record = |size: &dyn Fn(&(&u32, &u32)) -> f64| {
        shared.iter().map(|(key, count)| count * count / size(key)).sum::<f64>() / total
    };
    let (precision, recall) = (per_record(&|key| groups[key.1]), per_record(&|key| sizes[key.0]));
    let lost = losses(&table.values, &table.records, &model, &labels, &outcome);
    let largest = |sizes: &mut dyn Iterator<Item = f64>| sizes.fold(0.0f64, f64::max);
    let (entity, person) = (
        largest(&mut groups.values().copied()),
        largest(&mut sizes.values().copied()),
    );
    let b_cubed = 2.0 * precision * recall / (precision + recall);
    println!(
        "{path}: B-cubed F1 {b_cubed:.4}, precision {precision:.4}, recall {recall:.4}; largest entity {entity} (largest true one {person}); {} pairs compared",
        outcome.compared
    );
    pairs(&lost);
    for (name, value) in [
        ("b-cubed", b_cubed),
        ("b-cubed-precision", precision),
        ("b-cubed-recall", recall),
        ("largest", entity),
        ("largest-true", person),
    ] {
        println!("figure\t{name}\t{value:.6}");
    }
}

/// Tells pairs after clustering, and what became of those that are missing.
fn pairs(lost: &Losses) {
    let (of_one, joined) = (lost.of_one as f64, lost.joined as f64);
    let (precision, recall) = (joined / (joined + lost.wrong as f64), joined / of_one);
    let share = |count: u64| count as f64 / of_one;
    println!(
        "  pairs: precision {precision:.4}, recall {recall:.4}; of the true ones {:.4} met no key, {:.4} were rejected, {:.4} wait for a verdict, {:.4} were linked and kept apart",
        share(lost.unblocked),
        share(lost.rejected),
        share(lost.in_review),
        share(lost.parted)
    );
    for (name, value) in [
        ("pair-precision", precision),
        ("pair-recall", recall),
        ("pair-f1", 2.0 * precision * recall / (precision + recall)),
        ("lost-unblocked", share(lost.unblocked)),
        ("lost-rejected", share(lost.rejected)),
        ("lost-in-review", share(lost.in_review)),
        ("lost-parted", share(lost.parted)),
    ] {
        println!("figure\t{name}\t{value:.6}");
    }
}

fn counted<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, f64> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1.0;
    }
    counts
}

/// Prints how long each stage took, by the clock and by the processors.
#[derive(Default)]
struct Watch {
    last: Option<(Instant, f64)>,
}

impl Watch {
    fn lap(&mut self, stage: &str) {
        let (before, spent) = self.last.unwrap_or_else(|| (*START, 0.0));
        let (now, total) = (Instant::now(), processor_seconds());
        eprintln!(
            "{stage:>10}: {:6.2} s, {:6.2} CPU s",
            (now - before).as_secs_f64(),
            total - spent
        );
        self.last = Some((now, total));
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Returns the label of each record id.
fn labels(path: &str, truth: Option<&str>) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(truth.unwrap_or(path)).unwrap();
    let header = reader.headers().unwrap().clone();
    let label_at = header.iter().position(|name| name.trim() == "cluster").unwrap_or(1);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| {
        let id = row[0].trim().to_owned();
        let number = id
            .strip_prefix("rec-")
            .and_then(|rest| rest.split('-').next())
            .map(str::to_owned);
        let label = number
            .filter(|_| truth.is_none())
            .unwrap_or_else(|| row[label_at].to_owned());
        (id, label)
    })
    .collect()
}
