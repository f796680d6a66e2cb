//! Full-text search over what the case says, by words and beginnings of words.
//!
//! A query is text, never a query language: every word is quoted, so nothing typed or pasted can be a syntax error.

use fusion_model::{EntityId, Statement};
use rusqlite::{Connection, OptionalExtension, params};

use super::unpacked;
use crate::case::Case;
use crate::error::Result;
use crate::tables::to_sql;

/// Says what a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    /// An entity, by label, alias or fact.
    Entity,
    /// A statement, by its original text.
    Statement,
}

impl HitKind {
    /// Returns the stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Statement => "statement",
        }
    }
}

/// Holds one hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: String,
    /// Entity it belongs to.
    pub entity: Option<EntityId>,
    /// Label of that entity.
    pub label: String,
    /// The passage that matches.
    pub snippet: String,
}

impl Case {
    /// Finds entities first, then statements, each by relevance; every word of the query must begin a word found.
    pub fn search(&self, query: &str, limit: u64) -> Result<Vec<SearchHit>> {
        let Some(expression) = expression(query) else {
            return Ok(Vec::new());
        };
        let connection = self.derived.reader()?;
        let mut hits = entities(&connection, &expression, limit)?;
        let room = limit.saturating_sub(hits.len() as u64);
        hits.extend(statements(&connection, &expression, room)?);
        Ok(hits)
    }
}

fn entities(connection: &Connection, expression: &str, limit: u64) -> Result<Vec<SearchHit>> {
    let mut statement = connection.prepare_cached(
        "SELECT entity.id, entity.label, snippet(search, -1, '', '', '…', 16)
         FROM search JOIN entity ON entity.position = search.rowid
         WHERE search MATCH ?1 ORDER BY bm25(search, 10.0, 1.0), search.rowid LIMIT ?2",
    )?;
    let found = statement.query_map(params![expression, to_sql(limit)], |row| {
        let entity = EntityId(row.get(0)?);
        Ok(SearchHit {
            kind: HitKind::Entity,
            id: entity.to_string(),
            entity: Some(entity),
            label: row.get(1)?,
            snippet: row.get(2)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn statements(connection: &Connection, expression: &str, limit: u64) -> Result<Vec<SearchHit>> {
    let mut statement = connection.prepare_cached(
        "SELECT statement.packed, snippet(said, -1, '', '', '…', 16)
         FROM said JOIN statement ON statement.position = said.rowid
         WHERE said MATCH ?1 ORDER BY bm25(said), said.rowid LIMIT ?2",
    )?;
    let mut holders = connection.prepare_cached(
        "SELECT entity.id, entity.label FROM record JOIN entity ON entity.id = record.entity WHERE record.id = ?1",
    )?;
    let mut rows = statement.query(params![expression, to_sql(limit)])?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let said: Statement = unpacked(row, 0)?;
        let holder: Option<([u8; 16], String)> = holders
            .query_row([said.record.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (entity, label) = match holder {
            Some((id, label)) => (Some(EntityId(id)), label),
            None => (None, String::new()),
        };
        hits.push(SearchHit {
            kind: HitKind::Statement,
            id: said.id.to_string(),
            entity,
            label,
            snippet: row.get(1)?,
        });
    }
    Ok(hits)
}

/// Quotes every word and lets each be a beginning; `None` when there is no word.
fn expression(query: &str) -> Option<String> {
    let quoted = |word: &str| format!("\"{}\"*", word.replace('\0', "").replace('"', "\"\""));
    let words: Vec<String> = query
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(quoted)
        .collect();
    if words.is_empty() { None } else { Some(words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_becomes_quoted_words() {
        let rows = [
            ("mara ell", Some("\"mara\"* \"ell\"*")),
            ("a\" OR b*", Some("\"a\"\"\"* \"OR\"* \"b*\"*")),
            ("  ( - *  ", None),
            ("", None),
        ];
        for (query, expected) in rows {
            assert_eq!(expression(query).as_deref(), expected, "{query}");
        }
    }
}
