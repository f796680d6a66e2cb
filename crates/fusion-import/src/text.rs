//! Bytes to UTF-8, in a stream.
//!
//! A byte-order mark decides between UTF-8 and UTF-16; without one, a head in which every other byte is zero is
//! taken as UTF-16. A line that is not valid UTF-8 is read as Windows-1252 (the superset of Latin-1 that real
//! files mean), line by line, so that one stray byte does not garble a whole file and a Latin-1 file needs no
//! second pass. Such lines are counted and reported by one stored warning that names the first.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, WINDOWS_1252};
use fusion_model::{Locator, Warning, WarningCode};

use crate::sink::{Sink, Stop};

const BLOCK: usize = 64 * 1024;

/// Reads any text file as UTF-8.
pub(crate) struct TextReader<'r> {
    source: &'r mut dyn BufRead,
    scheme: Scheme,
    out: Vec<u8>,
    at: usize,
    carry: Vec<u8>,
    is_done: bool,
    line: u64,
    damage: Damage,
}

enum Scheme {
    Unknown,
    Utf8,
    Utf16(Box<Decoder>),
}

#[derive(Default)]
struct Damage {
    first_line: u64,
    last_line: u64,
    lines: u64,
    is_utf16: bool,
}

impl Damage {
    fn note(&mut self, line: u64) {
        if self.lines == 0 {
            self.first_line = line;
        }
        if self.lines == 0 || self.last_line != line {
            self.lines += 1;
        }
        self.last_line = line;
    }
}

impl<'r> TextReader<'r> {
    /// Starts reading at the first byte.
    pub(crate) fn new(source: &'r mut dyn BufRead) -> Self {
        Self {
            source,
            scheme: Scheme::Unknown,
            out: Vec::new(),
            at: 0,
            carry: Vec::new(),
            is_done: false,
            line: 1,
            damage: Damage::default(),
        }
    }

    /// Stores one warning when some line was not in the encoding of the file.
    pub(crate) fn report(&self, sink: &mut dyn Sink) -> Result<(), Stop> {
        let damage = &self.damage;
        if damage.lines == 0 {
            return Ok(());
        }
        let (noun, verb) = if damage.lines == 1 {
            ("line is", "was")
        } else {
            ("lines are", "were")
        };
        let message = if damage.is_utf16 {
            format!(
                "{} {noun} not valid UTF-16, the first is line {}",
                damage.lines, damage.first_line
            )
        } else {
            format!(
                "{} {noun} not valid UTF-8 and {verb} read as Windows-1252, the first is line {}",
                damage.lines, damage.first_line
            )
        };
        sink.warning(Warning {
            code: WarningCode::Encoding,
            locator: Locator::Line(damage.first_line),
            message,
        })
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        while self.out.is_empty() && !self.is_done {
            let wanted = if matches!(self.scheme, Scheme::Unknown) {
                4
            } else {
                self.carry.len() + 1
            };
            self.gather(wanted)?;
            if matches!(self.scheme, Scheme::Unknown) {
                self.choose_scheme();
            }
            match self.scheme {
                Scheme::Utf16(_) => self.decode_utf16(),
                Scheme::Utf8 | Scheme::Unknown => self.decode_utf8(),
            }
        }
        Ok(())
    }

    /// Reads until `carry` holds at least `wanted` bytes or the source ends.
    fn gather(&mut self, wanted: usize) -> io::Result<()> {
        while self.carry.len() < wanted {
            let block = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let taken = block.len().min(BLOCK);
            if taken == 0 {
                self.is_done = true;
                break;
            }
            self.carry.extend_from_slice(block.get(..taken).unwrap_or_default());
            self.source.consume(taken);
        }
        Ok(())
    }

    fn choose_scheme(&mut self) {
        let (scheme, mark) = match utf16_of(&self.carry) {
            Some((encoding, mark)) => {
                self.damage.is_utf16 = true;
                (
                    Scheme::Utf16(Box::new(encoding.new_decoder_without_bom_handling())),
                    mark,
                )
            }
            None if self.carry.starts_with(b"\xEF\xBB\xBF") => (Scheme::Utf8, 3),
            None => (Scheme::Utf8, 0),
        };
        self.scheme = scheme;
        self.carry.drain(..mark);
    }

