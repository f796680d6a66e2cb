//! GraphML, for networkx, igraph, yEd and Cytoscape.
//!
//! One key per column, nodes are entities, edges are relations with their own ids, so parallel relations stay apart.

use std::io::{self, Write as _};

use fusion_model::derived::Snapshot;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::graph_rows::{Column, EDGE_COLUMNS, NODE_COLUMNS};
use crate::encode::xml::token;
use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter};

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Writes the graph as GraphML.
pub(crate) struct GraphMl;

impl Exporter for GraphMl {
    fn id(&self) -> &'static str {
        "graphml"
    }

    fn label(&self) -> &'static str {
        "Graph as GraphML"
    }

    fn description(&self) -> &'static str {
        "Entities and relations for networkx, igraph, yEd and Cytoscape."
    }

    fn extension(&self) -> &'static str {
        "graphml"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let mut out = io::BufWriter::new(out);
        let mut writer = Writer::new_with_indent(&mut out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer
            .create_element("graphml")
            .with_attribute(("xmlns", NAMESPACE))
            .write_inner_content(|writer| {
                for (name, value) in head(snapshot, options) {
                    let attributes = [
                        ("id", name),
                        ("for", "graph"),
                        ("attr.name", name),
                        ("attr.type", "string"),
                    ];
                    writer
                        .create_element("key")
                        .with_attributes(attributes)
                        .write_inner_content(|writer| {
                            writer
                                .create_element("default")
                                .write_text_content(BytesText::new(&value))?;
                            Ok(())
                        })?;
                }
                let label = [
                    ("id", "label"),
                    ("for", "node"),
                    ("attr.name", "label"),
                    ("attr.type", "string"),
                ];
                writer.create_element("key").with_attributes(label).write_empty()?;
                declare(writer, "node", 'n', NODE_COLUMNS)?;
                declare(writer, "edge", 'e', EDGE_COLUMNS)?;
                writer
                    .create_element("graph")
                    .with_attributes([("id", "case"), ("edgedefault", "directed")])
                    .write_inner_content(|writer| {
                        for (name, value) in head(snapshot, options) {
                            data(writer, name, &value)?;
                        }
                        nodes(writer, &scope)?;
                        edges(writer, &scope)
                    })?;
                Ok(())
            })?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(())
    }
}

fn head(snapshot: &Snapshot, options: &ExportOptions) -> [(&'static str, String); 4] {
    [
        ("case", token(&snapshot.case_name)),
        ("revision", snapshot.revision.to_string()),
        ("as_of", snapshot.as_of.iso()),
        ("tlp", format!("TLP:{}", options.tlp.id())),
    ]
}

fn declare<W: io::Write, T>(writer: &mut Writer<W>, class: &str, mark: char, columns: &[Column<T>]) -> io::Result<()> {
    for column in columns {
        let id = format!("{mark}_{}", column.name);
        let attributes = [
            ("id", id.as_str()),
            ("for", class),
            ("attr.name", column.name),
            ("attr.type", column.kind.graphml()),
        ];
        writer.create_element("key").with_attributes(attributes).write_empty()?;
    }
    Ok(())
}

fn data<W: io::Write>(writer: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    writer
        .create_element("data")
        .with_attribute(("key", key))
        .write_text_content(BytesText::new(value))?;
    Ok(())
}

fn values<W: io::Write, T>(writer: &mut Writer<W>, mark: char, columns: &[Column<T>], row: &T) -> io::Result<()> {
    for column in columns {
        let value = (column.value)(row);
        if !value.is_empty() {
            data(writer, &format!("{mark}_{}", column.name), &value)?;
        }
    }
    Ok(())
}

fn nodes<W: io::Write>(writer: &mut Writer<W>, scope: &Scope<'_>) -> io::Result<()> {
    for entity in scope.entities() {
        let id = entity.id.to_string();
        writer
            .create_element("node")
            .with_attribute(("id", id.as_str()))
            .write_inner_content(|writer| {
                data(writer, "label", &token(&entity.label))?;
                values(writer, 'n', NODE_COLUMNS, entity)
            })?;
    }
    Ok(())
}

fn edges<W: io::Write>(writer: &mut Writer<W>, scope: &Scope<'_>) -> io::Result<()> {
    for relation in scope.relations() {
        let (id, from, to) = (
            relation.id.to_string(),
            relation.from.to_string(),
            relation.to.to_string(),
        );
        let attributes = [("id", id.as_str()), ("source", from.as_str()), ("target", to.as_str())];
        writer
            .create_element("edge")
            .with_attributes(attributes)
            .write_inner_content(|writer| values(writer, 'e', EDGE_COLUMNS, relation))?;
    }
    Ok(())
}
