//! An index by logical time, so that appending to a long log need not read all of it.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "20261122_history",
    sql: SQL,
};

const SQL: &str = "
CREATE INDEX operation_lamport ON operation (lamport);
";
