//! Finding the table in a text: delimiter, preamble, header.
//!
//! Real exports start with a title line, use semicolons in half of Europe, and leave the header out. The delimiter
//! is the one under which most rows have the same number of columns, at least two; rows before the first such row
//! are preamble; the first row is a header unless it holds values.

use crate::looks::{self, Look};
use crate::rows::{RowReader, Step};

/// Delimiters in order of preference.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// Rows that are looked at.
const ROWS: usize = 50;

/// Describes a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Between cells.
    pub(crate) delimiter: char,
    /// Lines in front of the header or the first row.
    pub(crate) preamble: u64,
    /// Column names; made up when there is no header.
    pub(crate) columns: Vec<String>,
    /// Whether the first row names the columns.
    pub(crate) header: Header,
    /// Share of rows, in percent, that have as many cells as there are columns.
    pub(crate) evenness: u8,
    /// Rows that were looked at, header included.
    pub(crate) rows_seen: usize,
}

/// Says where the column names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    /// From the first row.
    Present,
    /// Made up.
    Absent,
}

impl Table {
    /// Tells whether there is a column of this name, compared without case, blanks and marks.
    pub(crate) fn has_column(&self, name: &str) -> bool {
        let folded = fold(name);
        self.columns.iter().any(|column| fold(column) == folded)
    }
}

/// Returns the position of a column, compared without case, blanks and marks.
pub(crate) fn column(columns: &[String], name: &str) -> Option<usize> {
    let folded = fold(name);
    columns.iter().position(|column| fold(column) == folded)
}

/// Folds a column name or key for comparing: lower case, letters and digits only.
pub(crate) fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Finds the table of a text whose head is `text`.
pub(crate) fn sniff(text: &str, is_whole: bool) -> Option<Table> {
    let mut best: Option<Table> = None;
    for delimiter in DELIMITERS {
        let Some(table) = table_with(text, is_whole, delimiter) else {
            continue;
        };
        let rank = |table: &Table| (table.evenness >= 80, table.rows_seen.min(3), table.columns.len());
        if best.as_ref().is_none_or(|other| rank(&table) > rank(other)) {
            best = Some(table);
        }
    }
    best.or_else(|| single_column(text))
}

fn table_with(text: &str, is_whole: bool, delimiter: char) -> Option<Table> {
    let mut source = text.as_bytes();
    let mut reader = RowReader::new(&mut source, delimiter);
    let mut rows = Vec::new();
    while rows.len() < ROWS {
        match reader.next_row().ok()? {
            Some(Step::Row(row)) => rows.push(row),
            Some(Step::Skipped(_)) => {}
            None => {
                // The last row of a cut head may be cut itself.
                if !is_whole && rows.len() > 1 {
                    rows.pop();
                }
                break;
            }
        }
    }
    let width = usual_width(rows.iter().map(|row| row.cells.len()))?;
    let start = rows.iter().position(|row| row.cells.len() == width)?;
    let body = rows.get(start..)?;
    let first = body.first()?;
    let even = body.iter().filter(|row| row.cells.len() == width).count();
    let evenness = (even * 100 / body.len()) as u8;
    let header = if names_columns(&first.cells) {
        Header::Present
    } else {
        Header::Absent
    };
    let is_known = first
        .cells
        .iter()
        .filter(|cell| crate::aliases::meaning_of(cell).is_some())
        .count()
        * 2
        >= width;
    if evenness < 60 || (even < 2 && !(header == Header::Present && is_known)) {
        return None;
    }
    let columns = match header {
        Header::Present => first
            .cells
            .iter()
            .map(|cell| cell.trim().trim_start_matches('\u{FEFF}').to_owned())
            .collect(),
        Header::Absent => (1..=width).map(|number| format!("column {number}")).collect(),
    };
    Some(Table {
        delimiter,
        preamble: first.line - 1,
        columns,
        header,
        evenness,
        rows_seen: body.len(),
    })
}

/// A list under one known name is a table of one column.
fn single_column(text: &str) -> Option<Table> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let name = lines.next()?.trim().trim_start_matches('\u{FEFF}').trim_matches('"');
    lines.next()?;
    crate::aliases::meaning_of(name)?;
    let preamble = text.lines().position(|line| !line.trim().is_empty())? as u64;
    Some(Table {
        delimiter: ',',
        preamble,
        columns: vec![name.to_owned()],
        header: Header::Present,
        evenness: 100,
        rows_seen: text.lines().take(ROWS).count(),
    })
}

/// The most frequent width of at least two columns; the wider on a tie.
fn usual_width(widths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths.filter(|width| *width >= 2) {
        *counts.entry(width).or_insert(0u32) += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width))
        .map(|(width, _)| width)
}

/// Tells names from values: no cell looks like a value, and no two are the same.
fn names_columns(cells: &[String]) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    let mut filled = 0;
    for cell in cells {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        let is_number = cell
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' '));
        if is_number || !seen.insert(fold(cell)) || !matches!(looks::look(cell), None | Some(Look::Domain)) {
            return false;
        }
    }
    filled > 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn tables_are_found() {
        for (text, delimiter, preamble, columns) in [
            ("name,email\nA,a@x.example\n", ',', 0, "name|email"),
            ("name;email\nA;a@x.example\nB, jr;b@x.example\n", ';', 0, "name|email"),
            ("a\tb\n1\t2\n", '\t', 0, "a|b"),
            (
                "Report of 1 May, for X\n\nname,email,phone\nA,a@x.example,\nB,,\n",
                ',',
                2,
                "name|email|phone",
            ),
            ("A,a@x.example\nB,b@x.example\n", ',', 0, "column 1|column 2"),
            ("email\na@x.example\nb@x.example\n", ',', 0, "email"),
            ("name,email\n", ',', 0, "name|email"),
        ] {
            let table = sniff(text, true).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (table.delimiter, table.preamble, table.columns.join("|").as_str()),
                (delimiter, preamble, columns),
                "{text}"
            );
        }
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "Dear Sir, I write to you.\nIt is late, cold, and wet.\nGoodbye.\n",
            "one line, with comma",
            "",
            "a@x.example\nb@x.example\n",
        ] {
            assert_eq!(sniff(text, true), None, "{text}");
        }
    }
}
