//! A sink that keeps everything, and a text of what it kept.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fusion_import::{HEAD_BYTES, ImportError, Importer, Input, Mapping, Probe, Sink, Stop};
use fusion_model::{Observation, RawStatement, RecordKey, SourceKind, Warning};

/// Keeps what an importer gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub observations: Vec<Observation>,
    pub warnings: Vec<Warning>,
    pub rows: u64,
    pub negative: u64,
    pub origin: Option<String>,
    pub subject: Option<String>,
    /// Stops after so many rows.
    pub patience: Option<u64>,
}

impl Sink for Kept {
    fn observation(&mut self, observation: Observation) -> Result<(), Stop> {
        for link in &observation.links {
            let records = observation.records.len() as u32;
            assert!(
                link.from < records && link.to < records,
                "a link points nowhere: {observation:?}"
            );
        }
        for record in &observation.records {
            if let Some(identity) = record.kind.identity() {
                let count = record
                    .statements
                    .iter()
                    .filter(|statement| statement.property == identity)
                    .count();
                assert_eq!(
                    count,
                    1,
                    "a {} must say once what it is: {observation:?}",
                    record.kind.id()
                );
            }
        }
        self.observations.push(observation);
        Ok(())
    }

    fn warning(&mut self, warning: Warning) -> Result<(), Stop> {
        self.warnings.push(warning);
        Ok(())
    }

    fn row_read(&mut self) -> Result<(), Stop> {
        self.rows += 1;
        if self.patience.is_some_and(|patience| self.rows > patience) {
            Err(Stop)
        } else {
            Ok(())
        }
    }

    fn negative(&mut self) {
        self.negative += 1;
    }

    fn origin(&mut self, origin: String) {
        self.origin = Some(origin);
    }

    fn subject(&mut self, subject: String) {
        self.subject = Some(subject);
    }
}

/// What an analyst says about a file.
#[derive(Debug, Default, Clone)]
pub struct Said {
    pub subject: Option<String>,
    pub kind: Option<SourceKind>,
    pub mapping: Option<Mapping>,
}

pub fn run(importer: &dyn Importer, name: &str, bytes: &[u8], said: &Said) -> (Kept, Result<(), ImportError>) {
    let mut kept = Kept::default();
    let result = run_into(importer, name, bytes, said, &mut kept);
    (kept, result)
}

pub fn run_into(
    importer: &dyn Importer,
    name: &str,
    bytes: &[u8],
    said: &Said,
    kept: &mut Kept,
) -> Result<(), ImportError> {
    let mut reader = bytes;
    let input = Input {
        name,
        subject: said.subject.as_deref(),
        kind: said.kind,
        mapping: said.mapping.as_ref(),
        reader: &mut reader,
        size: bytes.len() as u64,
    };
    importer.run(input, kept)
}

pub fn importer(id: &str) -> &'static dyn Importer {
    fusion_import::importer(id).unwrap_or_else(|| panic!("no importer {id}"))
}

pub fn probe<'a>(name: &'a str, bytes: &'a [u8]) -> Probe<'a> {
    Probe {
        name,
        head: &bytes[..bytes.len().min(HEAD_BYTES)],
        size: bytes.len() as u64,
    }
}

/// The folder of the shared samples, or nothing with a printed line.
pub fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    if folder.is_dir() {
        return Some(folder);
    }
    say("skipped: ../shared/samples is absent");
    None
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/importers")
}

#[allow(clippy::print_stdout)]
pub fn say(line: &str) {
    println!("{line}");
}

/// Compares `text` with the committed file; with `FUSION_BLESS=1` writes it instead.
pub fn bless(path: &Path, text: &str) {
    if std::env::var_os("FUSION_BLESS").is_some() {
        fs::write(path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, expected, "{} differs; FUSION_BLESS=1 rewrites it", path.display());
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Writes down everything that was kept; record keys by digest are shown as `row`, since their bytes tell a reader nothing.
pub fn dump(kept: &Kept) -> String {
    let mut text = String::new();
    writeln!(text, "rows {} negative {}", kept.rows, kept.negative).unwrap();
    writeln!(text, "origin {}", kept.origin.as_deref().unwrap_or("-")).unwrap();
    writeln!(text, "subject {}", kept.subject.as_deref().unwrap_or("-")).unwrap();
    for warning in &kept.warnings {
        writeln!(
            text,
            "warning {} at {}: {}",
            warning.code.id(),
            warning.locator.text(),
            warning.message
        )
        .unwrap();
    }
    for observation in &kept.observations {
        text.push('\n');
        text.push_str(&dump_one(observation));
    }
    text
}

pub fn dump_one(observation: &Observation) -> String {
    let mut text = format!("{}\n", observation.locator.text());
    for (index, record) in observation.records.iter().enumerate() {
        let key = match &record.key {
            RecordKey::Native { namespace, key } => format!("{namespace}={key}"),
            RecordKey::RawRow { .. } => "row".to_owned(),
            RecordKey::Here => "here".to_owned(),
        };
        writeln!(text, "  {index} {} [{key}]", record.kind.id()).unwrap();
        record
            .statements
            .iter()
            .for_each(|statement| said(&mut text, statement));
    }
    for link in &observation.links {
        let grade = link
            .credibility
            .map_or(String::new(), |credibility| format!(" ({})", credibility.id()));
        writeln!(text, "  {} -{}-> {}{grade}", link.from, link.kind.id(), link.to).unwrap();
        link.statements.iter().for_each(|statement| said(&mut text, statement));
    }
    text
}

fn said(text: &mut String, statement: &RawStatement) {
    let qualifier = if statement.qualifier.is_empty() {
        String::new()
    } else {
        format!(" ({})", statement.qualifier)
    };
    writeln!(
        text,
        "      {} = {:?}{qualifier}  <{}>",
        statement.property.id(),
        statement.original,
        statement.path
    )
    .unwrap();
}
