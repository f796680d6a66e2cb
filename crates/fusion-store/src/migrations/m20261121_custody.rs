//! Custody, form 2: several clocks, tool, instance, who and why as commitments; signed checkpoints and their signers.
//!
//! Events that were written before keep form 1 and verify as they did.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261121_custody",
    sql: SQL,
};

const SQL: &str = "
ALTER TABLE custody ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE custody ADD COLUMN instance INTEGER NOT NULL DEFAULT 0;
ALTER TABLE custody ADD COLUMN since_start INTEGER NOT NULL DEFAULT 0;
ALTER TABLE custody ADD COLUMN start BLOB NOT NULL DEFAULT x'';
ALTER TABLE custody ADD COLUMN clock TEXT NOT NULL DEFAULT '';
ALTER TABLE custody ADD COLUMN tool TEXT NOT NULL DEFAULT '';
ALTER TABLE custody ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE custody ADD COLUMN settings BLOB NOT NULL DEFAULT x'';
ALTER TABLE custody ADD COLUMN personal BLOB NOT NULL DEFAULT x'';
CREATE INDEX custody_lineage ON custody (seq) WHERE action = 'start-instance';
CREATE TABLE custody_text (
    seq INTEGER PRIMARY KEY REFERENCES custody (seq),
    salt BLOB NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE signer (
    key BLOB PRIMARY KEY CHECK (length(key) = 32),
    seq INTEGER NOT NULL REFERENCES custody (seq),
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL CHECK (length(root) = 32),
    frontier BLOB NOT NULL,
    note TEXT NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
";
