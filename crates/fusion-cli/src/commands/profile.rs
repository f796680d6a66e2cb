//! profile, why.

use std::path::Path;
use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::commands::entities::{self, EntityGetRequest, StatementsGetRequest};
use fusion_api::lookup;
use fusion_api::view::{ConfidenceView, EntityView, RiskView, StatementView};
use serde::Serialize;

use crate::arguments::Number;
use crate::exit::Exit;
use crate::output::Output;
use crate::session;
use crate::target;

fn find(output: &Output, bench: &Arc<Workbench>, target: &str) -> anyhow::Result<EntityView> {
    let case = bench.case()?;
    let id = target::one(output, &case, target)?;
    let moved = lookup::moved(&case, target)?;
    let view = entities::get(bench, EntityGetRequest { id })?;
    Ok(EntityView { moved, ..view })
}

pub fn profile(output: &Output, secret: Option<&Path>, case: &Path, targets: &[String]) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    if let [target] = targets {
        let view = find(output, &bench, target)?;
        output.show(&view, text)?;
        return Ok(Exit::Done);
    }
    let mut found = Vec::new();
    let mut exit = Exit::Done;
    for target in targets {
        match find(output, &bench, target) {
            Ok(view) => found.push(view),
            Err(error) => {
                output.note(&format!("error: {error:#}"));
                exit = Exit::Partly;
            }
        }
    }
    output.show(&found, |found| found.iter().flat_map(text).collect())?;
    Ok(exit)
}

fn text(view: &EntityView) -> Vec<String> {
    let mut lines = vec![
        format!("{} ({})", view.entity.label, view.entity.kind),
        format!("  id          {}", view.entity.id),
        format!(
            "  confidence  {:.0} ({:.0} to {:.0})",
            view.confidence.score, view.confidence.low, view.confidence.high
        ),
        format!("  risk        {} {:.0}", view.risk.level, view.risk.score),
    ];
    if !view.aliases.is_empty() {
        let names: Vec<&str> = view.aliases.iter().map(|alias| alias.name.as_str()).collect();
        lines.push(format!("  also        {}", names.join(", ")));
    }
    if !view.tags.is_empty() {
        lines.push(format!("  tags        {}", view.tags.join(", ")));
    }
    lines.extend(
        view.notes
            .iter()
            .map(|note| format!("  note        {} ({}, {})", note.text, note.author, note.at)),
    );
    lines.push("facts".to_owned());
    lines.extend(view.facts.iter().map(|fact| {
        format!(
            "  {:<16} {}  ({:.0}, {} origins)",
            fact.property, fact.value, fact.confidence.score, fact.origins
        )
    }));
    lines.push("relations".to_owned());
    lines.extend(view.relations.iter().map(|relation| {
        let arrow = match relation.direction.as_str() {
            "in" => "<-",
            "out" => "->",
            _ => "--",
        };
        format!(
            "  {arrow} {:<14} {} ({})  {:.0} {}",
            relation.kind, relation.other.label, relation.other.kind, relation.score, relation.grade.text
        )
    }));
    lines.push("events".to_owned());
    lines.extend(
        view.events
            .iter()
            .map(|event| format!("  {}  {}", event.span.text, event.text)),
    );
    lines.push("findings".to_owned());
    lines.extend(
        view.findings
            .iter()
            .map(|finding| format!("  {:<8} {}", finding.severity, finding.text)),
    );
    lines.push("sources".to_owned());
    lines.extend(view.sources.iter().map(|source| {
        format!(
            "  {} {} {}  sha256 {}",
            source.grade.text, source.kind, source.name, source.sha256
        )
    }));
    lines
}

/// A number with its proof, down to the lines of the files.
#[derive(Serialize)]
struct Proof {
    entity: String,
    label: String,
    /// The sentence that says which single source changes the result.
    flip: Option<String>,
    confidence: Option<ConfidenceView>,
    risk: Option<RiskView>,
    /// Every statement the proof rests on.
    statements: Vec<StatementView>,
}

pub fn why(output: &Output, secret: Option<&Path>, case: &Path, target: &str, number: Number) -> anyhow::Result<Exit> {
    let bench = session::reading(case, secret)?;
    let view = find(output, &bench, target)?;
    let mut ids: Vec<String> = match number {
        Number::Confidence => view
            .confidence
            .parts
            .iter()
            .flat_map(|part| part.statements.clone())
            .collect(),
        Number::Risk => {
            let findings = view.risk.factors.iter().flat_map(|factor| &factor.findings);
            findings.flat_map(|finding| finding.statements.clone()).collect()
        }
    };
    ids.sort();
    ids.dedup();
    let statements = entities::statements(&bench, StatementsGetRequest { ids })?.statements;
    let flip = view.risk.flip.as_ref().map(|flip| flip.text.clone());
    let (confidence, risk, flip) = match number {
        Number::Confidence => (Some(view.confidence), None, None),
        Number::Risk => (None, Some(view.risk), flip),
    };
    let proof = Proof {
        entity: view.entity.id,
        label: view.entity.label,
        flip,
        confidence,
        risk,
        statements,
    };
    output.show(&proof, proof_text)?;
    Ok(Exit::Done)
}

fn proof_text(proof: &Proof) -> Vec<String> {
    let mut lines = vec![proof.label.clone()];
    lines.extend(proof.flip.clone());
    if let Some(confidence) = &proof.confidence {
        lines.push(format!("confidence {:.2}", confidence.score));
        for part in &confidence.parts {
            lines.push(format!(
                "  {:<20} {:>6.2} x {:.0} %  {}",
                part.name, part.score, part.weight, part.why
            ));
            lines.extend(leaves(proof, &part.statements, "    "));
        }
    }
    if let Some(risk) = &proof.risk {
        lines.push(format!("risk {} {:.2}", risk.level, risk.score));
        for factor in &risk.factors {
            lines.push(format!(
                "  {:<20} {:>6.2} x {:.0} %",
                factor.name, factor.score, factor.weight
            ));
            for finding in &factor.findings {
                lines.push(format!("    {} {:.2}  {}", finding.rule, finding.score, finding.text));
                lines.push(format!("      perhaps innocent: {}", finding.innocent));
                lines.extend(leaves(proof, &finding.statements, "      "));
            }
        }
    }
    lines
}

fn leaves(proof: &Proof, ids: &[String], indent: &str) -> Vec<String> {
    let cited = proof.statements.iter().filter(|statement| ids.contains(&statement.id));
    cited
        .map(|leaf| {
            let corrected = leaf.correction.as_ref().map(|correction| {
                format!(
                    " (corrected by {}: {}; the source says: {})",
                    correction.author, correction.reason, correction.source_text
                )
            });
            format!(
                "{indent}{} {}: {} = {}{}",
                leaf.grade.text,
                leaf.source_name,
                leaf.locator,
                leaf.original,
                corrected.unwrap_or_default()
            )
        })
        .collect()
}
