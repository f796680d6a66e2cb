//! The frame of the page: head, title block, contents, sections in order.

use fusion_model::Tlp;

use super::{sections, style, style_source};
use crate::encode::html::text;
use crate::report::Report;

/// Renders the whole page.
pub(super) fn render(report: &Report) -> String {
    let mark = Mark::new(report.head.tlp);
    let mut out = String::with_capacity(256 * 1024);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let policy = format!(
        "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'",
        style_source()
    );
    out.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
    ));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str(&format!(
        "<title>{} · {}</title>\n",
        text(&report.head.title),
        mark.words
    ));
    out.push_str(&format!("<style>{}</style>\n</head>\n", style()));
    out.push_str(&format!("<body class=\"{}\">\n", mark.class));
    out.push_str(&title_block(report, &mark));
    out.push_str("<main>\n");
    let mut number = 0;
    for section in sections::SECTIONS {
        let body = (section.render)(report);
        if body.is_empty() {
            continue;
        }
        number += 1;
        out.push_str(&format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-head\">\n<div class=\"bar\"><h2 id=\"{id}-head\">{number} {}</h2>{}</div>\n{body}</section>\n",
            section.title,
            mark.sign(),
            id = section.id
        ));
    }
    out.push_str("</main>\n");
    out.push_str(&format!(
        "<footer class=\"end\"><span class=\"label\">Case {} · revision <span class=\"mono\">{}</span></span>{}</footer>\n",
        text(&report.head.case_name),
        text(report.head.revision.get(..16).unwrap_or_default()),
        mark.sign()
    ));
    out.push_str("</body>\n</html>\n");
    out
}

/// Holds the words and the class of a TLP mark.
struct Mark {
    words: String,
    class: String,
}

impl Mark {
    fn new(tlp: Tlp) -> Self {
        Self {
            words: format!("TLP:{}", tlp.id()),
            class: format!("tlp-{}", tlp.id().to_ascii_lowercase().replace('+', "-")),
        }
    }

    fn sign(&self) -> String {
        format!("<span class=\"tlp\">{}</span>", self.words)
    }
}

fn title_block(report: &Report, mark: &Mark) -> String {
    let head = &report.head;
    let mut out = format!(
        "<header>\n<div class=\"banner\"><span class=\"label\">Fusion report</span>{}</div>\n",
        mark.sign()
    );
    out.push_str(&format!("<h1>{}</h1>\n<dl class=\"meta\">\n", text(&head.title)));
    for (name, value, class) in [
        ("Case", &head.case_name, ""),
        ("Covers", &head.scope, ""),
        ("As of", &head.as_of, ""),
        ("Engine", &head.engine, ""),
        ("Revision", &head.revision, " class=\"mono\""),
    ] {
        out.push_str(&format!("<dt>{name}</dt><dd{class}>{}</dd>\n", text(value)));
    }
    out.push_str("</dl>\n<ul class=\"count-list\">\n");
    for (label, number) in &report.counts {
        out.push_str(&format!("<li><b>{number}</b> {}</li>\n", text(label)));
    }
    out.push_str("</ul>\n<nav aria-label=\"Contents\">\n<ol>\n");
    for section in sections::SECTIONS
        .iter()
        .filter(|section| !(section.render)(report).is_empty())
    {
        out.push_str(&format!("<li><a href=\"#{}\">{}</a></li>\n", section.id, section.title));
    }
    out.push_str("</ol>\n</nav>\n</header>\n");
    out
}
