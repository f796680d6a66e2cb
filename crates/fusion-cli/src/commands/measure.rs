//! review --measure and --sample: how often the engine is right, and the pairs that chance draws to find out.

use std::path::Path;

use fusion_api::commands::measure::{self, GroupView, MeasureRequest, ProposalView, SampleRequest, ShareView};
use fusion_api::view::feature_words;

use super::explain::pair_text;
use crate::exit::Exit;
use crate::output::{Output, columns};
use crate::session;

/// A title, its rows, and how the key of a row is put into words.
type Table<'a> = (&'a str, &'a [GroupView], fn(&str) -> String);

pub fn measure(output: &Output, secret: Option<&Path>, case: &Path) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = measure::measure(&bench, MeasureRequest { goal: None })?;
    output.show(&view, |view| {
        let linked = view.strata.first().map(|group| &group.share);
        let mut lines = vec![
            format!("precision {}", linked.map(share_text).unwrap_or_default()),
            format!(
                "recall    {}  (among compared pairs; over everything it is lower)",
                share_text(&view.recall)
            ),
        ];
        let as_it_is = |key: &str| key.to_owned();
        let tables: [Table<'_>; 3] = [
            ("by what the engine decides", &view.strata, as_it_is),
            ("linked, by probability in percent", &view.bands, as_it_is),
            ("linked, by strongest evidence", &view.evidence, feature_words),
        ];
        for (title, groups, name) in tables {
            lines.push(format!(
                "{title}: pairs, drawn and chosen verdicts, share of the same with its interval of 95 %"
            ));
            lines.extend(columns(
                &groups.iter().map(|group| group_row(group, name)).collect::<Vec<_>>(),
            ));
        }
        if view.elsewhere > 0 {
            lines.push(format!(
                "{} verdicts are on pairs that were not compared.",
                view.elsewhere
            ));
        }
        lines.extend(proposal_text(&view.proposal));
        lines.push(
            "Only pairs that chance has drawn enter an interval: `fusion review CASE --sample linked` names the next."
                .to_owned(),
        );
        lines
    })?;
    Ok(Exit::Done)
}

pub fn sample(output: &Output, secret: Option<&Path>, case: &Path, stratum: &str, limit: u64) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let stratum = stratum.to_owned();
    let view = measure::sample(&bench, SampleRequest { stratum, limit })?;
    output.show(&view, |view| {
        let mut lines = Vec::new();
        for pair in &view.pairs {
            lines.push(format!("{} {}", pair.left.id, pair.right.id));
            lines.extend(pair_text(pair));
        }
        lines.push(format!(
            "{} pairs of this sort are not judged; judge them in this order.",
            view.total
        ));
        lines
    })?;
    Ok(Exit::Done)
}

fn percent(points: u32) -> String {
    format!("{}.{:02} %", points / 100, points % 100)
}

fn share_text(share: &ShareView) -> String {
    let ends = format!("{} to {}", percent(share.low), percent(share.high));
    match share.estimate {
        Some(estimate) => format!("{} ({ends})", percent(estimate)),
        None if share.low == 0 => "not measured yet".to_owned(),
        None => format!("between {ends}"),
    }
}

fn group_row(group: &GroupView, name: fn(&str) -> String) -> Vec<String> {
    let seen = |tally: &measure::TallyView| (tally.same + tally.different + tally.unsure).to_string();
    vec![
        format!("  {}", name(&group.key)),
        group.pairs.to_string(),
        seen(&group.drawn),
        seen(&group.chosen),
        share_text(&group.share),
    ]
}

fn proposal_text(proposal: &ProposalView) -> [String; 2] {
    let line = |name: &str, word: &str, missing: u64, now: i32, then: i32| match word {
        "moved" => format!("{name}: the verdicts speak for {then} millibits instead of {now}"),
        "holds" => format!("{name}: the verdicts speak for {now} millibits, as now"),
        _ => format!("{name}: {now} millibits; at least {missing} more drawn verdicts are needed to say"),
    };
    let (now, then) = (&proposal.now, &proposal.proposed);
    [
        line(
            "joined from",
            &proposal.link,
            proposal.link_missing,
            now.link_millibits,
            then.link_millibits,
        ),
        line(
            "asked from",
            &proposal.review,
            proposal.review_missing,
            now.review_millibits,
            then.review_millibits,
        ),
    ]
}
