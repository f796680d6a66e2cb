//! Writes a table of invented people and the truth about them.
//!
//! `cargo run --release -p fusion-testkit --example people -- FOLDER ROWS SEED [poisoned]` writes `records.csv` and
//! `truth.csv`; with planted rows also `planted.csv` (`record_id,plant`) and `mapping.txt`.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use fusion_testkit::{Poisoned, Row, invented_people, poisoned_people, write_table, write_truth};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, count, seed) = (
        Path::new(&arguments[0]),
        arguments[1].parse().unwrap(),
        arguments[2].parse().unwrap(),
    );
    fs::create_dir_all(folder).unwrap();
    if arguments.get(3).map(String::as_str) == Some("poisoned") {
        let poisoned = poisoned_people(count, seed);
        tables(folder, &poisoned.rows);
        plants(folder, &poisoned);
    } else {
        tables(folder, &invented_people(count, seed));
    }
}

fn tables(folder: &Path, rows: &[Row]) {
    let create = |name: &str| BufWriter::with_capacity(1 << 20, File::create(folder.join(name)).unwrap());
    let (mut table, mut truth) = (create("records.csv"), create("truth.csv"));
    write_table(rows, &mut table).unwrap();
    write_truth(rows, &mut truth).unwrap();
    table.flush().unwrap();
    truth.flush().unwrap();
}

fn plants(folder: &Path, poisoned: &Poisoned) {
    let mut list = String::from("record_id,plant\n");
    for (at, plant) in poisoned.plants.iter().enumerate() {
        list.push_str(&format!("r{},{plant:?}\n", poisoned.clean + at));
    }
    fs::write(folder.join("planted.csv"), list).unwrap();
    fs::write(folder.join("mapping.txt"), poisoned.mapping()).unwrap();
}
