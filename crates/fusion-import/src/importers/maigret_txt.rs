//! Maigret TXT: as Sherlock's list, but its closing line has no line feed and its file is `report_<user>.txt`.
//!
//! Holds the reading of both, since the lines are the same.

use std::collections::BTreeMap;

use fusion_model::{Credibility, Locator, SourceKind, WarningCode};

use crate::error::{ErrorCode, ImportError};
use crate::hunt::{self, Claim};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::lines::{LineEnd, LineReader};
use crate::open;
use crate::records::{stem, warning};
use crate::sink::Sink;

/// How the closing line begins.
pub(super) const TOTAL: &str = "Total Websites Username Detected On :";

/// Reads Maigret TXT.
pub struct MaigretTxt;

impl Importer for MaigretTxt {
    fn id(&self) -> &'static str {
        "maigret-txt"
    }

    fn label(&self) -> &'static str {
        "Maigret TXT"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Sherlock
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let last = outline.text.lines().last().unwrap_or_default();
        let is_open = outline.is_whole && !outline.text.ends_with('\n');
        Likelihood::certain_if(is_open && last.starts_with(TOTAL), "the closing line of a Maigret list")
    }

    fn run(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        addresses("maigret", input, sink)
    }
}

/// Reads a list of profile addresses that `tool` wrote.
pub(super) fn addresses(tool: &str, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let named = stem(input.name)
        .strip_prefix("report_")
        .unwrap_or(stem(input.name))
        .to_owned();
    let given = input.subject.map(str::to_owned);
    open::read(&mut input, sink, |opened, sink| {
        let user = match &given {
            Some(given) => given.clone(),
            None => subject(&named, opened.head, sink)?,
        };
        let mut lines = LineReader::new(opened.text);
        let (mut found, mut total) = (0u64, None);
        while let Some(line) = lines.next_line()? {
            let text = line.text.trim();
            if text.is_empty() {
                continue;
            }
            let locator = Locator::Line(line.number);
            if let Some(count) = text.strip_prefix(TOTAL) {
                total = count.trim().parse::<u64>().ok();
                continue;
            }
            sink.row_read()?;
            if line.end == LineEnd::Cap || !crate::looks::is_url(text) {
                sink.warning(warning(WarningCode::RowSkipped, locator, "the line is no web address"))?;
                continue;
            }
            found += 1;
            let claim = Claim {
                user: (&user, "file name"),
                url: (text, "line"),
                site: ("", ""),
                site_url: "",
                status: ("", ""),
                credibility: Credibility::PossiblyTrue,
            };
            sink.observation(hunt::claim(locator, &claim).draft.done())?;
        }
        if total != Some(found) {
            let message = match total {
                Some(total) => format!("the closing line counts {total} sites, the file lists {found}"),
                None => "the closing line with the number of sites is missing".to_owned(),
            };
            sink.warning(warning(WarningCode::Truncated, Locator::Whole, message))?;
        }
        let name = user.to_ascii_lowercase();
        sink.subject(name.clone());
        sink.origin(format!("{tool}:{name}"));
        Ok(())
    })
}

/// Finds the hunted name: the file name if most addresses hold it, else the part that most addresses share.
fn subject(named: &str, head: &str, sink: &mut dyn Sink) -> Result<String, ImportError> {
    let urls: Vec<&str> = head
        .lines()
        .map(str::trim)
        .filter(|line| crate::looks::is_url(line))
        .collect();
    let is_shared = |count: usize| count * 2 > urls.len();
    let holding = |name: &str| {
        let is_it = |part: &&str| part.eq_ignore_ascii_case(name);
        urls.iter().filter(|url| parts(url).any(|part| is_it(&part))).count()
    };
    if !named.is_empty() && is_shared(holding(named)) {
        return Ok(named.to_owned());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for last in urls.iter().filter_map(|url| parts(url).last()) {
        *counts.entry(last).or_default() += 1;
    }
    match counts.into_iter().max_by_key(|(_, count)| *count) {
        Some((name, count)) if is_shared(count) => {
            let message = "the file name is not the user name that was hunted; it was read from the addresses";
            sink.warning(warning(WarningCode::Subject, Locator::Whole, message))?;
            Ok(name.to_owned())
        }
        _ => Err(ImportError::new(
            ErrorCode::SubjectNeeded,
            "the list does not say which user name was hunted",
        )
        .hint("say it with --subject <user name>")),
    }
}

/// Returns the parts of an address in which a user name may stand: the first label of the host, and what stands
/// between the marks of path and query.
fn parts(url: &str) -> impl Iterator<Item = &str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let label = rest.split('.').next();
    let path = rest.split(['/', '?', '=', '&', '#', '@', '~']).skip(1);
    label.into_iter().chain(path).filter(|part| !part.is_empty())
}
