//! What a case survives: kills, failing disks, flipped bytes, pages put back, wrong keys, two programs at once.
//!
//! Everything here drives the real `fusion` program on real files. An ordinary run makes a few rounds of each;
//! `cargo xtask torture` sets `FUSION_TORTURE=1` and makes all of them. Every random choice comes from one printed
//! seed (`FUSION_TORTURE_SEED` repeats a run). Cases are made with a fast key derivation, so that the rounds spend
//! their time on the case; the program itself never can.
//!
//! A test that needs what the machine does not have (a tracer, root) says that it is skipped, and why.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod acts;
mod chance;
mod clocks;
mod faults;
mod flips;
mod full_disk;
mod invented;
mod keys;
mod kills;
#[cfg(target_os = "linux")]
mod large;
#[path = "../program/mod.rs"]
mod program;
mod put_back;
mod stage;
mod strike;
mod tally;
mod two_programs;
