//! Limits that keep a hostile or damaged file from eating the machine.
//!
//! Memory stays within a few times the largest single element (a row, a message), never the file. Passing a limit
//! in a row format skips the row with a `cap` warning; in a tree format it fails the import with the line.

/// Deepest nesting of JSON.
pub const JSON_DEPTH: usize = 64;
/// Longest JSON string, key or number in bytes.
pub const JSON_STRING: usize = 16 << 20;
/// Most JSON values in one element that is held at once (a message, a record, one answer).
pub const JSON_NODES: usize = 2_000_000;
/// Most text bytes in one element that is held at once.
pub const JSON_ELEMENT: usize = 64 << 20;
/// Longest line of a line format in bytes.
pub const LINE: usize = 16 << 20;
/// Longest CSV field in bytes.
pub const CSV_FIELD: usize = 1 << 20;
/// Most CSV columns.
pub const CSV_COLUMNS: usize = 4096;
/// Longest mapping file in bytes.
pub const MAPPING: usize = 1 << 20;
