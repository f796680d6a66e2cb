//! The streaming reader: a cursor over the text that enters arrays and objects or takes a value whole.
//!
//! Fails with the line of the trouble: `syntax`, `truncated` (the text ends inside a value, with the line where
//! the innermost open value began) or `cap`.

use std::io::{self, BufRead};

use super::node::{Node, Value};
use crate::caps;
use crate::error::{ErrorCode, ImportError};

/// Walks a JSON text.
pub(crate) struct JsonReader<'r> {
    source: &'r mut dyn BufRead,
    block: Vec<u8>,
    at: usize,
    line: u64,
    /// One entry for each array or object that was entered: its line, and whether an element was already met.
    open: Vec<Level>,
    nodes: usize,
    bytes: usize,
    torn: Option<ImportError>,
    tolerance: Tolerance,
}

struct Level {
    line: u64,
    close: u8,
    has_elements: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tolerance {
    Strict,
    /// Keep what was read before the trouble.
    KeepHead,
}

/// Reads as much of the first JSON value of `head` as there is; says whether it was whole, and what follows it.
pub(crate) fn glimpse(head: &str) -> Option<(Node, bool, usize)> {
    let mut source = head.as_bytes();
    let mut reader = JsonReader::new(&mut source);
    reader.tolerance = Tolerance::KeepHead;
    let node = reader.value().ok()?;
    let is_whole = reader.torn.is_none();
    let rest = reader.block.len().saturating_sub(reader.at);
    Some((node, is_whole, head.len().saturating_sub(rest)))
}

impl<'r> JsonReader<'r> {
    /// Starts in front of the first value.
    pub(crate) fn new(source: &'r mut dyn BufRead) -> Self {
        Self {
            source,
            block: Vec::new(),
            at: 0,
            line: 1,
            open: Vec::new(),
            nodes: 0,
            bytes: 0,
            torn: None,
            tolerance: Tolerance::Strict,
        }
    }

    /// Returns the first byte of the next value, skipping blanks; `None` at the end of the text.
    pub(crate) fn next_byte(&mut self) -> Result<Option<u8>, ImportError> {
        self.skip_blanks()?;
        self.peek()
    }

    /// Returns the current 1-based line.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Enters an array.
    pub(crate) fn enter_array(&mut self) -> Result<(), ImportError> {
        self.enter(b'[', b']', "an array")
    }

    /// Enters an object.
    pub(crate) fn enter_object(&mut self) -> Result<(), ImportError> {
        self.enter(b'{', b'}', "an object")
    }

    /// Moves to the next element of the array that was entered last; leaves it and returns false after the last.
    pub(crate) fn next_item(&mut self) -> Result<bool, ImportError> {
        self.step()
    }

    /// Moves to the next member of the object that was entered last and returns its key; leaves the object and
    /// returns `None` after the last.
    pub(crate) fn next_key(&mut self) -> Result<Option<String>, ImportError> {
        if !self.step()? {
            return Ok(None);
        }
        if self.peek()? != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        let key = self.string()?;
        self.skip_blanks()?;
        if self.peek()? != Some(b':') {
            return Err(self.unexpected("a colon"));
        }
        self.bump();
        Ok(Some(key))
    }

    /// Takes the next value whole.
    pub(crate) fn value(&mut self) -> Result<Node, ImportError> {
        self.nodes = 0;
        self.bytes = 0;
        self.take()
    }

    /// Reads past the next value without keeping it.
    pub(crate) fn skip_value(&mut self) -> Result<(), ImportError> {
        match self.next_byte()? {
            Some(b'[') => {
                self.enter_array()?;
                while self.next_item()? {
                    self.skip_value()?;
                }
                Ok(())
            }
            Some(b'{') => {
                self.enter_object()?;
                while self.next_key()?.is_some() {
                    self.skip_value()?;
                }
                Ok(())
            }
            _ => self.value().map(drop),
        }
    }

    /// Checks that nothing but blanks follows.
    pub(crate) fn end(&mut self) -> Result<(), ImportError> {
        match self.next_byte()? {
            None => Ok(()),
            Some(_) => Err(self.syntax("there is text after the end of the JSON value")),
        }
    }

