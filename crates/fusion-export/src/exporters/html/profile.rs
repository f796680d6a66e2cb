//! The profile of one entity, and the pieces it shares with other sections: findings and events.

use fusion_model::Level;

use super::tables::{cited, grouped_table, left_out, level, table};
use crate::encode::html::text;
use crate::picture::svg::legend_sign;
use crate::report::{EventRow, FindingBlock, LinkGroup, PartRow, Profile};

/// Renders the profile of one entity.
pub(super) fn profile(profile: &Profile) -> String {
    let mut out = format!(
        "<div class=\"profile\" id=\"e{}\">\n<h3>{} {}</h3>\n<p class=\"soft\">{}. {} <span class=\"mono\">{}</span></p>\n",
        profile.id,
        legend_sign(profile.kind),
        text(&profile.label),
        text(&profile.described),
        text(&profile.network),
        profile.id
    );
    if !profile.aliases.is_empty() {
        let names: Vec<String> = profile.aliases.iter().map(cited).collect();
        out.push_str(&format!(
            "<p><span class=\"label\">Also named</span> {}</p>\n",
            names.join(", ")
        ));
    }
    if !profile.facts.is_empty() {
        out.push_str("<h4>What is said</h4>\n");
        let rows = profile.facts.iter().map(|fact| {
            vec![
                text(&fact.property),
                cited(&fact.value),
                text(&fact.confidence),
                fact.origins.to_string(),
            ]
        });
        out.push_str(&table(
            &[
                ("Property", "tight"),
                ("Value", "wide"),
                ("Confidence", "num"),
                ("Origins", "num"),
            ],
            rows,
        ));
    }
    out.push_str(&links(&profile.links));
    out.push_str(&risk(profile));
    out.push_str(&format!(
        "<h4>Confidence in this profile: {} – {}</h4>\n{}",
        text(&profile.confidence.figure),
        profile.confidence.word,
        parts(&profile.confidence.parts)
    ));
    if !profile.events.rows.is_empty() {
        out.push_str("<h4>Events</h4>\n");
        out.push_str(&events(&profile.events.rows));
        out.push_str(&left_out(profile.events.left_out, "events"));
    }
    out.push_str("</div>\n");
    out
}

/// Renders all links of a profile in one table, so that columns line up across the groups.
fn links(groups: &[LinkGroup]) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let heads = [
        ("Link", ""),
        ("To", "wide"),
        ("Score", "num"),
        ("Grade", "tight"),
        ("Rows", "num"),
        ("When, how much", ""),
        ("Why", "wide"),
    ];
    let bodies = groups.iter().map(|group| {
        let rows = group.links.rows.iter().map(|link| {
            vec![
                text(&link.relation),
                text(&link.other),
                text(&link.score),
                text(&link.grade),
                link.count.to_string(),
                text(&link.detail),
                cited(&link.why),
            ]
        });
        let title = match group.links.left_out {
            0 => group.kind.plural().to_owned(),
            number => format!("{} ({number} further ones not shown)", group.kind.plural()),
        };
        (title, rows.collect())
    });
    format!("<h4>Links</h4>\n{}", grouped_table(&heads, bodies))
}

fn risk(profile: &Profile) -> String {
    let risk = &profile.risk;
    let mut out = format!("<h4>Risk</h4>\n<p>{} {} of 100.", level(risk.level), text(&risk.score));
    if let Some(flip) = &risk.flip {
        out.push_str(&format!(" {}", text(flip)));
    }
    out.push_str("</p>\n");
    if risk.level > Level::Minimal || !risk.findings.is_empty() {
        out.push_str(&parts(&risk.factors));
    }
    out.push_str(&risk.findings.iter().map(finding).collect::<String>());
    out
}

fn parts(parts: &[PartRow]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let rows = parts.iter().map(|part| {
        vec![
            text(&part.name),
            text(&part.score),
            text(&part.weight),
            cited(&part.why),
        ]
    });
    table(
        &[
            ("Part", "tight"),
            ("Value", "num"),
            ("Weight %", "num"),
            ("Why", "wide"),
        ],
        rows,
    )
}

/// Renders one finding with its innocent explanation.
pub(super) fn finding(finding: &FindingBlock) -> String {
    let mut out = format!(
        "<div class=\"finding\">\n<p>{} <span class=\"label\">{}</span> {}</p>\n",
        level(finding.severity),
        text(&finding.rule),
        cited(&finding.text)
    );
    for (label, words) in [
        ("Innocent explanation", &finding.innocent),
        ("Next step", &finding.recommendation),
    ] {
        if !words.is_empty() {
            out.push_str(&format!(
                "<p><span class=\"label\">{label}:</span> {}</p>\n",
                text(words)
            ));
        }
    }
    out.push_str("</div>\n");
    out
}

/// Renders a table of events.
pub(super) fn events(rows: &[EventRow]) -> String {
    let rows = rows.iter().map(|event| {
        vec![
            text(&event.when),
            text(event.kind),
            cited(&event.text),
            text(&event.who),
        ]
    });
    table(
        &[("When", "date"), ("Sort", "tight"), ("What", "wide"), ("Who", "wide")],
        rows,
    )
}
