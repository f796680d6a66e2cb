//! What every host can do with a case: commands, jobs, progress, errors, a router with an access check, and the
//! TypeScript schema of it all.
//!
//! Window and command line call the same functions. Must not know Tauri, clap or HTTP. Domain types stay inside: what
//! crosses this border are requests and views, made for being read by programs that change slower than the engine.

pub mod auto_lock;
pub mod bench;
pub mod clock;
pub mod commands;
mod doctor;
pub mod error;
mod graph_picture;
pub mod handles;
pub mod hardening;
mod intake;
pub mod jobs;
pub mod lookup;
pub mod open_case;
pub mod picture;
pub mod plain_table;
pub mod progress;
pub mod recent;
pub mod router;
pub mod rules;
mod sample;
pub mod schema;
pub mod view;
mod whole_file;
