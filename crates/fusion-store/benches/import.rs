//! How fast rows land in an encrypted case, beside the same rows in a plain database of the same shape.
//!
//! `cargo bench -p fusion-store --bench import -- [ROWS]` prints one line a run and the ratio. Each side runs in a process
//! of its own, because the library's memory wiping, once on, stays on. The plain side does the same work around the
//! database: packing, random salts, leaves, the same tables, indices, settings and batches. It does so in one thread,
//! as anybody would write it; the case writes rows in a thread of its own. That is why the ratio is told by CPU, too.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use fusion_model::{
    EntityKind, Locator, Observation, ObservationId, Property, RawRecord, RawStatement, RecordKey, SourceId,
    SourceKind, Timestamp, codec,
};
use fusion_store::{CaseFolder, KdfProfile, NewCase, Passphrase, Secrets, SourceDraft, SourceTotals, Stamp};
use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::{Connection, TransactionBehavior, params};

const BATCH: usize = 20_000;
const SALTS: usize = 256;
const ROUNDS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let rows = words.iter().find_map(|word| word.parse().ok()).unwrap_or(200_000);
    match words.first().map(String::as_str) {
        Some("plain") => report(rows, plain(rows)),
        Some("encrypted") => report(rows, encrypted(rows)),
        _ => compare(rows),
    }
}

/// Runs both sides in turn and compares the best run of each.
fn compare(rows: u64) {
    let mut best = [(0.0f64, 0.0f64); 2];
    for _ in 0..ROUNDS {
        for (side, best) in ["plain", "encrypted"].into_iter().zip(&mut best) {
            let (wall, cpu) = child(side, rows);
            *best = (best.0.max(wall), best.1.max(cpu));
            println!("{side:>9}: {wall:>9.0} rows/s, {cpu:>9.0} rows per CPU second");
        }
    }
    let [plain, encrypted] = best;
    println!(
        "ratio: {:.2} by the clock, {:.2} by CPU ({rows} rows, best of {ROUNDS})",
        encrypted.0 / plain.0,
        encrypted.1 / plain.1
    );
    println!("figure\timport-ratio\t{:.3}", encrypted.0 / plain.0);
}

