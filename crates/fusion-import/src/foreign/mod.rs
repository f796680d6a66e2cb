//! Formats that are known by sight and have no importer yet.
//!
//! Each entry is a name and one or more signatures, any of which is enough. An entry leaves this catalogue on the
//! day its importer enters the other one. The order matters only where one signature is contained in another: the
//! more telling families come first, containers and plain text last.

mod containers;
mod corporate;
mod documents;
mod forensic;
mod graphs;
mod ledgers;
mod recon;
mod social;
mod threat;

use crate::outline::{JsonForm, Outline};

/// Is a format that is recognised but not read.
#[derive(Debug)]
pub(crate) struct Foreign {
    /// Name for people.
    pub(crate) label: &'static str,
    /// Any of these is enough.
    signatures: &'static [Signature],
}

/// Is one thing to look for.
#[derive(Debug)]
enum Signature {
    /// The first bytes.
    Magic(&'static [u8]),
    /// A zip container with an entry that starts so.
    Entry(&'static str),
    /// An XML document with this root (local name, any case).
    Root(&'static str),
    /// A JSON object with all these members (keys joined by dots).
    Object(&'static [&'static str]),
    /// A JSON array or lines whose first object has all these members.
    Items(&'static [&'static str]),
    /// JSON whose first object, wherever it is, has this member with this text.
    Text(&'static str, &'static str),
    /// A table with all these columns.
    Columns(&'static [&'static str]),
    /// A first line that starts so.
    FirstLine(&'static str),
    /// Lines that contain all these texts, among the first.
    Lines(&'static [&'static str]),
    /// Something that needs a look of its own, and what was seen.
    Seen(fn(&Outline) -> bool, &'static str),
}

impl Foreign {
    const fn new(label: &'static str, signatures: &'static [Signature]) -> Self {
        Self { label, signatures }
    }
}

/// All families, the most telling first.
const FAMILIES: &[&[Foreign]] = &[
    recon::FORMATS,
    threat::FORMATS,
    social::FORMATS,
    forensic::FORMATS,
    ledgers::FORMATS,
    corporate::FORMATS,
    graphs::FORMATS,
    documents::FORMATS,
    containers::FORMATS,
];

/// Finds the format of a file and says what was seen.
pub(crate) fn recognise(outline: &Outline) -> Option<(&'static Foreign, String)> {
    FAMILIES.iter().copied().flatten().find_map(|format| {
        let reason = format.signatures.iter().find_map(|signature| signature.seen(outline))?;
        Some((format, reason))
    })
}

impl Signature {
    /// Returns what was seen, as a fragment.
    fn seen(&self, outline: &Outline) -> Option<String> {
        let json = outline.json.as_ref();
        match self {
            Self::Magic(magic) => outline.magic.starts_with(magic).then(|| "the first bytes".to_owned()),
            Self::Entry(name) => outline
                .entries
                .iter()
                .any(|entry| entry.starts_with(name))
                .then(|| format!("a container with {name}")),
            Self::Root(name) => outline
                .xml_root
                .as_ref()
                .is_some_and(|root| root.eq_ignore_ascii_case(name))
                .then(|| format!("XML root <{name}>")),
            Self::Object(paths) => outline
                .json_object_has(paths)
                .then(|| format!("a JSON object with {}", paths.join(", "))),
            Self::Items(paths) => {
                let is_list = json.is_some_and(|json| matches!(json.form, JsonForm::Array | JsonForm::Lines));
                // A file of one line is an object to the eye.
                let is_it = outline.json_first_has(paths)
                    && (is_list || json.is_some_and(|json| json.form == JsonForm::Object));
                is_it.then(|| format!("JSON records with {}", paths.join(", ")))
            }
            Self::Text(path, text) => {
                let found = json.and_then(|json| json.first().at(path)).and_then(|node| node.text());
                (found == Some(text)).then(|| format!("JSON with {path} = {text}"))
            }
            Self::Columns(columns) => outline
                .header_has(columns)
                .then(|| format!("the columns {}", columns.join(", "))),
            Self::FirstLine(start) => outline
                .first_line()
                .starts_with(start)
                .then(|| format!("a first line {start}…")),
            Self::Lines(texts) => texts
                .iter()
                .all(|text| outline.lines.iter().any(|line| line.contains(text)))
                .then(|| format!("lines with {}", texts.join(", "))),
            Self::Seen(look, reason) => look(outline).then(|| (*reason).to_owned()),
        }
    }
}

/// Counts the first lines that `is` accepts, and how many there are that are not blank.
fn lines_that(outline: &Outline, is: impl Fn(&str) -> bool) -> (usize, usize) {
    let filled = outline
        .lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty());
    filled.fold((0, 0), |(yes, all), line| (yes + usize::from(is(line)), all + 1))
}
