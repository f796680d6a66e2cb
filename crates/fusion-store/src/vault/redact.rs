//! Taking passages out of an original: every byte of a passage becomes `*`, line ends and lengths stay.
//!
//! So what is left keeps its line numbers and byte offsets, and the locators of everything else still lead to their
//! places. A passage runs from the line of its observation to the line of the next; where lines cannot be trusted
//! (UTF-16, bytes of zero, a line that the file does not have) all of the original goes. What an erased observation
//! said and no other says is taken out wherever else it stands, in a heading for instance.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use fusion_model::Locator;

use super::read_error;
use crate::error::{Error, Result};

const CHUNK: usize = 64 * 1024;
/// Bytes searched at once for words.
const WINDOW: usize = 1 << 20;

/// Says what is to be taken out of an original.
#[derive(Debug, Default)]
pub(crate) struct Passages {
    everything: bool,
    /// Lines, from the first to before the last; sorted and apart after [`Passages::survey`].
    lines: Vec<Range<u64>>,
    /// First lines after a passage that may begin with its end.
    tails: BTreeSet<u64>,
    bytes: Vec<Range<u64>>,
    words: Vec<String>,
}

impl Passages {
    /// Finds the passages of `gone` between the places of what is `staying`; `words` go wherever they stand.
    pub(crate) fn new(gone: &[Locator], staying: &[Locator], words: Vec<String>) -> Self {
        let starts: BTreeSet<u64> = gone.iter().chain(staying).filter_map(Locator::line).collect();
        let mut passages = Self {
            words,
            ..Self::default()
        };
        for locator in gone {
            match locator {
                Locator::Line(line) => passages.take_lines(*line, &starts),
                Locator::Pointer { line, .. } => {
                    let end = passages.take_lines_to(*line, &starts);
                    passages.tails.insert(end);
                }
                Locator::Bytes { start, end } => passages.bytes.push(*start..*end),
                Locator::Whole => passages.everything = true,
            }
        }
        passages
    }

    fn take_lines(&mut self, line: u64, starts: &BTreeSet<u64>) {
        self.take_lines_to(line, starts);
    }

    fn take_lines_to(&mut self, line: u64, starts: &BTreeSet<u64>) -> u64 {
        let end = starts
            .range(line.saturating_add(1)..)
            .next()
            .copied()
            .unwrap_or(u64::MAX);
        self.lines.push(line..end);
        end
    }

    /// Tells whether nothing of the original is to be kept.
    pub(crate) fn is_everything(&self) -> bool {
        self.everything
    }

    /// Tells whether a line lies in one of the passages.
    pub(crate) fn holds_line(&self, line: u64) -> bool {
        self.everything || self.lines.iter().any(|range| range.contains(&line))
    }

    /// Reads the original once: whether its lines can be trusted, and where a passage ends inside a line.
    pub(crate) fn survey(&mut self, original: &mut dyn Read) -> Result<()> {
        let mut survey = Survey::default();
        let mut buffer = vec![0; CHUNK];
        loop {
            match original.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => survey.see(&buffer[..count], &self.tails),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(read_error(error)),
            }
        }
        let last = self.lines.iter().map(|range| range.start).max().unwrap_or(0);
        if !self.lines.is_empty() && (survey.wide || last > survey.lines()) {
            self.everything = true;
        }
        self.lines.extend(survey.ends_there.iter().map(|line| *line..line + 1));
        self.lines.sort_by_key(|range| range.start);
        self.lines.dedup_by(|next, before| {
            let joined = next.start <= before.end;
            if joined {
                before.end = before.end.max(next.end);
            }
            joined
        });
        self.bytes.sort_by_key(|range| range.start);
        Ok(())
    }

    /// Copies the original without the passages.
    pub(crate) fn copy_without(&self, original: &mut dyn Read, out: &mut dyn Write) -> Result<()> {
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&self.words)
            .map_err(|_| Error::conflict("too much is to be erased at once"))?;
        let longest = self.words.iter().map(String::len).max().unwrap_or(0);
        let scrubber = Scrubber {
            out,
            words,
            longest,
            held: Vec::new(),
            hidden: Vec::new(),
        };
        let mut redactor = Redactor {
            out: scrubber,
            passages: self,
            line: 1,
            offset: 0,
            chunk: Vec::new(),
        };
        let mut buffer = vec![0; CHUNK];
        let writing = "writing a redacted original";
        loop {
            match original.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => redactor.pass(&buffer[..count]).map_err(Error::io(writing))?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(read_error(error)),
            }
        }
        redactor.out.finish().map_err(Error::io(writing))
    }
}