    fn enter(&mut self, opening: u8, close: u8, what: &str) -> Result<(), ImportError> {
        self.skip_blanks()?;
        if self.peek()? != Some(opening) {
            return Err(self.unexpected(what));
        }
        if self.open.len() >= caps::JSON_DEPTH {
            return Err(self.cap(format!("JSON is nested deeper than {} levels", caps::JSON_DEPTH)));
        }
        self.open.push(Level {
            line: self.line,
            close,
            has_elements: false,
        });
        self.bump();
        Ok(())
    }

    fn step(&mut self) -> Result<bool, ImportError> {
        self.skip_blanks()?;
        let Some(level) = self.open.last() else {
            return Err(self.syntax("no array or object is open"));
        };
        let (close, has_elements) = (level.close, level.has_elements);
        let mut next = self.peek()?;
        if next == Some(close) {
            self.bump();
            self.open.pop();
            return Ok(false);
        }
        if has_elements {
            if next != Some(b',') {
                return Err(self.unexpected(if close == b']' { "a comma or ]" } else { "a comma or }" }));
            }
            self.bump();
            self.skip_blanks()?;
            next = self.peek()?;
        }
        if next.is_none() {
            return Err(self.unexpected("another element"));
        }
        if let Some(level) = self.open.last_mut() {
            level.has_elements = true;
        }
        Ok(true)
    }

    fn take(&mut self) -> Result<Node, ImportError> {
        let first = self.next_byte()?;
        let line = self.line;
        self.nodes += 1;
        if self.nodes > caps::JSON_NODES {
            return Err(self.cap(format!("one element holds more than {} values", caps::JSON_NODES)));
        }
        let value = match first {
            Some(b'[') => {
                self.enter_array()?;
                let mut items = Vec::new();
                self.fill(|reader| {
                    let more = reader.next_item()?;
                    if more {
                        items.push(reader.take()?);
                    }
                    Ok(more)
                })?;
                Value::Array(items)
            }
            Some(b'{') => {
                self.enter_object()?;
                let mut members = Vec::new();
                self.fill(|reader| {
                    let key = reader.next_key()?;
                    let more = key.is_some();
                    if let Some(key) = key {
                        members.push((key, reader.take()?));
                    }
                    Ok(more)
                })?;
                Value::Object(members)
            }
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected("a JSON value")),
        };
        Ok(Node { line, value })
    }

