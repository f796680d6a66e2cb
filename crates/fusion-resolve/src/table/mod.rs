//! Plain tables: rows in, records out, no case needed.
//!
//! The header says what each column means ([`columns`]); each cell is cleaned ([`clean`]). Rows are read in batches and
//! cleaned on all processors; records are put in the order of their ids, so that neither the order of rows nor the
//! number of processors reaches the result. What cannot be read as its column says is counted, never guessed.

mod clean;
mod columns;

use std::io::Read;

use crate::feature::Feature;
use crate::parallel::in_parallel;
use crate::records::{Held, Records, Through};
use crate::value::Values;

use clean::{Cell, DayOrder, clean, order_of};
pub use columns::ColumnError;
use columns::Meaning;

/// Rows that are cleaned at a time.
const BATCH: usize = 65_536;
/// Rows of one piece of a batch.
const PIECE: usize = 4_096;

/// Refuses a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The columns cannot be used.
    #[error(transparent)]
    Columns(#[from] ColumnError),
    /// A row cannot be read; the line is in the text.
    #[error("{0}")]
    Row(#[from] csv::Error),
    /// Two rows have one id.
    #[error("two rows have the id `{0}`")]
    TwiceTheId(String),
    /// There is no row.
    #[error("the table has no rows")]
    Empty,
    /// There are more rows than can be addressed.
    #[error("the table has more than {0} rows")]
    TooLong(u32),
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
}

/// Reads a table. `delimiter` stands between cells; `mapping` is the text of a mapping file, or empty.
///
/// # Errors
///
/// [`TableError`] when a row or column cannot be used; nothing is skipped silently.
pub fn read(source: impl Read, delimiter: u8, mapping: &str) -> Result<Table, TableError> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(source);
    let header: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim_start_matches('\u{FEFF}').trim().to_owned())
        .collect();
    let (meanings, unread) = columns::read(&header, mapping)?;
    let mut sink = Sink::new(&header, &meanings);
    let mut order = None;
    let mut batch: Vec<csv::StringRecord> = Vec::new();
    loop {
        let mut row = csv::StringRecord::new();
        let more = reader.read_record(&mut row)?;
        if more {
            batch.push(row);
        }
        if batch.len() == BATCH || !more {
            order = order.or_else(|| order_in(&batch, &meanings));
            sink.take(&batch, order.unwrap_or(DayOrder::DayFirst))?;
            batch.clear();
        }
        if !more {
            return sink.finish(unread);
        }
    }
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

/// Finds the order of day and month that a batch of rows proves.
fn order_in(batch: &[csv::StringRecord], meanings: &[Meaning]) -> Option<DayOrder> {
    let dates: Vec<usize> = (0..meanings.len())
        .filter(|at| matches!(meanings[*at], Meaning::Value(Feature::BirthDate, _)))
        .collect();
    let proofs = batch
        .iter()
        .flat_map(|row| dates.iter().filter_map(|at| order_of(row.get(*at)?.trim())));
    let (mut day, mut month) = (0u32, 0u32);
    for proof in proofs {
        match proof {
            DayOrder::DayFirst => day += 1,
            DayOrder::MonthFirst => month += 1,
        }
    }
    match (day, month) {
        (0, 0) => None,
        _ if day >= month => Some(DayOrder::DayFirst),
        _ => Some(DayOrder::MonthFirst),
    }
}

struct Sink<'a> {
    header: &'a [String],
    meanings: &'a [Meaning],
    parts: Vec<usize>,
    table: Table,
    refused: Vec<u64>,
}

/// A row after cleaning.
struct Row {
    id: Option<String>,
    cells: Vec<Cell>,
    refused: Vec<u16>,
}

impl<'a> Sink<'a> {
    fn new(header: &'a [String], meanings: &'a [Meaning]) -> Self {
        let mut parts: Vec<(u8, usize)> = Vec::new();
        for (at, meaning) in meanings.iter().enumerate() {
            if let Meaning::NamePart(place) = meaning {
                parts.push((*place, at));
            }
        }
        parts.sort_unstable();
        Self {
            header,
            meanings,
            parts: parts.into_iter().map(|part| part.1).collect(),
            table: Table::default(),
            refused: vec![0; header.len()],
        }
    }

    fn take(&mut self, batch: &[csv::StringRecord], order: DayOrder) -> Result<(), TableError> {
        if self.table.ids.len() + batch.len() > u32::MAX as usize / 2 {
            return Err(TableError::TooLong(u32::MAX / 2));
        }
        let this = &*self;
        let pieces = in_parallel(batch.len().div_ceil(PIECE), |piece| {
            let rows = batch.iter().skip(piece * PIECE).take(PIECE);
            rows.map(|row| this.clean(row, order)).collect::<Vec<Row>>()
        });
        let mut held: Vec<Held> = Vec::new();
        for row in pieces.into_iter().flatten() {
            for cell in &row.cells {
                self.intern(cell, &mut held);
            }
            for column in &row.refused {
                self.refused[usize::from(*column)] += 1;
            }
            let number = self.table.ids.len() + 1;
            self.table.ids.push(row.id.unwrap_or_else(|| format!("{number:010}")));
            self.table.records.push(&mut held);
        }
        Ok(())
    }

    fn intern(&mut self, cell: &Cell, held: &mut Vec<Held>) {
        let scope = match &self.meanings[usize::from(cell.column)] {
            Meaning::Value(_, scope) => scope.as_str(),
            _ => "",
        };
        let value = self
            .table
            .values
            .intern(cell.feature, &cell.canonical, scope, cell.span);
        held.push(Held::own(cell.feature, value));
        let user = self.table.values.user_of_mail(value);
        held.extend(user.map(|user| Held {
            through: Through::Mail,
            ..Held::own(Feature::Handle, user)
        }));
    }

