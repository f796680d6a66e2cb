//! Bringing the evidence database up to date: one migration a file, each in its own transaction.
//!
//! A migration never changes what a column means. `schema.sql` documents the result column by column; a test holds
//! the two together. A database newer than this list is refused, never guessed at.

mod m20261120_first;
mod m20261121_custody;
mod m20261121_erasure;
mod m20261122_copies;
mod m20261122_history;
mod m20261123_by_id;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};
use crate::folder::CaseFolder;
use crate::safety_copy;

/// Holds one step of the schema.
struct Migration {
    /// Stamp and name, as in its file.
    name: &'static str,
    /// What is executed.
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    m20261120_first::MIGRATION,
    m20261121_erasure::MIGRATION,
    m20261122_history::MIGRATION,
    m20261121_custody::MIGRATION,
    m20261122_copies::MIGRATION,
    m20261123_by_id::MIGRATION,
];

/// Returns the schema number this program writes.
pub(crate) fn newest() -> u32 {
    MIGRATIONS.len() as u32
}

/// Returns the schema number of a database.
pub(crate) fn version(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Refuses a schema that this program does not know.
pub(crate) fn require_known(found: u32) -> Result<()> {
    if found > newest() {
        Err(Error::NewerSchema { found, known: newest() })
    } else {
        Ok(())
    }
}

/// Brings the evidence of an existing case up to date, with a copy of it beside until the case was closed once.
pub(crate) fn bring_up_to_date(connection: &mut Connection, folder: &CaseFolder) -> Result<()> {
    let found = version(connection)?;
    require_known(found)?;
    if found < newest() {
        safety_copy::copy(connection, folder, found)?;
    }
    migrate(connection)
}

/// Refuses a database that holds anything else than its schema says: no trigger, view or index of somebody's own.
pub(crate) fn require_schema(connection: &Connection) -> Result<()> {
    let found = version(connection)?;
    require_known(found)?;
    let mut expected = crate::database::in_memory()?;
    migrate_to(&mut expected, found)?;
    if objects(connection)? == objects(&expected)? {
        Ok(())
    } else {
        Err(Error::damaged("the database has another schema than it says"))
    }
}

fn objects(connection: &Connection) -> Result<Vec<(String, String, String)>> {
    let mut statement =
        connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Applies what is missing.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    migrate_to(connection, newest())
}

fn migrate_to(connection: &mut Connection, newest: u32) -> Result<()> {
    let found = version(connection)?;
    require_known(found)?;
    for (number, migration) in (1u32..).zip(MIGRATIONS).take(newest as usize).skip(found as usize) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration.sql)?;
        transaction.execute(
            "INSERT INTO migration (number, name) VALUES (?1, ?2)",
            rusqlite::params![number, migration.name],
        )?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The documented schema: every table and column with its meaning.
    const DOCUMENTED: &str = include_str!("../schema.sql");

    fn objects(connection: &Connection) -> Vec<(String, String)> {
        let mut statement = connection
            .prepare("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, plain(&row.get::<_, String>(1)?))))
            .unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    fn plain(sql: &str) -> String {
        let without_comments = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
        // A column that was added later stands behind a blank and a comma of its own.
        let spaced = without_comments.map(|line| line.replace(',', " , ").replace(')', " ) "));
        let words: Vec<String> = spaced
            .flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        words.join(" ")
    }

    #[test]
    fn the_migrations_end_in_the_documented_schema() {
        let mut migrated = Connection::open_in_memory().unwrap();
        migrate(&mut migrated).unwrap();
        let documented = Connection::open_in_memory().unwrap();
        documented.execute_batch(DOCUMENTED).unwrap();
        assert_eq!(objects(&migrated), objects(&documented));
        assert_eq!(version(&migrated).unwrap(), newest());
    }

    #[test]
    fn every_column_of_the_documented_schema_has_its_comment() {
        let bare = DOCUMENTED
            .lines()
            .filter(|line| line.starts_with("    ") && !line.trim_start().starts_with("--"))
            .filter(|line| !line.trim_start().starts_with("PRIMARY KEY") && !line.trim_start().starts_with("UNIQUE"))
            .filter(|line| !line.contains("--"))
            .collect::<Vec<_>>();
        assert!(bare.is_empty(), "columns without a comment: {bare:?}");
    }
}
