//! Bytes to observations: one file per input format, and the judge of which format a file is in.
//!
//! A host shows [`detect`] the head of a file, opens the chosen [`Importer`] and gives it an [`Input`] and a
//! [`Sink`]. What comes out is original text with exact places: an importer never cleans, scores or merges, and it
//! knows no store, engine, clock or network. Everything is offered as data: rows that could not be read are stored
//! warnings, rows that say "not found" are counted, a subject that only the file name tells is passed on.
//!
//! Row formats (CSV, one JSON object per line, lists) keep the good rows of a damaged file. Tree formats (one JSON
//! value) fail as a whole; on failure the host drops what the sink was given. The limits are in [`caps`].
//!
//! Adding a format: a file in `importers/`, its line in [`IMPORTERS`], fixtures of the same name.

mod aliases;
pub mod caps;
mod chains;
mod detect;
mod draft;
mod error;
mod foreign;
mod generic;
mod hunt;
mod importer;
mod importers;
mod json;
mod lines;
mod looks;
mod mapping;
mod mentions;
mod ndjson;
mod open;
mod outline;
mod records;
mod rows;
mod shape;
mod sink;
mod table;
mod text;

pub use detect::{Candidate, Detection, detect};
pub use error::{ErrorCode, ImportError};
pub use importer::{HEAD_BYTES, Importer, Input, Likelihood, Probe};
pub use importers::{IMPORTERS, importer};
pub use mapping::Mapping;
pub use sink::{Sink, Stop};
