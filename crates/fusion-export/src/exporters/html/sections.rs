//! The sections of the report, in order. A section that has nothing to say renders as nothing and is left out.

use super::page::Section;
use super::profile::{finding, profile};
use super::tables::{cited, left_out, level, list, table};
use super::{provenance, timeline};
use crate::encode::html::text;
use crate::picture::svg::legend_sign;
use crate::report::{CREDIBILITY, RELIABILITY, Report, SubjectSummary};

/// Renders all sections in their order.
pub(super) fn sections(report: &Report) -> Vec<Section> {
    vec![
        Section::new("summary", "Summary", summary(report)),
        Section::new("alerts", "Alerts", alerts(report)),
        Section::new("profiles", "Subject profiles", profiles(report)),
        Section::new("findings", "Further findings and contradictions", findings(report)),
        Section::new("review", "Open questions of identity", review(report)),
        Section::new("timeline", "Timeline", timeline::section(&report.timeline)),
        Section::new("network", "Network", network(report)),
        Section::new("entities", "All entities", entities(report)),
        Section::new("method", "Method and wording", method(report)),
        Section::new("sources", "Sources", provenance::sources(&report.sources)),
        Section::new("notes", "Footnotes", provenance::footnotes(&report.footnotes)),
    ]
}

fn summary(report: &Report) -> String {
    if report.summary.is_empty() {
        return "<p>No person or organization is described in the evidence.</p>\n".to_owned();
    }
    let subject = |subject: &SubjectSummary| {
        let sentences: Vec<String> = subject.sentences.iter().map(cited).collect();
        format!(
            "<p class=\"subject-line\"><a href=\"#e{}\">{}</a> {}</p>\n{}",
            subject.id,
            text(&subject.label),
            level(subject.level),
            list(&sentences)
        )
    };
    report.summary.iter().map(subject).collect::<String>()
        + &left_out(report.profiles.left_out, "people and organizations")
}

fn alerts(report: &Report) -> String {
    if report.alerts.rows.is_empty() {
        return String::new();
    }
    let rows = report.alerts.rows.iter().map(|alert| {
        vec![
            level(alert.severity),
            text(&alert.rule),
            text(&alert.entity),
            cited(&alert.text),
        ]
    });
    table(
        &[
            ("Severity", "tight"),
            ("Rule", ""),
            ("Entity", "wide"),
            ("What came true", "wide"),
        ],
        rows,
    ) + &left_out(report.alerts.left_out, "alerts")
}

fn profiles(report: &Report) -> String {
    let profiles: Vec<String> = report.profiles.rows.iter().map(profile).collect();
    if profiles.is_empty() {
        return String::new();
    }
    profiles.concat() + &left_out(report.profiles.left_out, "profiles")
}

fn findings(report: &Report) -> String {
    if report.findings.rows.is_empty() {
        return String::new();
    }
    report.findings.rows.iter().map(finding).collect::<String>() + &left_out(report.findings.left_out, "findings")
}

fn review(report: &Report) -> String {
    if report.review.rows.is_empty() {
        return String::new();
    }
    let rows = report.review.rows.iter().map(|pair| {
        vec![
            text(&pair.left),
            text(&pair.right),
            text(&pair.likelihood),
            cited(&pair.why),
        ]
    });
    let heads = [
        ("Record", "wide"),
        ("Record", "wide"),
        ("Likelihood that they are one", ""),
        ("Why it waits for a person", "wide"),
    ];
    table(&heads, rows) + &left_out(report.review.left_out, "pairs")
}

fn network(report: &Report) -> String {
    let part = &report.network;
    let mut out = String::new();
    if let Some(picture) = &part.picture {
        let not_drawn = if picture.left_out > 0 {
            format!(
                " {} of {} entities are drawn, those nearest to the subjects first.",
                picture.nodes.len(),
                picture.nodes.len() + picture.left_out
            )
        } else {
            String::new()
        };
        out.push_str(&format!(
            "<figure>\n{}<figcaption id=\"network-caption\">Entities and their links; filled signs have a profile, dashed lines are links with a score below 60, an arrow shows the direction.{not_drawn}</figcaption>\n</figure>\n<ul class=\"legend\">\n",
            picture.svg("network-caption")
        ));
        for kind in picture.kinds() {
            out.push_str(&format!("<li>{} {}</li>\n", legend_sign(kind), text(kind.label())));
        }
        out.push_str("</ul>\n");
    }
    out + &list(&part.measures.iter().map(|measure| text(measure)).collect::<Vec<_>>())
}

fn entities(report: &Report) -> String {
    if report.entities.rows.is_empty() {
        return String::new();
    }
    let rows = report.entities.rows.iter().map(|row| {
        let label = match &row.profile {
            Some(id) => format!("<a href=\"#e{id}\">{}</a>", text(&row.label)),
            None => text(&row.label),
        };
        vec![
            format!("{} {}", legend_sign(row.kind), text(row.kind.label())),
            label,
            text(&row.confidence),
            level(row.level),
            text(&row.risk),
            row.degree.to_string(),
            row.sources.to_string(),
        ]
    });
    let heads = [
        ("Kind", "tight"),
        ("Label", "wide"),
        ("Confidence", "num"),
        ("Risk", ""),
        ("of 100", "num"),
        ("Links", "num"),
        ("Sources", "num"),
    ];
    table(&heads, rows) + &left_out(report.entities.left_out, "entities")
}

fn method(report: &Report) -> String {
    let method = &report.method;
    let mut out: String = method
        .paragraphs
        .iter()
        .map(|paragraph| format!("<p>{}</p>\n", text(paragraph)))
        .collect();
    out.push_str("<div class=\"columns\">\n<div>\n<h3 class=\"minor\">Likelihood words (ICD 203)</h3>\n");
    let bands = |head: &'static str, bands: &[(String, &'static str)]| {
        table(
            &[(head, "num"), ("Words", "")],
            bands.iter().map(|(band, word)| vec![text(band), text(word)]),
        )
    };
    out.push_str(&bands("Probability", &method.likelihood));
    out.push_str("</div>\n<div>\n<h3 class=\"minor\">Confidence words</h3>\n");
    out.push_str(&bands("Score", &method.confidence));
    out.push_str("</div>\n<div>\n<h3 class=\"minor\">Grade of a source (letter)</h3>\n");
    let grade = |rows: Vec<(&'static str, &'static str)>| {
        table(
            &[("Grade", "tight"), ("Meaning", "")],
            rows.into_iter().map(|(id, words)| vec![text(id), text(words)]),
        )
    };
    out.push_str(&grade(
        RELIABILITY
            .iter()
            .map(|(letter, words)| (letter.id(), *words))
            .collect(),
    ));
    out.push_str("</div>\n<div>\n<h3 class=\"minor\">Grade of an item (number)</h3>\n");
    out.push_str(&grade(
        CREDIBILITY
            .iter()
            .map(|(number, words)| (number.id(), *words))
            .collect(),
    ));
    out.push_str("</div>\n</div>\n");
    if !method.stages.is_empty() {
        out.push_str("<h3 class=\"minor\">How the run went</h3>\n");
        out.push_str(&list(
            &method.stages.iter().map(|stage| text(stage)).collect::<Vec<_>>(),
        ));
    }
    out
}
