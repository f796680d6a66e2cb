//! Graph files.

use super::Foreign;
use super::Signature::{Columns, Entry, FirstLine, Items, Lines, Object, Root, Seen};
use crate::outline::{JsonForm, Outline};

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new("GEXF graph", &[Root("gexf")]),
    Foreign::new("GraphML graph", &[Root("graphml")]),
    Foreign::new("Maltego graph", &[Entry("Graphs/Graph1"), Root("MtgxContainer")]),
    Foreign::new("Maltego entity table", &[Columns(&["Entity Type", "Entity Value"])]),
    Foreign::new(
        "i2 import table",
        &[Columns(&["Entity 1 Type", "Entity 1 Identity", "Link Type"])],
    ),
    Foreign::new("i2 chart (ANX)", &[Root("Chart")]),
    Foreign::new(
        "Neo4j import table",
        &[Seen(is_neo4j, "columns such as :ID, :LABEL, :START_ID")],
    ),
    Foreign::new(
        "Cypher statements",
        &[
            FirstLine("MERGE ("),
            FirstLine("CREATE ("),
            FirstLine("CREATE CONSTRAINT"),
        ],
    ),
    Foreign::new(
        "Gephi edge table",
        &[
            Columns(&["Source", "Target", "Type"]),
            Columns(&["Source", "Target", "Weight"]),
            Seen(is_spaced_edges, "a header Source Target Type"),
        ],
    ),
    Foreign::new(
        "Gephi node table",
        &[
            Columns(&["Id", "Label", "timeset"]),
            Columns(&["Id", "Label", "Interval"]),
        ],
    ),
    Foreign::new(
        "matrix",
        &[Seen(
            is_matrix,
            "a table whose first row and column hold the same names",
        )],
    ),
    Foreign::new(
        "cytoscape.js graph",
        &[
            Object(&["elements.nodes"]),
            Object(&["nodes", "edges"]),
            Seen(is_cyjs, "elements with data.id"),
        ],
    ),
    Foreign::new("Cytoscape CX", &[Items(&["numberVerification"]), Items(&["CXVersion"])]),
    Foreign::new(
        "node-link graph",
        &[
            Object(&["nodes", "links"]),
            Object(&["directed", "multigraph", "nodes"]),
        ],
    ),
    Foreign::new(
        "DOT graph",
        &[
            FirstLine("digraph"),
            FirstLine("graph {"),
            FirstLine("graph \""),
            FirstLine("strict digraph"),
            FirstLine("strict graph"),
        ],
    ),
    Foreign::new("GML graph", &[Seen(is_gml, "graph [ node [ … ] ]")]),
    Foreign::new("VNA graph", &[FirstLine("*node data"), FirstLine("*Node data")]),
    Foreign::new("Pajek graph", &[FirstLine("*Vertices"), FirstLine("*vertices")]),
    Foreign::new("GML graph", &[Lines(&["Creator", "graph ["])]),
];

fn is_neo4j(outline: &Outline) -> bool {
    outline.table.as_ref().is_some_and(|table| {
        let marks = [":ID", ":LABEL", ":START_ID", ":END_ID", ":TYPE"];
        table
            .columns
            .iter()
            .filter(|column| marks.iter().any(|mark| column.contains(mark)))
            .count()
            >= 2
    })
}

fn is_spaced_edges(outline: &Outline) -> bool {
    let head: Vec<String> = outline
        .first_line()
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    head.len() >= 3 && head.starts_with(&["source".to_owned(), "target".to_owned()])
}

fn is_cyjs(outline: &Outline) -> bool {
    outline
        .json
        .as_ref()
        .is_some_and(|json| json.form == JsonForm::Array && json.first_has(&["data.id", "group"]))
}

fn is_gml(outline: &Outline) -> bool {
    let compact: String = outline.text.chars().take(200).filter(|c| !c.is_whitespace()).collect();
    compact.starts_with("graph[")
}

fn is_matrix(outline: &Outline) -> bool {
    let Some(table) = outline.table.as_ref() else {
        return false;
    };
    let names: Vec<String> = outline
        .first_line()
        .split(table.delimiter)
        .skip(1)
        .map(|name| name.trim().to_owned())
        .collect();
    let rows: Vec<&str> = outline
        .lines
        .iter()
        .skip(1)
        .filter_map(|line| line.split(table.delimiter).next())
        .map(str::trim)
        .collect();
    names.len() >= 2 && rows.len() >= names.len() && names.iter().zip(&rows).all(|(name, row)| name == row)
}
