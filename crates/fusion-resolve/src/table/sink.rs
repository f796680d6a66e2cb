//! What cleaned rows become: values, records and ids.

use super::cleaner::Row;
use super::{Table, TableError};
use crate::feature::Feature;
use crate::records::{Held, Through};
use crate::value::{Fresh, ValueId};

/// Rows whose values are looked up at a time.
const ABREAST: usize = 64;

/// Gathers rows.
pub(super) struct Sink {
    header: Vec<String>,
    table: Table,
    refused: Vec<u64>,
    dates: Vec<Date>,
    proofs: (u64, u64),
    held: Vec<Held>,
}

/// Holds a date that the order of day and month decides.
struct Date {
    record: u32,
    column: u16,
    day_first: Option<ValueId>,
    month_first: Option<ValueId>,
}

impl Sink {
    /// Makes a sink for a table with these columns.
    pub(super) fn new(header: Vec<String>) -> Self {
        Self {
            refused: vec![0; header.len()],
            header,
            table: Table::default(),
            dates: Vec::new(),
            proofs: (0, 0),
            held: Vec::new(),
        }
    }

    /// Takes rows in.
    pub(super) fn take(&mut self, rows: &[Row]) -> Result<(), TableError> {
        if self.table.ids.len() + rows.len() > u32::MAX as usize / 2 {
            return Err(TableError::TooLarge("more than two thousand million rows"));
        }
        for some in rows.chunks(ABREAST) {
            self.table
                .values
                .fetch(some.iter().flat_map(|row| &row.cells).map(|cell| &cell.value));
            for row in some {
                self.take_row(row);
            }
        }
        if self.table.values.is_full() {
            return Err(TableError::TooLarge("more than four gigabytes of different values"));
        }
        Ok(())
    }

    fn take_row(&mut self, row: &Row) {
        let mut held = std::mem::take(&mut self.held);
        for cell in &row.cells {
            let value = self.table.values.enter(&cell.value);
            held.push(Held::own(cell.feature, value));
            held.extend(self.table.values.user_of_mail(value).map(|user| Held {
                through: Through::Mail,
                ..Held::own(Feature::Handle, user)
            }));
        }
        for column in &row.refused {
            self.refused[usize::from(*column)] += 1;
        }
        let record = self.table.ids.len() as u32;
        self.table.hidden.extend(row.hides.then_some(record));
        let values = &mut self.table.values;
        let mut enter = |value: &Option<Fresh>| value.as_ref().map(|value| values.enter(value));
        self.dates.extend(row.dates.iter().map(|date| Date {
            record,
            column: date.column,
            day_first: enter(&date.day_first),
            month_first: enter(&date.month_first),
        }));
        self.proofs.0 += u64::from(row.proofs.0);
        self.proofs.1 += u64::from(row.proofs.1);
        let id = row.id.clone();
        self.table.ids.push(id.unwrap_or_else(|| format!("{:010}", record + 1)));
        self.table.records.push(&mut held);
        self.held = held;
    }

    /// Decides the dates and puts the records in the order of their ids.
    pub(super) fn finish(mut self, unread: Vec<String>) -> Result<Table, TableError> {
        let table = &mut self.table;
        if table.ids.is_empty() {
            return Err(TableError::Empty);
        }
        let month_first = self.proofs.1 > self.proofs.0;
        let mut late: Vec<(u32, Held)> = Vec::new();
        for date in &self.dates {
            match if month_first { date.month_first } else { date.day_first } {
                Some(value) => late.push((date.record, Held::own(Feature::BirthDate, value))),
                None => self.refused[usize::from(date.column)] += 1,
            }
        }
        drop(std::mem::take(&mut self.dates));
        let mut order: Vec<u32> = (0..table.ids.len() as u32).collect();
        order.sort_unstable_by(|one, other| table.ids[*one as usize].cmp(&table.ids[*other as usize]));
        table.records = table.records.reordered(&order, &late);
        let hidden = std::mem::take(&mut table.hidden);
        let places = (0..)
            .zip(&order)
            .filter(|(_, record)| hidden.binary_search(record).is_ok());
        table.hidden = places.map(|(place, _)| place).collect();
        let ids = &mut table.ids;
        let sorted = order.iter().map(|at| std::mem::take(&mut ids[*at as usize])).collect();
        table.ids = sorted;
        if let Some(pair) = table.ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(TableError::TwiceTheId(pair[0].clone()));
        }
        let refused = self
            .header
            .into_iter()
            .zip(self.refused)
            .filter(|(_, count)| *count > 0);
        Ok(Table {
            unread,
            refused: refused.collect(),
            ..self.table
        })
    }
}
