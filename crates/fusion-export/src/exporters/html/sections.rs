//! The sections of the report, in order. A section that has nothing to say renders as nothing and is left out.

use super::profile::{events, finding, profile};
use super::tables::{cited, left_out, level, list, table};
use crate::encode::html::text;
use crate::picture::svg::legend_sign;
use crate::report::{CREDIBILITY, RELIABILITY, Report, SubjectSummary};

/// Describes one section.
pub(super) struct Section {
    /// Anchor.
    pub(super) id: &'static str,
    /// Heading.
    pub(super) title: &'static str,
    /// Renders the body; empty when there is nothing to say.
    pub(super) render: fn(&Report) -> String,
}

/// All sections in their order.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        id: "summary",
        title: "Summary",
        render: summary,
    },
    Section {
        id: "alerts",
        title: "Alerts",
        render: alerts,
    },
    Section {
        id: "profiles",
        title: "Subject profiles",
        render: profiles,
    },
    Section {
        id: "findings",
        title: "Further findings and contradictions",
        render: findings,
    },
    Section {
        id: "review",
        title: "Open questions of identity",
        render: review,
    },
    Section {
        id: "timeline",
        title: "Timeline",
        render: timeline,
    },
    Section {
        id: "network",
        title: "Network",
        render: network,
    },
    Section {
        id: "entities",
        title: "All entities",
        render: entities,
    },
    Section {
        id: "method",
        title: "Method and wording",
        render: method,
    },
    Section {
        id: "sources",
        title: "Sources",
        render: sources,
    },
    Section {
        id: "notes",
        title: "Footnotes",
        render: footnotes,
    },
];

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

fn timeline(report: &Report) -> String {
    let part = &report.timeline;
    if part.events.rows.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    if let Some(picture) = &part.picture {
        let births = if picture.births > 0 {
            format!(" {} births lie outside and are not drawn.", picture.births)
        } else {
            String::new()
        };
        out.push_str(&format!(
            "<figure>\n{}<figcaption id=\"timeline-caption\">Events by sort; a number stands for events that fall together. Grey ground marks a silence, blue ground a burst.{births}</figcaption>\n</figure>\n",
            picture.svg("timeline-caption")
        ));
    }
    out.push_str(&list(
        &part.patterns.iter().map(|pattern| text(pattern)).collect::<Vec<_>>(),
    ));
    out.push_str(&events(&part.events.rows));
    out + &left_out(part.events.left_out, "events")
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

fn sources(report: &Report) -> String {
    if report.sources.is_empty() {
        return String::new();
    }
    let rows = report.sources.iter().enumerate().map(|(index, source)| {
        vec![
            (index + 1).to_string(),
            format!(
                "<span id=\"s{}\">{}</span><br><span class=\"mono soft\">{}</span>",
                index + 1,
                text(&source.name),
                text(&source.sha256)
            ),
            text(&source.kind),
            text(&source.grade),
            text(&source.acquired),
            text(&source.extent),
        ]
    });
    table(
        &[
            ("No.", "num"),
            ("Source and SHA-256", "wide"),
            ("Kind", "tight"),
            ("Grade", "tight"),
            ("Acquired", ""),
            ("Extent", ""),
        ],
        rows,
    )
}

fn footnotes(report: &Report) -> String {
    if report.footnotes.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"footnotes\">\n");
    for (index, note) in report.footnotes.iter().enumerate() {
        out.push_str(&format!(
            "<li id=\"n{}\"><a href=\"#s{}\">{}</a>, {}, <span class=\"mono\">{}</span>: <q>{}</q> <span class=\"label\">{}</span></li>\n",
            index + 1,
            note.source_number,
            text(&note.source),
            text(&note.place),
            text(&note.field),
            text(&note.quote),
            text(&note.grade)
        ));
    }
    out.push_str("</ol>\n");
    out
}
