//! resolve.

use std::path::Path;

use fusion_api::plain_table::{TableOrder, TableView, resolve_table};
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
    lines
}
