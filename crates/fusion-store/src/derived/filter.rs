//! Building the `WHERE` of a page, with every value bound and none written into the text.

use std::collections::BTreeMap;

use fusion_model::codec::Pack;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::unpacked;
use crate::error::Result;
use crate::tables::{from_sql, to_sql};

/// Says which end of an order comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// Holds one page of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows of the whole list.
    pub total: u64,
}

/// Collects conditions that must all hold.
#[derive(Debug, Default)]
pub(super) struct Filter {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition with its values; `clause` has one `?` for each.
    pub(super) fn and(&mut self, clause: &str, values: impl IntoIterator<Item = Value>) {
        self.clauses.push(format!("({clause})"));
        self.values.extend(values);
    }

    /// Demands that `column` is one of `values`; no values demand nothing.
    pub(super) fn one_of(&mut self, column: &str, values: Vec<Value>) {
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({marks})"), values);
        }
    }

    fn text(&self) -> String {
        if self.clauses.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.clauses.join(" AND "))
        }
    }

    /// Reads one page of `columns` of `table`.
    pub(super) fn page<T>(
        self,
        connection: &Connection,
        (columns, table): (&str, &str),
        order: &str,
        (offset, limit): (u64, u64),
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Page<T>> {
        let conditions = self.text();
        let count = format!("SELECT count(*) FROM {table}{conditions}");
        let total: i64 = connection
            .prepare_cached(&count)?
            .query_row(params_from_iter(&self.values), |row| row.get(0))?;
        let select = format!("SELECT {columns} FROM {table}{conditions} ORDER BY {order} LIMIT ? OFFSET ?");
        let bounds = [Value::Integer(to_sql(limit)), Value::Integer(to_sql(offset))];
        let mut statement = connection.prepare_cached(&select)?;
        let mut found = statement.query(params_from_iter(self.values.iter().chain(&bounds)))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read(row)?);
        }
        Ok(Page {
            rows,
            total: from_sql(total),
        })
    }

    /// Counts the rows of `table` by the text in `column`.
    pub(super) fn grouped(self, connection: &Connection, column: &str, table: &str) -> Result<BTreeMap<String, u64>> {
        let conditions = self.text();
        let select = format!("SELECT {column}, count(*) FROM {table}{conditions} GROUP BY {column}");
        let mut statement = connection.prepare_cached(&select)?;
        let mut found = statement.query(params_from_iter(&self.values))?;
        let mut counted = BTreeMap::new();
        while let Some(row) = found.next()? {
            counted.insert(row.get(0)?, from_sql(row.get(1)?));
        }
        Ok(counted)
    }

    /// Reads one page of whole packed rows of `table`.
    pub(super) fn packed_page<T: Pack>(
        self,
        connection: &Connection,
        table: &str,
        order: &str,
        bounds: (u64, u64),
    ) -> Result<Page<T>> {
        self.page(connection, ("packed", table), order, bounds, |row| unpacked(row, 0))
    }
}

/// Turns an id into a bound value.
pub(super) fn blob(id: &[u8]) -> Value {
    Value::Blob(id.to_vec())
}

/// Turns text into a bound value.
pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Makes a `LIKE` pattern that finds `part` anywhere, taking its wildcards literally; escape with `\`.
pub(super) fn containing(part: &str) -> Value {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    Value::Text(pattern)
}
