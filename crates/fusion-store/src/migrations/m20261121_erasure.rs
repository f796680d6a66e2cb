//! Erasure and kept secrets: what is left of an original, which erasures were carried out, secrets kept on purpose.
//!
//! Frozen: later changes get migrations of their own. What each column means stands in `schema.sql`.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261121_erasure",
    sql: SQL,
};

const SQL: &str = "
ALTER TABLE source ADD COLUMN erased TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN kept BLOB NOT NULL DEFAULT x'';
ALTER TABLE source ADD COLUMN kept_size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN missing BLOB NOT NULL DEFAULT x'';
CREATE TABLE erasure (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    targets BLOB NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE kept_secret (
    statement BLOB NOT NULL CHECK (length(statement) = 16),
    source INTEGER NOT NULL REFERENCES source (number),
    observation BLOB NOT NULL CHECK (length(observation) = 16),
    sealed BLOB NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (statement, source)
) STRICT;
CREATE INDEX kept_secret_source ON kept_secret (source);
CREATE INDEX kept_secret_observation ON kept_secret (observation);
";
