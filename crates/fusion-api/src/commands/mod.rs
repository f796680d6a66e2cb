//! What a host can ask for: one file an area, each with its requests, views, handlers and its part of the list.
pub mod alerts;
pub mod annotate;
pub mod backup;
pub mod case;
pub mod custody;
pub mod entities;
pub mod graph;
pub mod import;
pub mod job;
pub mod keys;
pub mod list;
pub mod log;
pub mod report;
pub mod review;
pub mod search;
pub mod share;
pub mod timeline;