/// Holds what the first reading saw.
#[derive(Default)]
struct Survey {
    ended: u64,
    seen: u64,
    open_line: bool,
    wide: bool,
    head: Vec<u8>,
    bracket_met: bool,
    ends_there: BTreeSet<u64>,
}

impl Survey {
    fn lines(&self) -> u64 {
        self.ended + u64::from(self.open_line)
    }

    fn see(&mut self, bytes: &[u8], tails: &BTreeSet<u64>) {
        if self.head.len() < 2 {
            self.head.extend(bytes.iter().take(2));
            self.wide |= self.head.starts_with(&[0xFF, 0xFE]) || self.head.starts_with(&[0xFE, 0xFF]);
        }
        self.seen += bytes.len() as u64;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.wide |= line.contains(&0);
            let number = self.ended + 1;
            if !self.bracket_met && tails.contains(&number) {
                let bracket = line.iter().find(|byte| matches!(byte, b'{' | b'[' | b'}' | b']'));
                if let Some(bracket) = bracket {
                    self.bracket_met = true;
                    if matches!(bracket, b'}' | b']') {
                        self.ends_there.insert(number);
                    }
                }
            }
            self.open_line = !line.ends_with(b"\n");
            if !self.open_line {
                self.ended += 1;
                self.bracket_met = false;
            }
        }
    }
}

fn hide(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| !matches!(**byte, b'\n' | b'\r')) {
        *byte = b'*';
    }
}

/// Hides lines and byte ranges.
struct Redactor<'a, W> {
    out: W,
    passages: &'a Passages,
    line: u64,
    offset: u64,
    chunk: Vec<u8>,
}

impl Redactor<'_, Scrubber<'_>> {
    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.chunk.clear();
        self.chunk.extend_from_slice(bytes);
        for part in self.chunk.split_inclusive_mut(|byte| *byte == b'\n') {
            let at = self.passages.lines.partition_point(|range| range.end <= self.line);
            if self
                .passages
                .lines
                .get(at)
                .is_some_and(|range| range.contains(&self.line))
            {
                hide(part);
            }
            self.line += u64::from(part.last() == Some(&b'\n'));
        }
        let end = self.offset + bytes.len() as u64;
        for range in self.passages.bytes.iter().take_while(|range| range.start < end) {
            let (from, to) = (range.start.max(self.offset), range.end.min(end));
            if from < to {
                // Both lie inside the chunk, so they fit.
                hide(&mut self.chunk[(from - self.offset) as usize..(to - self.offset) as usize]);
            }
        }
        self.offset = end;
        self.out.pass(&self.chunk)
    }
}

/// Hides words, also where two chunks meet.
struct Scrubber<'a> {
    out: &'a mut dyn Write,
    words: AhoCorasick,
    longest: usize,
    held: Vec<u8>,
    /// Which of the held bytes are hidden.
    hidden: Vec<bool>,
}

