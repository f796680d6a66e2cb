//! Sherlock CSV (0.16): `username,name,url_main,url_user,exists,http_status,response_time_s`.
//!
//! One row per site. Only `Claimed` rows are accounts, held to be *possibly* true: Sherlock judges by the answer
//! of a page and is often wrong. Available, Unknown, Illegal and WAF rows are search coverage and only counted.
//! The site of an account is the host of its profile address, since `url_main` is wrong for some sites.

use std::collections::BTreeSet;

use fusion_model::{Credibility, Locator, SourceKind, WarningCode};

use crate::error::{ErrorCode, ImportError};
use crate::hunt::{self, Claim};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::open;
use crate::records::warning;
use crate::rows::{RowReader, Step};
use crate::sink::Sink;
use crate::table;

/// The columns of the format.
const COLUMNS: [&str; 7] = [
    "username",
    "name",
    "url_main",
    "url_user",
    "exists",
    "http_status",
    "response_time_s",
];

/// Reads Sherlock CSV.
pub struct SherlockCsv;

impl Importer for SherlockCsv {
    fn id(&self) -> &'static str {
        "sherlock-csv"
    }

    fn label(&self) -> &'static str {
        "Sherlock CSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Sherlock
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        Likelihood::certain_if(probe.outline().header_has(&COLUMNS), "the seven Sherlock columns")
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        open::read(&mut input, sink, |opened, sink| {
            let delimiter = table::sniff(opened.head, opened.is_whole).map_or(',', |table| table.delimiter);
            rows(&mut RowReader::new(opened.text, delimiter), sink)
        })
    }
}

fn rows(reader: &mut RowReader<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let mut columns: Option<[usize; 5]> = None;
    let mut width = 0;
    let mut users = BTreeSet::new();
    while let Some(step) = reader.next_row()? {
        let row = match step {
            Step::Skipped(skipped) => {
                sink.row_read()?;
                sink.warning(skipped)?;
                continue;
            }
            Step::Row(row) => row,
        };
        let Some([user, name, url_main, url_user, exists]) = columns else {
            columns = Some(positions(&row.cells, row.line)?);
            width = row.cells.len();
            continue;
        };
        sink.row_read()?;
        if let Some(short) = row.short_of(width) {
            sink.warning(short)?;
            continue;
        }
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        match cell(exists) {
            "Claimed" if cell(user).is_empty() => {
                let message = "a claimed account has no user name";
                sink.warning(warning(WarningCode::RowSkipped, Locator::Line(row.line), message))?;
            }
            "Claimed" => {
                users.insert(cell(user).to_ascii_lowercase());
                let claimed = hunt::claim(
                    Locator::Line(row.line),
                    &Claim {
                        user: (cell(user), "username"),
                        url: (cell(url_user), "url_user"),
                        site: (cell(name), "name"),
                        site_url: cell(url_main),
                        status: (cell(exists), "exists"),
                        credibility: Credibility::PossiblyTrue,
                    },
                );
                sink.observation(claimed.draft.done())?;
            }
            "Available" | "Unknown" | "Illegal" | "WAF" => {
                users.insert(cell(user).to_ascii_lowercase());
                sink.negative();
            }
            _ => {
                let message = "the state of the row is not one that Sherlock writes";
                sink.warning(warning(WarningCode::RowSkipped, Locator::Line(row.line), message))?;
            }
        }
    }
    users.remove("");
    if let [user] = users.iter().collect::<Vec<_>>().as_slice() {
        sink.subject((*user).clone());
    }
    if let Some(origin) = hunt::origin("sherlock", &users) {
        sink.origin(origin);
    }
    Ok(())
}

fn positions(header: &[String], line: u64) -> Result<[usize; 5], ImportError> {
    let mut found = [0; 5];
    for (slot, name) in found.iter_mut().zip(COLUMNS) {
        *slot = table::column(header, name).ok_or_else(|| {
            ImportError::new(ErrorCode::WrongShape, format!("there is no column `{name}`"))
                .at_line(line)
                .hint("this importer reads Sherlock's own CSV; try --format generic-csv")
        })?;
    }
    Ok(found)
}
