//! Invented people as sources show them, with the truth beside them: for tests and figures of resolving.
//!
//! A person has a culture, names in one or two scripts, homes, telephones, addresses and accounts; some are relatives,
//! namesakes or heirs of a number. Sources write rows of them: each fills other columns, with short forms, initials,
//! transliterations, slips, lost marks and fillers. One person has between one and sixty rows. Everything follows from the
//! seed; nothing is drawn from real data.

mod cultures;
mod draws;
mod person;
mod poison;
mod slips;
mod sources;

use std::io::{self, Write};

pub use draws::{Draws, Skewed};
pub use poison::{Plant, Poisoned, poisoned_people};

use person::Population;
use sources::Scribe;

/// Columns of the table besides the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Column {
    /// Kind of source.
    Source,
    /// Whole name.
    Name,
    /// Date of birth.
    Birth,
    /// E-mail address.
    Mail,
    /// Telephone number.
    Phone,
    /// User name.
    User,
    /// Street and number.
    Address,
    /// Town.
    Town,
    /// Country.
    Country,
    /// Firm.
    Firm,
    /// Internet address.
    Ip,
    /// Wallet.
    Wallet,
}

/// How many columns there are besides the id.
pub const COLUMNS: usize = 12;

const HEADER: [&str; COLUMNS] = [
    "source",
    "full_name",
    "dob",
    "email",
    "phone",
    "username",
    "address",
    "city",
    "country",
    "company",
    "ip",
    "wallet",
];

/// One row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Number of the person it is of.
    pub truth: u32,
    cells: [String; COLUMNS],
    /// Values beyond the twelve columns, as `(column, value)`; their columns are named `more_mail_…` and so on.
    pub more: Vec<(String, String)>,
}

impl Row {
    fn new(truth: u32) -> Self {
        Self {
            truth,
            ..Self::default()
        }
    }

    fn set(&mut self, column: Column, text: &str) {
        text.clone_into(&mut self.cells[column as usize]);
    }

    /// Returns the text of a cell.
    pub fn cell(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    fn has(&self, column: Column) -> bool {
        !self.cell(column).is_empty()
    }
}

/// Draws a table of `count` rows.
pub fn invented_people(count: usize, seed: u64) -> Vec<Row> {
    let mut draws = Draws::new(seed);
    let mut population = Population::new(cultures::cultures(), &mut draws);
    let scribe = Scribe::new(&mut draws);
    // Most people are met once or twice, few up to sixty times: a share of one in the square of the size.
    let sizes = Skewed::by((1..=60u64).map(|size| match size {
        1 => 420_000,
        2 => 200_000,
        more => 900_000 / (more * more) * 12 / (11 + u64::from(more.ilog2())),
    }));
    let mut rows = Vec::with_capacity(count);
    let mut truth = 0;
    while rows.len() < count {
        let person = population.next(&mut draws);
        let size = (1 + sizes.draw(&mut draws)).min(count - rows.len());
        rows.extend((0..size).map(|_| scribe.row(&person, truth, &mut draws)));
        truth += 1;
    }
    draws.shuffle(&mut rows);
    rows
}

/// Writes rows as a table with ids `r0`, `r1` … in their order.
///
/// # Errors
///
/// The sink cannot be written.
pub fn write_table(rows: &[Row], sink: &mut dyn Write) -> io::Result<()> {
    let mut more: Vec<&str> = rows
        .iter()
        .flat_map(|row| row.more.iter().map(|(column, _)| column.as_str()))
        .collect();
    more.sort_unstable();
    more.dedup();
    let header = HEADER.iter().copied().chain(more.iter().copied());
    write_line(sink, "record_id", header)?;
    for (at, row) in rows.iter().enumerate() {
        let beyond = more.iter().map(|column| {
            let found = row.more.iter().find(|(name, _)| name == column);
            found.map_or("", |(_, value)| value.as_str())
        });
        write_line(
            sink,
            &format!("r{at}"),
            row.cells.iter().map(String::as_str).chain(beyond),
        )?;
    }
    Ok(())
}

/// Writes the person of each row, `record_id,cluster_id`.
///
/// # Errors
///
/// The sink cannot be written.
pub fn write_truth(rows: &[Row], sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "record_id,cluster_id")?;
    for (at, row) in rows.iter().enumerate() {
        writeln!(sink, "r{at},{}", row.truth)?;
    }
    Ok(())
}

fn write_line<'a>(sink: &mut dyn Write, id: &str, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    sink.write_all(id.as_bytes())?;
    for cell in cells {
        if cell.contains([',', '"', '\n']) {
            write!(sink, ",\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(sink, ",{cell}")?;
        }
    }
    sink.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_people_and_another_seed_others() {
        let rows = invented_people(500, 7);
        assert_eq!(rows, invented_people(500, 7));
        assert_ne!(rows, invented_people(500, 8));
    }

    #[test]
    fn people_have_what_resolving_is_hard_by() {
        let rows = invented_people(20_000, 7);
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for row in &rows {
            *sizes.entry(row.truth).or_default() += 1;
        }
        assert!(sizes.values().all(|size| *size <= 60));
        assert!(sizes.values().any(|size| *size > 40) && sizes.values().filter(|size| **size == 1).count() > 2_000);
        let share = |column: Column| rows.iter().filter(|row| row.has(column)).count() * 100 / rows.len();
        assert!((60..90).contains(&share(Column::Name)), "{}", share(Column::Name));
        assert!((40..70).contains(&share(Column::Mail)), "{}", share(Column::Mail));
        let foreign = rows
            .iter()
            .filter(|row| row.cell(Column::Name).chars().any(|letter| letter > '\u{370}'));
        assert!(foreign.count() > 100);
        let mut holders: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.has(Column::Name)) {
            holders.entry(row.cell(Column::Name)).or_default().push(row.truth);
        }
        let shared = holders
            .values()
            .filter(|truths| truths.windows(2).any(|pair| pair[0] != pair[1]));
        assert!(shared.count() > 100, "namesakes are what makes names weak");
    }

    #[test]
    fn tables_quote_what_must_be_quoted() {
        let mut row = Row::new(0);
        row.set(Column::Name, "Ellison, \"Mara\"");
        let mut table = Vec::new();
        write_table(&[row], &mut table).unwrap();
        let text = String::from_utf8(table).unwrap();
        assert!(text.ends_with("r0,,\"Ellison, \"\"Mara\"\"\",,,,,,,,,,\n"), "{text}");
    }
}