fn child(side: &str, rows: u64) -> (f64, f64) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([side, &rows.to_string()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut numbers = text.split_whitespace().map(|word| word.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

fn report(rows: u64, (wall, cpu): (f64, f64)) {
    println!("{} {}", rows as f64 / wall, rows as f64 / cpu);
}

fn observation(line: u64) -> Observation {
    let statements = vec![
        RawStatement::new(Property::Name, format!("Person Number{line}"), "name"),
        RawStatement::new(Property::Email, format!("person.{line}@mail.example"), "email"),
        RawStatement::new(Property::Phone, format!("+4670{:07}", line % 10_000_000), "phone"),
        RawStatement::new(Property::Handle, format!("user_{line}"), "username"),
        RawStatement::new(Property::City, "Uppsala", "city"),
    ];
    let key = RecordKey::Native {
        namespace: "row".to_owned(),
        key: line.to_string(),
    };
    let record = RawRecord {
        kind: EntityKind::Person,
        key,
        statements,
    };
    Observation {
        locator: Locator::Line(line),
        records: vec![record],
        links: Vec::new(),
    }
}

fn encrypted(rows: u64) -> (f64, f64) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCase {
        name: "Bench".to_owned(),
        region: String::new(),
        created_at: Timestamp(0),
        profile: KdfProfile::for_tests(),
    };
    let path = folder.path().join("case");
    let case = CaseFolder::create(path, &Passphrase::new("bench".to_owned()), new).unwrap();
    let draft = SourceDraft {
        original: case.vault_add(&mut &b"bench"[..]).unwrap(),
        name: "bench.csv".to_owned(),
        kind: SourceKind::Osint,
        format: "csv".to_owned(),
        grade: None,
        subject: None,
        acquired_at: Timestamp(0),
        secrets: Secrets::default(),
        again: None,
        stamp: Stamp {
            author: "bench".to_owned(),
            at: Timestamp(0),
        },
    };
    timed(|| {
        let mut writer = case.begin_import(draft).unwrap();
        for line in 1..=rows {
            writer.push(observation(line)).unwrap();
        }
        writer.finish(SourceTotals::default()).unwrap();
    })
}

fn plain(rows: u64) -> (f64, f64) {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = open_plain(&folder.path().join("plain.db"));
    let source = SourceId([7; 32]);
    let randomness = SystemRandom::new();
    timed(|| {
        let mut batch = Vec::with_capacity(BATCH);
        let mut ids = Vec::new();
        let mut salts = [[0u8; 16]; SALTS];
        for line in 1..=rows {
            let observation = observation(line);
            let nth = line as usize % SALTS;
            if nth == 0 || line == 1 {
                randomness.fill(salts.as_flattened_mut()).unwrap();
            }
            let salt = salts[nth];
            let packed = codec::to_bytes(&observation);
            let mut context = ring::digest::Context::new(&ring::digest::SHA256);
            [&[0u8][..], &salt, &packed]
                .into_iter()
                .for_each(|part| context.update(part));
            let mut leaf = [0u8; 32];
            leaf.copy_from_slice(context.finish().as_ref());
            batch.push((ObservationId::new(source, &observation.locator), packed, salt, leaf));
            if batch.len() == BATCH || line == rows {
                let transaction = connection
                    .transaction_with_behavior(TransactionBehavior::Immediate)
                    .unwrap();
                for (id, packed, salt, leaf) in batch.drain(..) {
                    transaction
                        .prepare_cached(
                            "INSERT INTO observation (source, id, packed, salt, leaf) VALUES (1, ?1, ?2, ?3, ?4)",
                        )
                        .unwrap()
                        .execute(params![id.0, packed, salt, leaf])
                        .unwrap();
                    ids.push((id, transaction.last_insert_rowid()));
                }
                transaction.commit().unwrap();
            }
        }
        ids.sort_unstable();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .unwrap();
        for (id, number) in ids {
            transaction
                .prepare_cached("INSERT INTO observation_by_id (id, source, number) VALUES (?1, 1, ?2)")
                .unwrap()
                .execute(params![id.0, number])
                .unwrap();
        }
        transaction.commit().unwrap();
        connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
    })
}

/// Makes a database without a key, in all else like the evidence database.
fn open_plain(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
             PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768;",
        )
        .unwrap();
    connection
        .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection
        .execute_batch(
            "CREATE TABLE source (number INTEGER PRIMARY KEY) STRICT;
             INSERT INTO source (number) VALUES (1);
             CREATE TABLE observation (
                 number INTEGER PRIMARY KEY,
                 source INTEGER NOT NULL REFERENCES source (number),
                 id BLOB NOT NULL CHECK (length(id) = 16),
                 packed BLOB NOT NULL,
                 salt BLOB NOT NULL,
                 leaf BLOB NOT NULL CHECK (length(leaf) = 32),
                 compartment INTEGER NOT NULL DEFAULT 0
             ) STRICT;
             CREATE TABLE observation_by_id (
                 id BLOB NOT NULL CHECK (length(id) = 16),
                 source INTEGER NOT NULL,
                 number INTEGER NOT NULL,
                 PRIMARY KEY (id, source)
             ) STRICT, WITHOUT ROWID;
             CREATE INDEX observation_source ON observation (source);",
        )
        .unwrap();
    connection
}

/// Returns seconds by the clock and of the processor.
fn timed(work: impl FnOnce()) -> (f64, f64) {
    let (start, before) = (Instant::now(), cpu_secs());
    work();
    (start.elapsed().as_secs_f64(), (cpu_secs() - before).max(0.01))
}

/// Reads the processor time of this process, user and system, in ticks of 10 ms.
fn cpu_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}
