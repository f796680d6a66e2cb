//! The store from outside: real case folders in temporary places, invented evidence, a fast key derivation.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod access;
mod backups;
mod builders;
mod crafted;
mod derived;
mod history;
mod imports;
mod leaks;
mod merging;
mod older;
mod packages;
mod places;
mod rotation;
mod selections;
mod tampering;
mod vault;
