//! Resolves a clean table and the same table with planted rows, and says what the planted rows did.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fusion_resolve::table::{self, Table};
use fusion_resolve::{Model, Outcome, resolve};
use fusion_testkit::{Plant, Poisoned, Row, poisoned_people, write_table};

/// A table with what became of it.
pub struct Run {
    pub table: Table,
    pub outcome: Outcome,
    positions: HashMap<String, u32>,
}

impl Run {
    fn of(rows: &[Row], mapping: &str) -> Self {
        let mut text = Vec::new();
        write_table(rows, &mut text).unwrap();
        let table = table::read(text.as_slice(), b',', mapping).unwrap();
        let outcome = resolve(&table.values, &table.records, &Model::standard(), &mut |_| {}).unwrap();
        let positions = table.ids.iter().cloned().zip(0..).collect();
        Self {
            table,
            outcome,
            positions,
        }
    }

    /// Returns where the row with this number stands.
    pub fn position(&self, row: usize) -> u32 {
        self.positions[&format!("r{row}")]
    }

    /// Returns the group of the row with this number.
    pub fn group(&self, row: usize) -> u32 {
        self.outcome.group_of[self.position(row) as usize]
    }
}

/// What a run noticed, by record.
struct Noticed {
    hubs: BTreeSet<u32>,
    odd: BTreeSet<u32>,
    bridges: BTreeSet<u32>,
    crowds: BTreeSet<u32>,
}

impl Run {
    fn noticed(&self) -> Noticed {
        let findings = &self.outcome.findings;
        let hubs: BTreeSet<u32> = findings.hubs.iter().map(|hub| hub.value).collect();
        let holds_hub = |record: &u32| {
            self.table
                .records
                .of(*record)
                .iter()
                .any(|held| hubs.contains(&held.value))
        };
        let mixed = findings.mixed_scripts.iter().map(|mixed| mixed.record);
        Noticed {
            hubs: (0..self.table.ids.len() as u32).filter(holds_hub).collect(),
            odd: mixed.chain(self.table.hidden.iter().copied()).collect(),
            bridges: findings.bridges.iter().map(|bridge| bridge.record).collect(),
            crowds: findings.crowds.iter().map(|crowd| crowd.record).collect(),
        }
    }
}

/// The two runs, and what lies between them.
pub struct Trial {
    pub planted: Poisoned,
    pub before: Run,
    pub after: Run,
    /// Pairs of clean rows that were joined before anything was planted.
    pub joined: u64,
    /// Pairs of clean rows of different people that only the planted rows brought together.
    pub added: u64,
    /// Planted rows that were not named for what they are.
    pub unseen: Vec<(usize, Plant)>,
    /// Clean rows that were named as bridges.
    pub clean_bridges: usize,
}

/// Plants rows among `count` clean ones and resolves both tables.
pub fn trial(count: usize, seed: u64) -> Trial {
    let planted = poisoned_people(count, seed);
    let before = Run::of(&planted.rows[..planted.clean], "");
    let after = Run::of(&planted.rows, &planted.mapping());
    let joined = groups(&before, planted.clean)
        .into_values()
        .map(|members| pairs(members.len()))
        .sum();
    let mut added = 0;
    for members in groups(&after, planted.clean).into_values() {
        for (at, one) in members.iter().enumerate() {
            for other in &members[at + 1..] {
                let of_one = planted.rows[*one].truth == planted.rows[*other].truth;
                added += u64::from(!of_one && before.group(*one) != before.group(*other));
            }
        }
    }
    let noticed = after.noticed();
    let is_seen = |row: usize, plant: Plant| {
        let among = match plant {
            Plant::Hub(_) | Plant::Filler(_) => &noticed.hubs,
            Plant::LookAlike | Plant::Hidden => &noticed.odd,
            Plant::Bridge | Plant::DoubleBridge | Plant::Chain => &noticed.bridges,
            Plant::Crowd => &noticed.crowds,
        };
        among.contains(&after.position(row))
    };
    let rows = (planted.clean..).zip(planted.plants.iter().copied());
    let unseen = rows.filter(|(row, plant)| !is_seen(*row, *plant)).collect();
    let clean_bridges = (0..planted.clean)
        .filter(|row| noticed.bridges.contains(&after.position(*row)))
        .count();
    Trial {
        unseen,
        clean_bridges,
        planted,
        before,
        after,
        joined,
        added,
    }
}

/// Returns the clean rows of each group.
fn groups(run: &Run, clean: usize) -> BTreeMap<u32, Vec<usize>> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for row in 0..clean {
        groups.entry(run.group(row)).or_default().push(row);
    }
    groups
}

fn pairs(count: usize) -> u64 {
    (count * count.saturating_sub(1) / 2) as u64
}
