//! Resolves a labelled table and says how good the result is.
//!
//! `cargo run --release -p fusion-resolve --example measure -- TABLE [TRUTH]`. The truth is the column `cluster` of the table, the
//! number in ids such as `rec-7-dup-0`, or a second table `record_id,cluster_id`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::LazyLock;
use std::time::Instant;

use fusion_resolve::{Model, resolve, table};

fn main() {
    LazyLock::force(&START);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, truth) = (&arguments[0], arguments.get(1));
    let mut watch = Watch::default();
    let table = table::read(File::open(path).unwrap(), b',', "").unwrap();
    watch.lap("read");
    let truth = labels(path, truth.map(String::as_str));
    let outcome = resolve(&table.values, &table.records, &Model::standard(), &mut |stage| {
        watch.lap(stage)
    })
    .unwrap();
    let found: Vec<(&str, u32)> = table
        .ids
        .iter()
        .map(|id| truth[id.as_str()].as_str())
        .zip(outcome.group_of.iter().copied())
        .collect();
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    let mut groups: BTreeMap<u32, f64> = BTreeMap::new();
    let mut shared: BTreeMap<(&str, u32), f64> = BTreeMap::new();
    for (label, group) in found {
        *sizes.entry(label).or_default() += 1.0;
        *groups.entry(group).or_default() += 1.0;
        *shared.entry((label, group)).or_default() += 1.0;
    }
    let total = table.ids.len() as f64;
    let per_record = |size: &dyn Fn(&(&str, u32)) -> f64| {
        shared.iter().map(|(key, count)| count * count / size(key)).sum::<f64>() / total
    };
    let (precision, recall) = (per_record(&|key| groups[&key.1]), per_record(&|key| sizes[key.0]));
    let largest = |sizes: &mut dyn Iterator<Item = f64>| sizes.fold(0.0f64, f64::max);
    println!(
        "{path}: B-cubed F1 {:.4}, precision {precision:.4}, recall {recall:.4}; largest entity {} (largest true one {}); {} pairs compared",
        2.0 * precision * recall / (precision + recall),
        largest(&mut groups.values().copied()),
        largest(&mut sizes.values().copied()),
        outcome.compared
    );
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

/// Returns the seconds of processor time this program used; nothing where the system does not tell.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

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
