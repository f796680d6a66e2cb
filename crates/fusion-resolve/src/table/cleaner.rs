//! Cleaning of rows, on all processors.

use csv::ByteRecord;

use super::TableError;
use super::clean::{DayOrder, clean, order_of, tells_no_order};
use super::columns::Meaning;
use super::rows::line_of;
use crate::feature::Feature;
use crate::guard::hides;
use crate::parallel::in_parallel;
use crate::value::Fresh;

/// Rows of one piece of a batch.
const PIECE: usize = 1_024;

/// Cleans rows by what their columns mean.
pub(super) struct Cleaner<'a> {
    meanings: &'a [Meaning],
    /// Columns of the parts of a name, in the order in which they are said.
    parts: Vec<usize>,
}

/// Holds a row after cleaning.
#[derive(Default)]
pub(super) struct Row {
    pub(super) id: Option<String>,
    pub(super) cells: Vec<Cell>,
    /// Columns whose cell could not be read.
    pub(super) refused: Vec<u16>,
    /// Dates that the order of day and month decides.
    pub(super) dates: Vec<Date>,
    /// Whether marks that cannot be seen stand in it.
    pub(super) hides: bool,
    /// Dates that prove that the day stands first, and those that prove the month.
    pub(super) proofs: (u32, u32),
}

/// Holds a cleaned cell.
pub(super) struct Cell {
    pub(super) value: Fresh,
    pub(super) feature: Feature,
}

/// Holds a date in both readings.
pub(super) struct Date {
    pub(super) column: u16,
    pub(super) day_first: Option<Fresh>,
    pub(super) month_first: Option<Fresh>,
}

impl<'a> Cleaner<'a> {
    /// Makes a cleaner for columns of these meanings.
    pub(super) fn new(meanings: &'a [Meaning]) -> Self {
        let mut parts: Vec<(u8, usize)> = Vec::new();
        for (at, meaning) in meanings.iter().enumerate() {
            if let Meaning::NamePart(place) = meaning {
                parts.push((*place, at));
            }
        }
        parts.sort_unstable();
        Self {
            meanings,
            parts: parts.into_iter().map(|part| part.1).collect(),
        }
    }

    /// Cleans rows; they keep their order.
    pub(super) fn clean_all(&self, batch: Vec<ByteRecord>) -> Result<Vec<Row>, TableError> {
        let pieces = in_parallel(batch.len().div_ceil(PIECE), |piece| {
            let rows = batch.iter().skip(piece * PIECE).take(PIECE);
            rows.map(|row| self.clean(row)).collect::<Result<Vec<Row>, _>>()
        });
        let mut rows = Vec::with_capacity(batch.len());
        for piece in pieces {
            rows.extend(piece?);
        }
        Ok(rows)
    }

    fn clean(&self, row: &ByteRecord) -> Result<Row, TableError> {
        let mut cleaned = Row::default();
        let text = text_of(row).ok_or_else(|| TableError::Encoding { line: line_of(row) })?;
        let cell = |at: usize| {
            let text = row.range(at).and_then(|range| text.get(range));
            text.unwrap_or_default().trim()
        };
        cleaned.hides = !text.is_ascii() && (0..row.len()).any(|at| hides(cell(at)));
        let mut house = "";
        for (at, meaning) in self.meanings.iter().enumerate() {
            let text = cell(at);
            match meaning {
                Meaning::Id => cleaned.id = Some(text.to_owned()).filter(|id| !id.is_empty()),
                Meaning::HouseNumber => house = text,
                Meaning::Value(Feature::BirthDate, scope) => cleaned.add_date(text, scope, at),
                Meaning::Value(feature, scope) => cleaned.add(*feature, text, scope, at),
                Meaning::Street if !text.is_empty() => {
                    cleaned.add(Feature::Address, format!("{house} {text}").trim(), "", at);
                }
                Meaning::Street | Meaning::NamePart(_) | Meaning::Skipped => {}
            }
        }
        if let Some(first) = self.parts.first() {
            let parts = self.parts.iter().map(|at| cell(*at));
            let name: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            cleaned.add(Feature::PersonName, &name.join(" "), "", *first);
        }
        Ok(cleaned)
    }
}

impl Row {
    fn add(&mut self, feature: Feature, text: &str, scope: &str, column: usize) {
        if text.is_empty() {
            return;
        }
        match read(feature, text, scope, DayOrder::DayFirst) {
            Some(value) => self.cells.push(Cell { value, feature }),
            None => self.refused.push(column as u16),
        }
    }

    /// Adds a date; where day and month could change places, both readings wait for what the table proves.
    fn add_date(&mut self, text: &str, scope: &str, column: usize) {
        match order_of(text) {
            Some(DayOrder::DayFirst) => self.proofs.0 += 1,
            Some(DayOrder::MonthFirst) => self.proofs.1 += 1,
            None if tells_no_order(text) => {}
            None => return self.add(Feature::BirthDate, text, scope, column),
        }
        self.dates.push(Date {
            column: column as u16,
            day_first: read(Feature::BirthDate, text, scope, DayOrder::DayFirst),
            month_first: read(Feature::BirthDate, text, scope, DayOrder::MonthFirst),
        });
    }
}

/// Returns the cells of a row as one text; nothing where a cell is not UTF-8.
fn text_of(row: &ByteRecord) -> Option<&str> {
    let text = std::str::from_utf8(row.as_slice()).ok()?;
    let is_whole = |at| row.range(at).is_some_and(|range| text.is_char_boundary(range.start));
    (text.is_ascii() || (0..row.len()).all(is_whole)).then_some(text)
}

fn read(feature: Feature, text: &str, scope: &str, order: DayOrder) -> Option<Fresh> {
    clean(feature, text, order).map(|(canonical, span)| Fresh::new(feature, canonical, scope, span))
}
