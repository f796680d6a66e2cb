//! Counting rounds: one that goes wrong does not keep the others from running, and the table shows both.

use std::io::Write as _;
use std::time::Instant;

/// Says whether a round held, and if not, what was lost.
pub type Held = Result<(), String>;

/// Tells whether all rounds are asked for.
pub fn in_full() -> bool {
    std::env::var("FUSION_TORTURE").is_ok_and(|value| value == "1")
}

/// Chooses how many rounds are made: few in an ordinary run, all under `cargo xtask torture`, or as many as it was told.
pub fn rounds(ordinary: usize, full: usize) -> usize {
    let told = std::env::var("FUSION_TORTURE_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok());
    match (in_full(), told) {
        (false, _) => ordinary,
        (true, Some(told)) => told,
        (true, None) => full,
    }
}

/// Turns a failed condition into what was lost.
pub fn hold(condition: bool, lost: impl FnOnce() -> String) -> Held {
    if condition { Ok(()) } else { Err(lost()) }
}

/// Counts the rounds of one test.
pub struct Tally {
    what: String,
    rounds: u64,
    lost: Vec<String>,
    figure: String,
    begun: Instant,
}

impl Tally {
    /// Starts counting.
    pub fn new(what: &str) -> Self {
        Self {
            what: what.to_owned(),
            rounds: 0,
            lost: Vec::new(),
            figure: String::new(),
            begun: Instant::now(),
        }
    }

    /// Counts one round; `place` is told when it lost something.
    pub fn round(&mut self, place: impl std::fmt::Display, held: Held) {
        self.rounds += 1;
        if let Err(lost) = held {
            println!("LOST {}: {place}: {lost}", self.what);
            self.lost.push(format!("{place}: {lost}"));
        }
    }

    /// Sets the figure that the table shows.
    pub fn figure(&mut self, text: impl Into<String>) {
        self.figure = text.into();
    }

    /// Writes the row of the table and fails if a round lost something or none was made.
    pub fn finish(self) {
        let seconds = self.begun.elapsed().as_secs();
        let row = [
            self.what.clone(),
            self.rounds.to_string(),
            self.lost.len().to_string(),
            self.figure.clone(),
            seconds.to_string(),
        ];
        println!(
            "{}: {} rounds, {} lost, {} s. {}",
            row[0], row[1], row[2], row[4], row[3]
        );
        if let Some(table) = std::env::var_os("FUSION_TORTURE_TABLE") {
            let mut file = std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(table)
                .unwrap();
            writeln!(file, "{}", row.join("\t")).unwrap();
        }
        assert!(self.rounds > 0, "{}: no round was made", self.what);
        assert!(
            self.lost.is_empty(),
            "{}: {} of {} rounds lost something\n{}",
            self.what,
            self.lost.len(),
            self.rounds,
            self.lost.join("\n")
        );
    }
}

/// Says that a test is skipped, on the terminal and in the table.
pub fn skip(what: &str, why: &str) {
    println!("skipped: {what}: {why}");
    if let Some(table) = std::env::var_os("FUSION_TORTURE_TABLE") {
        let mut file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(table)
            .unwrap();
        writeln!(file, "{what}\t0\t0\tSKIPPED: {why}\t0").unwrap();
    }
}