    fn decode_utf8(&mut self) {
        let bytes = std::mem::take(&mut self.carry);
        let mut from = 0;
        while let Some(rest) = bytes.get(from..).filter(|rest| !rest.is_empty()) {
            let Err(error) = std::str::from_utf8(rest) else {
                self.keep(rest);
                return;
            };
            let valid = error.valid_up_to();
            if error.error_len().is_none() && !self.is_done {
                // A letter is cut by the end of the block: it waits for the next one.
                let (whole, cut) = rest.split_at(valid);
                self.keep(whole);
                self.carry.extend_from_slice(cut);
                return;
            }
            let line_start = rest
                .iter()
                .take(valid)
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |at| at + 1);
            let line_end = rest
                .iter()
                .skip(valid)
                .position(|byte| *byte == b'\n')
                .map_or(rest.len(), |at| valid + at);
            let (before, line_on) = rest.split_at(line_start);
            let line = line_on.get(..line_end - line_start).unwrap_or_default();
            self.keep(before);
            self.damage.note(self.line);
            self.out
                .extend_from_slice(WINDOWS_1252.decode_without_bom_handling(line).0.as_bytes());
            from += line_end;
        }
    }

    fn keep(&mut self, text: &[u8]) {
        self.out.extend_from_slice(text);
        self.line += count_lines(text);
    }

    fn decode_utf16(&mut self) {
        let bytes = std::mem::take(&mut self.carry);
        let Scheme::Utf16(decoder) = &mut self.scheme else {
            return;
        };
        let mut from = 0;
        loop {
            let rest = bytes.get(from..).unwrap_or_default();
            let start = self.out.len();
            self.out.resize(start + rest.len() * 3 + 16, 0);
            let target = self.out.get_mut(start..).unwrap_or_default();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, target, self.is_done);
            self.out.truncate(start + written);
            from += read;
            self.line += count_lines(self.out.get(start..).unwrap_or_default());
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(_, _) => {
                    self.damage.note(self.line);
                    self.out.extend_from_slice("\u{FFFD}".as_bytes());
                }
            }
        }
    }
}

fn count_lines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Tells whether a head is UTF-16, in which order, and how long its mark is.
pub(crate) fn utf16_of(head: &[u8]) -> Option<(&'static encoding_rs::Encoding, usize)> {
    if head.starts_with(b"\xFF\xFE") {
        return Some((UTF_16LE, 2));
    }
    if head.starts_with(b"\xFE\xFF") {
        return Some((UTF_16BE, 2));
    }
    let is_letter = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    match head.get(..4)? {
        [a, 0, b, 0] if is_letter(*a) && is_letter(*b) => Some((UTF_16LE, 0)),
        [0, a, 0, b] if is_letter(*a) && is_letter(*b) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let count = available.read(target)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for TextReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.out.len() {
            self.refill()?;
        }
        Ok(self.out.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.out.len());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::BufReader;

    use super::*;

    fn read(bytes: &[u8], block: usize) -> (String, u64, u64) {
        let mut source = BufReader::with_capacity(block, bytes);
        let mut reader = TextReader::new(&mut source);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, reader.damage.lines, reader.damage.first_line)
    }

    #[test]
    fn every_encoding_reads_alike_in_blocks_of_any_size() {
        let utf16le: Vec<u8> = "\u{FEFF}na\u{ef}ve\nz\u{1F426}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let utf16be: Vec<u8> = "\u{FEFF}na\u{ef}ve\nz\u{1F426}"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let bare: Vec<u8> = "na\u{ef}ve\nz\u{1F426}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let rows: &[(&[u8], &str, u64, u64)] = &[
            ("na\u{ef}ve\nz\u{1F426}".as_bytes(), "na\u{ef}ve\nz\u{1F426}", 0, 0),
            (b"\xEF\xBB\xBFa,b\r\n", "a,b\r\n", 0, 0),
            (&utf16le, "na\u{ef}ve\nz\u{1F426}", 0, 0),
            (&utf16be, "na\u{ef}ve\nz\u{1F426}", 0, 0),
            (&bare, "na\u{ef}ve\nz\u{1F426}", 0, 0),
            (b"ok\nna\xEFve\n\xE9\n", "ok\nna\u{ef}ve\n\u{e9}\n", 2, 2),
            (b"\x80uro", "\u{20AC}uro", 1, 1),
            (b"tail \xE2\x82", "tail \u{e2}\u{201a}", 1, 1),
            (b"", "", 0, 0),
            (b"\xFF\xFEa", "\u{FFFD}", 1, 1),
        ];
        for (bytes, text, lines, first) in rows {
            for block in [1, 2, 3, 7, 4096] {
                let got = read(bytes, block);
                // A bad line that spans blocks may be judged block by block, so only whole lines compare at size 1.
                if block >= bytes.len() {
                    assert_eq!(got, ((*text).to_owned(), *lines, *first), "{bytes:?}");
                } else if *lines == 0 {
                    assert_eq!(got.0, *text, "{bytes:?} in blocks of {block}");
                } else {
                    assert_eq!(got.2, *first, "{bytes:?} in blocks of {block}");
                }
            }
        }
    }

    #[test]
    fn one_bad_line_leaves_its_neighbours_alone() {
        let (text, lines, first) = read("\u{e9}\nx\u{e9}y\n".as_bytes(), 4096);
        assert_eq!((text.as_str(), lines, first), ("\u{e9}\nx\u{e9}y\n", 0, 0));
        let mixed = [b"\xC3\xA9\n".as_slice(), b"\xE9\n", b"\xC3\xA9\n"].concat();
        assert_eq!(read(&mixed, 4096), ("\u{e9}\n\u{e9}\n\u{e9}\n".to_owned(), 1, 2));
    }
}
