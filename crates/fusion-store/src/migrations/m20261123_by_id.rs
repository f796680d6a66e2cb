//! Finding rows by id: a table that an import fills once, in order, instead of an index that every batch rewrites.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261123_by_id",
    sql: SQL,
};

const SQL: &str = "
CREATE TABLE observation_by_id (
    id BLOB NOT NULL CHECK (length(id) = 16),
    source INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (id, source)
) STRICT, WITHOUT ROWID;
INSERT INTO observation_by_id (id, source, number) SELECT id, source, number FROM observation ORDER BY id, source;
DROP INDEX observation_id;
";
