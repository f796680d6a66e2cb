//! Markdown: the same report as plain text with tables, for notebooks, wikis and version control.
//!
//! CommonMark with pipe tables. Pictures are left out; everything they show stands in the tables. Every section
//! begins with the TLP mark. Footnotes use the `[^n]` form.

use std::fmt::Write as _;
use std::io;

use fusion_model::derived::Snapshot;

use crate::encode::markdown::text;
use crate::report::{CREDIBILITY, Cited, EventRow, FindingBlock, Listed, Notes, PartRow, Profile, RELIABILITY, Report};
use crate::{ExportError, ExportOptions, Exporter};

/// Writes the report as Markdown.
pub(crate) struct Markdown;

impl Exporter for Markdown {
    fn id(&self) -> &'static str {
        "markdown"
    }

    fn label(&self) -> &'static str {
        "Report as Markdown"
    }

    fn description(&self) -> &'static str {
        "The report as plain text with tables."
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn has_method_annex(&self) -> bool {
        true
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let report = Report::new(snapshot, options)?;
        out.write_all(render(&report).as_bytes())?;
        Ok(())
    }
}

/// Collects the document. Writing into a string cannot fail, so results of `write!` are dropped here.
struct Page {
    out: String,
    mark: String,
}

fn render(report: &Report) -> String {
    let mut page = Page {
        out: String::new(),
        mark: format!("TLP:{}", report.head.tlp.id()),
    };
    page.head(report);
    page.section("Summary");
    for subject in &report.summary {
        let _ = writeln!(page.out, "\n**{}** ({})\n", text(&subject.label), subject.level.id());
        subject
            .sentences
            .iter()
            .for_each(|sentence| page.item(&cited(sentence)));
    }
    page.alerts(report);
    page.section("Subject profiles");
    report.profiles.rows.iter().for_each(|profile| page.profile(profile));
    page.left_out(&report.profiles, "profiles");
    if !report.findings.rows.is_empty() {
        page.section("Further findings and contradictions");
        report.findings.rows.iter().for_each(|finding| page.finding(finding));
        page.left_out(&report.findings, "findings");
    }
    page.review(report);
    page.section("Timeline");
    report
        .timeline
        .patterns
        .rows
        .iter()
        .for_each(|pattern| page.item(&text(pattern)));
    page.left_out(&report.timeline.patterns, "patterns");
    page.events(&report.timeline.events);
    page.section("Network");
    report
        .network
        .measures
        .iter()
        .for_each(|measure| page.item(&text(measure)));
    page.entities(report);
    page.method(report);
    page.sources(report);
    page.footnotes(report);
    page.out
}

impl Page {
    fn head(&mut self, report: &Report) {
        let head = &report.head;
        let _ = writeln!(self.out, "**{}**\n\n# {}\n", self.mark, text(&head.title));
        for (name, value) in [
            ("Case", &head.case_name),
            ("Covers", &head.scope),
            ("As of", &head.as_of),
            ("Engine", &head.engine),
            ("Revision", &head.revision),
        ] {
            self.item(&format!("{name}: {}", text(value)));
        }
        let counts: Vec<String> = report
            .counts
            .iter()
            .map(|(label, number)| format!("{number} {}", text(label)))
            .collect();
        self.item(&counts.join(", "));
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n## {title}\n\n**{}**\n\n", self.mark);
    }

    fn item(&mut self, words: &str) {
        let _ = writeln!(self.out, "- {words}");
    }

    fn left_out<T>(&mut self, listed: &Listed<T>, what: &str) {
        if listed.left_out > 0 {
            let _ = writeln!(
                self.out,
                "\n{} further {what} are not shown here; the JSON export holds them all.",
                listed.left_out
            );
        }
    }

    fn table(&mut self, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let _ = writeln!(
            self.out,
            "\n| {} |\n|{}",
            heads.join(" | "),
            " --- |".repeat(heads.len())
        );
        for row in rows {
            let _ = writeln!(self.out, "| {} |", row.join(" | "));
        }
        self.out.push('\n');
    }

    fn alerts(&mut self, report: &Report) {
        if report.alerts.rows.is_empty() {
            return;
        }
        self.section("Alerts");
        let rows = report.alerts.rows.iter().map(|alert| {
            vec![
                alert.severity.id().to_owned(),
                text(&alert.rule),
                text(&alert.entity),
                cited(&alert.text),
            ]
        });
        self.table(&["Severity", "Rule", "Entity", "What came true"], rows);
        self.left_out(&report.alerts, "alerts");
    }

    fn profile(&mut self, profile: &Profile) {
        let _ = writeln!(
            self.out,
            "\n### {}\n\n{}. {}\n",
            text(&profile.label),
            text(&profile.described),
            text(&profile.network)
        );
        if !profile.aliases.is_empty() {
            let names: Vec<String> = profile.aliases.iter().map(cited).collect();
            let _ = writeln!(self.out, "Also named: {}\n", names.join(", "));
        }
        if !profile.facts.is_empty() {
            let rows = profile.facts.iter().map(|fact| {
                vec![
                    text(&fact.property),
                    cited(&fact.value),
                    text(&fact.confidence),
                    fact.origins.to_string(),
                ]
            });
            self.table(&["Property", "Value", "Confidence", "Origins"], rows);
        }
        for group in &profile.links {
            let _ = writeln!(self.out, "#### {}", text(group.kind.plural()));
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
            self.table(&["Link", "To", "Score", "Grade", "Rows", "When, how much", "Why"], rows);
            self.left_out(&group.links, "links");
        }
        let _ = writeln!(
            self.out,
            "#### Risk\n\n**{}** {} of 100.",
            profile.risk.level.id(),
            text(&profile.risk.score)
        );
        if let Some(flip) = &profile.risk.flip {
            let _ = writeln!(self.out, "{}", text(flip));
        }
        self.parts(&profile.risk.factors);
        profile.risk.findings.iter().for_each(|finding| self.finding(finding));
        let _ = writeln!(
            self.out,
            "#### Confidence in this profile: {} – {}",
            text(&profile.confidence.figure),
            profile.confidence.word
        );
        self.parts(&profile.confidence.parts);
        if !profile.events.rows.is_empty() {
            self.out.push_str("#### Events\n");
            self.events(&profile.events);
        }
    }

