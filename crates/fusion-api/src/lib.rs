//! What every host can do with a case: commands, jobs, progress, errors, a router with an access check, and the
//! TypeScript schema of it all. Must not know Tauri, clap or HTTP.

pub mod commands;
pub mod error;
pub mod view;
