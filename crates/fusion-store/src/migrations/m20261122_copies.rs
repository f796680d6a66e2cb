//! Copies: which backups and packages were made of the case.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261122_copies",
    sql: SQL,
};

const SQL: &str = "
CREATE TABLE copy (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('backup', 'package')),
    at INTEGER NOT NULL,
    place TEXT NOT NULL,
    destroyed INTEGER NOT NULL DEFAULT 0,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
";
