//! Any delimited table: comma, semicolon, tab or bar, with or without header, with lines in front of it.
//!
//! Columns are read by an explicit mapping, else by their names, else by what most of their first values look
//! like; the rest is kept as notes. A cell with several values separated by `;` or `|` is taken apart for columns
//! of e-mail addresses, phones, aliases, wallets and accounts. A short row in the middle is read as far as it goes.

use fusion_model::{EntityKind, Locator, Property, SourceKind};

use crate::aliases::{self, Meaning};
use crate::error::{ErrorCode, ImportError};
use crate::generic::{entry_of_text, look_meaning};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::lines::LineEnd;
use crate::looks;
use crate::mapping::Mapping;
use crate::open;
use crate::records::deliver;
use crate::rows::{Row, RowReader, Step, row_key};
use crate::shape::{self, Fact, RowFacts};
use crate::sink::Sink;
use crate::table::{self, Header, Table};

/// Rows by whose values an unnamed column is judged.
const SAMPLE: usize = 50;

/// Reads tables by the names of their columns.
pub struct GenericCsv;

impl Importer for GenericCsv {
    fn id(&self) -> &'static str {
        "generic-csv"
    }

    fn label(&self) -> &'static str {
        "CSV table (any, by column names)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "txt"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Custom
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let Some(table) = outline.table else {
            return Likelihood::No;
        };
        let named = table
            .columns
            .iter()
            .filter(|column| aliases::meaning_of(column).is_some())
            .count();
        let reason = format!("a table of {} columns, {named} with a known name", table.columns.len());
        match (table.header, named) {
            (Header::Present, 1..) => Likelihood::Possible {
                score: 30,
                reason: reason.into(),
            },
            (Header::Present, 0) if table.evenness >= 90 => Likelihood::Possible {
                score: 10,
                reason: reason.into(),
            },
            (Header::Absent, _) if table.evenness >= 90 => Likelihood::Possible {
                score: 10,
                reason: reason.into(),
            },
            _ => Likelihood::No,
        }
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let (mapping, kind) = (input.mapping, input.kind);
        open::read(&mut input, sink, |opened, sink| {
            let Some(table) = table::sniff(opened.head, opened.is_whole) else {
                return Err(ImportError::new(
                    ErrorCode::WrongShape,
                    "the text is no table: its lines do not split evenly",
                )
                .hint("a table needs one header row and the same number of columns in most rows"));
            };
            let columns = columns(&table, opened.head, mapping);
            let mut reader = RowReader::new(opened.text, table.delimiter);
            reader.skip_lines(table.preamble)?;
            let mut is_header = table.header == Header::Present;
            while let Some(step) = reader.next_row()? {
                match step {
                    Step::Row(_) if is_header => is_header = false,
                    Step::Row(row) => take(&row, &columns, &table, kind, sink)?,
                    Step::Skipped(skipped) => {
                        sink.row_read()?;
                        sink.warning(skipped)?;
                    }
                }
            }
            Ok(())
        })
    }
}

/// Describes one column.
struct Column {
    name: String,
    meaning: Meaning,
    of: Option<EntityKind>,
    qualifier: String,
}

fn columns(table: &Table, head: &str, mapping: Option<&Mapping>) -> Vec<Column> {
    let sample = sample(table, head);
    let column = |(index, name): (usize, &String)| {
        if let Some(target) = mapping.and_then(|mapping| mapping.target(&[name])) {
            let (of, qualifier) = (target.of, target.qualifier.clone());
            return Column {
                name: name.clone(),
                meaning: target.meaning,
                of,
                qualifier,
            };
        }
        let unit = aliases::unit_of(name).1.unwrap_or_default().to_owned();
        let by_look = || looked(&sample, index);
        let meaning = aliases::meaning_of(name)
            .or_else(by_look)
            .unwrap_or(Meaning::Is(Property::Note));
        Column {
            name: name.clone(),
            meaning,
            of: None,
            qualifier: unit,
        }
    };
    table.columns.iter().enumerate().map(column).collect()
}

fn sample(table: &Table, head: &str) -> Vec<Row> {
    let mut source = head.as_bytes();
    let mut reader = RowReader::new(&mut source, table.delimiter);
    let mut rows = Vec::new();
    if reader.skip_lines(table.preamble).is_err() {
        return rows;
    }
    while let Ok(Some(step)) = reader.next_row() {
        if let Step::Row(row) = step {
            rows.push(row);
        }
        if rows.len() > SAMPLE {
            break;
        }
    }
    if table.header == Header::Present && !rows.is_empty() {
        rows.remove(0);
    }
    rows
}

/// Returns what four fifths of the filled cells of a column look like.
fn looked(sample: &[Row], index: usize) -> Option<Meaning> {
    let filled: Vec<&str> = sample
        .iter()
        .filter_map(|row| row.cells.get(index))
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let first = looks::look(filled.first()?)?;
    let alike = filled.iter().filter(|cell| looks::look(cell) == Some(first)).count();
    (alike * 5 >= filled.len() * 4).then(|| look_meaning(first))
}

fn take(
    row: &Row,
    columns: &[Column],
    table: &Table,
    kind: Option<SourceKind>,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    sink.row_read()?;
    // A short last row without line end was cut in the middle of a value, which must not land.
    if row.end == LineEnd::File
        && let Some(short) = row.short_of(columns.len())
    {
        sink.warning(short)?;
        return Ok(());
    }
    let locator = Locator::Line(row.line);
    let mut facts = RowFacts::new(locator.clone(), row_key(&table.columns, &row.cells));
    for (index, cell) in row.cells.iter().enumerate() {
        match columns.get(index) {
            Some(column) => add(&mut facts, column, cell),
            None => facts.facts.push(Fact::note(cell, format!("column {}", index + 1))),
        }
    }
    deliver(shape::observations(facts, kind), locator, "the row says nothing", sink)
}

fn add(row: &mut RowFacts, column: &Column, cell: &str) {
    let is_list = matches!(
        column.meaning,
        Meaning::Is(Property::Email | Property::Phone | Property::Alias | Property::Wallet | Property::BreachName)
            | Meaning::Accounts
    );
    if !is_list {
        return row.facts.push(fact(column, cell));
    }
    for part in cell.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        if column.meaning == Meaning::Accounts {
            for site in part.split(',').map(str::trim).filter(|site| !site.is_empty()) {
                row.accounts.push(entry_of_text(site, &column.name));
            }
        } else {
            row.facts.push(fact(column, part));
        }
    }
}

fn fact(column: &Column, text: &str) -> Fact {
    Fact {
        of: column.of,
        qualifier: column.qualifier.clone(),
        ..Fact::new(column.meaning, text, column.name.clone())
    }
}
