//! The byte columns of a graph picture, laid out as [`crate::commands::graph::GraphColumns`] documents.
//!
//! Positions come from the engine's layout, which is the same for the same graph on every machine, so a picture looks
//! the same tomorrow.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fusion_engine::graph::{Hold, LayoutNode, layout};
use fusion_model::derived::{Entity, Relation, RelationKind};
use fusion_model::{EntityId, EntityKind, Level};

use crate::picture::Picture;

/// First word of a picture: `FGR1` read as a little-endian number.
const MAGIC: u32 = 0x4647_5231;
/// The layout counts in thousandths.
const THOUSANDTHS: f32 = 1000.0;

/// Encodes the chosen entities and the relations among them.
pub fn encode(picture: &Picture, chosen: &[EntityId], relations: &[&Relation]) -> Vec<u8> {
    let nodes: Vec<&Entity> = chosen.iter().filter_map(|id| picture.entity(*id)).collect();
    let place: BTreeMap<EntityId, u32> = nodes
        .iter()
        .zip(0u32..)
        .map(|(entity, place)| (entity.id, place))
        .collect();
    let edges: Vec<(u32, u32, &Relation)> = relations
        .iter()
        .filter_map(|relation| Some((*place.get(&relation.from)?, *place.get(&relation.to)?, *relation)))
        .collect();
    let ends: Vec<(u32, u32)> = edges.iter().map(|(from, to, _)| (*from, *to)).collect();
    let loose = LayoutNode {
        at: None,
        hold: Hold::Free,
    };
    let points = layout(&vec![loose; nodes.len()], &ends);
    let text = text_block(&nodes, &edges);

    let mut out = Vec::with_capacity(20 + nodes.len() * 20 + edges.len() * 12 + text.len());
    let whole = picture.snapshot.entities.len();
    for number in [
        MAGIC,
        nodes.len() as u32,
        edges.len() as u32,
        whole as u32,
        text.len() as u32,
    ] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    points
        .iter()
        .for_each(|point| out.extend_from_slice(&(point.x as f32 / THOUSANDTHS).to_le_bytes()));
    points
        .iter()
        .for_each(|point| out.extend_from_slice(&(point.y as f32 / THOUSANDTHS).to_le_bytes()));
    out.extend(nodes.iter().map(|entity| index_of(EntityKind::ALL, &entity.kind)));
    out.extend(nodes.iter().map(|entity| index_of(&Level::ALL, &entity.risk.level)));
    out.extend(nodes.iter().map(|entity| entity.confidence.score.percent() as u8));
    out.extend(nodes.iter().map(|_| 0u8));
    nodes
        .iter()
        .for_each(|entity| out.extend_from_slice(&entity.network.degree.to_le_bytes()));
    nodes
        .iter()
        .for_each(|entity| out.extend_from_slice(&entity.network.community.to_le_bytes()));
    edges
        .iter()
        .for_each(|(from, _, _)| out.extend_from_slice(&from.to_le_bytes()));
    edges
        .iter()
        .for_each(|(_, to, _)| out.extend_from_slice(&to.to_le_bytes()));
    edges
        .iter()
        .for_each(|(_, _, relation)| out.extend_from_slice(&relation.score.basis_points().to_le_bytes()));
    out.extend(
        edges
            .iter()
            .map(|(_, _, relation)| index_of(RelationKind::ALL, &relation.kind)),
    );
    out.extend(
        edges
            .iter()
            .map(|(_, _, relation)| u8::from(!relation.kind.is_symmetric())),
    );
    out.extend_from_slice(text.as_bytes());
    out
}

fn index_of<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter()
        .position(|known| known == one)
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or_default()
}

fn text_block(nodes: &[&Entity], edges: &[(u32, u32, &Relation)]) -> String {
    let mut text = String::new();
    for entity in nodes {
        let label: String = entity
            .label
            .chars()
            .map(|c| if c.is_control() { '\u{fffd}' } else { c })
            .collect();
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{}\t{label}", entity.id);
    }
    for (_, _, relation) in edges {
        let _ = writeln!(text, "{}", relation.id);
    }
    text
}