    fn parts(&mut self, parts: &[PartRow]) {
        if !parts.is_empty() {
            let rows = parts.iter().map(|part| {
                vec![
                    text(&part.name),
                    text(&part.score),
                    text(&part.weight),
                    cited(&part.why),
                ]
            });
            self.table(&["Part", "Value", "Weight %", "Why"], rows);
        }
    }

    fn finding(&mut self, finding: &FindingBlock) {
        let _ = writeln!(
            self.out,
            "- **{}** {}: {}",
            finding.severity.id(),
            text(&finding.rule),
            cited(&finding.text)
        );
        for (label, words) in [
            ("Innocent explanation", &finding.innocent),
            ("Next step", &finding.recommendation),
        ] {
            if !words.is_empty() {
                let _ = writeln!(self.out, "  - {label}: {}", text(words));
            }
        }
    }

    fn review(&mut self, report: &Report) {
        if report.review.rows.is_empty() {
            return;
        }
        self.section("Open questions of identity");
        let rows = report.review.rows.iter().map(|pair| {
            vec![
                text(&pair.left),
                text(&pair.right),
                text(&pair.likelihood),
                cited(&pair.why),
            ]
        });
        self.table(
            &[
                "Record",
                "Record",
                "Likelihood that they are one",
                "Why it waits for a person",
            ],
            rows,
        );
        self.left_out(&report.review, "pairs");
    }

    fn events(&mut self, events: &Listed<EventRow>) {
        if !events.rows.is_empty() {
            let rows = events.rows.iter().map(|event| {
                vec![
                    text(&event.when),
                    text(event.kind),
                    cited(&event.text),
                    text(&event.who),
                ]
            });
            self.table(&["When", "Sort", "What", "Who"], rows);
        }
        self.left_out(events, "events");
    }

    fn entities(&mut self, report: &Report) {
        self.section("All entities");
        let rows = report.entities.rows.iter().map(|row| {
            vec![
                text(row.kind.label()),
                text(&row.label),
                text(&row.confidence),
                row.level.id().to_owned(),
                text(&row.risk),
                row.degree.to_string(),
                row.sources.to_string(),
            ]
        });
        self.table(
            &["Kind", "Label", "Confidence", "Risk", "of 100", "Links", "Sources"],
            rows,
        );
        self.left_out(&report.entities, "entities");
    }

    fn method(&mut self, report: &Report) {
        self.section("Method and wording");
        for paragraph in &report.method.paragraphs {
            let _ = writeln!(self.out, "{}\n", text(paragraph));
        }
        for (title, bands) in [
            ("Likelihood words (ICD 203)", &report.method.likelihood),
            ("Confidence words", &report.method.confidence),
        ] {
            let _ = writeln!(self.out, "### {title}");
            self.table(
                &["Band", "Words"],
                bands.iter().map(|(band, word)| vec![text(band), text(word)]),
            );
        }
        self.out.push_str("### Grades (Admiralty system)\n");
        let letters = RELIABILITY.iter().map(|(letter, words)| (letter.id(), *words));
        let grades = letters.chain(CREDIBILITY.iter().map(|(number, words)| (number.id(), *words)));
        self.table(
            &["Grade", "Meaning"],
            grades.map(|(id, words)| vec![text(id), text(words)]),
        );
        report.method.stages.iter().for_each(|stage| self.item(&text(stage)));
    }

    fn sources(&mut self, report: &Report) {
        self.section("Sources");
        let rows = report.sources.iter().enumerate().map(|(index, source)| {
            vec![
                (index + 1).to_string(),
                text(&source.name),
                text(&source.kind),
                text(&source.grade),
                text(&source.acquired),
                text(&source.extent),
                text(&source.sha256),
            ]
        });
        self.table(
            &["No.", "Source", "Kind", "Grade", "Acquired", "Extent", "SHA-256"],
            rows,
        );
    }

    fn footnotes(&mut self, report: &Report) {
        self.section("Footnotes");
        for (index, note) in report.footnotes.iter().enumerate() {
            let _ = writeln!(
                self.out,
                "[^{}]: {}, {}, {}: “{}” {}\n",
                index + 1,
                text(&note.source),
                text(&note.place),
                text(&note.field),
                text(&note.quote),
                text(&note.grade)
            );
        }
    }
}

fn cited(cited: &Cited) -> String {
    format!("{}{}", text(&cited.text), notes(&cited.notes))
}

fn notes(notes: &Notes) -> String {
    let links: String = notes.numbers.iter().map(|number| format!("[^{number}]")).collect();
    if notes.more > 0 {
        format!("{links} \\+{}", notes.more)
    } else {
        links
    }
}
