//! Plain tables: rows in, records out, no case needed.
//!
//! The header says what each column means ([`columns`]); each cell is cleaned ([`clean`]). One thread reads rows and interns
//! what the others have cleaned of the rows before; records are put in the order of their ids, so that neither the order
//! of rows nor the number of processors reaches the result. What cannot be read as its column says is counted, never
//! guessed; a row that is broken refuses the table and is named by its line.

mod clean;
mod cleaner;
mod columns;
mod rows;
mod sink;

use std::io::Read;
use std::thread;

use crate::records::Records;
use crate::value::Values;

use cleaner::Cleaner;
pub use columns::ColumnError;
use rows::Rows;
use sink::Sink;

/// Refuses a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The columns cannot be used.
    #[error(transparent)]
    Columns(#[from] ColumnError),
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] csv::Error),
    /// The text is not written as UTF-8.
    #[error("line {line} is not written as UTF-8; save the table as UTF-8")]
    Encoding {
        /// Where the row begins.
        line: u64,
    },
    /// A row has more or fewer cells than columns are named.
    #[error("line {line} has {cells} cells, but {columns} columns are named")]
    Ragged {
        /// Where the row begins.
        line: u64,
        /// Its cells.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A row does not end.
    #[error("the row that begins in line {line} does not end; is a quotation mark left open?")]
    Endless {
        /// Where the row begins.
        line: u64,
    },
    /// Two rows have one id.
    #[error("two rows have the id `{0}`")]
    TwiceTheId(String),
    /// There is no row.
    #[error("the table has no rows")]
    Empty,
    /// There is more than can be addressed.
    #[error("the table is too large: {0}")]
    TooLarge(&'static str),
}

/// Holds a table that was read.
#[derive(Debug, Default)]
pub struct Table {
    /// Ids of the records, in the order of positions.
    pub ids: Vec<String>,
    /// The records.
    pub records: Records,
    /// Their values.
    pub values: Values,
    /// Columns that were passed over.
    pub unread: Vec<String>,
    /// Cells that could not be read, by column.
    pub refused: Vec<(String, u64)>,
    /// Positions of records in whose cells marks stand that cannot be seen.
    pub hidden: Vec<u32>,
}

/// Reads a table. `delimiter` stands between cells; `mapping` is the text of a mapping file, or empty.
///
/// # Errors
///
/// [`TableError`] when a row or column cannot be used; nothing is skipped silently.
pub fn read(source: impl Read, delimiter: u8, mapping: &str) -> Result<Table, TableError> {
    let mut rows = Rows::of(source, delimiter)?;
    let (meanings, unread) = columns::read(rows.header(), mapping)?;
    let cleaner = Cleaner::new(&meanings);
    let mut sink = Sink::new(rows.header().to_vec());
    thread::scope(|scope| {
        let mut before: Option<thread::ScopedJoinHandle<'_, _>> = None;
        loop {
            let batch = rows.next_batch()?;
            let after = (!batch.is_empty()).then(|| scope.spawn(|| cleaner.clean_all(batch)));
            let is_last = after.is_none();
            if let Some(cleaned) = std::mem::replace(&mut before, after) {
                match cleaned.join() {
                    Ok(cleaned) => sink.take(&cleaned?)?,
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            if is_last {
                return sink.finish(unread);
            }
        }
    })
}

/// Guesses the delimiter by the header: of comma, semicolon, tab and bar the one that stands there most often.
pub fn delimiter_of(header: &str) -> u8 {
    let line = header.lines().next().unwrap_or_default();
    let count = |sign: u8| line.bytes().filter(|letter| *letter == sign).count();
    [b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests;