    fn clean(&self, row: &csv::StringRecord, order: DayOrder) -> Row {
        let mut cleaned = Row {
            id: None,
            cells: Vec::new(),
            refused: Vec::new(),
        };
        let cell = |at: usize| row.get(at).map(str::trim).unwrap_or_default();
        let mut house = "";
        for (at, meaning) in self.meanings.iter().enumerate() {
            let text = cell(at);
            match meaning {
                Meaning::Id => cleaned.id = Some(text.to_owned()).filter(|id| !id.is_empty()),
                Meaning::HouseNumber => house = text,
                Meaning::Value(feature, _) => cleaned.add(*feature, text, at, order),
                Meaning::Street if !text.is_empty() => {
                    cleaned.add(Feature::Address, format!("{house} {text}").trim(), at, order);
                }
                Meaning::Street | Meaning::NamePart(_) | Meaning::Skipped => {}
            }
        }
        if let Some(first) = self.parts.first() {
            let name: Vec<&str> = self
                .parts
                .iter()
                .map(|at| cell(*at))
                .filter(|part| !part.is_empty())
                .collect();
            cleaned.add(Feature::PersonName, &name.join(" "), *first, order);
        }
        cleaned
    }

    /// Puts the records in the order of their ids.
    fn finish(mut self, unread: Vec<String>) -> Result<Table, TableError> {
        let table = &mut self.table;
        if table.ids.is_empty() {
            return Err(TableError::Empty);
        }
        let mut order: Vec<u32> = (0..table.ids.len() as u32).collect();
        order.sort_unstable_by(|one, other| table.ids[*one as usize].cmp(&table.ids[*other as usize]));
        table.records = table.records.reordered(&order);
        table.ids = order
            .iter()
            .map(|at| std::mem::take(&mut table.ids[*at as usize]))
            .collect();
        if let Some(pair) = table.ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(TableError::TwiceTheId(pair[0].clone()));
        }
        let refused = self
            .header
            .iter()
            .cloned()
            .zip(self.refused)
            .filter(|(_, count)| *count > 0);
        Ok(Table {
            unread,
            refused: refused.collect(),
            ..self.table
        })
    }
}

impl Row {
    fn add(&mut self, feature: Feature, text: &str, column: usize, order: DayOrder) {
        if text.is_empty() {
            return;
        }
        match clean(feature, text, order) {
            Some((canonical, span)) => self.cells.push(Cell {
                feature,
                canonical,
                span,
                column: column as u16,
            }),
            None => self.refused.push(column as u16),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::model::Model;
    use crate::run::resolve;

    const TABLE: &str = "record_id,full_name,dob,email,phone,city\n\
        r1,Mara Ellison,1988-03-04,mara.ellison77@mail.example,+31 10 7654321,Rotterdam\n\
        r2,\"ELLISON, M.\",,mara.ellison77@mail.example,,Rotterdam\n\
        r3,Mara Elison,1988-03-04,,0107654321,\n\
        r4,Piet van Dijk,1971-11-27,piet@mail.example,,Delft\n\
        r5,P. van Dijk,27 Nov 1971,,,Delft\n";

    fn entities(text: &str) -> Vec<(String, String)> {
        let table = read(text.as_bytes(), b',', "").unwrap();
        let outcome = resolve(&table.values, &table.records, &Model::standard(), &mut |_| {}).unwrap();
        let named = |at: &u32| table.ids[*at as usize].clone();
        table
            .ids
            .iter()
            .cloned()
            .zip(outcome.group_of.iter().map(named))
            .collect()
    }

    #[test]
    fn rows_become_entities() {
        let found = entities(TABLE);
        let expected = [("r1", "r1"), ("r2", "r1"), ("r3", "r1"), ("r4", "r4"), ("r5", "r4")];
        assert_eq!(found, expected.map(|(one, other)| (one.to_owned(), other.to_owned())));
    }

    #[test]
    fn the_order_of_rows_and_columns_changes_nothing() {
        let (header, rows) = TABLE.split_once('\n').unwrap();
        let mut lines: Vec<&str> = rows.lines().collect();
        lines.reverse();
        lines.swap(0, 2);
        assert_eq!(entities(&format!("{header}\n{}\n", lines.join("\n"))), entities(TABLE));
    }

    #[test]
    fn hostile_tables_are_refused_with_the_line() {
        let two_ids = "id,name\na,Mara\na,Piet\n";
        assert!(matches!(read(two_ids.as_bytes(), b',', ""), Err(TableError::TwiceTheId(id)) if id == "a"));
        assert!(matches!(read(&b"id,name\n"[..], b',', ""), Err(TableError::Empty)));
        let ragged = read(&b"id,name\na,Mara\nb\n"[..], b',', "").unwrap_err().to_string();
        assert!(ragged.contains("line: 3"), "{ragged}");
        let foreign = read(&b"id,name\na,\xff\n"[..], b',', "").unwrap_err().to_string();
        assert!(foreign.contains("line 2"), "{foreign}");
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let table = read(
            &b"id,email,phone\na,nobody,12\nb,x@mail.example,555 0100 22\n"[..],
            b',',
            "",
        )
        .unwrap();
        assert_eq!(table.refused, [("email".to_owned(), 1), ("phone".to_owned(), 1)]);
    }

    #[test]
    fn the_delimiter_is_read_from_the_header() {
        for (header, delimiter) in [
            ("a,b;c,d", b','),
            ("a;b", b';'),
            ("a\tb", b'\t'),
            ("a|b", b'|'),
            ("a", b','),
        ] {
            assert_eq!(delimiter_of(header), delimiter, "{header}");
        }
    }
}
