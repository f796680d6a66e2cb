//! Quoting an original: the lines or bytes that a locator points at, as they stand.
//!
//! Quoting shows what the rows of the case deliberately hide (secrets), so the caller logs it as a reveal. The whole
//! original is read, because only its end proves that it is unchanged.

use std::io::{BufRead, BufReader, Read};

use fusion_model::Locator;

use super::{OriginalReader, read_error};
use crate::error::{Error, Result};

const MAX_LINES: usize = 12;
const MAX_BYTES: usize = 16 * 1024;

/// Holds the passage of an original that a locator points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// 1-based line on which the passage starts, where lines are counted.
    pub line: Option<u64>,
    /// The passage; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Whether the passage was cut at the limit of what is quoted.
    pub cut: bool,
}

impl OriginalReader {
    /// Reads the passage at `locator`.
    pub(crate) fn quote(self, locator: &Locator) -> Result<Quote> {
        match locator {
            Locator::Line(line) => self.lines(*line, 1),
            Locator::Pointer { line, .. } => self.lines(*line, MAX_LINES),
            Locator::Whole => self.lines(1, MAX_LINES),
            Locator::Bytes { start, end } => self.bytes(*start, *end),
        }
    }

    fn lines(self, first: u64, count: usize) -> Result<Quote> {
        let mut reader = BufReader::with_capacity(64 * 1024, self);
        let (mut passage, mut cut) = (Vec::new(), false);
        let (mut number, mut found) = (1u64, false);
        let last = first.saturating_add(count as u64);
        loop {
            let chunk = reader.fill_buf().map_err(read_error)?;
            if chunk.is_empty() {
                break;
            }
            let end = chunk
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(chunk.len(), |at| at + 1);
            let ends_line = chunk[end - 1] == b'\n';
            if (first..last).contains(&number) {
                found = true;
                let room = MAX_BYTES - passage.len();
                cut |= end > room;
                passage.extend_from_slice(&chunk[..end.min(room)]);
            }
            reader.consume(end);
            number += u64::from(ends_line);
        }
        if !found {
            return Err(Error::Missing {
                what: "line in the original",
            });
        }
        let text = String::from_utf8_lossy(&passage)
            .trim_end_matches(['\n', '\r'])
            .to_owned();
        Ok(Quote {
            line: Some(first),
            text,
            cut,
        })
    }

    fn bytes(mut self, start: u64, end: u64) -> Result<Quote> {
        let mut skipped = Vec::new();
        let skip = std::io::copy(&mut self.by_ref().take(start), &mut std::io::sink()).map_err(read_error)?;
        if skip < start || end <= start {
            return Err(Error::Missing {
                what: "passage in the original",
            });
        }
        let length = end - start;
        let shown = length.min(MAX_BYTES as u64);
        self.by_ref()
            .take(shown)
            .read_to_end(&mut skipped)
            .map_err(read_error)?;
        std::io::copy(&mut self, &mut std::io::sink()).map_err(read_error)?;
        Ok(Quote {
            line: None,
            text: String::from_utf8_lossy(&skipped).into_owned(),
            cut: shown < length,
        })
    }
}
