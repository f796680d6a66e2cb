//! What the benches share: arguments, clocks, and the lines that `cargo xtask bench` reads.

#![allow(clippy::unwrap_used, clippy::print_stdout, dead_code)]

use std::time::Instant;

/// Reads the size of the bench from its arguments.
pub fn argument(otherwise: u64) -> u64 {
    std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(otherwise)
}

/// Tells `cargo xtask bench` a figure.
pub fn figure(name: &str, value: f64) {
    println!("figure\t{name}\t{value:.3}");
}

/// Does the work and returns seconds by the clock and of the processor.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, before) = (Instant::now(), processor_secs());
    let outcome = work();
    (outcome, start.elapsed().as_secs_f64(), processor_secs() - before)
}

/// Reads the processor time of this process, user and system, in ticks of 10 ms.
fn processor_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}

/// Reads the most memory that this process ever held, in megabytes.
pub fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_000
}
