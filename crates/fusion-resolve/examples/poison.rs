//! What planted rows do to the resolving of invented people.
//!
//! `cargo run --release -p fusion-resolve --example poison -- [ROWS] [SEED]`. Prints lines `figure TAB name TAB value`; with
//! `SHOW=N` in the environment also the groups that planted rows brought together, and N planted rows that were not seen.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/poisoned/mod.rs"]
mod poisoned;

use std::collections::BTreeMap;

use fusion_testkit::{Column, Plant};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| arguments.get(at).map_or(default, |text| text.parse().unwrap());
    let trial = poisoned::trial(number(0, 10_000) as usize, number(1, 7));
    let planted = trial.planted.plants.len();
    let mut unseen: BTreeMap<Plant, usize> = BTreeMap::new();
    for (_, plant) in &trial.unseen {
        *unseen.entry(*plant).or_default() += 1;
    }
    println!(
        "{} clean rows, {planted} planted; {} pairs joined before, {} false ones added; {} clean rows are called bridges, {} before; unseen: {unseen:?}",
        trial.planted.clean,
        trial.joined,
        trial.added,
        trial.clean_bridges,
        trial.before.outcome.findings.bridges.len()
    );
    let percent = |part: u64, whole: u64| part as f64 * 100.0 / whole as f64;
    println!(
        "figure\tpoison-added-percent\t{:.4}",
        percent(trial.added, trial.joined)
    );
    let seen = planted - trial.unseen.len();
    println!(
        "figure\tpoison-seen-percent\t{:.4}",
        percent(seen as u64, planted as u64)
    );
    if let Some(count) = std::env::var_os("SHOW") {
        show_added(&trial);
        show(&trial, count.to_string_lossy().parse().unwrap());
    }
}

/// Prints the groups in which different people came together.
fn show_added(trial: &poisoned::Trial) {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for row in 0..trial.planted.rows.len() {
        groups.entry(trial.after.group(row)).or_default().push(row);
    }
    for (group, rows) in groups {
        let mut people: Vec<(u32, u32)> = rows
            .iter()
            .filter(|row| **row < trial.planted.clean)
            .map(|row| (trial.before.group(*row), trial.planted.rows[*row].truth))
            .collect();
        people.sort_unstable();
        people.dedup();
        let mut truths: Vec<u32> = people.iter().map(|one| one.1).collect();
        truths.sort_unstable();
        truths.dedup();
        let mut before: Vec<u32> = people.iter().map(|one| one.0).collect();
        before.dedup();
        if truths.len() < 2 || before.len() < 2 || rows.iter().all(|row| *row < trial.planted.clean) {
            continue;
        }
        println!("ADDED {group}: {} rows of {truths:?}", rows.len());
        for row in rows {
            let cells = &trial.planted.rows[row];
            let of = |column| cells.cell(column);
            let (one, other) = (
                (of(Column::Name), of(Column::Birth), of(Column::Mail)),
                (of(Column::Phone), of(Column::User), of(Column::Wallet)),
            );
            println!(
                "    {row} t{} b{} {one:?} {other:?}",
                cells.truth,
                if row < trial.planted.clean {
                    trial.before.group(row)
                } else {
                    0
                }
            );
        }
    }
}

fn show(trial: &poisoned::Trial, count: usize) {
    for (row, plant) in trial.unseen.iter().take(count) {
        let row_of = |row: usize| {
            let row = &trial.planted.rows[row];
            format!(
                "{} | {} | {} | {} | {} | {}",
                row.cell(Column::Name),
                row.cell(Column::Birth),
                row.cell(Column::Mail),
                row.cell(Column::Phone),
                row.cell(Column::User),
                row.cell(Column::Wallet)
            )
        };
        println!("{plant:?} group {}: {}", trial.after.group(*row), row_of(*row));
        let group = trial.after.group(*row);
        for other in (0..trial.planted.rows.len()).filter(|other| trial.after.group(*other) == group) {
            println!(
                "      {} t{}: {}",
                other,
                trial.planted.rows[other].truth,
                row_of(other)
            );
        }
    }
}
