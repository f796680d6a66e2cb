//! explain, review, judge.

use std::path::Path;
use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::commands::import::fuse_now;
use fusion_api::commands::review::{self, ExplainRequest, JudgeRequest, QuestionView, ReviewPageRequest};
use fusion_api::open_case::Extent;
use fusion_api::view::{PairView, feature_words};

use crate::arguments::VerdictArgument;
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::progress::Line;
use crate::session;
use crate::target;

/// Reads a record id as it stands, anything else as a target.
fn side(output: &Output, bench: &Arc<Workbench>, text: &str) -> anyhow::Result<String> {
    let case = bench.case()?;
    if case.picture()?.knows_record(text) {
        return Ok(text.to_owned());
    }
    target::one(output, &case, text)
}

pub fn explain(output: &Output, secret: Option<&Path>, case: &Path, a: &str, b: &str) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = review::explain(
        &bench,
        ExplainRequest {
            left: side(output, &bench, a)?,
            right: side(output, &bench, b)?,
        },
    )?;
    output.show(&view, |view| {
        let mut lines = pair_text(&view.pair);
        lines.push(
            if view.together {
                "They are one entity."
            } else {
                "They are two entities."
            }
            .to_owned(),
        );
        for step in &view.path {
            lines.push(format!(
                "joined by: {} = {}  ({})",
                step.left.label, step.right.label, step.why
            ));
        }
        lines.extend(
            view.would_change
                .iter()
                .map(|change| format!("would change it: {change}")),
        );
        lines
    })?;
    Ok(Exit::Done)
}

pub fn pair_text(pair: &PairView) -> Vec<String> {
    let mut lines = vec![
        format!("{}  <->  {}", pair.left.label, pair.right.label),
        format!("  {}: {}", pair.decision, pair.why),
        format!(
            "  {} ({:.1} bits, probability {:.4})",
            pair.likelihood,
            f64::from(pair.score_millibits) / 1000.0,
            pair.probability
        ),
    ];
    let mut rows = vec![vec!["  prior".to_owned(), bits(pair.prior_millibits), String::new()]];
    rows.extend(pair.contributions.iter().map(|part| {
        vec![
            format!("  {}", feature_words(&part.feature)),
            bits(part.weight_millibits + part.rarity_millibits),
            part.words(),
            format!("{} | {}", part.left, part.right),
        ]
    }));
    lines.extend(columns(&rows));
    lines
}

fn bits(millibits: i32) -> String {
    format!("{:+.1}", f64::from(millibits) / 1000.0)
}

pub fn review(output: &Output, secret: Option<&Path>, case: &Path, limit: u64) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let request = ReviewPageRequest {
        decisions: vec!["review".to_owned()],
        offset: 0,
        limit,
        order: None,
    };
    let view = review::page(&bench, request)?;
    output.show(&view, |view| {
        let mut lines = Vec::new();
        for (pair, question) in view.pairs.iter().zip(&view.questions) {
            lines.push(format!("{} {}", pair.left.id, pair.right.id));
            lines.push(stake_text(question));
            lines.extend(pair_text(pair));
        }
        lines.push(format!("{} pairs wait for a verdict.", view.total));
        lines
    })?;
    Ok(Exit::Done)
}

/// Says what hangs on a verdict.
fn stake_text(question: &QuestionView) -> String {
    let mut parts = vec![format!("open: {} of 1000 millibits", question.uncertainty_millibits)];
    if question.settled > 1 {
        parts.push(format!("settles {} pairs", question.settled));
    }
    if question.left_records + question.right_records > 2 {
        parts.push(format!(
            "joins {} records",
            question.left_records + question.right_records
        ));
    }
    if question.relations > 0 {
        parts.push(format!("{} relations would move", question.relations));
    }
    if question.alerts > 0 {
        parts.push(format!("{} alerts", question.alerts));
    }
    if question.left_risk != "MINIMAL" || question.right_risk != "MINIMAL" {
        parts.push(format!("risk {} and {}", question.left_risk, question.right_risk));
    }
    if question.looked_at {
        parts.push("somebody has looked at it and was unsure".to_owned());
    }
    parts.join("; ")
}

pub fn judge(
    output: &Output,
    secret: Option<&Path>,
    case: &Path,
    (a, b): (&str, &str),
    verdict: VerdictArgument,
    reason: String,
) -> anyhow::Result<Exit> {
    let bench = session::writing(case, secret)?;
    let verdict = match verdict {
        VerdictArgument::Same => "same",
        VerdictArgument::Different => "different",
        VerdictArgument::Unsure => "unsure",
    };
    let (left, right) = (side(output, &bench, a)?, side(output, &bench, b)?);
    let request = JudgeRequest {
        left: left.clone(),
        right: right.clone(),
        verdict: verdict.to_owned(),
        reason,
    };
    review::record_verdict(&bench, &request)?;
    let line = Line::new(output);
    fuse_now(&bench, None, Extent::WhatChanged, &line)?;
    drop(line);
    let view = review::explain(&bench, ExplainRequest { left, right });
    match view {
        Ok(view) => output.show(&view, |view| {
            vec![format!(
                "Recorded: {verdict}. They are {} now.",
                if view.together { "one entity" } else { "two entities" }
            )]
        })?,
        // The entities were merged, so the ids that were given may now name one thing.
        Err(_) => output.show(&serde_json::json!({ "verdict": verdict }), |_| {
            vec![format!("Recorded: {verdict}.")]
        })?,
    }
    Ok(Exit::Done)
}
