//! The head of a file, looked at once: container magic, encoding, JSON keys, XML root, table header, first lines.
//!
//! Signatures of importers and of foreign formats are questions to this outline, so content decides and never the
//! file ending. Nothing here fails: what cannot be told is absent.

use std::io::Read;

use crate::importer::Probe;
use crate::json::{self, Node};
use crate::table::{self, Table};
use crate::text::{TextReader, utf16_of};

/// Most lines of the head that are kept.
const LINES: usize = 60;

/// Holds what the head of a file shows.
#[derive(Debug)]
pub(crate) struct Outline {
    /// File name.
    pub(crate) name: String,
    /// First bytes, for magic.
    pub(crate) magic: Vec<u8>,
    /// Whether the head is the whole file.
    pub(crate) is_whole: bool,
    /// What the bytes are.
    pub(crate) matter: Matter,
    /// The head as text; empty for binary matter.
    pub(crate) text: String,
    /// First lines, trimmed at their ends.
    pub(crate) lines: Vec<String>,
    /// JSON, when the first token says so.
    pub(crate) json: Option<JsonOutline>,
    /// Local name of the XML root element.
    pub(crate) xml_root: Option<String>,
    /// The table, when lines split evenly.
    pub(crate) table: Option<Table>,
    /// Names of the entries of a zip container that the head shows.
    pub(crate) entries: Vec<String>,
}

/// Sorts bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matter {
    Empty,
    Text,
    Zip,
    Binary,
}

/// Holds the first JSON value of a file.
#[derive(Debug)]
pub(crate) struct JsonOutline {
    /// The value, as far as the head reaches.
    pub(crate) root: Node,
    /// What the file is made of.
    pub(crate) form: JsonForm,
}

/// Sorts JSON files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonForm {
    /// One object.
    Object,
    /// One array.
    Array,
    /// One object after the other.
    Lines,
    /// A scalar.
    Scalar,
}

impl JsonOutline {
    /// Returns the object that stands for the others: the root object, the first line, the first element.
    pub(crate) fn first(&self) -> &Node {
        match self.form {
            JsonForm::Array => self.root.items().first().unwrap_or(&self.root),
            _ => &self.root,
        }
    }

    /// Tells whether the root is one object that has all `paths` (keys joined by dots).
    pub(crate) fn is_object_with(&self, paths: &[&str]) -> bool {
        self.form == JsonForm::Object && paths.iter().all(|path| self.root.at(path).is_some())
    }

    /// Tells whether the representative object has all `paths`.
    pub(crate) fn first_has(&self, paths: &[&str]) -> bool {
        let first = self.first();
        first.is_object() && paths.iter().all(|path| first.at(path).is_some())
    }
}

impl Outline {
    /// Outlines the head of `probe`.
    pub(crate) fn of(probe: &Probe<'_>) -> Self {
        let head = probe.head;
        let matter = matter_of(head);
        let text = if matter == Matter::Text {
            decode(head)
        } else {
            String::new()
        };
        let is_whole = probe.size <= head.len() as u64;
        let lines: Vec<String> = text
            .lines()
            .take(LINES)
            .map(|line| line.trim_end().to_owned())
            .collect();
        let json = json_outline(&text);
        let xml_root = if json.is_none() { xml_root(&text) } else { None };
        let table = if json.is_none() && xml_root.is_none() {
            table::sniff(&text, is_whole)
        } else {
            None
        };
        Self {
            name: probe.name.to_owned(),
            magic: head.get(..head.len().min(64)).unwrap_or_default().to_vec(),
            is_whole,
            matter,
            text,
            lines,
            json,
            xml_root,
            table,
            entries: if matter == Matter::Zip {
                zip_entries(head)
            } else {
                Vec::new()
            },
        }
    }

    /// Returns the first line that is not blank.
    pub(crate) fn first_line(&self) -> &str {
        self.lines
            .iter()
            .map(String::as_str)
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default()
    }