impl Scrubber<'_> {
    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.longest == 0 {
            return self.out.write_all(bytes);
        }
        self.held.extend_from_slice(bytes);
        if self.held.len() >= WINDOW + self.longest {
            self.release(self.held.len() - self.longest)?;
        }
        Ok(())
    }

    fn release(&mut self, count: usize) -> io::Result<()> {
        self.hidden.resize(self.held.len(), false);
        for found in self.words.find_overlapping_iter(&self.held) {
            self.hidden[found.range()].fill(true);
        }
        let mut ready = self.held[..count].to_vec();
        for (byte, _) in ready.iter_mut().zip(&self.hidden).filter(|(_, hidden)| **hidden) {
            *byte = b'*';
        }
        self.held.drain(..count);
        self.hidden.drain(..count);
        self.out.write_all(&ready)
    }

    fn finish(mut self) -> io::Result<()> {
        self.release(self.held.len())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn redacted(original: &[u8], gone: &[Locator], staying: &[Locator], words: &[&str]) -> Option<String> {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let mut passages = Passages::new(gone, staying, words);
        passages.survey(&mut &original[..]).unwrap();
        if passages.is_everything() {
            return None;
        }
        let mut out = Vec::new();
        passages.copy_without(&mut &original[..], &mut out).unwrap();
        assert_eq!(out.len(), original.len());
        Some(String::from_utf8(out).unwrap())
    }

    fn pointer(line: u64) -> Locator {
        Locator::Pointer {
            pointer: "/x".to_owned(),
            line,
        }
    }

    #[test]
    fn a_row_goes_with_its_continuation_and_the_rest_keeps_its_place() {
        let csv = b"name,note\nAnn,\"one\r\ntwo\"\nBob,three\nCid,four\n";
        let staying = [Locator::Line(4), Locator::Line(5)];
        assert_eq!(
            redacted(csv, &[Locator::Line(2)], &staying, &[]).unwrap(),
            "name,note\n********\r\n****\nBob,three\nCid,four\n"
        );
        assert_eq!(
            redacted(csv, &[Locator::Line(5)], &[Locator::Line(2), Locator::Line(4)], &[]).unwrap(),
            "name,note\nAnn,\"one\r\ntwo\"\nBob,three\n********\n"
        );
    }

    #[test]
    fn a_value_that_ends_on_the_line_of_the_next_goes_to_its_end() {
        let json = b"[{\"a\": 1,\n  \"b\": \"Ann\"}, {\"a\": 2,\n  \"b\": \"Bob\"}]\n";
        let kept = redacted(json, &[pointer(1)], &[pointer(2)], &[]).unwrap();
        assert!(!kept.contains("Ann") && kept.contains("Bob"), "{kept}");
        let pretty = b"[\n  {\n    \"b\": \"Ann\"\n  },\n  {\n    \"b\": \"Bob\"\n  }\n]\n";
        let kept = redacted(pretty, &[pointer(2)], &[pointer(5)], &[]).unwrap();
        assert!(
            !kept.contains("Ann") && kept.ends_with("  {\n    \"b\": \"Bob\"\n  }\n]\n"),
            "{kept}"
        );
    }

    #[test]
    fn a_file_of_one_line_goes_whole() {
        let json = b"[{\"b\": \"Ann\"}, {\"b\": \"Bob\"}]";
        let kept = redacted(json, &[pointer(1)], &[pointer(1)], &[]).unwrap();
        assert_eq!(kept, "*".repeat(json.len()));
    }

    #[test]
    fn where_lines_cannot_be_trusted_everything_goes() {
        let rows: [&[u8]; 4] = [b"\xFF\xFEA\0", b"a\0b\nc\n", b"one line only\r", b""];
        for original in rows {
            assert_eq!(redacted(original, &[Locator::Line(2)], &[], &[]), None, "{original:?}");
        }
        assert_eq!(redacted(b"anything", &[Locator::Whole], &[], &[]), None);
    }

    #[test]
    fn ranges_of_bytes_and_words_are_hidden_across_chunks() {
        let mut original = vec![b'.'; 3 * WINDOW];
        for at in [CHUNK - 2, WINDOW - 3, WINDOW + 50, 2 * WINDOW - 1, 3 * WINDOW - 9] {
            original[at..at + 9].copy_from_slice(b"Ann Quill");
        }
        let kept = redacted(&original, &[], &[], &["ann quill", "Quill"]).unwrap();
        assert_eq!(kept.matches('*').count(), 5 * 9);
        let range = Locator::Bytes {
            start: CHUNK as u64 - 2,
            end: CHUNK as u64 + 7,
        };
        let kept = redacted(&original, &[range], &[], &[]).unwrap();
        assert_eq!((kept.matches('*').count(), kept.matches("Ann Quill").count()), (9, 4));
    }
}
