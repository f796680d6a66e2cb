//! Lines of a text, numbered from 1, with a limit on their length.
//!
//! A line ends at a line feed; a carriage return before it is dropped. A line beyond the limit is cut, marked and
//! read past, so memory stays bounded whatever the file holds.

use std::io::{self, BufRead};

use crate::caps;

/// Holds one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// 1-based number.
    pub(crate) number: u64,
    /// Text without its line end.
    pub(crate) text: String,
    /// How the line ended.
    pub(crate) end: LineEnd,
}

/// Says how a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// By a line feed.
    Feed,
    /// By the end of the file.
    File,
    /// By the limit; the rest of the line was read past.
    Cap,
}

/// Reads lines.
pub(crate) struct LineReader<'r> {
    source: &'r mut dyn BufRead,
    number: u64,
    cap: usize,
}

impl<'r> LineReader<'r> {
    /// Starts at line 1.
    pub(crate) fn new(source: &'r mut dyn BufRead) -> Self {
        Self {
            source,
            number: 0,
            cap: caps::LINE,
        }
    }

    /// Reads the next line; `None` at the end of the file.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut is_cut = false;
        let end = loop {
            let block = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if block.is_empty() {
                if bytes.is_empty() && !is_cut {
                    return Ok(None);
                }
                break LineEnd::File;
            }
            let feed = block.iter().position(|byte| *byte == b'\n');
            let taken = feed.unwrap_or(block.len());
            let room = self.cap.saturating_sub(bytes.len());
            bytes.extend_from_slice(block.get(..taken.min(room)).unwrap_or_default());
            is_cut |= taken > room;
            let used = feed.map_or(taken, |at| at + 1);
            self.source.consume(used);
            if feed.is_some() {
                break LineEnd::Feed;
            }
        };
        self.number += 1;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        let text =
            String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Some(Line {
            number: self.number,
            text,
            end: if is_cut { LineEnd::Cap } else { end },
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lines_are_numbered_and_bounded() {
        let mut source: &[u8] = b"a\r\n\nlonger than five\nlast";
        let mut reader = LineReader {
            source: &mut source,
            number: 0,
            cap: 5,
        };
        let mut got = Vec::new();
        while let Some(line) = reader.next_line().unwrap() {
            got.push((line.number, line.text, line.end));
        }
        let expected = [
            (1, "a", LineEnd::Feed),
            (2, "", LineEnd::Feed),
            (3, "longe", LineEnd::Cap),
            (4, "last", LineEnd::File),
        ];
        assert_eq!(got, expected.map(|(number, text, end)| (number, text.to_owned(), end)));
    }
}
