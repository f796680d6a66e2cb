//! The frame of a page: head, title block, contents, sections in order.
//!
//! It knows nothing of what the sections say; a section that has nothing to say is left out.

use fusion_model::Tlp;

use super::{style, style_source};
use crate::encode::html::text;
use crate::report::Head;

/// Holds what a page shows.
pub(super) struct Page<'a> {
    /// Sort of document, in the banner.
    pub(super) banner: &'static str,
    /// Title block.
    pub(super) head: &'a Head,
    /// Sizes: label and number.
    pub(super) counts: &'a [(String, usize)],
    /// Sections in their order.
    pub(super) sections: Vec<Section>,
}

/// Holds one section.
pub(super) struct Section {
    id: &'static str,
    title: &'static str,
    body: String,
}

impl Section {
    /// Makes a section from its anchor, its heading and its body, which is markup already.
    pub(super) fn new(id: &'static str, title: &'static str, body: String) -> Self {
        Self { id, title, body }
    }
}

/// Renders the whole page.
pub(super) fn render(mut page: Page<'_>) -> String {
    page.sections.retain(|section| !section.body.is_empty());
    let mark = Mark::new(page.head.tlp);
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
    out.push_str(&format!("<title>{} · {}</title>\n", text(&page.head.title), mark.words));
    out.push_str(&format!("<style>{}</style>\n</head>\n", style()));
    out.push_str(&format!("<body class=\"{}\">\n", mark.class));
    out.push_str(&title_block(&page, &mark));
    out.push_str("<main>\n");
    for (index, section) in page.sections.iter().enumerate() {
        out.push_str(&format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-head\">\n<div class=\"bar\"><h2 id=\"{id}-head\">{number} {}</h2>{}</div>\n{}</section>\n",
            section.title,
            mark.sign(),
            section.body,
            id = section.id,
            number = index + 1
        ));
    }
    out.push_str("</main>\n");
    out.push_str(&format!(
        "<footer class=\"end\"><span class=\"label\">Case {} · revision <span class=\"mono\">{}</span></span>{}</footer>\n",
        text(&page.head.case_name),
        text(page.head.revision.get(..16).unwrap_or_default()),
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

fn title_block(page: &Page<'_>, mark: &Mark) -> String {
    let head = page.head;
    let mut out = format!(
        "<header>\n<div class=\"banner\"><span class=\"label\">{}</span>{}</div>\n",
        page.banner,
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
    for (label, number) in page.counts {
        out.push_str(&format!("<li><b>{number}</b> {}</li>\n", text(label)));
    }
    out.push_str("</ul>\n<nav aria-label=\"Contents\">\n<ol>\n");
    for section in &page.sections {
        out.push_str(&format!("<li><a href=\"#{}\">{}</a></li>\n", section.id, section.title));
    }
    out.push_str("</ol>\n</nav>\n</header>\n");
    out
}
