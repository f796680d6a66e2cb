//! SVG of the pictures: shapes and classes only, colours come from the style sheet, text is encoded.

use std::fmt::Write as _;

use fusion_model::EntityKind;
use fusion_model::kinds::Shape;

use super::network::NetworkPicture;
use super::timeline::{LANE_HEIGHT, LANES_TOP, LEFT, RIGHT, STRIP_HEIGHT, STRIP_TOP, TimelinePicture, WIDTH};
use crate::encode::html::text;

// Writing into a string cannot fail, so the results of `write!` are dropped in this file.
impl NetworkPicture {
    /// Writes the picture as inline SVG named by the element with id `labelled_by`.
    pub fn svg(&self, labelled_by: &str) -> String {
        let mut out = format!(
            "<svg class=\"network\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{labelled_by}\">\n",
            self.width, self.height
        );
        out.push_str("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"arrow\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        for edge in &self.edges {
            let weak = if edge.is_weak { " weak" } else { "" };
            let arrow = if edge.is_directed {
                " marker-end=\"url(#arrow)\""
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "<line class=\"tie{weak}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{arrow}><title>{}</title></line>",
                edge.from.0,
                edge.from.1,
                edge.to.0,
                edge.to.1,
                text(&edge.title)
            );
        }
        for node in &self.nodes {
            let subject = if node.is_subject { " subject" } else { "" };
            let _ = writeln!(
                out,
                "<g class=\"node k-{}{subject}\"><title>{}</title>{}<text paint-order=\"stroke\" x=\"{}\" y=\"{}\">{}</text></g>",
                node.kind.id(),
                text(&node.title),
                shape(node.kind, node.x, node.y, node.radius),
                node.x,
                node.y + node.radius + 14,
                text(&node.label)
            );
        }
        out.push_str("</svg>\n");
        out
    }
}

/// Draws the small sign of a kind for a legend.
pub(crate) fn legend_sign(kind: EntityKind) -> String {
    format!(
        "<svg class=\"sign k-{}\" viewBox=\"0 0 20 20\" aria-hidden=\"true\">{}</svg>",
        kind.id(),
        shape(kind, 10, 10, 8)
    )
}

fn shape(kind: EntityKind, x: i64, y: i64, r: i64) -> String {
    let polygon = |points: &[(i64, i64)]| {
        let points: Vec<String> = points.iter().map(|(px, py)| format!("{},{}", x + px, y + py)).collect();
        format!("<polygon points=\"{}\"/>", points.join(" "))
    };
    // Sines of 60 and 22.5 degrees in thousandths keep the corners on integers.
    let (wide, slim, broad) = (r * 866 / 1000, r * 414 / 1000, r * 924 / 1000);
    let slim = slim * 924 / 1000;
    match kind.shape() {
        Shape::Circle => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"),
        Shape::Square => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            x - r,
            y - r,
            2 * r,
            2 * r
        ),
        Shape::Rounded => {
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                x - r,
                y - r,
                2 * r,
                2 * r,
                r / 2
            )
        }
        Shape::Hexagon => polygon(&[
            (r, 0),
            (r / 2, wide),
            (-r / 2, wide),
            (-r, 0),
            (-r / 2, -wide),
            (r / 2, -wide),
        ]),
        Shape::Diamond => polygon(&[(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)]),
        Shape::Triangle => polygon(&[(0, -r), (r, r - 2), (-r, r - 2)]),
        Shape::Page => polygon(&[(-wide, -r), (r / 3, -r), (wide, -r / 2), (wide, r), (-wide, r)]),
        Shape::Octagon => polygon(&[
            (slim, -broad),
            (broad, -slim),
            (broad, slim),
            (slim, broad),
            (-slim, broad),
            (-broad, slim),
            (-broad, -slim),
            (-slim, -broad),
        ]),
    }
}

impl TimelinePicture {
    /// Writes the picture as inline SVG named by the element with id `labelled_by`.
    pub fn svg(&self, labelled_by: &str) -> String {
        format!(
            "<svg class=\"timeline\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-labelledby=\"{labelled_by}\">\n{}</svg>\n",
            self.height,
            self.shapes()
        )
    }

