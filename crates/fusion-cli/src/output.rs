//! Standard output: one JSON document, or text for people; never both.

use std::io::{ErrorKind, IsTerminal as _, Write as _};

use anyhow::Context as _;
use serde::Serialize;

use crate::arguments::Arguments;

/// Says what goes where.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
    quiet: bool,
}

impl Output {
    /// Reads the flags.
    pub fn new(arguments: &Arguments) -> Self {
        Self {
            json: arguments.json,
            quiet: arguments.quiet,
        }
    }

    /// Prints `view` as JSON, or else the lines that `text` makes of it.
    ///
    /// Whoever closed standard output has read enough: the command ends as if all of it had been read.
    pub fn show<V: Serialize>(&self, view: &V, text: impl FnOnce(&V) -> Vec<String>) -> anyhow::Result<()> {
        match self.write(view, text) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            outcome => outcome.context("the answer cannot be written"),
        }
    }

    fn write<V: Serialize>(&self, view: &V, text: impl FnOnce(&V) -> Vec<String>) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, view)?;
            writeln!(out)?;
        } else if !self.quiet {
            for line in text(view) {
                writeln!(out, "{}", printable(&line))?;
            }
        }
        out.flush()
    }

    /// Tells a passing remark on standard error.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            // A closed standard error is no reason to stop the work.
            let _ = writeln!(std::io::stderr().lock(), "{}", printable(text));
        }
    }

    /// Tells whether progress may redraw its line.
    pub fn draws_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}

/// Makes control and direction-changing characters of evidence visible, so that no terminal obeys them.
pub fn printable(text: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Sets rows in columns, two blanks apart.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or_default()).collect();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{columns, printable};

    #[test]
    fn terminals_obey_nothing_from_evidence() {
        assert_eq!(printable("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(printable("Ünï\tcode"), "Ünï\tcode");
    }

    #[test]
    fn columns_line_up() {
        let rows = [
            vec!["a".to_owned(), "bb".to_owned()],
            vec!["ccc".to_owned(), "d".to_owned()],
        ];
        assert_eq!(columns(&rows), ["a    bb", "ccc  d"]);
    }
}
