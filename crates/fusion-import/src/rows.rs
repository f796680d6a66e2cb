//! Rows of delimited text, with exact lines and bounded memory.
//!
//! A row may span lines inside quotes. The csv crate reports the line of a row wrongly after blank lines, holds a
//! field of any size and lets one stray quote swallow the rest of a file; so rows are split here, by the same
//! rules (the tests compare with that crate), and a row whose quotes do not close is reported and skipped alone:
//! reading resumes on the very next line.

use std::collections::VecDeque;
use std::io::BufRead;

use fusion_model::{ContentHasher, Locator, RecordKey, Warning, WarningCode};

use crate::caps;
use crate::error::ImportError;
use crate::lines::{Line, LineEnd, LineReader};

/// Most lines that one quoted row may span.
const ROW_LINES: usize = 10_000;

/// Holds one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// 1-based line on which it starts.
    pub(crate) line: u64,
    /// Cells, unquoted.
    pub(crate) cells: Vec<String>,
    /// How its last line ended; a file that ends without line feed may be cut.
    pub(crate) end: LineEnd,
}

impl Row {
    /// Returns the warning for a row that has fewer cells than the header has columns.
    pub(crate) fn short_of(&self, columns: usize) -> Option<Warning> {
        if self.cells.len() >= columns {
            return None;
        }
        let message = format!("the row has {} of {columns} columns", self.cells.len());
        let (code, message) = match self.end {
            LineEnd::File => (
                WarningCode::Truncated,
                format!("the file ends in the middle of a row; {message}"),
            ),
            _ => (WarningCode::RowSkipped, message),
        };
        Some(Warning {
            code,
            locator: Locator::Line(self.line),
            message,
        })
    }
}

/// Is one step through a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A row.
    Row(Row),
    /// A row that was skipped, and why.
    Skipped(Warning),
}

/// Reads rows.
pub(crate) struct RowReader<'r> {
    lines: LineReader<'r>,
    waiting: VecDeque<Line>,
    delimiter: char,
}

impl<'r> RowReader<'r> {
    /// Starts at line 1.
    pub(crate) fn new(source: &'r mut dyn BufRead, delimiter: char) -> Self {
        Self {
            lines: LineReader::new(source),
            waiting: VecDeque::new(),
            delimiter,
        }
    }

    /// Reads past `count` lines.
    pub(crate) fn skip_lines(&mut self, count: u64) -> Result<(), ImportError> {
        for _ in 0..count {
            self.line()?;
        }
        Ok(())
    }

    /// Reads the next row; blank lines are none.
    pub(crate) fn next_row(&mut self) -> Result<Option<Step>, ImportError> {
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.text.trim().is_empty() && line.end != LineEnd::Cap => {}
                Some(line) => break line,
            }
        };
        let number = first.number;
        let mut further: Vec<Line> = Vec::new();
        let mut size = first.text.len();
        let mut end = first.end;
        let mut quotes = Quotes::FieldStart.after(&first.text, self.delimiter);
        while quotes == Quotes::Inside && end != LineEnd::Cap {
            if further.len() >= ROW_LINES || size > caps::LINE {
                return Ok(Some(self.skip(
                    number,
                    WarningCode::RowSkipped,
                    "a quote does not close",
                    further,
                )));
            }
            let Some(line) = self.line()? else {
                let (code, why) = if further.is_empty() {
                    (WarningCode::Truncated, "the file ends inside a quoted field")
                } else {
                    (
                        WarningCode::RowSkipped,
                        "a quote does not close before the end of the file",
                    )
                };
                return Ok(Some(self.skip(number, code, why, further)));
            };
            size += line.text.len();
            end = line.end;
            quotes = quotes.after(&line.text, self.delimiter);
            further.push(line);
        }
        if end == LineEnd::Cap {
            let why = format!("a line is longer than {} MiB", caps::LINE >> 20);
            return Ok(Some(self.skip(number, WarningCode::Cap, &why, further)));
        }
        let mut text = first.text;
        for line in &further {
            text.push('\n');
            text.push_str(&line.text);
        }
        match split(&text, self.delimiter) {
            Some(cells) => Ok(Some(checked(number, cells, end))),
            None => Ok(Some(self.skip(
                number,
                WarningCode::RowSkipped,
                "text follows a closing quote",
                further,
            ))),
        }
    }

    fn line(&mut self) -> Result<Option<Line>, ImportError> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => Ok(self.lines.next_line()?),
        }
    }

    /// Gives back every line behind the first and reports the first.
    fn skip(&mut self, line: u64, code: WarningCode, why: &str, further: Vec<Line>) -> Step {
        for line in further.into_iter().rev() {
            self.waiting.push_front(line);
        }
        Step::Skipped(Warning {
            code,
            locator: Locator::Line(line),
            message: why.to_owned(),
        })
    }
}

fn checked(line: u64, cells: Vec<String>, end: LineEnd) -> Step {
    let why = if cells.len() > caps::CSV_COLUMNS {
        format!("the row has more than {} columns", caps::CSV_COLUMNS)
    } else if cells.iter().any(|cell| cell.len() > caps::CSV_FIELD) {
        format!("a field is longer than {} MiB", caps::CSV_FIELD >> 20)
    } else {
        return Step::Row(Row { line, cells, end });
    };
    Step::Skipped(Warning {
        code: WarningCode::Cap,
        locator: Locator::Line(line),
        message: why,
    })
}

