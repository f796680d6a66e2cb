//! The first schema: settings, sources, observations, warnings, operations, texts, custody.
//!
//! Frozen: later changes get migrations of their own. What each column means stands in `schema.sql`.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261120_first",
    sql: SQL,
};

const SQL: &str = "
CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE source (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL CHECK (length(id) = 32),
    state TEXT NOT NULL CHECK (state IN ('staged', 'final')),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    grade TEXT NOT NULL,
    graded TEXT NOT NULL,
    acquired_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    origin TEXT NOT NULL DEFAULT '',
    subject TEXT,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_negative INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    observations INTEGER NOT NULL DEFAULT 0,
    statements INTEGER NOT NULL DEFAULT 0,
    root BLOB NOT NULL DEFAULT x'',
    vault_key BLOB NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX source_final ON source (id) WHERE state = 'final';
CREATE TABLE observation (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (number),
    id BLOB NOT NULL CHECK (length(id) = 16),
    packed BLOB NOT NULL,
    salt BLOB NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX observation_id ON observation (id, source);
CREATE INDEX observation_source ON observation (source);
CREATE TABLE warning (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (number),
    packed BLOB NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX warning_source ON warning (source);
CREATE TABLE operation (
    position INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    previous BLOB NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    compartment INTEGER NOT NULL DEFAULT 0,
    UNIQUE (instance, counter)
) STRICT;
CREATE TABLE free_text (
    instance INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    salt BLOB NOT NULL,
    text TEXT NOT NULL,
    compartment INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (instance, counter, slot)
) STRICT;
CREATE TABLE custody (
    seq INTEGER PRIMARY KEY,
    previous BLOB NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    object BLOB NOT NULL,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    compartment INTEGER NOT NULL DEFAULT 0
) STRICT;
";
