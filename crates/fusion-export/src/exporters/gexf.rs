//! GEXF 1.3, for Gephi and its relatives.
//!
//! Nodes are entities, edges are relations; all figures are attributes. Edges are written as directed with an
//! attribute `symmetric`, because readers refuse a file that mixes both types. Shapes follow the kind as far as the
//! format has them. Valid against the published 1.3 schema.

use std::io::{self, Write as _};

use fusion_model::derived::Snapshot;
use fusion_model::kinds::Shape;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::graph_rows::{Column, EDGE_COLUMNS, NODE_COLUMNS};
use crate::encode::xml::token;
use crate::scope::Scope;
use crate::{ExportError, ExportOptions, Exporter};

const NAMESPACE: &str = "http://gexf.net/1.3";

/// Writes the graph as GEXF.
pub(crate) struct Gexf;

impl Exporter for Gexf {
    fn id(&self) -> &'static str {
        "gexf"
    }

    fn label(&self) -> &'static str {
        "Graph as GEXF 1.3"
    }

    fn description(&self) -> &'static str {
        "Entities and relations for Gephi and other graph tools."
    }

    fn extension(&self) -> &'static str {
        "gexf"
    }

    fn run(&self, snapshot: &Snapshot, options: &ExportOptions, out: &mut dyn io::Write) -> Result<(), ExportError> {
        let scope = Scope::new(snapshot, &options.entities)?;
        let mut out = io::BufWriter::new(out);
        let mut writer = Writer::new_with_indent(&mut out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer
            .create_element("gexf")
            .with_attributes([("xmlns", NAMESPACE), ("version", "1.3")])
            .write_inner_content(|writer| {
                meta(writer, snapshot, options)?;
                let attributes = [
                    ("defaultedgetype", "directed"),
                    ("mode", "static"),
                    ("idtype", "string"),
                ];
                writer
                    .create_element("graph")
                    .with_attributes(attributes)
                    .write_inner_content(|writer| {
                        declare(writer, "node", NODE_COLUMNS)?;
                        declare(writer, "edge", EDGE_COLUMNS)?;
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

fn meta<W: io::Write>(writer: &mut Writer<W>, snapshot: &Snapshot, options: &ExportOptions) -> io::Result<()> {
    let day = snapshot.as_of.iso_day();
    writer
        .create_element("meta")
        .with_attribute(("lastmodifieddate", day.as_str()))
        .write_inner_content(|writer| {
            let creator = token(&snapshot.engine);
            writer
                .create_element("creator")
                .write_text_content(BytesText::new(&creator))?;
            let description = token(&format!(
                "TLP:{} · case {} · revision {}",
                options.tlp.id(),
                snapshot.case_name,
                snapshot.revision
            ));
            writer
                .create_element("description")
                .write_text_content(BytesText::new(&description))?;
            Ok(())
        })?;
    Ok(())
}

fn declare<W: io::Write, T>(writer: &mut Writer<W>, class: &str, columns: &[Column<T>]) -> io::Result<()> {
    writer
        .create_element("attributes")
        .with_attributes([("class", class), ("mode", "static")])
        .write_inner_content(|writer| {
            for column in columns {
                let attributes = [
                    ("id", column.name),
                    ("title", column.name),
                    ("type", column.kind.gexf()),
                ];
                writer
                    .create_element("attribute")
                    .with_attributes(attributes)
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn values<W: io::Write, T>(writer: &mut Writer<W>, columns: &[Column<T>], row: &T) -> io::Result<()> {
    writer.create_element("attvalues").write_inner_content(|writer| {
        for column in columns {
            let value = (column.value)(row);
            if !value.is_empty() {
                writer
                    .create_element("attvalue")
                    .with_attributes([("for", column.name), ("value", value.as_str())])
                    .write_empty()?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn nodes<W: io::Write>(writer: &mut Writer<W>, scope: &Scope<'_>) -> io::Result<()> {
    writer.create_element("nodes").write_inner_content(|writer| {
        for entity in scope.entities() {
            let (id, label) = (entity.id.to_string(), token(&entity.label));
            writer
                .create_element("node")
                .with_attributes([("id", id.as_str()), ("label", label.as_str())])
                .write_inner_content(|writer| {
                    values(writer, NODE_COLUMNS, entity)?;
                    let [r, g, b] = channels(entity.kind.colour().0);
                    writer
                        .create_element("color")
                        .with_attributes([("r", r.as_str()), ("g", g.as_str()), ("b", b.as_str())])
                        .write_empty()?;
                    let size = (10 + u64::from(entity.network.degree.min(40))).to_string();
                    writer
                        .create_element("size")
                        .with_attribute(("value", size.as_str()))
                        .write_empty()?;
                    writer
                        .create_element("shape")
                        .with_attribute(("value", shape(entity.kind.shape())))
                        .write_empty()?;
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn edges<W: io::Write>(writer: &mut Writer<W>, scope: &Scope<'_>) -> io::Result<()> {
    writer.create_element("edges").write_inner_content(|writer| {
        for relation in scope.relations() {
            let (id, from, to) = (
                relation.id.to_string(),
                relation.from.to_string(),
                relation.to.to_string(),
            );
            let weight = relation.score.to_string();
            let attributes = [
                ("id", id.as_str()),
                ("source", from.as_str()),
                ("target", to.as_str()),
                ("label", relation.kind.id()),
                ("weight", weight.as_str()),
            ];
            writer
                .create_element("edge")
                .with_attributes(attributes)
                .write_inner_content(|writer| values(writer, EDGE_COLUMNS, relation))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Splits `#rrggbb` into decimal channels.
fn channels(colour: &str) -> [String; 3] {
    [1, 3, 5].map(|at| {
        let channel = colour
            .get(at..at + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        channel.unwrap_or(128).to_string()
    })
}

/// Maps a shape to the four that GEXF knows.
fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Square | Shape::Rounded | Shape::Page => "square",
        Shape::Diamond => "diamond",
        Shape::Triangle => "triangle",
        Shape::Circle | Shape::Hexagon | Shape::Octagon => "disc",
    }
}
