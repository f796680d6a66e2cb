//! Rows of a table in batches, each with the line it begins in.
//!
//! A row that never ends (a quotation mark left open, a file without line breaks) is refused before it is held whole.

use std::io::{self, Chain, Cursor, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::TableError;

/// Rows that are cleaned at a time.
const BATCH: usize = 16_384;
/// Bytes of rows that are cleaned at a time.
const BATCH_BYTES: usize = 1 << 24;
/// Longest row, in bytes.
const LONGEST: usize = 1 << 20;
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;
/// Stands behind the last row: where a quotation mark is left open, it is not met as a row of its own.
const END: &str = "\n\u{1}end of table\u{1}\n";

/// Reads the rows of a table.
pub(super) struct Rows<R> {
    reader: Reader<Guard<Chain<R, Cursor<&'static str>>>>,
    header: Vec<String>,
    is_done: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header.
    pub(super) fn of(source: R, delimiter: u8) -> Result<Self, TableError> {
        let guard = Guard {
            source: source.chain(Cursor::new(END)),
            since: 0,
        };
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(BUFFER)
            .from_reader(guard);
        let mut rows = Self {
            reader,
            header: Vec::new(),
            is_done: false,
        };
        let mut header = ByteRecord::new();
        if !rows.read_into(&mut header)? {
            return Err(TableError::Empty);
        }
        let cells = header
            .iter()
            .map(|cell| std::str::from_utf8(cell).ok().filter(|cell| !cell.contains('\0')));
        let cells: Option<Vec<&str>> = cells.collect();
        let cells = cells.ok_or(TableError::Encoding { line: 1 })?;
        rows.header = cells
            .iter()
            .map(|name| name.trim_start_matches('\u{FEFF}').trim().to_owned())
            .collect();
        Ok(rows)
    }

    /// Returns the names of the columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads rows; none when there is no more.
    pub(super) fn next_batch(&mut self) -> Result<Vec<ByteRecord>, TableError> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES && !self.is_done {
            let mut row = ByteRecord::with_capacity(128, self.header.len());
            if !self.read_into(&mut row)? {
                break;
            }
            if row.len() != self.header.len() {
                return Err(TableError::Ragged {
                    line: line_of(&row),
                    cells: row.len(),
                    columns: self.header.len(),
                });
            }
            bytes += row.as_slice().len();
            batch.push(row);
        }
        Ok(batch)
    }

    fn read_into(&mut self, row: &mut ByteRecord) -> Result<bool, TableError> {
        let line = self.reader.position().line();
        self.reader.get_mut().since = 0;
        let more = self.reader.read_byte_record(row).map_err(|error| match error.kind() {
            csv::ErrorKind::Io(inner) if inner.kind() == io::ErrorKind::FileTooLarge => TableError::Endless { line },
            _ => error.into(),
        })?;
        if more && row.len() == 1 && row.get(0) == Some(END.trim().as_bytes()) {
            self.is_done = true;
            return Ok(false);
        }
        let swallowed = row
            .iter()
            .next_back()
            .is_some_and(|cell| cell.ends_with(END.as_bytes()));
        if !more || swallowed {
            return Err(TableError::Endless { line });
        }
        Ok(true)
    }
}

/// Returns the line a row begins in.
pub(super) fn line_of(row: &ByteRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

/// Counts what is read since the last row ended.
struct Guard<R> {
    source: R,
    since: usize,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since > LONGEST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let count = self.source.read(buffer)?;
        self.since += count;
        Ok(count)
    }
}