    /// Tells whether the header of the table has all these columns (compared without case, blanks and marks).
    pub(crate) fn header_has(&self, columns: &[&str]) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| columns.iter().all(|column| table.has_column(column)))
    }

    /// Tells whether one object of the JSON at the top has all `paths`.
    pub(crate) fn json_first_has(&self, paths: &[&str]) -> bool {
        self.json.as_ref().is_some_and(|json| json.first_has(paths))
    }

    /// Tells whether the JSON is a single object with all `paths`.
    pub(crate) fn json_object_has(&self, paths: &[&str]) -> bool {
        self.json.as_ref().is_some_and(|json| json.is_object_with(paths))
    }

    /// Returns the form of the JSON.
    pub(crate) fn json_form(&self) -> Option<JsonForm> {
        self.json.as_ref().map(|json| json.form)
    }
}

fn matter_of(head: &[u8]) -> Matter {
    if head.is_empty() {
        return Matter::Empty;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Matter::Zip;
    }
    if utf16_of(head).is_some() {
        return Matter::Text;
    }
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let controls = head.iter().filter(is_control).count();
    // A stray NUL or form feed happens in logs and chats; a binary file is full of them.
    if head.starts_with(b"\x1F\x8B") || head.starts_with(b"%PDF-") || controls * 50 > head.len() {
        Matter::Binary
    } else {
        Matter::Text
    }
}

fn decode(head: &[u8]) -> String {
    let mut source = head;
    let mut bytes = Vec::new();
    // Reading from a slice cannot fail; an empty text is the honest answer if it ever did.
    if TextReader::new(&mut source).read_to_end(&mut bytes).is_err() {
        return String::new();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn json_outline(text: &str) -> Option<JsonOutline> {
    let start = text.trim_start();
    if !start.starts_with(['{', '[']) {
        return None;
    }
    let (root, is_whole, used) = json::glimpse(text)?;
    let rest = text.get(used..).unwrap_or_default().trim_start();
    let form = match root.value {
        json::Value::Object(_) if is_whole && rest.starts_with('{') => JsonForm::Lines,
        json::Value::Object(_) => JsonForm::Object,
        json::Value::Array(_) => JsonForm::Array,
        _ => JsonForm::Scalar,
    };
    // A text that merely starts with a bracket shows neither keys nor elements.
    let is_plausible = is_whole || !root.members().is_empty() || !root.items().is_empty() || start.len() < 3;
    is_plausible.then_some(JsonOutline { root, form })
}

/// Returns the local name of the root element, skipping declaration, comments and document type.
fn xml_root(text: &str) -> Option<String> {
    let mut rest = text.trim_start();
    loop {
        rest = rest.trim_start();
        let body = rest.strip_prefix('<')?;
        if let Some(comment) = body.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if body.starts_with(['?', '!']) {
            rest = body.split_once('>')?.1;
        } else {
            let name: String = body
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
                .collect();
            let local = name.rsplit(':').next().unwrap_or_default();
            return (!local.is_empty()).then(|| local.to_owned());
        }
    }
}

/// Lists the entries whose local headers lie in the head; no decompression.
fn zip_entries(head: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(found) = head
        .get(from..)
        .and_then(|rest| rest.windows(4).position(|four| four == b"PK\x03\x04"))
    {
        let at = from + found;
        let length = head.get(at + 26..at + 28).map_or(0, |two| {
            two.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
        });
        if let Some(name) = head.get(at + 30..at + 30 + length) {
            names.push(String::from_utf8_lossy(name).into_owned());
        }
        from = at + 4;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matter_is_told_from_bytes() {
        for (bytes, matter) in [
            (b"".as_slice(), Matter::Empty),
            (b"PK\x03\x04rest", Matter::Zip),
            (b"\xFF\xFEa\0", Matter::Text),
            (b"plain, with \x1b[0m", Matter::Text),
            (b"\x00\x01\x02\x03\x04\x05", Matter::Binary),
            (b"%PDF-1.7\n1 0 obj", Matter::Binary),
            (b"\x1F\x8B\x08", Matter::Binary),
        ] {
            assert_eq!(matter_of(bytes), matter, "{bytes:?}");
        }
    }

    #[test]
    fn roots_are_found_behind_prologs() {
        for (text, root) in [
            (
                "<?xml version='1.0'?><!-- a > b --><!DOCTYPE x>\n<viz:gexf a='1'>",
                Some("gexf"),
            ),
            ("<html><head>", Some("html")),
            ("< 3 people", None),
            ("text", None),
        ] {
            assert_eq!(xml_root(text).as_deref(), root, "{text}");
        }
    }
}