/// Says where a reader stands after part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    FieldStart,
    Inside,
    Outside,
}

impl Quotes {
    /// Walks one more line of the row.
    fn after(self, line: &str, delimiter: char) -> Self {
        let mut state = self;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            state = match (state, letter) {
                (Self::FieldStart, '"') => Self::Inside,
                (Self::Inside, '"') if letters.peek() == Some(&'"') => {
                    letters.next();
                    Self::Inside
                }
                (Self::Inside, '"') => Self::Outside,
                (Self::Inside, _) => Self::Inside,
                (_, letter) if letter == delimiter => Self::FieldStart,
                _ => Self::Outside,
            };
        }
        state
    }
}

/// Splits one whole row; `None` when text follows a closing quote in a row of several lines, for then the quotes
/// are out of step.
fn split(text: &str, delimiter: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut letters = text.chars().peekable();
    let mut has_inner_break = false;
    loop {
        // One field.
        if letters.peek() == Some(&'"') {
            letters.next();
            loop {
                match letters.next() {
                    None => break,
                    Some('"') if letters.peek() == Some(&'"') => {
                        letters.next();
                        cell.push('"');
                    }
                    Some('"') => break,
                    Some(letter) => {
                        has_inner_break |= letter == '\n';
                        cell.push(letter);
                    }
                }
            }
            if has_inner_break && letters.peek().is_some_and(|letter| *letter != delimiter) {
                return None;
            }
        }
        loop {
            match letters.next() {
                None => {
                    cells.push(cell);
                    return Some(cells);
                }
                Some(letter) if letter == delimiter => break,
                Some(letter) => cell.push(letter),
            }
        }
        cells.push(std::mem::take(&mut cell));
    }
}

/// Returns the record key of a raw row: a digest over its cells, each with the name of its column.
pub(crate) fn row_key(headers: &[String], cells: &[String]) -> RecordKey {
    let mut hasher = ContentHasher::new("raw-row");
    for (index, cell) in cells.iter().enumerate() {
        hasher.text(headers.get(index).map_or("", String::as_str)).text(cell);
    }
    RecordKey::RawRow {
        digest: hasher.finish_short(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn steps(text: &str) -> Vec<Step> {
        let mut source = text.as_bytes();
        let mut reader = RowReader::new(&mut source, ',');
        let mut steps = Vec::new();
        while let Some(step) = reader.next_row().unwrap() {
            steps.push(step);
        }
        steps
    }

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        steps(text)
            .into_iter()
            .filter_map(|step| match step {
                Step::Row(row) => Some((row.line, row.cells)),
                Step::Skipped(_) => None,
            })
            .collect()
    }

    fn skipped(text: &str) -> Vec<(u64, WarningCode)> {
        steps(text)
            .into_iter()
            .filter_map(|step| match step {
                Step::Skipped(warning) => Some((warning.locator.line().unwrap(), warning.code)),
                Step::Row(_) => None,
            })
            .collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_know_their_first_line() {
        let text = "a,b\r\n\r\n\r\n1,\"x\ny\nz\"\r\n2,\"say \"\"hi\"\"\"\n3,5\" disk\n";
        let expected = [
            row(1, &["a", "b"]),
            row(4, &["1", "x\ny\nz"]),
            row(7, &["2", "say \"hi\""]),
            row(8, &["3", "5\" disk"]),
        ];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn a_stray_quote_costs_one_row() {
        let text = "\"a\",\"b\"\n\"1\",\"2\n\"3\",\"4\"\n\"5\",\"6\"\n";
        assert_eq!(
            rows(text),
            [row(1, &["a", "b"]), row(3, &["3", "4"]), row(4, &["5", "6"])]
        );
        assert_eq!(skipped(text), [(2, WarningCode::RowSkipped)]);
        let unquoted = "a,b\n1,\"2\n3,4\n5,6\n";
        assert_eq!(
            rows(unquoted),
            [row(1, &["a", "b"]), row(3, &["3", "4"]), row(4, &["5", "6"])]
        );
    }

    #[test]
    fn a_torn_last_row_is_truncation() {
        assert_eq!(skipped("a,b\n1,\"2"), [(2, WarningCode::Truncated)]);
    }

    #[test]
    fn limits_skip_single_rows() {
        let wide = format!("a\n{}\nb\n", ",".repeat(caps::CSV_COLUMNS));
        assert_eq!(skipped(&wide), [(2, WarningCode::Cap)]);
        let long = format!("a\n{}\nb\n", "x".repeat(caps::CSV_FIELD + 1));
        assert_eq!(skipped(&long), [(2, WarningCode::Cap)]);
        assert_eq!(rows(&long).len(), 2);
    }

    proptest! {
        #[test]
        fn splits_as_the_csv_crate_does(cells in proptest::collection::vec(proptest::collection::vec("[a-c\", ;\n]{0,5}", 2..4), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let got: Vec<Vec<String>> = rows(&text).into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(got, cells);
        }
    }
}
