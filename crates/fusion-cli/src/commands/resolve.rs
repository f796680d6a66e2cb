//! resolve.

use std::path::Path;

use fusion_api::plain_table::{NoticedView, TableOrder, TableView, resolve_table};
use fusion_api::rules;

use crate::exit::Exit;
use crate::output::Output;

pub fn resolve(output: &Output, order: &TableOrder, rules_file: Option<&Path>) -> anyhow::Result<Exit> {
    let rules = rules::read(rules_file)?;
    let view = resolve_table(order, &rules)?;
    for column in &view.unread {
        output.note(&format!(
            "The column {column} is not compared; `--mapping` can say what it means."
        ));
    }
    for refused in &view.refused {
        output.note(&format!(
            "{} cells of {} cannot be read as such and are not compared.",
            refused.cells, refused.column
        ));
    }
    output.show(&view, lines)?;
    if let Some(path) = &order.learn {
        let changed = view
            .lessons
            .iter()
            .filter(|lesson| lesson.present != lesson.proposed)
            .count();
        output.note(&format!(
            "{changed} weights would be others by what the rows say; nothing was applied. `fusion rules diff {}` shows them.",
            path.display()
        ));
    }
    Ok(Exit::Done)
}

fn lines(view: &TableView) -> Vec<String> {
    let secs: f64 = view.stages.iter().map(|stage| stage.secs).sum();
    let mut lines = vec![
        format!(
            "{} records became {} entities; the largest has {}.",
            view.records, view.entities, view.largest
        ),
        format!(
            "{} pairs were compared in {secs:.1} s: {} linked, {} wait for a verdict.",
            view.compared, view.linked, view.in_review
        ),
    ];
    for capped in &view.capped {
        lines.push(format!(
            "{} keys from {} are too common to be compared by alone.",
            capped.keys, capped.family
        ));
    }
    if view.oversize > 0 {
        lines.push(format!(
            "{} groups grew too large; inside them stronger evidence was asked for.",
            view.oversize
        ));
    }
    lines.extend(noticed(&view.noticed));
    lines
}

/// How many examples of one kind are named; `--json` names all.
const EXAMPLES: usize = 3;

fn noticed(view: &NoticedView) -> Vec<String> {
    let told = |count: usize, what: &str, examples: Vec<String>| {
        let more = if count > examples.len() { ", …" } else { "" };
        (count > 0).then(|| format!("{count} {what}: {}{more}", examples.join(", ")))
    };
    let hubs = view.hubs.iter().take(EXAMPLES);
    let crowds = view.crowds.iter().take(EXAMPLES);
    let bridges = view.bridges.iter().take(EXAMPLES);
    let mixed = view.mixed_scripts.iter().take(EXAMPLES);
    let hidden = view.hidden_marks.iter().take(EXAMPLES);
    let all = [
        told(
            view.hubs.len(),
            "values stand under too many names and join nobody",
            hubs.map(|hub| format!("{} under {} names: {}", hub.kind, hub.names, hub.value))
                .collect(),
        ),
        told(
            view.crowds.len(),
            "records hold the identifiers of too many people and were set apart",
            crowds.map(|crowd| crowd.record.clone()).collect(),
        ),
        told(
            view.bridges.len(),
            "records hold identifiers of people they contradict, who were kept apart",
            bridges.map(|bridge| bridge.record.clone()).collect(),
        ),
        told(
            view.mixed_scripts.len(),
            "records have a word that mixes scripts",
            mixed.map(|mixed| mixed.record.clone()).collect(),
        ),
        told(
            view.hidden_marks.len(),
            "records have marks that cannot be seen",
            hidden.cloned().collect(),
        ),
    ];
    all.into_iter().flatten().collect()
}