    /// Writes the shapes alone, for a drawing that has a frame of its own.
    pub(crate) fn shapes(&self) -> String {
        let bottom = LANES_TOP + self.lanes.len() as i64 * LANE_HEIGHT;
        let mut out = String::new();
        for (left, right) in &self.gaps {
            let _ = writeln!(
                out,
                "<rect class=\"gap\" x=\"{left}\" y=\"{LANES_TOP}\" width=\"{}\" height=\"{}\"><title>silence</title></rect>",
                (right - left).max(1),
                bottom - LANES_TOP
            );
        }
        for (left, right) in &self.bursts {
            let _ = writeln!(
                out,
                "<rect class=\"burst\" x=\"{}\" y=\"{LANES_TOP}\" width=\"{}\" height=\"{}\"><title>burst</title></rect>",
                left - 3,
                (right - left).max(1) + 6,
                bottom - LANES_TOP
            );
        }
        for (x, date) in &self.ticks {
            let _ = writeln!(
                out,
                "<line class=\"tick\" x1=\"{x}\" y1=\"{STRIP_TOP}\" x2=\"{x}\" y2=\"{bottom}\"/>"
            );
            let _ = writeln!(
                out,
                "<text class=\"date\" x=\"{x}\" y=\"{}\">{}</text>",
                bottom + 18,
                text(date)
            );
        }
        for (x, width, height) in &self.density {
            let y = STRIP_TOP + STRIP_HEIGHT - height;
            let _ = writeln!(
                out,
                "<rect class=\"density\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            );
        }
        let _ = writeln!(
            out,
            "<text class=\"lane\" x=\"10\" y=\"{}\">all events</text>",
            STRIP_TOP + STRIP_HEIGHT - 4
        );
        for (name, y) in &self.lanes {
            let _ = writeln!(
                out,
                "<line class=\"lane-line\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>",
                WIDTH - RIGHT
            );
            let _ = writeln!(
                out,
                "<text class=\"lane\" x=\"10\" y=\"{}\">{}</text>",
                y + 4,
                text(name)
            );
        }
        for mark in &self.marks {
            let title = if mark.count == 1 {
                mark.title.clone()
            } else {
                format!("{} and {} more", mark.title, mark.count - 1)
            };
            let radius = if mark.count == 1 { 5 } else { 8 };
            let _ = write!(out, "<g class=\"mark\"><title>{}</title>", text(&title));
            if mark.width > 2 * radius {
                let _ = write!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"8\" rx=\"4\"/>",
                    mark.x,
                    mark.y - 4,
                    mark.width
                );
            }
            let middle = if mark.width > 2 * radius {
                mark.x + mark.width / 2
            } else {
                mark.x
            };
            let _ = write!(out, "<circle cx=\"{middle}\" cy=\"{}\" r=\"{radius}\"/>", mark.y);
            if mark.count > 1 {
                let _ = write!(
                    out,
                    "<text class=\"count\" x=\"{middle}\" y=\"{}\">{}</text>",
                    mark.y + 4,
                    mark.count
                );
            }
            out.push_str("</g>\n");
        }
        out
    }
}

/// Returns the colour rules of all kinds, for light and dark grounds.
pub(crate) fn kind_colours() -> String {
    let rules = |pick: fn((&'static str, &'static str)) -> &'static str| -> String {
        EntityKind::ALL
            .iter()
            .map(|kind| format!(".k-{}{{--kind:{}}}", kind.id(), pick(kind.colour())))
            .collect()
    };
    format!(
        "{}@media screen and (prefers-color-scheme:dark){{{}}}",
        rules(|(light, _)| light),
        rules(|(_, dark)| dark)
    )
}

#[cfg(test)]
mod tests {
    use super::super::network::PictureNode;
    use super::*;

    #[test]
    fn every_kind_has_a_sign_with_whole_coordinates() {
        for kind in EntityKind::ALL {
            let sign = legend_sign(*kind);
            assert!(sign.contains(kind.id()) && !sign.contains("NaN"), "{sign}");
        }
    }

    #[test]
    fn labels_are_encoded() {
        let node = PictureNode {
            x: 10,
            y: 10,
            radius: 5,
            kind: EntityKind::Person,
            label: "<b>".to_owned(),
            title: "\"><script>".to_owned(),
            is_subject: false,
        };
        let picture = NetworkPicture {
            width: 100,
            height: 100,
            nodes: vec![node],
            edges: Vec::new(),
            left_out: 0,
        };
        let svg = picture.svg("caption");
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("<script"));
    }
}
