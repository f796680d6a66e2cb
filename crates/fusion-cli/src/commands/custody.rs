//! verify, and the log of custody.

use std::path::Path;

use fusion_api::commands::custody::{
    self as api, CustodyAcknowledgeRequest, CustodyCompareRequest, CustodyPageRequest, CustodyPageView, ReceiptView,
};
use fusion_api::commands::log::{self, VerifyRequest};

use super::case::checks;
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::session;

/// Checks the whole case.
pub fn verify(output: &Output, secret: Option<&Path>, case: &Path) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = log::verify(&bench, VerifyRequest {})?;
    output.show(&view, |view| {
        let mut lines = checks(&view.checks);
        lines.push(match (view.verdict.as_str(), &view.first_bad) {
            ("verified", _) => "The case is as it was written.".to_owned(),
            ("unverified", _) if view.unseen.is_some() => format!(
                "The case agrees with itself, but not everything could be compared: {}.",
                view.unseen.as_deref().unwrap_or_default()
            ),
            ("unverified", _) => {
                "The case agrees with itself; this computer has not seen it before. Compare a printed code.".to_owned()
            }
            ("behind", Some(bad)) => format!("The case is older than what this computer has seen of it: {bad}."),
            (_, bad) => format!(
                "The case is damaged; first bad item: {}.",
                bad.as_deref().unwrap_or("unknown")
            ),
        });
        lines
    })?;
    Ok(match view.verdict.as_str() {
        "verified" | "unverified" => Exit::Done,
        "behind" => Exit::Behind,
        _ => Exit::Damaged,
    })
}

/// Goes on with an older case, on the record.
pub fn acknowledge(output: &Output, secret: Option<&Path>, case: &Path, reason: String) -> anyhow::Result<Exit> {
    let bench = session::as_it_stands(case, secret)?;
    let view = api::acknowledge(&bench, CustodyAcknowledgeRequest { reason })?;
    output.show(&view, |_| {
        vec!["Went on with this older copy; the custody log says so, and why.".to_owned()]
    })?;
    Ok(Exit::Done)
}

/// Looks a printed code up in the history.
pub fn compare(output: &Output, secret: Option<&Path>, case: &Path, code: String) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = api::compare(&bench, CustodyCompareRequest { code })?;
    output.show(&view, |view| vec![view.text.clone()])?;
    Ok(if view.seq.is_some() { Exit::Done } else { Exit::Damaged })
}

/// Checks a receipt and the file beside it, against the case where one is named.
pub fn receipt(output: &Output, secret: Option<&Path>, case: Option<&Path>, place: &Path) -> anyhow::Result<Exit> {
    let bench = match case {
        Some(case) => session::reading(case, secret)?,
        None => session::bench()?,
    };
    let view = api::check_receipt(&bench, place)?;
    output.show(&view, |view: &ReceiptView| {
        vec![
            view.text.clone(),
            format!("Event {} of custody, code {}, {}.", view.seq, view.code, view.time),
            format!("Signed by {}.", view.key),
        ]
    })?;
    Ok(Exit::Done)
}

/// Asks for the newest events, of one action or with a text in them.
pub fn page(limit: u64, action: Option<String>, text: Option<String>) -> CustodyPageRequest {
    CustodyPageRequest {
        offset: 0,
        limit,
        action,
        text,
    }
}

/// Shows events of custody, latest first.
pub fn log(output: &Output, secret: Option<&Path>, case: &Path, wanted: CustodyPageRequest) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = api::page(&bench, wanted)?;
    output.show(&view, |view: &CustodyPageView| {
        let rows: Vec<Vec<String>> = view
            .events
            .iter()
            .map(|event| {
                vec![
                    event.seq.to_string(),
                    event.at.clone(),
                    event.action.clone(),
                    event.object.clone(),
                    event.who.clone(),
                    event.reason.clone(),
                    event.clock.clone(),
                ]
            })
            .collect();
        columns(&rows)
    })?;
    Ok(Exit::Done)
}
