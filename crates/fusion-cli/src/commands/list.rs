//! list, search.

use std::path::Path;

use fusion_api::commands::alerts::{self, AlertsListRequest};
use fusion_api::commands::entities::{self, EntitiesPageRequest, FindingsListRequest};
use fusion_api::commands::import::{self, SourcesListRequest};
use fusion_api::commands::list as api;
use fusion_api::commands::search::{self, SearchRequest};
use serde::Serialize;

use crate::arguments::Listed;
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::session;

/// Which part of a list.
pub struct Page {
    pub ids: Vec<String>,
    pub kind: Option<String>,
    pub limit: usize,
    pub after: usize,
}

/// One page of a list.
#[derive(Serialize)]
struct Listing<T> {
    items: Vec<T>,
    total: usize,
    /// Cursor of the next page; none at the end.
    next: Option<usize>,
}

impl Page {
    fn of<T>(&self, items: Vec<T>, id: impl Fn(&T) -> &str, kind: impl Fn(&T) -> &str) -> Listing<T> {
        let wanted = |item: &T| {
            (self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id(item)))
                && self.kind.as_ref().is_none_or(|wanted| wanted == kind(item))
        };
        let kept: Vec<T> = items.into_iter().filter(wanted).collect();
        let total = kept.len();
        let items: Vec<T> = kept.into_iter().skip(self.after).take(self.limit).collect();
        let end = self.after + items.len();
        Listing {
            items,
            total,
            next: (end < total).then_some(end),
        }
    }
}

pub fn list(output: &Output, secret: Option<&Path>, case: &Path, what: Listed, page: &Page) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    match what {
        Listed::Sources => {
            let all = import::sources(&bench, SourcesListRequest {})?.sources;
            let listing = page.of(all, |source| &source.id, |source| &source.kind);
            show(output, &listing, |source| {
                let state = if source.withdrawn { "withdrawn" } else { "" };
                vec![
                    source.id.chars().take(12).collect(),
                    source.kind.clone(),
                    source.grade.text.clone(),
                    source.format.clone(),
                    source.name.clone(),
                    format!("{} observations", source.observations),
                    state.to_owned(),
                ]
            })
        }
        Listed::Entities => {
            let mut request = EntitiesPageRequest {
                limit: 1000,
                ..EntitiesPageRequest::default()
            };
            let mut all = Vec::new();
            loop {
                request.offset = all.len() as u64;
                let rows = entities::page(&bench, request.clone())?.rows;
                if rows.is_empty() {
                    break;
                }
                all.extend(rows);
            }
            let listing = page.of(all, |row| &row.id, |row| &row.kind);
            show(output, &listing, |row| {
                vec![
                    row.id.clone(),
                    row.kind.clone(),
                    row.label.clone(),
                    format!("confidence {:.0}", row.confidence),
                    format!("risk {} {:.0}", row.risk_level, row.risk),
                ]
            })
        }
        Listed::Relations => {
            let listing = page.of(
                api::relations(&bench)?,
                |relation| &relation.id,
                |relation| &relation.kind,
            );
            show(output, &listing, |relation| {
                vec![
                    relation.id.clone(),
                    relation.from.label.clone(),
                    relation.kind.clone(),
                    relation.other.label.clone(),
                    format!("{:.0}", relation.score),
                    relation.grade.text.clone(),
                ]
            })
        }
        Listed::Events => {
            let listing = page.of(api::events(&bench)?, |event| &event.id, |event| &event.kind);
            show(output, &listing, |event| {
                vec![event.span.text.clone(), event.kind.clone(), event.text.clone()]
            })
        }
        Listed::Findings => {
            let request = FindingsListRequest { offset: 0, limit: 1000 };
            let all = entities::findings(&bench, request)?.findings;
            let listing = page.of(all, |finding| &finding.id, |finding| &finding.kind);
            show(output, &listing, |finding| {
                vec![finding.severity.clone(), finding.rule.clone(), finding.text.clone()]
            })
        }
        Listed::Alerts => {
            let all = alerts::list(&bench, AlertsListRequest {})?.alerts;
            let listing = page.of(all, |alert| &alert.id, |alert| &alert.rule);
            show(output, &listing, |alert| {
                vec![
                    alert.severity.clone(),
                    alert.state.clone(),
                    alert.rule.clone(),
                    alert.text.clone(),
                ]
            })
        }
        Listed::Judgements => {
            let listing = page.of(
                api::judgements(&bench)?,
                |judgement| &judgement.left,
                |judgement| &judgement.verdict,
            );
            show(output, &listing, |judgement| {
                vec![
                    judgement.left.clone(),
                    judgement.right.clone(),
                    judgement.verdict.clone(),
                    judgement.author.clone(),
                    judgement.reason.clone(),
                ]
            })
        }
        Listed::Statements => {
            let all = api::statements(&bench, &page.ids)?;
            let listing = page.of(all, |statement| &statement.id, |statement| &statement.property);
            show(output, &listing, |statement| {
                vec![
                    statement.property.clone(),
                    statement.original.clone(),
                    statement.source_name.clone(),
                    statement.locator.clone(),
                    statement.grade.text.clone(),
                ]
            })
        }
    }
}

fn show<T: Serialize>(output: &Output, listing: &Listing<T>, row: impl Fn(&T) -> Vec<String>) -> anyhow::Result<Exit> {
    output.show(listing, |listing| {
        columns(&listing.items.iter().map(row).collect::<Vec<_>>())
    })?;
    if let Some(next) = listing.next {
        output.note(&format!(
            "{} of {} shown; go on with --after {next}",
            listing.items.len(),
            listing.total
        ));
    }
    Ok(Exit::Done)
}

pub fn search(output: &Output, secret: Option<&Path>, case: &Path, query: String, limit: u64) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = search::query(&bench, SearchRequest { query, limit })?;
    output.show(&view, |view| {
        let row = |hit: &search::SearchHitView| vec![hit.kind.clone(), hit.text.clone(), hit.context.clone()];
        columns(&view.hits.iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Exit::Done)
}