    /// Repeats `next` until it says that there is no more; a tolerant reader stops at the first trouble.
    fn fill(&mut self, mut next: impl FnMut(&mut Self) -> Result<bool, ImportError>) -> Result<(), ImportError> {
        loop {
            match next(self) {
                Ok(true) if self.torn.is_none() => {}
                Ok(_) => return Ok(()),
                Err(error) if self.tolerance == Tolerance::KeepHead => {
                    self.torn = Some(error);
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn string(&mut self) -> Result<String, ImportError> {
        self.bump();
        let mut bytes: Vec<u8> = Vec::new();
        loop {
            let Some(next) = self.peek()? else {
                return Err(self.truncated("a string"));
            };
            match next {
                b'"' => {
                    self.bump();
                    break;
                }
                b'\\' => {
                    self.bump();
                    let letter = self.escape()?;
                    bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1F => return Err(self.syntax("a control character stands in a string")),
                _ => {
                    // The plain run up to the next special byte is taken at once.
                    let run = self.block.get(self.at..).unwrap_or_default();
                    let length = run
                        .iter()
                        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F))
                        .unwrap_or(run.len());
                    bytes.extend_from_slice(run.get(..length).unwrap_or_default());
                    self.at += length;
                }
            }
            if bytes.len() > caps::JSON_STRING {
                return Err(self.cap(format!("a string is longer than {} MiB", caps::JSON_STRING >> 20)));
            }
        }
        self.bytes += bytes.len();
        if self.bytes > caps::JSON_ELEMENT {
            return Err(self.cap(format!(
                "one element holds more than {} MiB of text",
                caps::JSON_ELEMENT >> 20
            )));
        }
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    fn escape(&mut self) -> Result<char, ImportError> {
        let Some(letter) = self.peek()? else {
            return Err(self.truncated("a string"));
        };
        self.bump();
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(self.syntax("an unknown escape stands in a string")),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, ImportError> {
        let high = self.hex4()?;
        if !(0xD800..0xDC00).contains(&high) {
            return Ok(char::from_u32(high).unwrap_or('\u{FFFD}'));
        }
        // A high surrogate counts only together with the low one behind it.
        self.need(6)?;
        let pair = self.block.get(self.at..self.at + 6).and_then(low_surrogate);
        let Some(low) = pair else { return Ok('\u{FFFD}') };
        self.at += 6;
        Ok(char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('\u{FFFD}'))
    }

    fn hex4(&mut self) -> Result<u32, ImportError> {
        self.need(4)?;
        let Some(digits) = self.block.get(self.at..self.at + 4) else {
            return Err(self.truncated("a string"));
        };
        let Some(code) = hex(digits) else {
            return Err(self.syntax("\\u is not followed by four hexadecimal digits"));
        };
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<String, ImportError> {
        let mut text = String::new();
        while let Some(byte @ (b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) = self.peek()? {
            text.push(char::from(byte));
            self.bump();
            if text.len() > caps::JSON_STRING {
                return Err(self.cap(format!("a number is longer than {} MiB", caps::JSON_STRING >> 20)));
            }
        }
        if is_number(&text) {
            Ok(text)
        } else {
            Err(self.syntax("a number is not well formed"))
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, ImportError> {
        self.need(word.len())?;
        if self.block.get(self.at..self.at + word.len()) != Some(word.as_bytes()) {
            return Err(self.unexpected("a JSON value"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn skip_blanks(&mut self) -> Result<(), ImportError> {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.peek()? {
            self.at += 1;
            self.line += u64::from(byte == b'\n');
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, ImportError> {
        if self.at >= self.block.len() {
            self.block.clear();
            self.at = 0;
            self.more()?;
        }
        Ok(self.block.get(self.at).copied())
    }

    fn bump(&mut self) {
        self.at += 1;
    }

    /// Makes sure that `count` bytes are in the block, if the text has so many left.
    fn need(&mut self, count: usize) -> Result<(), ImportError> {
        while self.block.len() < self.at + count {
            if self.more()? == 0 {
                break;
            }
        }
        Ok(())
    }

    fn more(&mut self) -> Result<usize, ImportError> {
        let got = loop {
            match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        let count = got.len();
        self.block.extend_from_slice(got);
        self.source.consume(count);
        Ok(count)
    }

    fn unexpected(&mut self, expected: &str) -> ImportError {
        match self.peek() {
            Ok(None) => self.truncated("the JSON value"),
            Ok(Some(_)) => self.syntax(&format!("expected {expected}")),
            Err(error) => error,
        }
    }

    fn syntax(&self, what: &str) -> ImportError {
        ImportError::new(ErrorCode::Syntax, format!("not well-formed JSON: {what}"))
            .at_line(self.line)
            .hint("nothing was imported from this file; repair it or fetch it again")
    }

    fn cap(&self, what: String) -> ImportError {
        ImportError::new(ErrorCode::Cap, what)
            .at_line(self.line)
            .hint("split the file into smaller elements")
    }

    fn truncated(&self, what: &str) -> ImportError {
        let began = self.open.last().map_or(String::new(), |level| {
            let kind = if level.close == b']' { "array" } else { "object" };
            format!(" ({kind} opened on line {})", level.line)
        });
        ImportError::new(
            ErrorCode::Truncated,
            format!("the file ends in the middle of {what}{began}"),
        )
        .at_line(self.line)
        .hint("nothing was imported from this file; fetch it again")
    }
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |sum, digit| Some(sum << 4 | char::from(*digit).to_digit(16)?))
}

fn low_surrogate(escape: &[u8]) -> Option<u32> {
    let code = hex(escape.strip_prefix(b"\\u")?)?;
    (0xDC00..0xE000).contains(&code).then_some(code)
}

/// Checks the number grammar of RFC 8259.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| -> usize { text.bytes().take_while(u8::is_ascii_digit).count() };
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = fraction.get(count..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}
